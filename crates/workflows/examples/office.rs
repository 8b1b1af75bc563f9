//! How long the office's screens take at 100,000 contracts and 1.2 million invoices: the dashboard, beside the same counts
//! by plain queries, every list in the state in which it is opened, and searches from anywhere. `make bench-office` gives it
//! a throw-away cluster; `make bench-data` only says what the data is.

use std::time::{Duration, Instant};

use chrono::Days;
use domain::contract::ContractStateName;
use domain::leasing::LeaseStateName;
use domain::service::ServiceState;
use domain::settings::Company;
use domain::ticket::Standing as Sla;
use domain::transfer::TransferState;
use domain::views::collections::{PromiseFilter, PromiseStanding};
use domain::views::contracts::{ContractEvent, ContractFilter, ContractIs};
use domain::views::customers::{CustomerFilter, CustomerSort, Debt};
use domain::views::dashboard::{DashboardFilter, LEASES_END_WITHIN, Period};
use domain::views::finder::OFFERED;
use domain::views::invoices::{DebtAge, InvoiceFilter, InvoiceSort, Standing};
use domain::views::jobs::JobFilter;
use domain::views::leases::LeaseFilter;
use domain::views::list::Direction;
use domain::views::payments::PaymentFilter;
use domain::views::tickets::{TicketFilter, TicketGroup};
use domain::views::transfers::TransferFilter;
use serde_json::{Value, json};
use store::dashboard as figures;
use store::testing::office;
use workflows::testing::{Story, story};
use workflows::{dashboard, finder};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Of so many runs the median and the 95th percentile count.
const RUNS: usize = 40;
const WANTED_OF_DASHBOARD: Duration = Duration::from_millis(100);
const WANTED_OF_LISTS: Duration = Duration::from_millis(50);
const WANTED_OF_SEARCHES: Duration = Duration::from_millis(50);
/// What nothing is called.
const NOBODY: &str = "xyzzy";

/// What was measured under a name, and the large tables that were looked through for it.
struct Measured {
    name: &'static str,
    times: Vec<Duration>,
    /// `None` where it was not counted.
    scans: Option<Vec<String>>,
}

/// Runs a query again and again, and once more in a transaction that says how it was planned.
macro_rules! measure {
    ($measured:ident, $story:ident, $name:literal, |$connection:ident| $call:expr) => {{
        let mut times = Vec::new();
        let mut pooled = $story.connection().await?;
        for _ in 0..RUNS {
            let $connection = &mut *pooled;
            let started = Instant::now();
            $call.await?;
            times.push(started.elapsed());
        }
        drop(pooled);
        let mut transaction = $story.begin().await?;
        {
            let $connection = &mut *transaction;
            $call.await?;
        }
        let scans = office::looked_through(&mut transaction).await?;
        $measured.push(Measured { name: $name, times, scans: Some(scans) });
    }};
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let story = story(office::TODAY).await;
    let mut connection = story.connection().await?;
    store::company::save(&mut connection, &company()?).await?;
    eprintln!("writing 100,000 contracts and 1.2 million invoices");
    let started = Instant::now();
    office::fill(&mut connection).await?;
    let [contracts, invoices, payments, jobs] = office::sizes(&mut connection).await?;
    let data = json!({ "contracts": contracts, "invoices": invoices, "payments": payments, "jobs": jobs,
                       "seconds": started.elapsed().as_secs() });
    drop(connection);
    if std::env::args().nth(1).as_deref() == Some("data") {
        println!("{data}");
        return Ok(());
    }
    let dashboards = dashboards(&story).await?;
    let plainly = plainly(&story).await?;
    let mut lists = customers_and_contracts(&story).await?;
    lists.extend(money(&story).await?);
    lists.extend(work(&story).await?);
    let searches = searches(&story).await?;
    report(&data, &dashboards, plainly, &lists, &searches);
    Ok(())
}

fn company() -> Outcome<Company> {
    Ok(Company {
        name: "Fibra del Sur".to_owned(),
        country: "MX".to_owned(),
        currency: "USD".parse()?,
        time_zone: "UTC".to_owned(),
        language: domain::contact::Language::Spanish,
    })
}

async fn dashboards(story: &Story) -> Outcome<Vec<Measured>> {
    let mut measured = Vec::new();
    for (name, period, in_sector) in [
        ("this month", Period::ThisMonth, false),
        ("twelve months", Period::TwelveMonths, false),
        ("this month, one sector", Period::ThisMonth, true),
    ] {
        let filter = DashboardFilter { period, sector: in_sector.then_some(7.into()) };
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let started = Instant::now();
            dashboard::show(story, &story.may(), &filter).await?;
            times.push(started.elapsed());
        }
        measured.push(Measured { name, times, scans: Some(scans_of_figures(story, filter).await?) });
    }
    Ok(measured)
}

/// The dashboard's queries, one after the other in one transaction.
async fn scans_of_figures(story: &Story, filter: DashboardFilter) -> Outcome<Vec<String>> {
    let (today, sector) = (story.clock.today(), filter.sector);
    let span = filter.period.span(today);
    let mut transaction = story.begin().await?;
    let connection = &mut *transaction;
    let (_, active) = figures::contracts(connection, sector).await?;
    figures::provisioned(connection, span, sector).await?;
    figures::reconnected(connection, span, sector).await?;
    figures::leases_ending(connection, today + Days::new(LEASES_END_WITHIN), sector).await?;
    figures::recurring(connection, today, sector, &active).await?;
    figures::moved(connection, span, sector).await?;
    figures::churn(connection, span, sector, 0).await?;
    figures::ages(connection, today, sector).await?;
    figures::debts_by_sector(connection, today, "USD".parse()?, sector).await?;
    figures::promised(connection, sector).await?;
    figures::collected_on(connection, today, sector).await?;
    store::transfer_reports::waiting(connection, story.clock.now(), sector).await?;
    figures::trouble(connection, sector).await?;
    store::tickets_list::counts(connection, story.clock.now(), sector).await?;
    Ok(office::looked_through(connection).await?)
}

/// The median of the same counts without anything that is kept for them.
async fn plainly(story: &Story) -> Outcome<Duration> {
    let mut connection = story.connection().await?;
    let today = story.clock.today();
    let mut times = Vec::new();
    for _ in 0..3 {
        let started = Instant::now();
        office::plainly(&mut connection, today, Period::ThisMonth.span(today)).await?;
        times.push(started.elapsed());
    }
    times.sort();
    Ok(times[1])
}

async fn customers_and_contracts(story: &Story) -> Outcome<Vec<Measured>> {
    let (today, mut lists) = (story.clock.today(), Vec::new());
    let span = Period::ThisMonth.span(today);
    let year = Period::TwelveMonths.span(today);
    let customers = CustomerFilter::default();
    let late = CustomerFilter { debt: Some(Debt::Overdue), sort: CustomerSort::DueSince, ..customers.clone() };
    measure!(lists, story, "customers", |c| store::customers_list::list(c, &customers, today));
    measure!(lists, story, "customers, overdue", |c| store::customers_list::list(c, &late, today));
    let all = ContractFilter::default();
    let active = ContractFilter { service: Some(ServiceState::Active), ..all.clone() };
    let contracts = ContractFilter { state: Some(ContractStateName::Active), ..all.clone() };
    let cut = ContractFilter { is: Some(ContractIs::Cut), ..all.clone() };
    let open = ContractFilter { state: Some(ContractStateName::Open), ..all.clone() };
    let astray = ContractFilter { is: Some(ContractIs::OutOfStep), ..all.clone() };
    let sector = ContractFilter { sector: Some(7.into()), ..all.clone() };
    let event = |event, span: domain::views::dashboard::Span| ContractFilter {
        event: Some(event),
        from: Some(span.from),
        to: Some(span.to),
        ..ContractFilter::default()
    };
    let (new, moved) = (event(ContractEvent::New, span), event(ContractEvent::Moved, year));
    let (back, on) = (event(ContractEvent::Reconnected, span), event(ContractEvent::Provisioned, span));
    measure!(lists, story, "contracts", |c| store::contracts_list::list(c, &all, today));
    measure!(lists, story, "contracts, in service", |c| store::contracts_list::list(c, &active, today));
    measure!(lists, story, "contracts, active", |c| store::contracts_list::list(c, &contracts, today));
    measure!(lists, story, "contracts, cut", |c| store::contracts_list::list(c, &cut, today));
    measure!(lists, story, "contracts, to install", |c| store::contracts_list::list(c, &open, today));
    measure!(lists, story, "contracts, out of step", |c| store::contracts_list::list(c, &astray, today));
    measure!(lists, story, "contracts, of a sector", |c| store::contracts_list::list(c, &sector, today));
    measure!(lists, story, "contracts, new this month", |c| store::contracts_list::list(c, &new, today));
    measure!(lists, story, "contracts, moved in a year", |c| store::contracts_list::list(c, &moved, today));
    measure!(lists, story, "contracts, reconnected", |c| store::contracts_list::list(c, &back, today));
    measure!(lists, story, "contracts, provisioned", |c| store::contracts_list::list(c, &on, today));
    Ok(lists)
}

async fn money(story: &Story) -> Outcome<Vec<Measured>> {
    let (today, mut lists) = (story.clock.today(), Vec::new());
    let all = InvoiceFilter { direction: Direction::Down, ..InvoiceFilter::default() };
    let overdue = InvoiceFilter { standing: Some(Standing::Overdue), sort: InvoiceSort::Due, ..all.clone() };
    let there = InvoiceFilter { sector: Some(7.into()), currency: Some("USD".parse()?), ..overdue.clone() };
    let aged = InvoiceFilter { age: Some(DebtAge::To30), currency: Some("USD".parse()?), ..all.clone() };
    measure!(lists, story, "invoices", |c| store::invoices::list(c, &all, today));
    measure!(lists, story, "invoices, what is owed", |c| store::invoices::owed(c, &all, today));
    measure!(lists, story, "invoices, overdue", |c| store::invoices::list(c, &overdue, today));
    measure!(lists, story, "invoices, overdue in a sector", |c| store::invoices::list(c, &there, today));
    measure!(lists, story, "invoices, of an age", |c| store::invoices::list(c, &aged, today));
    let payments = PaymentFilter { direction: Direction::Down, ..PaymentFilter::default() };
    let received = PaymentFilter { from: Some(today), to: Some(today), ..payments.clone() };
    measure!(lists, story, "payments", |c| store::payments_list::list(c, &payments));
    measure!(lists, story, "payments, of today", |c| store::payments_list::list(c, &received));
    let promised = PromiseFilter { standing: Some(PromiseStanding::Open), ..PromiseFilter::default() };
    measure!(lists, story, "promises, open", |c| store::promises::list(c, &promised));
    let queue = TransferFilter { state: Some(TransferState::InReview), ..TransferFilter::default() };
    let now = story.clock.now();
    measure!(lists, story, "transfers, in review", |c| store::transfer_reports::list(c, &queue, now));
    Ok(lists)
}

async fn work(story: &Story) -> Outcome<Vec<Measured>> {
    let (today, now, mut lists) = (story.clock.today(), story.clock.now(), Vec::new());
    let open = TicketFilter { group: Some(TicketGroup::Open), ..TicketFilter::default() };
    let breached = TicketFilter { standing: Some(Sla::Breached), ..TicketFilter::default() };
    measure!(lists, story, "tickets, open", |c| store::tickets_list::list(c, &open, None, now));
    measure!(lists, story, "tickets, breached", |c| store::tickets_list::list(c, &breached, None, now));
    let ends_by = Some(today + Days::new(LEASES_END_WITHIN));
    let ending = LeaseFilter { state: Some(LeaseStateName::Running), ends_by, ..LeaseFilter::default() };
    measure!(lists, story, "leases, ending", |c| store::leases::list(c, &ending, today));
    let given_up = JobFilter { unresolved: true, ..JobFilter::default() };
    measure!(lists, story, "jobs, given up", |c| store::jobs::list(c, &given_up));
    let jobs = JobFilter::default();
    measure!(lists, story, "jobs", |c| store::jobs::list(c, &jobs));
    Ok(lists)
}

/// What somebody who sees everything finds in all kinds of records, as the box in the office's frame offers it.
async fn searches(story: &Story) -> Outcome<Vec<Measured>> {
    let mut measured = Vec::new();
    for (name, typed) in [
        ("search, a name", "ramon 54321"),
        ("search, a name that many have", "maria"),
        ("search, what every mail has", "example.com"),
        ("search, every street", "calle"),
        ("search, a contract", "C054321"),
        ("search, an invoice", "F-4-12345"),
        ("search, the end of a number", "12345"),
        ("search, a user", "user54321"),
        ("search, a serial", "HWTC19a3d7bf"),
        ("search, an address", "100.64.212.49"),
        ("search, nothing", NOBODY),
    ] {
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let started = Instant::now();
            let found = finder::find(story, &story.may(), typed, OFFERED).await?;
            times.push(started.elapsed());
            if found.groups.is_empty() != (typed == NOBODY) {
                return Err(format!("{typed:?} finds something else than it should").into());
            }
        }
        measured.push(Measured { name, times, scans: None });
    }
    Ok(measured)
}

/// A line for each, and at last one JSON object.
fn report(data: &Value, dashboards: &[Measured], plainly: Duration, lists: &[Measured], searches: &[Measured]) {
    for measured in dashboards.iter().chain(lists).chain(searches) {
        let scans = measured.scans.as_deref().unwrap_or_default().join(", ");
        println!("{:<32} {:>9.1?} {:>9.1?}  {scans}", measured.name, measured.at(50), measured.at(95));
    }
    println!("{:<32} {plainly:>9.1?}", "the same counts, plainly");
    let of = |all: &[Measured]| {
        let one = |measured: &Measured| {
            let figures = json!({ "median_us": micros(measured.at(50)), "p95_us": micros(measured.at(95)),
                                  "looks_through": measured.scans });
            (measured.name.to_owned(), figures)
        };
        all.iter().map(one).collect::<serde_json::Map<_, _>>()
    };
    let slowest = |all: &[Measured]| all.iter().map(|measured| measured.at(95)).max().unwrap_or_default();
    let scans = dashboards
        .iter()
        .chain(lists)
        .filter(|measured| measured.scans.as_ref().is_some_and(|scans| !scans.is_empty()))
        .count();
    let (dashboard, list, search) = (slowest(dashboards), slowest(lists), slowest(searches));
    println!(
        "{}",
        json!({
            "data": data, "dashboard": of(dashboards), "plainly_us": micros(plainly), "lists": of(lists),
            "searches": of(searches), "dashboard_p95_us": micros(dashboard), "slowest_list_p95_us": micros(list),
            "slowest_search_p95_us": micros(search), "with_sequential_scans": scans,
            "dashboard_as_wanted": dashboard < WANTED_OF_DASHBOARD, "lists_as_wanted": list < WANTED_OF_LISTS,
            "searches_as_wanted": search < WANTED_OF_SEARCHES,
        })
    );
}

impl Measured {
    /// A percentile.
    fn at(&self, percent: usize) -> Duration {
        let mut times = self.times.clone();
        times.sort();
        times.get((times.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default()
    }
}

fn micros(time: Duration) -> u64 {
    time.as_micros().try_into().unwrap_or(u64::MAX)
}
