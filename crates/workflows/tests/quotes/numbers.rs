//! Numbers without gaps.

use chrono::Datelike;
use domain::failure::Problem;
use domain::views::customers::CustomerForm;
use domain::views::numbers::SeriesForm;
use workflows::permit::{EditCustomers, EditDocuments, SeeInvoices};
use workflows::testing::date;
use workflows::{customers, documents, numbers};

use crate::provider::{person, problems, provider, text};

#[tokio::test]
async fn numbers_have_no_gaps_however_many_take_them_and_give_them_back_at_once() {
    let provider = provider("2026-03-02").await;
    let today = date("2026-03-02");
    let take = |keep: bool| {
        let context = provider.story.context.clone();
        tokio::spawn(async move {
            let mut transaction = context.begin().await.unwrap();
            let n = store::billing::take_numbers(&mut transaction, "quote", today.year(), 1).await.unwrap();
            tokio::task::yield_now().await;
            match keep {
                true => transaction.commit().await.unwrap(),
                false => transaction.rollback().await.unwrap(),
            }
            keep.then_some(n)
        })
    };
    let taking: Vec<_> = (0..40).map(|nth| take(nth % 3 != 0)).collect();
    let mut kept = Vec::new();
    for taken in taking {
        kept.extend(taken.await.unwrap());
    }
    kept.sort_unstable();
    let expected: Vec<i64> = (1..).take(kept.len()).collect();
    assert_eq!(kept, expected);
}

#[tokio::test]
async fn a_series_is_renamed_for_what_comes_and_not_for_what_was_issued() {
    let provider = provider("2026-03-02").await;
    let permit = provider.may::<EditDocuments>();
    let ana = provider.customer("Ana").await;
    let first = provider.quote(ana, "2026-03-10").await;
    let form = SeriesForm { kind: text("quote"), pattern: text("PRE/{year}/{n:3}") };
    numbers::save_series(&provider, &permit, &form).await.unwrap();
    let second = provider.quote(ana, "2026-03-10").await;
    let numbers = [provider.show_quote(first).await.row.number, provider.show_quote(second).await.row.number];
    assert_eq!(numbers.map(Option::unwrap), ["P-2026-000001", "PRE/2026/002"]);
    let without_year = SeriesForm { kind: text("quote"), pattern: text("PRE/{n:3}") };
    let refused = problems(numbers::save_series(&provider, &permit, &without_year).await);
    assert_eq!(refused, [(text("pattern"), Problem::NotAPattern)]);
}

#[tokio::test]
async fn in_venezuela_documents_have_control_numbers_of_their_own_series() {
    let provider = provider("2026-03-01").await;
    let mut connection = provider.connection().await.unwrap();
    let company = store::company::get(&mut connection).await.unwrap();
    let company = domain::settings::Company { country: text("VE"), ..company };
    store::company::save(&mut connection, &company).await.unwrap();
    let contract = provider.active("ana").await;
    let ana = provider.show(contract).await.customer.id;
    let quote = provider.quote(ana, "2026-03-10").await;
    provider.confirm(quote).await.unwrap();
    let rows = provider.invoices(ana).await;
    for (row, control) in rows.iter().zip(["00-00000001", "00-00000002"]) {
        let staff = documents::Reader::Staff(provider.may::<SeeInvoices>());
        let pdf = documents::invoice(&provider, &staff, row.id).await.unwrap();
        let said = pdf_extract::extract_text_from_mem(&pdf.bytes).unwrap();
        assert!(said.contains(control) && said.contains("Número de control"), "{said}");
    }
    assert_eq!(rows.len(), 2);
    let form = domain::views::credits::CreditForm { how: text("everything"), why: text("wrong"), ..Default::default() };
    let note = workflows::invoices::credit(&provider, &provider.may(), rows[1].id, &form).await.unwrap();
    let staff = documents::Reader::Staff(provider.may::<SeeInvoices>());
    let said =
        pdf_extract::extract_text_from_mem(&documents::invoice(&provider, &staff, note).await.unwrap().bytes).unwrap();
    assert!(said.contains("00-00000003"), "a credit note has one too: {said}");
}

#[tokio::test]
async fn a_customers_tax_number_is_checked_as_their_country_writes_it() {
    let provider = provider("2026-03-02").await;
    let permit = provider.may::<EditCustomers>();
    let with = |tax_id: &str| CustomerForm { tax_id: text(tax_id), ..person("Ana") };
    let (field, problem) = problems(customers::create(&provider, &permit, &with("J-30599482-0")).await).remove(0);
    assert!(field == "tax_id" && matches!(problem, Problem::NotATaxId { .. }));
    let ana = customers::create(&provider, &permit, &with("FEOM850315QX2")).await.unwrap();
    // Numbers that are older than the rule stay as they are until somebody changes them.
    let mut connection = provider.connection().await.unwrap();
    let mut facts = store::customers::get(&mut connection, ana).await.unwrap().facts;
    facts.tax_id = Some(text("old number"));
    store::customers::edit(&mut connection, ana, &facts).await.unwrap();
    customers::edit(&provider, &permit, ana, &CustomerForm { name: text("Ana María"), ..with("old number") })
        .await
        .unwrap();
}
