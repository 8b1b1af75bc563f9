//! The dashboard over random providers: each figure is what the base tables say, and the list that it opens is as long.

use std::collections::BTreeMap;

use domain::contract::ContractStateName;
use domain::gateway::EventState;
use domain::ids::SectorId;
use domain::leasing::LeaseStateName;
use domain::money::Money;
use domain::service::ServiceState;
use domain::ticket::{Standing as Sla, TicketState};
use domain::transfer::TransferState;
use domain::views::collections::{PromiseFilter, PromiseStanding};
use domain::views::contracts::{ContractEvent, ContractFilter, ContractIs};
use domain::views::dashboard::{Dashboard, DashboardFilter, LEASES_END_WITHIN, Period, Span};
use domain::views::gateway::{DisputeIs, EventFilter};
use domain::views::invoices::{InvoiceFilter, Standing};
use domain::views::jobs::JobFilter;
use domain::views::leases::LeaseFilter;
use domain::views::payments::PaymentFilter;
use domain::views::routers::{RouterFilter, RouterHealth};
use domain::views::tickets::{TicketFilter, TicketGroup};
use domain::views::transfers::TransferFilter;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rust_decimal::Decimal;
use store::testing::figures::{Asked, TODAY, counted, documents, random};
use workflows::{
    contracts, dashboard, gateway, invoices, jobs, leases, payments, promises, routers, tickets, transfers,
};

use crate::provider::{Provider, provider};

#[test]
fn over_random_providers_each_figure_is_what_the_base_tables_say_and_its_list_is_as_long() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config { cases: 4, max_shrink_iters: 0, ..Config::default() });
    runner.run(&(-999..1000), |seed: i32| runtime.block_on(check(seed))).unwrap();
}

async fn check(seed: i32) -> Result<(), TestCaseError> {
    let provider = provider(TODAY).await;
    let mut connection = provider.connection().await.unwrap();
    random(&mut connection, seed).await.unwrap();
    let all = invoices::list(&provider, &provider.may(), &InvoiceFilter::default()).await.unwrap().page.total;
    let received = payments::list(&provider, &provider.may(), &PaymentFilter::default()).await.unwrap();
    let sum: Decimal = received.received.iter().map(Money::amount).sum();
    prop_assert_eq!((all, received.page.total, sum), documents(&mut connection).await.unwrap());
    let sectors = store::sectors::choices(&mut connection).await.unwrap();
    for (period, sector) in [(Period::TwelveMonths, None), (Period::LastMonth, Some(sectors[0].id))] {
        let filter = DashboardFilter { period, sector };
        let shown = dashboard::show(&provider, &provider.may(), &filter).await.unwrap();
        let today = provider.clock.today();
        let asked = Asked { today, now: provider.clock.now(), span: shown.span, sector };
        let plain = counted(&mut connection, asked).await.unwrap();
        prop_assert_eq!(something(figures(&shown)), something(plain), "{:?}", filter);
        for (name, expected, found) in lists(&provider, &shown, sector).await {
            prop_assert_eq!(expected, found, "the list of {} with {:?}", name, filter);
        }
    }
    let year = DashboardFilter { period: Period::TwelveMonths, sector: None };
    let before = dashboard::show(&provider, &provider.may(), &year).await.unwrap();
    store::dashboard::add_up_moves(&mut connection).await.unwrap();
    let after = dashboard::show(&provider, &provider.may(), &year).await.unwrap();
    prop_assert_eq!(before.recurring, after.recurring, "a night adds up what there is");
    Ok(())
}

/// Without what is nothing: a currency that nobody has is in one of the two only.
fn something(mut figures: BTreeMap<String, String>) -> BTreeMap<String, String> {
    figures.retain(|_, value| !matches!(value.as_str(), "" | "0" | "0.00" | "0: 0.00"));
    figures
}

/// As `counted` names them.
fn figures(shown: &Dashboard) -> BTreeMap<String, String> {
    let mut figures = BTreeMap::from_iter(counts(shown).map(|(name, count)| (name.to_owned(), count.to_string())));
    let took = shown.services.provisioning_took.map(|seconds| seconds.to_string());
    figures.insert("provisioning took".to_owned(), took.unwrap_or_default());
    let (recurring, money) = (&shown.recurring, &shown.money);
    let mut moneys = |name: &str, amounts: &[Money]| {
        figures.extend(amounts.iter().map(|amount| (format!("{name} {}", amount.currency()), amount.to_string())));
    };
    moneys("overdue", &money.overdue.amounts);
    moneys("promised", &money.promised.amounts);
    moneys("collected", &money.collected_today.amounts);
    for now in &recurring.now {
        moneys("revenue", &[now.revenue]);
        moneys("courtesy", &[now.courtesy]);
    }
    for movement in &recurring.movement {
        moneys(movement.kind.word(), &movement.moved.amounts);
    }
    for month in &recurring.months {
        moneys(&first_of(month.month), &month.moved.amounts);
    }
    for now in &recurring.now {
        let currency = now.revenue.currency();
        figures.insert(format!("courtesies {currency}"), now.courtesies.to_string());
        figures.insert(format!("contracts {currency}"), now.contracts.to_string());
    }
    for movement in &recurring.movement {
        figures.insert(movement.kind.to_string(), movement.moved.count.to_string());
    }
    for month in &recurring.months {
        figures.insert(first_of(month.month), month.moved.count.to_string());
    }
    for debt in &money.ages {
        let name = format!("{} {}", debt.age, debt.amount.currency());
        figures.insert(name, format!("{}: {}", debt.invoices, debt.amount));
    }
    for debt in &money.sectors {
        let name = format!("{} {}", debt.sector.name, debt.amount.currency());
        figures.insert(name, format!("{}: {}", debt.invoices, debt.amount));
    }
    figures
}

fn counts(shown: &Dashboard) -> impl Iterator<Item = (&'static str, i64)> {
    let (services, recurring, money, trouble) = (&shown.services, &shown.recurring, &shown.money, &shown.trouble);
    let counts = [
        ("active", services.active),
        ("suspended", services.suspended),
        ("to install", services.to_install),
        ("provisioned", services.provisioned),
        ("reconnected", services.reconnected),
        ("leases ending", services.leases_ending),
        ("contracts", recurring.contracts),
        ("closed", recurring.closed),
        ("active at start", recurring.active_at_start),
        ("overdue", money.overdue.count),
        ("promised", money.promised.count),
        ("collected", money.collected_today.count),
        ("transfers", money.transfers_in_review),
        ("jobs given up", trouble.jobs_given_up),
        ("routers failing", trouble.routers_failing),
        ("out of step", trouble.out_of_step),
        ("parked", trouble.parked),
        ("events parked", trouble.events_parked),
        ("disputes open", trouble.disputes_open),
        ("tickets", shown.tickets.open),
        ("tickets waiting", shown.tickets.waiting),
        ("tickets breached", shown.tickets.breached),
        ("tickets soon", shown.tickets.soon),
        ("tickets on time", shown.tickets.on_time),
    ];
    counts.into_iter()
}

fn first_of(month: Span) -> String {
    month.from.to_string()
}

type Listed = Vec<(String, i64, i64)>;

/// What each figure says, and how many rows the list has that it opens.
async fn lists(provider: &Provider, shown: &Dashboard, sector: Option<SectorId>) -> Listed {
    let mut lists = contract_lists(provider, shown, sector).await;
    lists.extend(event_lists(provider, shown, sector).await);
    lists.extend(invoice_lists(provider, shown, sector).await);
    lists.extend(money_lists(provider, shown, sector).await);
    lists.extend(trouble_lists(provider, shown, sector).await);
    lists
}

async fn contract_lists(provider: &Provider, shown: &Dashboard, sector: Option<SectorId>) -> Listed {
    let (services, trouble) = (&shown.services, &shown.trouble);
    let all = || ContractFilter { sector, ..ContractFilter::default() };
    let mut lists = Vec::new();
    for (expected, filter) in [
        (services.active, ContractFilter { service: Some(ServiceState::Active), ..all() }),
        (services.suspended, ContractFilter { is: Some(ContractIs::Cut), ..all() }),
        (services.to_install, ContractFilter { state: Some(ContractStateName::Open), ..all() }),
        (shown.recurring.contracts, ContractFilter { state: Some(ContractStateName::Active), ..all() }),
        (trouble.out_of_step, ContractFilter { is: Some(ContractIs::OutOfStep), ..all() }),
        (trouble.parked, ContractFilter { is: Some(ContractIs::Parked), ..all() }),
    ] {
        let total = contracts::list(provider, &provider.may(), &filter).await.unwrap().total;
        lists.push((format!("{filter:?}"), expected, total));
    }
    lists
}

async fn event_lists(provider: &Provider, shown: &Dashboard, sector: Option<SectorId>) -> Listed {
    let mut expected = vec![
        (ContractEvent::Provisioned, shown.span, shown.services.provisioned),
        (ContractEvent::Reconnected, shown.span, shown.services.reconnected),
        (ContractEvent::Closed, shown.span, shown.recurring.closed),
    ];
    expected.extend(shown.recurring.movement.iter().map(|movement| (movement.kind, shown.span, movement.moved.count)));
    let months = shown.recurring.months.iter();
    expected.extend(months.map(|month| (ContractEvent::Moved, month.month, month.moved.count)));
    let mut lists = Vec::new();
    for (event, Span { from, to }, count) in expected {
        let (event, from, to) = (Some(event), Some(from), Some(to));
        let filter = ContractFilter { event, from, to, sector, ..ContractFilter::default() };
        let total = contracts::list(provider, &provider.may(), &filter).await.unwrap().total;
        lists.push((format!("{filter:?}"), count, total));
    }
    lists
}

async fn invoice_lists(provider: &Provider, shown: &Dashboard, sector: Option<SectorId>) -> Listed {
    let standing = Some(Standing::Overdue);
    let mut expected =
        vec![(shown.money.overdue.count, InvoiceFilter { standing, sector, ..InvoiceFilter::default() })];
    for debt in &shown.money.ages {
        let (age, currency) = (Some(debt.age), Some(debt.amount.currency()));
        expected.push((debt.invoices, InvoiceFilter { age, currency, sector, ..InvoiceFilter::default() }));
    }
    for debt in &shown.money.sectors {
        let (sector, currency) = (Some(debt.sector.id), Some(debt.amount.currency()));
        expected.push((debt.invoices, InvoiceFilter { standing, sector, currency, ..InvoiceFilter::default() }));
    }
    let mut lists = Vec::new();
    for (count, filter) in expected {
        let list = invoices::list(provider, &provider.may(), &filter).await.unwrap();
        lists.push((format!("{filter:?}"), count, list.page.total));
    }
    lists
}

async fn money_lists(provider: &Provider, shown: &Dashboard, sector: Option<SectorId>) -> Listed {
    let money = &shown.money;
    let open = PromiseFilter { standing: Some(PromiseStanding::Open), sector, ..PromiseFilter::default() };
    let promised = promises::list(provider, &provider.may(), &open).await.unwrap().total;
    let today = Some(shown.today);
    let received = PaymentFilter { from: today, to: today, sector, ..PaymentFilter::default() };
    let collected = payments::list(provider, &provider.may(), &received).await.unwrap().page.total;
    let queue = TransferFilter { state: Some(TransferState::InReview), sector, ..TransferFilter::default() };
    let reported = transfers::list(provider, &provider.may(), &queue).await.unwrap().page.total;
    let by = shown.today + chrono::Days::new(LEASES_END_WITHIN);
    let running =
        LeaseFilter { state: Some(LeaseStateName::Running), ends_by: Some(by), sector, ..LeaseFilter::default() };
    let ending = leases::list(provider, &provider.may(), &running).await.unwrap().total;
    vec![
        ("promises".to_owned(), money.promised.count, promised),
        ("payments".to_owned(), money.collected_today.count, collected),
        ("transfers".to_owned(), money.transfers_in_review, reported),
        ("leases".to_owned(), shown.services.leases_ending, ending),
    ]
}

async fn trouble_lists(provider: &Provider, shown: &Dashboard, sector: Option<SectorId>) -> Listed {
    let (trouble, figures) = (&shown.trouble, &shown.tickets);
    let unresolved = JobFilter { unresolved: true, ..JobFilter::default() };
    let given_up = jobs::list(provider, &provider.may(), &unresolved).await.unwrap().total;
    let failing = RouterFilter { health: Some(RouterHealth::Failing), ..RouterFilter::default() };
    let failing = routers::list(provider, &provider.may(), &failing).await.unwrap().total;
    let parked = EventFilter { state: Some(EventState::Parked), ..EventFilter::default() };
    let parked = gateway::events(provider, &provider.may(), &parked).await.unwrap().total;
    let disputes = gateway::disputes(provider, &provider.may(), Some(DisputeIs::Open)).await.unwrap().len();
    let mut lists = vec![
        ("jobs".to_owned(), trouble.jobs_given_up, given_up),
        ("routers".to_owned(), trouble.routers_failing, failing),
        ("events".to_owned(), trouble.events_parked, parked),
        ("disputes".to_owned(), trouble.disputes_open, i64::try_from(disputes).unwrap()),
    ];
    let all = || TicketFilter { sector, ..TicketFilter::default() };
    for (expected, filter) in [
        (figures.open, TicketFilter { group: Some(TicketGroup::Open), ..all() }),
        (figures.on_time, TicketFilter { standing: Some(Sla::OnTime), ..all() }),
        (figures.soon, TicketFilter { standing: Some(Sla::Soon), ..all() }),
        (figures.breached, TicketFilter { standing: Some(Sla::Breached), ..all() }),
        (figures.waiting, TicketFilter { state: Some(TicketState::Waiting), ..all() }),
    ] {
        let total = tickets::list(provider, &provider.may(), &filter).await.unwrap().page.total;
        lists.push((format!("{filter:?}"), expected, total));
    }
    lists
}
