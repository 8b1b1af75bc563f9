//! How long the lists take at a hundred times the demo. `make bench-lists` gives it a throw-away cluster.

use std::time::{Duration, Instant};

use domain::service::ServiceState;
use domain::views::contracts::{ContractFilter, ContractSort};
use domain::views::customers::{CustomerFilter, CustomerSort, Debt};
use domain::views::finder::OFFERED;
use domain::views::invoices::{InvoiceFilter, InvoiceSort, Standing};
use domain::views::list::{Direction, PageNumber};
use domain::views::payments::{PaymentFilter, PaymentSort};
use store::Connection;
use store::finder::{self, Typed};
use store::testing::fresh;

/// Of so many runs of a list, the median counts.
const RUNS: usize = 9;

/// Times a call and notes its median under a name.
macro_rules! time {
    ($figures:ident, $name:literal, $call:expr) => {{
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let started = Instant::now();
            $call.await?;
            times.push(started.elapsed());
        }
        times.sort();
        $figures.push(($name, times[RUNS / 2]));
    }};
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> store::Result<()> {
    let database = fresh().await;
    let mut connection = database.acquire().await?;
    eprintln!("filling a database with a hundred times the demo");
    sqlx::raw_sql(include_str!("fill.sql")).execute(&mut *connection).await?;
    sqlx::raw_sql("vacuum analyze").execute(&mut *connection).await?;
    let mut figures = customers(&mut connection).await?;
    figures.extend(contracts(&mut connection).await?);
    figures.extend(money(&mut connection).await?);
    figures.extend(searches(&mut connection).await?);
    report(&figures);
    Ok(())
}

type Figures = Vec<(&'static str, Duration)>;

async fn customers(connection: &mut Connection) -> store::Result<Figures> {
    let today = chrono::NaiveDate::default();
    let (all, mut figures) = (CustomerFilter::default(), Figures::new());
    let found = CustomerFilter { search: Some("nuñez luna".to_owned()), ..all.clone() };
    let overdue = CustomerFilter { debt: Some(Debt::Overdue), sort: CustomerSort::DueSince, ..all.clone() };
    let last = CustomerFilter { page: PageNumber::page(600), ..all.clone() };
    time!(figures, "customers", store::customers_list::list(connection, &all, today));
    time!(figures, "customers, searched", store::customers_list::list(connection, &found, today));
    time!(figures, "customers, overdue", store::customers_list::list(connection, &overdue, today));
    time!(figures, "customers, last page", store::customers_list::list(connection, &last, today));
    Ok(figures)
}

async fn contracts(connection: &mut Connection) -> store::Result<Figures> {
    let today = chrono::NaiveDate::default();
    let (all, mut figures) = (ContractFilter::default(), Figures::new());
    let found = ContractFilter { search: Some("user1234".to_owned()), ..all.clone() };
    let suspended = ContractFilter { service: Some(ServiceState::Suspended), ..all.clone() };
    let owing = ContractFilter { debt: Some(Debt::Owes), sort: ContractSort::DueSince, ..all.clone() };
    let last = ContractFilter { page: PageNumber::page(600), sort: ContractSort::Customer, ..all.clone() };
    time!(figures, "contracts", store::contracts_list::list(connection, &all, today));
    time!(figures, "contracts, searched", store::contracts_list::list(connection, &found, today));
    time!(figures, "contracts, suspended", store::contracts_list::list(connection, &suspended, today));
    time!(figures, "contracts, owing", store::contracts_list::list(connection, &owing, today));
    time!(figures, "contracts, last page", store::contracts_list::list(connection, &last, today));
    Ok(figures)
}

async fn money(connection: &mut Connection) -> store::Result<Figures> {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
    let (all, mut figures) = (InvoiceFilter { direction: Direction::Down, ..InvoiceFilter::default() }, Figures::new());
    let number = InvoiceFilter { search: Some("4-12345".to_owned()), ..all.clone() };
    let name = InvoiceFilter { search: Some("Ponce 12345".to_owned()), ..all.clone() };
    let overdue = InvoiceFilter { standing: Some(Standing::Overdue), sort: InvoiceSort::Due, ..all.clone() };
    let paid = InvoiceFilter { standing: Some(Standing::Paid), ..all.clone() };
    let largest = InvoiceFilter { sort: InvoiceSort::Total, ..all.clone() };
    time!(figures, "invoices", store::invoices::list(connection, &all, today));
    time!(figures, "invoices, by number", store::invoices::list(connection, &number, today));
    time!(figures, "invoices, by customer", store::invoices::list(connection, &name, today));
    time!(figures, "invoices, overdue", store::invoices::list(connection, &overdue, today));
    time!(figures, "invoices, paid", store::invoices::list(connection, &paid, today));
    time!(figures, "invoices, largest first", store::invoices::list(connection, &largest, today));
    let payments = PaymentFilter { direction: Direction::Down, ..PaymentFilter::default() };
    let by_customer = PaymentFilter { sort: PaymentSort::Customer, ..payments.clone() };
    time!(figures, "payments", store::payments_list::list(connection, &payments));
    time!(figures, "payments, by customer", store::payments_list::list(connection, &by_customer));
    Ok(figures)
}

/// What the box in the frame looks through for each letter: all kinds, one after the other.
async fn searches(connection: &mut Connection) -> store::Result<Figures> {
    let mut figures = Figures::new();
    time!(figures, "search, a name", find(connection, "nuñez luna"));
    time!(figures, "search, a frequent name", find(connection, "maria"));
    time!(figures, "search, what everybody has", find(connection, "example.com"));
    time!(figures, "search, every street", find(connection, "calle"));
    time!(figures, "search, the end of a number", find(connection, "12345"));
    time!(figures, "search, an invoice", find(connection, "F-4-12345"));
    time!(figures, "search, a user", find(connection, "user1234"));
    time!(figures, "search, nothing", find(connection, "xyzzy"));
    Ok(figures)
}

async fn find(connection: &mut Connection, typed: &str) -> store::Result<()> {
    let Some(typed) = Typed::of(typed) else { return Ok(()) };
    finder::customers(connection, &typed, OFFERED).await?;
    finder::contracts(connection, &typed, OFFERED).await?;
    finder::devices(connection, &typed, OFFERED).await?;
    finder::invoices(connection, &typed, OFFERED).await?;
    finder::addresses(connection, &typed, OFFERED).await?;
    finder::tickets(connection, &typed, OFFERED).await?;
    finder::equipment(connection, &typed, OFFERED).await?;
    finder::routers(connection, &typed, OFFERED).await?;
    finder::plant(connection, &typed, OFFERED).await?;
    finder::work(connection, &typed).await?;
    Ok(())
}

/// One JSON object: the median of each list in microseconds, and the slowest.
fn report(figures: &Figures) {
    let lists: serde_json::Map<_, _> =
        figures.iter().map(|(name, time)| ((*name).to_owned(), micros(*time).into())).collect();
    let slowest = figures.iter().map(|(_, time)| *time).max().unwrap_or_default();
    println!("{}", serde_json::json!({ "unit": "microseconds", "slowest": micros(slowest), "lists": lists }));
}

fn micros(time: Duration) -> u64 {
    time.as_micros().try_into().unwrap_or(u64::MAX)
}
