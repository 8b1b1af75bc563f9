//! Nights that were missed, and what the ledger says.

use domain::failure::{Blocker, Failure};
use domain::views::dashboard::DashboardFilter;
use workflows::permit::{RunBusinessDay, SeeDashboard, SeeRuns};
use workflows::testing::date;
use workflows::{dashboard, runs};

use crate::provider::{provider, refusal};

#[tokio::test]
async fn missed_nights_are_made_up_in_order() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.night("2026-04-30").await;
    let made_up = provider.nights_up_to("2026-05-03").await;
    let dates: Vec<_> = made_up.iter().map(|report| report.date.to_string()).collect();
    assert_eq!(dates, ["2026-05-01", "2026-05-02", "2026-05-03"]);
    let issued: Vec<_> = provider.invoices(contract).await.iter().filter_map(|row| row.issued_on).collect();
    assert_eq!(issued, [date("2026-04-01"), date("2026-05-01")], "billed as of the night that was missed");
}

#[tokio::test]
async fn the_ledger_says_what_was_expected_and_done() {
    let provider = provider("2026-04-01").await;
    for user in ["ana", "luis"] {
        provider.active(user).await;
    }
    let report = provider.night("2026-05-01").await;
    let done: Vec<_> = report.steps.iter().filter(|(_, expected, ..)| *expected > 0).cloned().collect();
    assert_eq!(
        done,
        [("billing".to_owned(), 2, 2, 0), ("reminders".to_owned(), 2, 2, 0), ("collections".to_owned(), 2, 2, 0)]
    );
}

#[tokio::test]
async fn a_preview_says_what_the_night_then_does_and_writes_nothing() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    provider.nights_up_to("2026-04-25").await;
    let preview = runs::preview(&provider, &provider.may::<SeeRuns>()).await.unwrap();
    assert_eq!((preview.date, preview.billing.count, preview.cuts.count), (date("2026-04-26"), 0, 1));
    provider.nights_up_to("2026-04-30").await;
    let preview = runs::preview(&provider, &provider.may::<SeeRuns>()).await.unwrap();
    let totals: Vec<_> = preview.billing.totals.iter().map(ToString::to_string).collect();
    assert_eq!((preview.date, preview.billing.count, totals), (date("2026-05-01"), 1, vec!["34.80".to_owned()]));
    assert_eq!(provider.invoices(contract).await.len(), 1, "nothing was written");
    provider.night("2026-05-01").await;
    let numbers: Vec<_> = provider.invoices(contract).await.into_iter().filter_map(|row| row.number).collect();
    assert_eq!(numbers, ["F-2026-000001", "F-2026-000002"], "and no number was taken");
}

#[tokio::test]
async fn a_day_that_has_not_come_is_not_run() {
    let provider = provider("2026-04-01").await;
    let refused = runs::run_day(&provider, &provider.may::<RunBusinessDay>(), date("2026-04-02")).await;
    assert_eq!(refusal(refused), Failure::Blocked { what: Blocker::BusinessDateInTheFuture });
}

#[tokio::test]
async fn a_night_that_did_not_happen_is_an_alarm() {
    let provider = provider("2026-04-01").await;
    let filter = DashboardFilter::default();
    let alarm =
        async || dashboard::show(&provider, &provider.may::<SeeDashboard>(), &filter).await.unwrap().run_is_late;
    assert!(alarm().await);
    provider.night("2026-04-01").await;
    assert!(!alarm().await);
    provider.it_is("2026-04-02");
    assert!(alarm().await);
}
