//! Draft, open, active, closed.

use domain::calendar::BillingMode;
use domain::contract::{ContractState, ContractStateName, LifecycleError};
use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{ContractId, CustomerId};
use domain::service::{ServiceState, TechnicalState};
use domain::timeline::Event;
use domain::views::audit::AuditFilter;
use domain::views::contract_forms::{CloseForm, DateForm, EditDraftForm, LineForm};
use domain::views::contracts::Missing;
use domain::views::invoices::InvoiceFilter;
use workflows::permit::{
    ActivateContracts, CloseContracts, EditContracts, EditCustomers, RunBusinessDay, SeeAudit, SeeInvoices,
};
use workflows::testing::date;
use workflows::{addresses, audit, contracts, invoices, runs};

use crate::provider::{Provider, SQUARE, problems, provider, refusal, street, suspension, text};

async fn close(provider: &Provider, contract: ContractId, on: &str) -> workflows::Result<()> {
    let form = CloseForm { on: text(on), reason: text("moved away"), ..CloseForm::default() };
    contracts::close(provider, &provider.may::<CloseContracts>(), contract, &form).await
}

async fn invoices_of(provider: &Provider, contract: ContractId) -> Vec<(String, String)> {
    let filter = InvoiceFilter { contract: Some(contract), ..InvoiceFilter::default() };
    let list = invoices::list(provider, &provider.may::<SeeInvoices>(), &filter).await.unwrap();
    let mut found: Vec<_> =
        list.page.rows.into_iter().map(|row| (row.issued_on.unwrap().to_string(), row.total.to_string())).collect();
    found.sort();
    found
}

fn not_allowed(state: ContractStateName, event: &str) -> Failure {
    Failure::Lifecycle { error: LifecycleError::NotAllowed { state, event: text(event) } }
}

#[tokio::test]
async fn a_contract_is_drafted_signed_and_activated_and_its_story_says_so() {
    let provider = provider("2026-03-09").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    provider.it_is("2026-03-12");
    provider.activate(contract).await.unwrap();
    let page = provider.show(contract).await;
    let (signed_on, activated_on) = (date("2026-03-09"), date("2026-03-12"));
    assert_eq!(page.state, ContractState::Active { signed_on, activated_on });
    assert_eq!((page.service, page.service_since), (ServiceState::Active, Some(activated_on)));
    let story: Vec<Event> = page.timeline.into_iter().rev().map(|entry| entry.event).collect();
    assert!(
        matches!(
            &story[..],
            [
                Event::ContractDrafted,
                Event::ContractSigned { .. },
                Event::ContractActivated { .. },
                Event::ServiceStateChanged { from: ServiceState::None, to: ServiceState::Active },
                Event::InvoiceIssued { .. },
            ] | [
                Event::ContractDrafted,
                Event::ContractSigned { .. },
                Event::InvoiceIssued { .. },
                Event::ContractActivated { .. },
                Event::ServiceStateChanged { from: ServiceState::None, to: ServiceState::Active },
            ]
        ),
        "{story:?}"
    );
}

#[tokio::test]
async fn activation_bills_the_part_month_at_once_and_sets_the_next_date() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    // 30.00 x 20 / 31 = 19.35, with 16 % tax 22.45.
    assert_eq!(invoices_of(&provider, contract).await, [(text("2026-03-12"), text("22.45"))]);
    let page = provider.show(contract).await;
    assert_eq!(page.lines[0].dates.starts_on, Some(date("2026-03-12")));
    assert_eq!(page.lines[0].dates.next_invoice_on, Some(date("2026-04-01")));
    assert_eq!(page.money.owed.to_string(), "22.45");
}

#[tokio::test]
async fn activation_has_the_router_provisioned_and_nothing_assumes_that_it_was() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    assert_eq!(provider.waiting().await, 0, "nothing is sent before there is a service to give");
    provider.activate(contract).await.unwrap();
    assert_eq!(provider.waiting().await, 1);
    let technical = provider.show(contract).await.network.unwrap().technical;
    assert_eq!((technical.state, technical.wanted), (TechnicalState::Unprovisioned, TechnicalState::Active));
    assert_eq!(technical.read_at, None);
}

#[tokio::test]
async fn only_what_is_listed_is_allowed() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    assert_eq!(refusal(provider.sign(contract).await), not_allowed(ContractStateName::Open, "sign"));
    let held = provider.suspend(contract, &suspension("staff", "soft_cut")).await;
    assert_eq!(refusal(held), not_allowed(ContractStateName::Open, "suspend"));
    provider.activate(contract).await.unwrap();
    assert_eq!(refusal(provider.activate(contract).await), not_allowed(ContractStateName::Active, "activate"));
    close(&provider, contract, "").await.unwrap();
    assert_eq!(refusal(close(&provider, contract, "").await), not_allowed(ContractStateName::Closed, "close"));
    assert_eq!(refusal(provider.activate(contract).await), not_allowed(ContractStateName::Closed, "activate"));
    let set = provider.set_service(contract, &provider.pppoe("ana.lopez")).await;
    assert_eq!(refusal(set), not_allowed(ContractStateName::Closed, "set_service"));
}

#[tokio::test]
async fn a_draft_cannot_be_activated() {
    let provider = provider("2026-03-12").await;
    let customer = provider.customer("Ana").await;
    let contract = provider.draft(customer, provider.address(customer, SQUARE).await).await;
    assert_eq!(refusal(provider.activate(contract).await), not_allowed(ContractStateName::Draft, "activate"));
}

#[tokio::test]
async fn activation_needs_a_position_and_a_service() {
    let provider = provider("2026-03-12").await;
    let customer = provider.customer("Ana").await;
    let address = provider.address(customer, "").await;
    let contract = provider.draft(customer, address).await;
    let line = provider.line(BillingMode::Prepaid);
    contracts::add_line(&provider, &provider.may::<EditContracts>(), contract, &line).await.unwrap();
    provider.sign(contract).await.unwrap();
    let missing = provider.show(contract).await.missing_for_activation();
    assert_eq!(missing, [Missing::Position, Missing::Service]);

    let without_position = Failure::Lifecycle { error: LifecycleError::AddressWithoutPosition };
    assert_eq!(refusal(provider.activate(contract).await), without_position);
    addresses::edit(&provider, &provider.may::<EditCustomers>(), address, &street(SQUARE)).await.unwrap();
    assert_eq!(refusal(provider.activate(contract).await), Failure::Blocked { what: Blocker::NoService });

    let page = provider.show(contract).await;
    assert!(matches!(page.state, ContractState::Open { .. }), "a refused activation changes nothing: {:?}", page.state);
    assert_eq!(page.lines[0].dates.starts_on, None);
}

#[tokio::test]
async fn a_contract_without_a_recurring_charge_is_not_signed() {
    let provider = provider("2026-03-12").await;
    let customer = provider.customer("Ana").await;
    let contract = provider.draft(customer, provider.address(customer, SQUARE).await).await;
    let nothing_recurs = Failure::Blocked { what: Blocker::NoRecurringLine };
    assert_eq!(refusal(provider.sign(contract).await), nothing_recurs);
    let once = LineForm { every: String::new(), ..provider.line(BillingMode::Prepaid) };
    contracts::add_line(&provider, &provider.may::<EditContracts>(), contract, &once).await.unwrap();
    assert_eq!(refusal(provider.sign(contract).await), nothing_recurs);
    assert!(matches!(provider.show(contract).await.state, ContractState::Draft));
}

#[tokio::test]
async fn two_activations_at_the_same_moment_make_one() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let (first, second) = tokio::join!(provider.activate(contract), provider.activate(contract));
    let (done, refused): (Vec<_>, Vec<_>) = [first, second].into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), refused.len()), (1, 1));
    assert_eq!(refusal(refused.into_iter().next().unwrap()), not_allowed(ContractStateName::Active, "activate"));
    assert_eq!(invoices_of(&provider, contract).await.len(), 1);
    assert_eq!(provider.waiting().await, 1);
}

#[tokio::test]
async fn nothing_happens_in_the_future_or_before_what_it_follows() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let permit = provider.may::<ActivateContracts>();
    let on = |day: &str| DateForm { on: text(day) };
    let future = contracts::activate(&provider, &permit, contract, &on("2026-03-13")).await;
    assert_eq!(problems(future), [(text("on"), Problem::InTheFuture)]);
    let early = contracts::activate(&provider, &permit, contract, &on("2026-03-11")).await;
    let error = LifecycleError::BeforePresentState { date: date("2026-03-11"), earlier: date("2026-03-12") };
    assert_eq!(refusal(early), Failure::Lifecycle { error });
}

#[tokio::test]
async fn what_was_signed_is_not_edited() {
    let provider = provider("2026-03-12").await;
    let contract = provider.open("ana.lopez", BillingMode::Prepaid).await;
    let line = provider.show(contract).await.lines[0].id;
    let permit = provider.may::<EditContracts>();
    let form = provider.line(BillingMode::Prepaid);
    let refused = not_allowed(ContractStateName::Open, "edit");
    assert_eq!(refusal(contracts::add_line(&provider, &permit, contract, &form).await), refused);
    assert_eq!(refusal(contracts::edit_line(&provider, &permit, line, &form).await), refused);
    assert_eq!(refusal(contracts::remove_line(&provider, &permit, line).await), refused);
}

#[tokio::test]
async fn a_contract_is_installed_only_where_its_customer_lives() {
    let provider = provider("2026-03-12").await;
    let (ana, luis) = (provider.customer("Ana").await, provider.customer("Luis").await);
    let (at_ana, at_luis) = (provider.address(ana, SQUARE).await, provider.address(luis, SQUARE).await);
    let contract = provider.draft(ana, at_ana).await;
    let form = EditDraftForm { address: at_luis.to_string(), policy: provider.policy.to_string() };
    let moved = contracts::edit_draft(&provider, &provider.may::<EditContracts>(), contract, &form).await;
    assert_eq!(problems(moved), [(text("address"), Problem::UnknownChoice)]);
}

#[tokio::test]
async fn closing_ends_the_lines_and_lifts_the_holds() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("abuse", "hard_cut")).await.unwrap();
    provider.it_is("2026-03-20");
    close(&provider, contract, "").await.unwrap();
    let page = provider.show(contract).await;
    assert_eq!((page.service, page.holds), (ServiceState::None, vec![]));
    let dates = page.lines[0].dates;
    assert_eq!((dates.ends_on, dates.next_invoice_on), (Some(date("2026-03-20")), None));
    assert_eq!(dates.billed_through, Some(date("2026-04-01")), "what was prepaid beyond the end is not given back");
    assert_eq!(page.network.unwrap().technical.wanted, TechnicalState::Unprovisioned);
    assert_eq!(provider.waiting().await, 1, "the router is to be cleared");
}

#[tokio::test]
async fn a_postpaid_part_month_is_billed_after_closing_and_nothing_more() {
    let provider = provider("2026-03-01").await;
    let contract = provider.open("ana.lopez", BillingMode::Postpaid).await;
    provider.activate(contract).await.unwrap();
    assert_eq!(invoices_of(&provider, contract).await, []);
    provider.it_is("2026-03-21");
    close(&provider, contract, "2026-03-21").await.unwrap();
    for day in ["2026-03-21", "2026-04-01", "2026-05-01"] {
        provider.it_is(day);
        runs::run_day(&provider, &provider.may::<RunBusinessDay>(), date(day)).await.unwrap();
    }
    // 30.00 x 20 / 31 = 19.35, with 16 % tax 22.45.
    assert_eq!(invoices_of(&provider, contract).await, [(text("2026-03-21"), text("22.45"))]);
}

#[tokio::test]
async fn what_is_charged_once_is_charged_once() {
    let provider = provider("2026-03-01").await;
    let customer: CustomerId = provider.customer("Ana").await;
    let contract = provider.draft(customer, provider.address(customer, SQUARE).await).await;
    let permit = provider.may::<EditContracts>();
    let monthly = provider.line(BillingMode::Prepaid);
    let installation = LineForm {
        plan: provider.plan.to_string(),
        description: text("Installation"),
        unit_price: text("50"),
        ..LineForm::default()
    };
    contracts::add_line(&provider, &permit, contract, &monthly).await.unwrap();
    contracts::add_line(&provider, &permit, contract, &installation).await.unwrap();
    provider.set_service(contract, &provider.pppoe("ana.lopez")).await.unwrap();
    provider.sign(contract).await.unwrap();
    provider.activate(contract).await.unwrap();
    provider.it_is("2026-04-01");
    runs::run_day(&provider, &provider.may::<RunBusinessDay>(), date("2026-04-01")).await.unwrap();
    // (30.00 + 50.00) x 1.16, then 30.00 x 1.16.
    let expected = [("2026-03-01", "92.80"), ("2026-04-01", "34.80")].map(|(day, total)| (text(day), text(total)));
    assert_eq!(invoices_of(&provider, contract).await, expected);
}

#[tokio::test]
async fn each_step_is_in_the_audit_with_the_state_before_and_after() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    let filter =
        AuditFilter { subject: Some(text("contract")), subject_id: Some(contract.0), ..AuditFilter::default() };
    let lines = audit::list(&provider, &provider.may::<SeeAudit>(), &filter).await.unwrap().rows;
    let verbs: Vec<&str> = lines.iter().rev().map(|line| line.verb.as_str()).collect();
    assert_eq!(verbs, ["edit_contracts", "edit_services", "sign_contracts", "activate_contracts"]);
    let state = lines[0].changes.iter().find(|change| change.field == "state").unwrap();
    assert_eq!((state.before.as_deref(), state.after.as_deref()), (Some("open"), Some("active")));
}
