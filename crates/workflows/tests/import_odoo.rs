//! An Odoo export comes into a database: whole, once, and customer by customer.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use std::path::PathBuf;

use domain::contact::Language;
use domain::money::Currency;
use domain::settings::Company;
use workflows::import::odoo::{self, File, Files, Mode, Options, Outcome};
use workflows::reports;
use workflows::testing::{Story, story};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../server/demo/odoo")
}

fn export() -> Files {
    File::ALL.into_iter().map(|file| (file, std::fs::read(folder().join(file.name())).unwrap())).collect()
}

async fn provider() -> Story {
    let story = story("2026-11-21").await;
    let company = Company {
        name: "Fibra del Valle".to_owned(),
        country: "MX".to_owned(),
        currency: Currency::USD,
        time_zone: "America/Mexico_City".to_owned(),
        language: Language::Spanish,
    };
    store::company::save(&mut story.connection().await.unwrap(), &company).await.unwrap();
    story
}

async fn import(story: &Story, files: &Files, mode: Mode) -> Outcome {
    let options = Options { today: story.clock.today(), currency: Currency::USD };
    let plan = odoo::plan(&odoo::read(files).unwrap(), options);
    odoo::apply(story, &story.may(), &plan, mode, |_| {}).await.unwrap()
}

/// One of Odoo's own answers, the heading left out.
fn expected(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

async fn balances(story: &Story) -> Vec<String> {
    let balances = reports::balances(story, &story.may()).await.unwrap();
    balances.into_iter().map(|(reference, balance)| format!("{reference},{balance}")).collect()
}

async fn next_invoices(story: &Story) -> Vec<String> {
    let next = reports::next_invoices(story, &story.may()).await.unwrap();
    next.into_iter()
        .map(|(code, invoice)| format!("{code},{},{},{}", invoice.on, invoice.untaxed, invoice.total))
        .collect()
}

/// The export without the customer's own row.
fn without_partner(reference: &str) -> Files {
    let mut files = export();
    let text = String::from_utf8(files.remove(&File::Partners).unwrap()).unwrap();
    let rest: Vec<&str> =
        text.split_inclusive('\n').filter(|line| !line.contains(&format!("\"{reference}\""))).collect();
    files.insert(File::Partners, rest.concat().into_bytes());
    files
}

#[tokio::test]
async fn balances_and_next_invoices_are_odoos_to_the_cent() {
    let story = provider().await;
    let outcome = import(&story, &export(), Mode::Write).await;
    assert_eq!((outcome.imported, outcome.refused.len()), (300, 0));
    assert_eq!(outcome.new_routers.len(), 6);
    assert_eq!(balances(&story).await, expected("expected_balances.csv"));
    assert_eq!(next_invoices(&story).await, expected("expected_next_invoices.csv"));
}

#[tokio::test]
async fn a_second_import_doubles_nothing_and_brings_who_was_left_out() {
    let story = provider().await;
    let first = import(&story, &without_partner("CLI00007"), Mode::Write).await;
    assert_eq!((first.imported, first.already_there), (299, 0));
    let second = import(&story, &export(), Mode::Write).await;
    assert_eq!((second.imported, second.already_there), (1, 299));
    assert!(second.new_routers.is_empty());
    assert_eq!(balances(&story).await, expected("expected_balances.csv"));
    assert_eq!(next_invoices(&story).await, expected("expected_next_invoices.csv"));
}

#[tokio::test]
async fn a_preview_tells_what_an_import_would_do_and_writes_nothing() {
    let story = provider().await;
    let tried = import(&story, &export(), Mode::Preview).await;
    assert_eq!((tried.imported, tried.refused.len(), tried.new_routers.len()), (300, 0, 6));
    assert!(balances(&story).await.is_empty() && next_invoices(&story).await.is_empty());
    let mut connection = story.connection().await.unwrap();
    assert!(store::import::catalogue(&mut connection).await.unwrap().routers.is_empty());
}

#[tokio::test]
async fn who_is_in_the_way_of_a_customer_costs_that_customer_alone_and_whole() {
    let story = provider().await;
    let facts = domain::customer::CustomerFacts {
        kind: domain::contact::CustomerKind::Person,
        name: "Ana Ruiz".to_owned(),
        tax_id: None,
        email: None,
        phone: None,
        language: Language::Spanish,
    };
    let mut connection = story.connection().await.unwrap();
    store::customers::add(&mut connection, "CLI00003", &facts, story.clock.now()).await.unwrap();
    let outcome = import(&story, &export(), Mode::Write).await;
    let refused: Vec<_> = outcome.refused.iter().map(|it| (it.reference.as_str(), it.constraint.as_str())).collect();
    assert_eq!(refused, [("CLI00003", "customers_reference_key")]);
    let others = |rows: Vec<String>| rows.into_iter().filter(|row| !row.starts_with("CLI00003,")).collect::<Vec<_>>();
    assert_eq!(balances(&story).await, others(expected("expected_balances.csv")));
}

#[tokio::test]
async fn the_night_after_an_import_bills_what_odoo_would_have_billed() {
    let story = provider().await;
    import(&story, &export(), Mode::Write).await;
    story.it_is("2026-11-23");
    let before = balances(&story).await.len();
    for day in ["2026-11-21", "2026-11-22", "2026-11-23"] {
        let date = workflows::testing::date(day);
        workflows::runs::run_day(&story, &story.may(), date).await.unwrap();
    }
    let due = expected("expected_next_invoices.csv").iter().filter(|row| row.contains(",2026-11-23,")).count();
    let left = next_invoices(&story).await.iter().filter(|row| row.contains(",2026-11-23,")).count();
    assert!(due > 0 && left == 0, "{due} were due, {left} are left");
    assert!(balances(&story).await.len() >= before);
}
