//! Fourteen months of nightly runs over the provider that was brought over from Odoo.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use std::path::PathBuf;

use chrono::{Datelike, Days, NaiveDate};
use domain::collections::Interlock;
use domain::contact::Language;
use domain::settings::Company;
use domain::views::customers::{CustomerFilter, CustomerRow, Debt};
use domain::views::list::PageNumber;
use domain::views::payments::NewPayment;
use rust_decimal::Decimal;
use store::testing::totals::{Totals, totals};
use workflows::import::odoo::{self, File, Files, Mode};
use workflows::permit::{Import, RecordPayments, RunBusinessDay, SeeCustomers};
use workflows::testing::{Story, date, story};
use workflows::{customers, payments, runs};

const FIRST: &str = "2026-11-21";
const NIGHTS: u64 = 427;

async fn imported_provider() -> Story {
    let story = story(FIRST).await;
    let company = Company {
        name: "Fibra del Sur".to_owned(),
        country: "MX".to_owned(),
        currency: "USD".parse().unwrap(),
        time_zone: "UTC".to_owned(),
        language: Language::Spanish,
    };
    let mut connection = story.connection().await.unwrap();
    store::company::save(&mut connection, &company).await.unwrap();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../server/demo/odoo");
    let files: Files = File::ALL.map(|file| (file, std::fs::read(folder.join(file.name())).unwrap())).into();
    let options = odoo::Options { today: date(FIRST), currency: company.currency };
    let plan = odoo::plan(&odoo::read(&files).unwrap(), options);
    let outcome = odoo::apply(&story, &story.may::<Import>(), &plan, Mode::Write, |_| ()).await.unwrap();
    assert_eq!(outcome.imported, 300);
    // Two of three never pay, and all fall due on the same days: there is nobody here whom a night could ask.
    let all = Interlock { cap_percent: Decimal::ONE_HUNDRED, cap_floor: 0, silent_days: None };
    store::interlock::save(&mut connection, &all).await.unwrap();
    story
}

/// Every day its night, but for those that are missed; on the twentieth, every third customer pays all that is due.
async fn walk(story: &Story, missed: &[&str]) {
    let permit = story.may::<RunBusinessDay>();
    for day in date(FIRST).iter_days().take(usize::try_from(NIGHTS).unwrap()) {
        story.it_is(&day.to_string());
        if !missed.contains(&day.to_string().as_str()) {
            runs::catch_up(story, &permit).await.unwrap();
        }
        if day.day() == 20 {
            some_pay(story, day).await;
        }
    }
}

async fn some_pay(story: &Story, day: NaiveDate) {
    for customer in owing(story).await.iter().filter(|customer| customer.id.0 % 3 == 0) {
        let form = NewPayment {
            customer: customer.id.to_string(),
            amount: customer.balance[0].to_string(),
            method: "cash".to_owned(),
            idempotency_key: format!("{day}-{}", customer.id),
            ..NewPayment::default()
        };
        payments::record(story, &story.may::<RecordPayments>(), form).await.unwrap();
    }
}

async fn owing(story: &Story) -> Vec<CustomerRow> {
    let mut rows = Vec::new();
    for page in 1.. {
        let filter =
            CustomerFilter { debt: Some(Debt::Owes), page: PageNumber::page(page), ..CustomerFilter::default() };
        let found = customers::list(story, &story.may::<SeeCustomers>(), &filter).await.unwrap();
        rows.extend(found.rows.clone());
        if found.number >= found.count() {
            break;
        }
    }
    rows
}

async fn totals_of(story: &Story) -> Totals {
    totals(&mut story.connection().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn fourteen_months_of_nights_come_to_the_same_cent_whether_or_not_three_were_missed() {
    let (undisturbed, disturbed) = (imported_provider().await, imported_provider().await);
    // None of them is a twentieth, when somebody pays.
    let missed = ["2026-12-01", "2027-03-28", "2027-03-29"];
    tokio::join!(walk(&undisturbed, &[]), walk(&disturbed, &missed));

    let last = date(FIRST).checked_add_days(Days::new(NIGHTS - 1)).unwrap();
    assert_eq!(last, date("2028-01-21"));
    let totals = totals_of(&undisturbed).await;
    assert_eq!(totals_of(&disturbed).await, totals);
    assert_eq!(totals.nights, i64::try_from(NIGHTS).unwrap());
    assert_eq!(totals.gaps_between_billed_periods, 0);
    assert_eq!(totals.numbers_left_out, 0);
    assert_eq!(totals.issued - totals.credited - totals.received, totals.owed - totals.unused);
    let amounts = [totals.issued, totals.received, totals.owed].map(|amount| amount.to_string());
    assert_eq!((totals.invoices, amounts), (5281, ["187187.7400", "90864.7100", "95875.3400"].map(str::to_owned)));
}
