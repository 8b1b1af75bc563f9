//! Nights that were missed, and what the ledger says.

use domain::failure::{Blocker, Failure};
use domain::service::ServiceState;
use domain::views::dashboard::DashboardFilter;
use domain::views::runs::{KeptPreview, MadePreview, Making, NextRun, RunPreview};
use store::jobs::Lease;
use workflows::permit::{ApproveCuts, RunBusinessDay, SeeDashboard, SeeRuns};
use workflows::testing::date;
use workflows::{collections, dashboard, jobs, runs};

use crate::interlock::a_night_that_stopped;
use crate::provider::{Provider, provider, refusal};

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
    let preview = provider.small_preview(i64::MAX).await;
    assert_eq!((preview.date, preview.billing.count, preview.cuts.count), (date("2026-04-26"), 0, 1));
    provider.nights_up_to("2026-04-30").await;
    let preview = provider.small_preview(i64::MAX).await;
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

#[tokio::test]
async fn a_night_with_too_much_to_look_at_while_somebody_waits_is_counted_whole_by_a_job() {
    let provider = provider("2026-04-01").await;
    let ana = provider.active("ana").await;
    for user in ["luis", "eva"] {
        provider.active(user).await;
    }
    provider.nights_up_to("2026-04-30").await;
    let KeptPreview { date: night, expected, making, made } = provider.large_preview(ALWAYS_BY_JOB).await;
    assert_eq!((night, making, made), (date("2026-05-01"), Making::Idle, None));
    let at_once = provider.small_preview(expected).await;
    assert_eq!(at_once.billing.count, 3);

    provider.ask_for_preview().await;
    provider.ask_for_preview().await;
    let asked_at = provider.clock.now();
    let waits = provider.large_preview(expected - 1).await;
    assert_eq!(waits.making, Making::UnderWay { asked_at, looked_at: 0, expected });
    assert!(provider.makes_preview().await);
    assert!(!provider.makes_preview().await, "who asks twice gets it once");
    let kept = provider.large_preview(expected - 1).await;
    assert_eq!(kept.making, Making::Idle);
    assert_eq!(kept.made, Some(MadePreview { at: asked_at, preview: at_once }), "of everybody, as it is at once");
    assert_eq!(provider.invoices(ana).await.len(), 1, "nothing was written");
}

#[tokio::test]
async fn a_kept_preview_says_of_when_it_is_and_gives_way_to_the_next_one() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    provider.nights_up_to("2026-04-25").await;
    let cuts = async || {
        let made = provider.large_preview(ALWAYS_BY_JOB).await.made;
        made.map(|made| (made.at, made.preview.cuts.count))
    };
    provider.ask_for_preview().await;
    assert_eq!(cuts().await, None);
    provider.makes_preview().await;
    let first = provider.clock.now();
    provider.pay(contract, "34.80", "counter-1").await;
    provider.clock.advance(chrono::Duration::hours(1));
    assert_eq!(cuts().await, Some((first, 1)), "it is of before the payment");
    provider.ask_for_preview().await;
    assert_eq!(cuts().await, Some((first, 1)), "it stays until there is another one");
    provider.makes_preview().await;
    assert_eq!(cuts().await, Some((provider.clock.now(), 0)));

    provider.night("2026-04-26").await;
    assert_eq!(cuts().await, None, "the night that it was of has been run");
}

#[tokio::test]
async fn a_preview_whose_worker_died_is_made_by_another_one() {
    let provider = provider("2026-04-01").await;
    provider.active("ana").await;
    provider.nights_up_to("2026-04-25").await;
    provider.ask_for_preview().await;
    let now = provider.clock.now();
    let lease = Lease { worker: "gone", now, until: now + chrono::Duration::minutes(10) };
    let mut connection = provider.connection().await.unwrap();
    store::run_preview::claim(&mut connection, lease).await.unwrap().unwrap();
    store::run_preview::count(&mut connection, date("2026-04-26"), 1).await.unwrap();
    drop(connection);
    let making = provider.large_preview(ALWAYS_BY_JOB).await.making;
    assert!(matches!(making, Making::UnderWay { looked_at: 1, .. }), "{making:?}");
    assert!(!provider.makes_preview().await, "somebody is at it");
    provider.clock.advance(chrono::Duration::minutes(11));
    assert!(provider.makes_preview().await);
    assert!(provider.large_preview(ALWAYS_BY_JOB).await.made.is_some());
}

/// The limit of a provider that is always too large.
const ALWAYS_BY_JOB: i64 = -1;

#[tokio::test]
async fn running_a_night_twice_does_not_go_around_its_stop() {
    let (provider, ana, _) = a_night_that_stopped().await;
    let again = runs::run_day(&provider, &provider.may::<RunBusinessDay>(), date("2026-04-26")).await.unwrap();
    assert!(again.already_done);
    assert_eq!(provider.service(ana).await, ServiceState::Active);
}

#[tokio::test]
async fn an_interrupted_night_that_goes_on_asks_again_although_its_first_list_was_approved() {
    let (provider, ana, luis) = a_night_that_stopped().await;
    let mut connection = provider.connection().await.unwrap();
    store::testing::nights::interrupt(&mut connection, date("2026-04-26"), "collections").await.unwrap();
    collections::approve(&provider, &provider.may::<ApproveCuts>(), date("2026-04-26")).await.unwrap();

    provider.night("2026-04-26").await;
    collections::go_on(&provider, &provider.may::<RunBusinessDay>()).await.unwrap();
    for contract in [ana, luis] {
        assert_eq!(provider.service(contract).await, ServiceState::Active);
    }
    assert!(provider.night_of("2026-04-26").await.waits);
    provider.approve_night("2026-04-26").await.unwrap();
    for contract in [ana, luis] {
        assert_eq!(provider.service(contract).await, ServiceState::Suspended);
    }
}

impl Provider {
    async fn preview(&self, at_once: i64) -> NextRun {
        runs::preview(self, &self.may::<SeeRuns>(), at_once).await.unwrap()
    }

    async fn small_preview(&self, at_once: i64) -> RunPreview {
        match self.preview(at_once).await {
            NextRun::AtOnce(preview) => preview,
            NextRun::ByJob(kept) => panic!("it was left to a job: {kept:?}"),
        }
    }

    async fn large_preview(&self, at_once: i64) -> KeptPreview {
        match self.preview(at_once).await {
            NextRun::AtOnce(preview) => panic!("nobody had to wait for it: {preview:?}"),
            NextRun::ByJob(kept) => kept,
        }
    }

    async fn ask_for_preview(&self) {
        runs::ask_for_preview(self, &self.may::<SeeRuns>()).await.unwrap();
    }

    /// False when there was none to make.
    async fn makes_preview(&self) -> bool {
        jobs::preview_next(self, "worker").await.unwrap()
    }
}
