//! Customers, contacts, addresses, plans, sectors, policies.

use domain::failure::{Blocker, Failure, Problem};
use domain::views::audit::AuditFilter;
use domain::views::contract_forms::{DraftForm, LineForm};
use domain::views::customers::{AddressForm, ContactForm, CustomerForm};
use domain::views::plans::{PlanFilter, PlanForm};
use domain::views::sectors::{SectorFilter, SectorForm};
use workflows::permit::{
    EditContracts, EditCustomers, EditPlans, EditPolicies, EditSectors, SeeAudit, SeeCustomers, SeePlans, SeeSectors,
};
use workflows::{addresses, audit, contracts, customers, plans, policies, sectors};

use crate::provider::{SQUARE, person, problems, provider, refusal, street, text};

#[tokio::test]
async fn references_and_codes_count_up_and_step_over_what_somebody_chose() {
    let provider = provider("2026-03-12").await;
    let chosen = CustomerForm { reference: text("CLI00002"), ..person("Ana") };
    let permit = provider.may::<EditCustomers>();
    customers::create(&provider, &permit, &chosen).await.unwrap();
    let mut references = Vec::new();
    for name in ["Luis", "Inés"] {
        let id = provider.customer(name).await;
        references.push(customers::show(&provider, &provider.may::<SeeCustomers>(), id).await.unwrap().reference);
    }
    assert_eq!(references, ["CLI00001", "CLI00003"]);
    let again = customers::create(&provider, &permit, &chosen).await;
    assert_eq!(problems(again), [(text("reference"), Problem::Taken { by: text("Ana") })]);
}

#[tokio::test]
async fn a_contract_code_is_never_doubled() {
    let provider = provider("2026-03-12").await;
    let customer = provider.customer("Ana").await;
    let address = provider.address(customer, SQUARE).await;
    let contract = provider.draft(customer, address).await;
    assert_eq!(provider.show(contract).await.code, "C00001");
    let form = DraftForm {
        code: text("C00001"),
        customer: customer.to_string(),
        address: address.to_string(),
        policy: provider.policy.to_string(),
        ..DraftForm::default()
    };
    let doubled = contracts::draft(&provider, &provider.may::<EditContracts>(), &form).await;
    assert_eq!(problems(doubled), [(text("code"), Problem::Taken { by: text("C00001") })]);
}

#[tokio::test]
async fn what_changed_in_a_customer_is_in_the_audit() {
    let provider = provider("2026-03-12").await;
    let customer = provider.customer("Ana").await;
    let form = CustomerForm { phone: text("+52 951 123 4567"), ..person("Ana") };
    customers::edit(&provider, &provider.may::<EditCustomers>(), customer, &form).await.unwrap();
    let lines = audit::list(&provider, &provider.may::<SeeAudit>(), &AuditFilter::default()).await.unwrap().rows;
    let changes: Vec<_> =
        lines[0].changes.iter().map(|change| (change.field.as_str(), change.after.as_deref())).collect();
    assert_eq!(changes, [("phone", Some("+529511234567"))]);
    let page = customers::show(&provider, &provider.may::<SeeCustomers>(), customer).await.unwrap();
    assert_eq!(page.form().phone, "+529511234567");
}

#[tokio::test]
async fn contacts_come_and_go() {
    let provider = provider("2026-03-12").await;
    let customer = provider.customer("Ana").await;
    let permit = provider.may::<EditCustomers>();
    let form = ContactForm { name: text("Portero"), phone: text("+529511234567"), ..ContactForm::default() };
    let contact = customers::add_contact(&provider, &permit, customer, &form).await.unwrap();
    let named = ContactForm { name: text("Portera"), ..form };
    customers::edit_contact(&provider, &permit, contact, &named).await.unwrap();
    let contacts =
        || async { customers::show(&provider, &provider.may::<SeeCustomers>(), customer).await.unwrap().contacts };
    assert_eq!(contacts().await[0].facts.name, "Portera");
    customers::remove_contact(&provider, &permit, contact).await.unwrap();
    assert_eq!(contacts().await, []);
    assert_eq!(refusal(customers::remove_contact(&provider, &permit, contact).await), Failure::NotFound);
}

#[tokio::test]
async fn an_address_belongs_to_a_sector_that_exists() {
    let provider = provider("2026-03-12").await;
    let customer = provider.customer("Ana").await;
    let permit = provider.may::<EditCustomers>();
    let nowhere = AddressForm { sector: text("99"), ..street(SQUARE) };
    let refused = addresses::add(&provider, &permit, customer, &nowhere).await;
    assert_eq!(problems(refused), [(text("sector"), Problem::UnknownChoice)]);
    assert_eq!(refusal(addresses::add(&provider, &permit, 999.into(), &street(SQUARE)).await), Failure::NotFound);
}

#[tokio::test]
async fn a_plan_that_becomes_dearer_changes_no_contract() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    let permit = provider.may::<EditPlans>();
    let before = plans::show(&provider, &provider.may::<SeePlans>(), provider.plan).await.unwrap().plan.facts;
    let dearer = PlanForm { price: text("45"), ..PlanForm::from(&before) };
    plans::edit(&provider, &permit, provider.plan, &dearer).await.unwrap();
    assert_eq!(provider.show(contract).await.lines[0].price.unit_price.to_string(), "30");
    let addon = PlanForm { kind: text("addon"), ..dearer };
    let refused = plans::edit(&provider, &permit, provider.plan, &addon).await;
    assert_eq!(refusal(refused), Failure::Blocked { what: Blocker::InUse });
}

#[tokio::test]
async fn a_plan_that_becomes_faster_is_sent_to_the_routers() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    let closed = provider.open("luis.diaz", domain::calendar::BillingMode::Prepaid).await;
    let before = plans::show(&provider, &provider.may::<SeePlans>(), provider.plan).await.unwrap().plan.facts;
    let faster = PlanForm { down_mbps: text("200"), ..PlanForm::from(&before) };
    plans::edit(&provider, &provider.may::<EditPlans>(), provider.plan, &faster).await.unwrap();
    assert_eq!(provider.waiting().await, 1, "the active contract, and not the open one");
    assert_ne!(provider.show(contract).await.service, provider.show(closed).await.service);
}

#[tokio::test]
async fn an_archived_plan_is_kept_but_not_sold() {
    let provider = provider("2026-03-12").await;
    let customer = provider.customer("Ana").await;
    let contract = provider.draft(customer, provider.address(customer, SQUARE).await).await;
    let edit = provider.may::<EditContracts>();
    let form = LineForm { plan: provider.plan.to_string(), ..LineForm::default() };
    let line = contracts::add_line(&provider, &edit, contract, &form).await.unwrap();
    plans::archive(&provider, &provider.may::<EditPlans>(), provider.plan).await.unwrap();
    contracts::edit_line(&provider, &edit, line, &LineForm { quantity: text("2"), ..form.clone() }).await.unwrap();
    let refused = contracts::add_line(&provider, &edit, contract, &form).await;
    assert_eq!(problems(refused), [(text("plan"), Problem::UnknownChoice)]);
    let sold = plans::list(&provider, &provider.may::<SeePlans>(), &PlanFilter::default()).await.unwrap();
    assert_eq!(sold.rows, []);
    plans::unarchive(&provider, &provider.may::<EditPlans>(), provider.plan).await.unwrap();
    contracts::add_line(&provider, &edit, contract, &form).await.unwrap();
}

#[tokio::test]
async fn names_that_must_differ_are_refused_at_their_field() {
    let provider = provider("2026-03-12").await;
    let taken = |field: &str, by: &str| vec![(text(field), Problem::Taken { by: text(by) })];
    let permit = provider.may::<EditSectors>();
    let form = SectorForm { name: text("Centro") };
    sectors::create(&provider, &permit, &form).await.unwrap();
    assert_eq!(problems(sectors::create(&provider, &permit, &form).await), taken("name", "Centro"));
    let plan = plans::show(&provider, &provider.may::<SeePlans>(), provider.plan).await.unwrap().plan.facts;
    let same = plans::create(&provider, &provider.may::<EditPlans>(), &PlanForm::from(&plan)).await;
    assert_eq!(problems(same), taken("code", "F100"));
    let policy = policies::show(&provider, &provider.may::<SeePlans>(), provider.policy).await.unwrap().row.policy;
    let same = policies::create(&provider, &provider.may::<EditPolicies>(), &(&policy).into()).await;
    assert_eq!(problems(same), taken("name", "Standard"));
}

#[tokio::test]
async fn a_sector_knows_how_many_of_its_customers_are_cut() {
    let provider = provider("2026-03-12").await;
    let permit = provider.may::<EditSectors>();
    let sector = sectors::create(&provider, &permit, &SectorForm { name: text("Centro") }).await.unwrap();
    for (user, suspend) in [("ana.lopez", false), ("luis.diaz", true)] {
        let contract = provider.active(user).await;
        let address = provider.show(contract).await.address.id;
        let here = AddressForm { sector: sector.to_string(), ..street(SQUARE) };
        addresses::edit(&provider, &provider.may::<EditCustomers>(), address, &here).await.unwrap();
        if suspend {
            provider.suspend(contract, &crate::provider::suspension("staff", "soft_cut")).await.unwrap();
        }
    }
    let list = sectors::list(&provider, &provider.may::<SeeSectors>(), &SectorFilter::default()).await.unwrap();
    let row = &list.rows[0];
    assert_eq!((row.addresses, row.active, row.cut), (2, 2, 1));
    assert_eq!(&sectors::show(&provider, &provider.may::<SeeSectors>(), sector).await.unwrap(), row);
}

#[tokio::test]
async fn a_first_address_is_probably_in_the_company_s_country() {
    let provider = provider("2026-03-12").await;
    let customer = provider.customer("Ana").await;
    let show = async || customers::show(&provider, &provider.may::<SeeCustomers>(), customer).await.unwrap();
    assert_eq!(show().await.likely_country(), "MX");
    let abroad = AddressForm { country: text("GT"), ..street(SQUARE) };
    addresses::add(&provider, &provider.may::<EditCustomers>(), customer, &abroad).await.unwrap();
    assert_eq!(show().await.likely_country(), "GT");
}
