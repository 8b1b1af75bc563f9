//! What keeps a night from cutting: a cap, a silent feed, a forbidden day, a transfer, an outage.

use domain::collections::{ForbiddenDay, HeldBack, Interlock, Stop};
use domain::failure::{Blocker, Failure};
use domain::ids::{ContractId, RouterId};
use domain::service::ServiceState;
use domain::views::collections::{HolidayForm, InterlockForm, OutageFilter, OutageForm};
use domain::views::dashboard::DashboardFilter;
use domain::views::list::PageNumber;
use domain::views::policies::PolicyForm;
use domain::views::runs::RunDetail;
use domain::views::transfers::TransferForm;
use workflows::permit::{
    ApproveCuts, EditOutages, EditPolicies, ReportTransfers, RunBusinessDay, SeeDashboard, SeeOutages, SeeRuns,
};
use workflows::testing::date;
use workflows::{collections, dashboard, outages, policies, runs, transfers};

use crate::provider::{Provider, provider, refusal, text};

impl Provider {
    pub(crate) async fn service(&self, contract: ContractId) -> ServiceState {
        self.show(contract).await.service
    }

    /// What speaks against the cut that is due, as the contract's page says it.
    async fn held_back(&self, contract: ContractId) -> Vec<HeldBack> {
        self.show(contract).await.held_back.map(|cut| cut.because).unwrap_or_default()
    }

    pub(crate) async fn night_of(&self, day: &str) -> RunDetail {
        runs::show(self, &self.may::<SeeRuns>(), date(day), PageNumber::page(1)).await.unwrap()
    }

    pub(crate) async fn approve_night(&self, day: &str) -> workflows::Result<()> {
        collections::approve(self, &self.may::<ApproveCuts>(), date(day)).await?;
        collections::go_on(self, &self.may::<RunBusinessDay>()).await
    }

    /// No more than one cut a night.
    async fn at_most_one_cut(&self) {
        let form = InterlockForm { cap_percent: text("1"), cap_floor: text("1"), ..InterlockForm::default() };
        collections::change_interlock(self, &self.may::<EditPolicies>(), &form).await.unwrap();
    }

    /// The policy of everybody cuts from Monday to Thursday only.
    async fn cuts_on_working_days(&self) {
        let form = PolicyForm::from(&domain::collections::CutoffPolicy::standard());
        policies::edit(self, &self.may::<EditPolicies>(), self.policy, &form).await.unwrap();
    }

    async fn is_down(&self, router: RouterId) {
        let form =
            OutageForm { place: format!("router-{router}"), reason: text("fibra rota"), ..OutageForm::default() };
        outages::report(self, &self.may::<EditOutages>(), &form).await.unwrap();
    }

    async fn works_again(&self) {
        let page = outages::list(self, &self.may::<SeeOutages>(), &OutageFilter::default()).await.unwrap();
        outages::end(self, &self.may::<EditOutages>(), page.rows[0].id).await.unwrap();
    }
}

/// Two contracts, both due on 16 April and to be cut on the 26th.
async fn two_debtors() -> (Provider, ContractId, ContractId) {
    let provider = provider("2026-04-01").await;
    let (ana, luis) = (provider.active("ana").await, provider.active("luis").await);
    provider.nights_up_to("2026-04-25").await;
    (provider, ana, luis)
}

/// Their night would have cut both, and may cut one.
pub(crate) async fn a_night_that_stopped() -> (Provider, ContractId, ContractId) {
    let (provider, ana, luis) = two_debtors().await;
    provider.at_most_one_cut().await;
    provider.night("2026-04-26").await;
    (provider, ana, luis)
}

#[tokio::test]
async fn a_run_that_would_cut_more_than_the_cap_stops_and_asks() {
    let (provider, ana, luis) = two_debtors().await;
    provider.at_most_one_cut().await;
    let report = provider.night("2026-04-26").await;
    assert!(report.steps.contains(&("collections".to_owned(), 2, 0, 0)), "nobody was cut: {report:?}");
    let night = provider.night_of("2026-04-26").await;
    assert!(night.waits);
    assert_eq!(night.stops, [Stop::OverTheCap { cuts: 2, most: 1, active: 2 }]);
    let proposed: Vec<_> = night.proposed.rows.iter().map(|cut| (cut.contract.id, cut.evidence.days_late)).collect();
    assert_eq!(proposed, [(ana, 10), (luis, 10)]);
    assert_eq!(provider.held_back(ana).await, [HeldBack::Approval { night: date("2026-04-26") }]);
    let filter = DashboardFilter::default();
    assert!(dashboard::show(&provider, &provider.may::<SeeDashboard>(), &filter).await.unwrap().waits_for_approval);

    provider.approve_night("2026-04-26").await.unwrap();
    for contract in [ana, luis] {
        assert_eq!(provider.service(contract).await, ServiceState::Suspended);
    }
    assert!(!provider.night_of("2026-04-26").await.waits);
    assert_eq!(
        refusal(provider.approve_night("2026-04-26").await),
        Failure::Blocked { what: Blocker::NothingToApprove }
    );
}

#[tokio::test]
async fn who_approves_and_the_scheduler_may_go_on_at_once_and_each_contract_counts_once() {
    let (provider, ..) = a_night_that_stopped().await;
    let permit = provider.may::<RunBusinessDay>();
    let (approved, ..) = tokio::join!(
        provider.approve_night("2026-04-26"),
        runs::catch_up(&provider, &permit),
        runs::catch_up(&provider, &permit),
    );
    approved.unwrap();
    runs::catch_up(&provider, &permit).await.unwrap();
    let night = provider.night_of("2026-04-26").await;
    let collections = night.run.steps.iter().find(|step| step.step == "collections").unwrap();
    assert_eq!((collections.expected, collections.done), (2, 2));
    assert!(night.proposed.rows.iter().all(|cut| cut.settled));
}

#[tokio::test]
async fn an_approval_leaves_alone_who_paid_meanwhile() {
    let (provider, ana, luis) = a_night_that_stopped().await;
    provider.pay(luis, "34.80", "counter-1").await;
    provider.approve_night("2026-04-26").await.unwrap();
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
    assert_eq!(provider.service(luis).await, ServiceState::Active);
}

#[tokio::test]
async fn a_payment_in_part_does_not_go_around_a_night_that_stopped() {
    let (provider, ana, _) = a_night_that_stopped().await;
    provider.pay(ana, "5.00", "counter-1").await;
    assert_eq!(provider.service(ana).await, ServiceState::Active);
}

#[tokio::test]
async fn a_later_night_takes_the_place_of_one_that_waits() {
    let (provider, ana, _) = a_night_that_stopped().await;
    provider.night("2026-04-27").await;
    assert!(!provider.night_of("2026-04-26").await.waits);
    assert_eq!(refusal(provider.approve_night("2026-04-26").await), Failure::Blocked { what: Blocker::LaterNightRan });
    provider.approve_night("2026-04-27").await.unwrap();
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
}

#[tokio::test]
async fn a_night_that_did_not_stop_has_nothing_to_approve() {
    let (provider, ..) = two_debtors().await;
    provider.night("2026-04-26").await;
    assert_eq!(
        refusal(provider.approve_night("2026-04-26").await),
        Failure::Blocked { what: Blocker::NothingToApprove }
    );
}

#[tokio::test]
async fn a_stop_keeps_nobody_from_being_restored() {
    let (provider, ana, luis) = two_debtors().await;
    let eva = provider.active("eva").await;
    provider.at_most_one_cut().await;
    provider.pay(luis, "34.80", "counter-1").await;
    provider.night("2026-04-26").await;
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
    // The next invoices of all three are due on 16 May.
    provider.nights_up_to("2026-05-25").await;
    provider.pay(ana, "69.60", "counter-2").await;
    provider.night("2026-05-26").await;
    assert!(provider.night_of("2026-05-26").await.waits);
    assert_eq!(provider.service(ana).await, ServiceState::Active);
    assert_eq!(provider.service(eva).await, ServiceState::Active);
}

#[tokio::test]
async fn nights_that_are_made_up_together_share_one_cap() {
    let provider = provider("2026-04-01").await;
    let ana = provider.active("ana").await;
    provider.it_is("2026-04-02");
    let luis = provider.active("luis").await;
    provider.nights_up_to("2026-04-25").await;
    provider.at_most_one_cut().await;
    provider.nights_up_to("2026-04-28").await;
    let states = [provider.service(ana).await, provider.service(luis).await];
    assert_eq!(states, [ServiceState::Suspended, ServiceState::Active]);
}

#[tokio::test]
async fn a_feed_that_fell_silent_suspends_nobody() {
    let provider = provider("2026-04-01").await;
    let (ana, luis) = (provider.active("ana").await, provider.active("luis").await);
    for day in 1..=21 {
        provider.it_is(&format!("2026-04-{day:02}"));
        provider.pay(luis, "5.00", &format!("counter-{day}")).await;
    }
    provider.nights_up_to("2026-04-26").await;
    assert_eq!(provider.service(ana).await, ServiceState::Active);
    assert_eq!(provider.night_of("2026-04-26").await.stops, [Stop::SilentFeed { since: date("2026-04-21") }]);

    provider.pay(luis, "5.00", "counter-22").await;
    provider.night("2026-04-27").await;
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
}

#[tokio::test]
async fn a_clock_that_is_a_year_ahead_suspends_nobody() {
    let provider = provider("2026-04-01").await;
    let mut contracts = Vec::new();
    for number in 1..=12 {
        contracts.push(provider.active(&format!("user-{number}")).await);
    }
    provider.night("2027-04-05").await;
    for contract in contracts {
        assert_eq!(provider.service(contract).await, ServiceState::Active);
    }
    let over = Stop::OverTheCap { cuts: 12, most: 10, active: 12 };
    assert_eq!(provider.night_of("2027-04-05").await.stops, [over]);
}

#[tokio::test]
async fn a_transfer_under_review_holds_the_cut() {
    let (provider, ana, luis) = two_debtors().await;
    let form = TransferForm {
        amount: text("34.80"),
        paid_on: text("2026-04-24"),
        bank: text("Banco Azul"),
        reference: text("778899"),
        idempotency_key: text("report-1"),
        ..TransferForm::default()
    };
    let customer = provider.customer_of(ana).await;
    transfers::report(&provider, &provider.may::<ReportTransfers>(), customer, &form).await.unwrap();
    provider.night("2026-04-26").await;
    assert_eq!(provider.service(ana).await, ServiceState::Active);
    assert_eq!(provider.service(luis).await, ServiceState::Suspended);
    assert!(matches!(provider.held_back(ana).await[..], [HeldBack::Transfer { .. }]));
}

#[tokio::test]
async fn a_reported_outage_holds_the_cut() {
    let (provider, ana, _) = two_debtors().await;
    provider.is_down(provider.router).await;
    provider.night("2026-04-26").await;
    assert_eq!(provider.service(ana).await, ServiceState::Active);
    let [HeldBack::Outage { outage }] = &provider.held_back(ana).await[..] else { panic!("not held by the outage") };
    assert_eq!((outage.place.as_str(), outage.reason.as_str()), ("norte", "fibra rota"));

    provider.works_again().await;
    provider.night("2026-04-27").await;
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
}

#[tokio::test]
async fn an_outage_elsewhere_holds_no_cut() {
    let (provider, ana, _) = two_debtors().await;
    let elsewhere = crate::provider::add_router(&provider, "sur").await;
    provider.is_down(elsewhere).await;
    provider.night("2026-04-26").await;
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
}

#[tokio::test]
async fn a_cut_that_falls_on_a_weekend_waits_for_monday() {
    let (provider, ana, _) = two_debtors().await;
    provider.cuts_on_working_days().await;
    // A Sunday.
    provider.nights_up_to("2026-04-26").await;
    assert_eq!(provider.held_back(ana).await, [HeldBack::Day { day: ForbiddenDay::Weekend }]);
    provider.nights_up_to("2026-04-27").await;
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
}

#[tokio::test]
async fn a_holiday_holds_the_cut() {
    let (provider, ana, _) = two_debtors().await;
    provider.cuts_on_working_days().await;
    let form = HolidayForm { on: text("2020-04-27"), name: text("Fiesta"), yearly: true };
    collections::add_holiday(&provider, &provider.may::<EditPolicies>(), &form).await.unwrap();
    provider.nights_up_to("2026-04-27").await;
    assert_eq!(provider.held_back(ana).await, [HeldBack::Day { day: ForbiddenDay::Holiday { name: text("Fiesta") } }]);
    provider.nights_up_to("2026-04-28").await;
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
}

/// The policy of everybody cuts on every day from eight to four.
async fn office_hours(provider: &Provider) {
    let form = PolicyForm {
        cut_on_fridays: true,
        cut_on_weekends: true,
        cut_on_holidays: true,
        cut_from: text("08:00"),
        cut_to: text("16:00"),
        ..PolicyForm::from(&domain::collections::CutoffPolicy::standard())
    };
    policies::edit(provider, &provider.may::<EditPolicies>(), provider.policy, &form).await.unwrap();
}

impl Provider {
    fn it_is_at(&self, moment: &str) {
        self.clock.set(moment.parse().unwrap());
    }

    async fn catch_up(&self) {
        runs::catch_up(self, &self.may::<RunBusinessDay>()).await.unwrap();
    }
}

#[tokio::test]
async fn a_night_decides_and_the_cut_waits_for_its_hour() {
    let (provider, ana, luis) = two_debtors().await;
    office_hours(&provider).await;
    provider.it_is_at("2026-04-26T02:00:00Z");
    provider.catch_up().await;
    assert_eq!(provider.service(ana).await, ServiceState::Active);
    let hours = domain::collections::CutHours { from: "08:00:00".parse().unwrap(), to: "16:00:00".parse().unwrap() };
    assert_eq!(provider.held_back(ana).await, [HeldBack::Hours { hours }]);
    let night = provider.night_of("2026-04-26").await;
    let at_eight = Some("2026-04-26T08:00:00".parse().unwrap());
    assert_eq!(night.later.iter().map(|later| (later.cuts, later.from)).collect::<Vec<_>>(), [(2, at_eight)]);
    provider.it_is_at("2026-04-26T07:59:00Z");
    provider.pay(luis, "34.80", "counter-1").await;
    provider.catch_up().await;
    assert_eq!(provider.service(ana).await, ServiceState::Active);
    provider.it_is_at("2026-04-26T08:00:00Z");
    provider.catch_up().await;
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
    assert_eq!(provider.service(luis).await, ServiceState::Active, "who paid before the hour is left alone");
    assert_eq!(provider.night_of("2026-04-26").await.later, []);
}

#[tokio::test]
async fn a_cut_that_missed_its_hours_is_decided_anew_by_the_next_night() {
    let (provider, ana, _) = two_debtors().await;
    office_hours(&provider).await;
    for moment in ["2026-04-26T02:00:00Z", "2026-04-26T16:00:00Z", "2026-04-27T02:00:00Z"] {
        provider.it_is_at(moment);
        provider.catch_up().await;
        assert_eq!(provider.service(ana).await, ServiceState::Active, "{moment}");
    }
    provider.it_is_at("2026-04-27T09:00:00Z");
    provider.catch_up().await;
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
}

#[tokio::test]
async fn approving_on_a_forbidden_day_says_before_when_somebody_is_cut_and_cuts_then() {
    let provider = provider("2026-03-28").await;
    let (ana, luis) = (provider.active("ana").await, provider.active("luis").await);
    provider.cuts_on_working_days().await;
    provider.at_most_one_cut().await;
    // Due on 12 April: both to be cut on Wednesday the 22nd; somebody looks at it on Friday.
    provider.nights_up_to("2026-04-23").await;
    assert_eq!(provider.night_of("2026-04-23").await.later, [], "on a Thursday they would be cut at once");
    provider.it_is("2026-04-24");
    let night = provider.night_of("2026-04-23").await;
    assert!(night.waits);
    let on_monday = Some("2026-04-27T00:00:00".parse().unwrap());
    assert_eq!(night.later.iter().map(|later| (later.cuts, later.from)).collect::<Vec<_>>(), [(2, on_monday)]);
    provider.approve_night("2026-04-23").await.unwrap();
    assert_eq!(provider.service(ana).await, ServiceState::Active);
    assert_eq!(provider.night_of("2026-04-23").await.later.len(), 1, "it still says so");
    provider.nights_up_to("2026-04-26").await;
    provider.pay(luis, "200.00", "counter-1").await;
    assert_eq!(provider.service(ana).await, ServiceState::Active);
    provider.nights_up_to("2026-04-27").await;
    assert_eq!(provider.service(ana).await, ServiceState::Suspended, "what was approved is cut when it may be");
    assert_eq!(provider.service(luis).await, ServiceState::Active);
}

#[tokio::test]
async fn missed_nights_that_are_made_up_on_a_saturday_cut_nobody() {
    let provider = provider("2026-03-28").await;
    let ana = provider.active("ana").await;
    provider.cuts_on_working_days().await;
    // Due on 12 April: to be cut on Wednesday the 22nd, which is missed.
    provider.nights_up_to("2026-04-21").await;
    provider.nights_up_to("2026-04-25").await;
    assert_eq!(provider.service(ana).await, ServiceState::Active);
    provider.nights_up_to("2026-04-27").await;
    assert_eq!(provider.service(ana).await, ServiceState::Suspended);
}

#[tokio::test]
async fn the_limits_are_kept_as_they_were_set() {
    let provider = provider("2026-04-01").await;
    provider.at_most_one_cut().await;
    let settings = collections::settings(&provider, &provider.may()).await.unwrap();
    let expected = Interlock { cap_percent: 1.into(), cap_floor: 1, silent_days: None };
    assert_eq!(settings.interlock, expected);
}
