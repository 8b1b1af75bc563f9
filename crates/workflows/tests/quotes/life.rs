//! From a draft to an invoice.

use domain::failure::{Failure, Problem};
use domain::quote::{QuoteError, QuoteStateName};
use domain::views::list::PageNumber;
use workflows::permit::EditQuotes;
use workflows::quotes;

use crate::owed;
use crate::provider::{problems, provider, refusal, text};

#[tokio::test]
async fn an_accepted_quote_becomes_an_invoice_as_it_was_quoted() {
    let provider = provider("2026-03-02").await;
    let ana = provider.customer("Ana").await;
    let quote = provider.quote(ana, "2026-03-10").await;
    let before = provider.show_quote(quote).await;
    assert_eq!(before.row.number.as_deref(), Some("P-2026-000001"));
    provider.confirm(quote).await.unwrap();
    let after = provider.show_quote(quote).await;
    assert_eq!(after.row.state, QuoteStateName::Invoiced);
    assert_eq!(after.invoice.unwrap().name, "F-2026-000001");
    assert_eq!(owed(&provider.invoices(ana).await), [(text("116.00"), text("116.00"))]);
}

#[tokio::test]
async fn a_customer_accepts_their_own_quote_and_cannot_name_anothers() {
    let provider = provider("2026-03-02").await;
    let (ana, luis) = (provider.customer("Ana").await, provider.customer("Luis").await);
    let quote = provider.quote(ana, "2026-03-10").await;
    let (her_pages, his_pages) = (provider.signed_in(ana).await, provider.signed_in(luis).await);
    assert_eq!(refusal(quotes::accept_own(&provider, &his_pages, quote).await), Failure::NotFound);
    assert_eq!(refusal(quotes::show_own(&provider, &his_pages, quote).await), Failure::NotFound);
    quotes::accept_own(&provider, &her_pages, quote).await.unwrap();
    let hers = quotes::list_own(&provider, &her_pages, PageNumber::default()).await.unwrap();
    assert_eq!(hers.rows[0].state, QuoteStateName::Invoiced);
}

#[tokio::test]
async fn paying_a_quote_pays_its_invoice_first_and_older_debts_with_the_rest() {
    let provider = provider("2026-03-01").await;
    let contract = provider.active("ana").await;
    let ana = provider.show(contract).await.customer.id;
    let quote = provider.quote(ana, "2026-03-10").await;
    provider.pay_quote(quote, "120.00").await.unwrap();
    // 34.80 were owed before: 4.00 are left for them.
    let expected = [("34.80", "30.80"), ("116.00", "0.00")].map(|(total, open)| (text(total), text(open)));
    assert_eq!(owed(&provider.invoices(ana).await), expected);
}

#[tokio::test]
async fn a_quote_is_paid_once_and_not_in_part() {
    let provider = provider("2026-03-02").await;
    let ana = provider.customer("Ana").await;
    let quote = provider.quote(ana, "2026-03-10").await;
    let (field, problem) = problems(provider.pay_quote(quote, "115.99").await).remove(0);
    assert!(field == "amount" && matches!(problem, Problem::BelowTotal { .. }), "{field}: {problem:?}");
    let first = provider.pay_quote(quote, "116.00").await.unwrap();
    let again = provider.pay_quote(quote, "116.00").await.unwrap();
    assert_eq!(first, again, "the same form sent twice is one payment");
    assert_eq!(provider.invoices(ana).await.len(), 1);
}

#[tokio::test]
async fn an_expired_quote_is_neither_accepted_nor_paid() {
    let provider = provider("2026-03-02").await;
    let ana = provider.customer("Ana").await;
    let quote = provider.quote(ana, "2026-03-10").await;
    provider.it_is("2026-03-11");
    assert_eq!(provider.show_quote(quote).await.row.state, QuoteStateName::Expired);
    let expired = Failure::Quote { error: QuoteError::Expired { valid_until: "2026-03-10".parse().unwrap() } };
    assert_eq!(refusal(provider.confirm(quote).await), expired);
    assert_eq!(refusal(provider.pay_quote(quote, "116.00").await), expired);
    assert!(provider.invoices(ana).await.is_empty());
}

#[tokio::test]
async fn what_was_sent_is_not_edited_and_what_was_rejected_is_over() {
    let provider = provider("2026-03-02").await;
    let ana = provider.customer("Ana").await;
    let quote = provider.quote(ana, "2026-03-10").await;
    let line = provider.show_quote(quote).await.lines[0].id;
    let permit = provider.may::<EditQuotes>();
    let edited = quotes::remove_line(&provider, &permit, quote, line).await;
    assert!(matches!(refusal(edited), Failure::Quote { error: QuoteError::NotAllowed { .. } }));
    quotes::reject(&provider, &permit, quote, "too dear").await.unwrap();
    let accepted = provider.confirm(quote).await;
    assert!(matches!(refusal(accepted), Failure::Quote { error: QuoteError::NotAllowed { .. } }));
}

#[tokio::test]
async fn an_agreed_quote_whose_invoice_fails_is_invoiced_by_the_night() {
    let provider = provider("2026-03-02").await;
    let ana = provider.customer("Ana").await;
    let quote = provider.quote(ana, "2026-03-10").await;
    let mut connection = provider.connection().await.unwrap();
    // A pattern that no screen would let through.
    store::testing::documents::set_pattern(&mut connection, "invoice", "{n:0}").await.unwrap();
    provider.confirm(quote).await.unwrap();
    assert_eq!(provider.show_quote(quote).await.row.state, QuoteStateName::Accepted);
    store::testing::documents::set_pattern(&mut connection, "invoice", "F-{year}-{n:6}").await.unwrap();
    provider.night("2026-03-03").await;
    assert_eq!(provider.show_quote(quote).await.row.state, QuoteStateName::Invoiced);
    assert_eq!(provider.invoices(ana).await[0].number.as_deref(), Some("F-2026-000001"));
}
