//! Laws that hold whatever is agreed, whenever somebody changes it, and wherever the company is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::{Duration, NaiveDate};
use domain::ids::ContractId;
use domain::invoice::DocumentKind;
use domain::money::Money;
use domain::views::accounts::BookPeriod;
use domain::views::changes::{PauseForm, QuantityForm};
use domain::views::contract_forms::{CloseForm, LineForm};
use domain::views::contract_moves::HolderForm;
use domain::views::credits::CreditForm;
use domain::views::invoices::InvoiceDetail;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rust_decimal::Decimal;
use workflows::clock::Clock;
use workflows::permit::{
    ChangeHolders, CreditInvoices, DecideChanges, EditContracts, RequestChanges, RunBusinessDay, SeeAccounts,
};
use workflows::testing::date;
use workflows::{accounts, changes, contracts, invoices, runs};

use crate::everything;
use crate::provider::{Provider, SQUARE, provider, text};

const FEE: &str = "Línea reservada";

/// What was agreed, where and since when.
#[derive(Clone, Copy, Debug)]
struct Agreed {
    zone: &'static str,
    /// Days after 30 December 2027, which is before a leap year.
    begins: i64,
    every: &'static str,
    anchor: u8,
    mode: &'static str,
}

/// Something that happens to a contract; numbers choose among what is there.
#[derive(Clone, Copy, Debug)]
enum Step {
    Hours(i64),
    Plan {
        now: bool,
    },
    Quantity {
        tenths: u8,
        now: bool,
    },
    Pause {
        after: i64,
        days: i64,
        fee: bool,
    },
    ComeBack,
    Holder,
    Pay(u32),
    /// A part of an invoice is given back.
    Courtesy(usize, u32),
    /// An invoice that was wrong is taken back, and made anew.
    Rebill,
}

fn agreed() -> impl Strategy<Value = Agreed> {
    let zones = vec!["UTC", "America/Mexico_City", "Pacific/Auckland", "Pacific/Honolulu", "America/Santiago"];
    let zone = prop::sample::select(zones);
    let every = prop::sample::select(vec!["1m", "1m", "3m", "2w", "30d"]);
    let mode = prop::sample::select(vec!["prepaid", "postpaid"]);
    (zone, 0_i64..66, every, prop::sample::select(vec![1_u8, 15, 28, 29, 30, 31]), mode)
        .prop_map(|(zone, begins, every, anchor, mode)| Agreed { zone, begins, every, anchor, mode })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (1_i64..960).prop_map(Step::Hours),
        3 => any::<bool>().prop_map(|now| Step::Plan { now }),
        2 => (1_u8..40, any::<bool>()).prop_map(|(tenths, now)| Step::Quantity { tenths, now }),
        2 => (0_i64..20, 1_i64..50, any::<bool>()).prop_map(|(after, days, fee)| Step::Pause { after, days, fee }),
        1 => Just(Step::ComeBack),
        1 => Just(Step::Holder),
        2 => (1_u32..9_000).prop_map(Step::Pay),
        1 => (any::<usize>(), 1_u32..900).prop_map(|(nth, cents)| Step::Courtesy(nth, cents)),
        1 => Just(Step::Rebill),
    ];
    prop::collection::vec(step, 1..12)
}

#[test]
fn over_random_contracts_billed_days_are_served_days_and_every_cent_is_accounted_for_once() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config { cases: 10, max_shrink_iters: 30, ..Config::default() });
    let law = |(agreed, steps)| runtime.block_on(check(agreed, steps));
    runner.run(&(agreed(), steps()), law).unwrap();
}

async fn check(agreed: Agreed, steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut life = Life::begin(agreed).await;
    for (nth, step) in steps.into_iter().enumerate() {
        life.live(nth, step).await;
    }
    life.close().await;
    life.days_are_right().await?;
    life.money_is_right().await?;
    life.credit_notes_mirror().await
}

/// A contract, and what a bystander would say of it.
struct Life {
    provider: Provider,
    contract: ContractId,
    contracts: Vec<ContractId>,
    other: [String; 2],
    /// Since when the present holder has it, or the service is on again.
    since: NaiveDate,
    served: BTreeSet<(ContractId, NaiveDate)>,
    with_fee: BTreeSet<(ContractId, NaiveDate)>,
    /// The pauses that were agreed on, by their days, and whether each costs a fee. The next may be agreed on within one.
    pauses: Vec<(Range<NaiveDate>, bool)>,
}

impl Life {
    async fn begin(agreed: Agreed) -> Self {
        let mut provider = provider("2027-12-30").await;
        let first = date("2027-12-30") + Duration::days(agreed.begins);
        // Late in the evening of UTC: elsewhere it is another day.
        let now = first.and_hms_opt(22, 30, 0).unwrap().and_utc();
        provider.story.context.clock = Clock::hand_set(agreed.zone, now).unwrap();
        let faster = provider.faster().await;
        let customer = provider.customer("ana.lopez").await;
        let address = provider.address(customer, SQUARE).await;
        let contract = provider.draft(customer, address).await;
        let line = LineForm {
            plan: provider.plan.to_string(),
            every: text(agreed.every),
            anchor_day: agreed.anchor.to_string(),
            mode: text(agreed.mode),
            ..LineForm::default()
        };
        contracts::add_line(&provider, &provider.may::<EditContracts>(), contract, &line).await.unwrap();
        provider.set_service(contract, &provider.pppoe("ana.lopez")).await.unwrap();
        provider.sign(contract).await.unwrap();
        provider.activate(contract).await.unwrap();
        runs::catch_up(&provider, &provider.may::<RunBusinessDay>()).await.unwrap();
        Self {
            contract,
            contracts: vec![contract],
            other: [faster.to_string(), provider.plan.to_string()],
            since: provider.clock.today(),
            served: BTreeSet::new(),
            with_fee: BTreeSet::new(),
            pauses: Vec::new(),
            provider,
        }
    }

    fn today(&self) -> NaiveDate {
        self.provider.clock.today()
    }

    /// Refusals are part of life: what matters is what is billed afterwards.
    async fn live(&mut self, nth: usize, step: Step) {
        let timing = |now| text(if now { "now" } else { "next_period" });
        match step {
            Step::Hours(hours) => self.wait(Duration::hours(hours)).await,
            Step::Plan { now } => {
                let plan = self.other[nth % 2].parse().unwrap();
                let _ = self.provider.change_plan(self.contract, plan, &timing(now)).await;
            }
            Step::Quantity { tenths, now } => {
                let line = self.current_line().await;
                let quantity = Decimal::new(tenths.into(), 1).to_string();
                let form = QuantityForm { line, quantity, timing: timing(now) };
                let permit = self.provider.may::<RequestChanges>();
                let _ = changes::request_quantity(&self.provider, &permit, self.contract, &form).await;
            }
            Step::Pause { after, days, fee } => self.pause(after, days, fee).await,
            Step::ComeBack => {
                let permit = self.provider.may::<DecideChanges>();
                if changes::end_pause(&self.provider, &permit, self.contract).await.is_ok() {
                    self.came_back(self.today());
                }
            }
            Step::Holder => self.change_holder(nth).await,
            Step::Pay(cents) => {
                let amount = Decimal::new(cents.into(), 2).to_string();
                self.provider.pay_with(self.contract, &amount, &format!("pay-{nth}")).await;
            }
            Step::Courtesy(number, cents) => self.courtesy(number, cents).await,
            Step::Rebill => {
                // The newest: what was billed after it stands on it.
                let Some(invoice) = self.newest_invoice().await else { return };
                let form = CreditForm { bill_again: true, ..everything() };
                let _ = self.provider.credit(invoice.row.id, &form).await;
                self.wait(Duration::days(1)).await;
            }
        }
    }

    async fn wait(&mut self, time: Duration) {
        self.provider.clock.advance(time);
        runs::catch_up(&self.provider, &self.provider.may::<RunBusinessDay>()).await.unwrap();
        while let Some(until) = self.pauses.first().map(|(days, _)| days.end).filter(|until| *until <= self.today()) {
            self.came_back(until);
        }
    }

    async fn current_line(&self) -> String {
        self.provider.show(self.contract).await.lines.last().unwrap().id.to_string()
    }

    async fn pause(&mut self, after: i64, days: i64, fee: bool) {
        let from = self.today() + Duration::days(after);
        let until = from + Duration::days(days);
        let (price, description) = if fee { (text("6"), text(FEE)) } else { (String::new(), String::new()) };
        let form =
            PauseForm { from: from.to_string(), until: until.to_string(), fee: price, fee_description: description };
        let permit = self.provider.may::<RequestChanges>();
        if changes::request_pause(&self.provider, &permit, self.contract, &form).await.is_ok() {
            self.pauses.push((from..until, fee));
            self.pauses.sort_by_key(|(days, _)| days.start);
        }
    }

    /// The first pause is over on `on`, before it began or after.
    fn came_back(&mut self, on: NaiveDate) {
        if self.pauses.is_empty() {
            return;
        }
        let (days, fee) = self.pauses.remove(0);
        let from = days.start.min(on);
        self.serve_until(from);
        if fee {
            self.with_fee.extend(from.iter_days().take_while(|day| *day < on).map(|day| (self.contract, day)));
        }
        self.since = on;
    }

    fn serve_until(&mut self, end: NaiveDate) {
        self.served.extend(self.since.iter_days().take_while(|day| *day < end).map(|day| (self.contract, day)));
        self.since = end;
    }

    async fn change_holder(&mut self, nth: usize) {
        let heir = self.provider.customer(&format!("heir {nth}")).await;
        let form = HolderForm { customer: heir.to_string(), on: String::new() };
        let permit = self.provider.may::<ChangeHolders>();
        let changed = contracts::change_holder(&self.provider, &permit, self.contract, &form).await;
        if let Ok(new) = changed {
            // A pause that was only agreed on ends with the contract.
            self.pauses.clear();
            self.serve_until(self.today());
            self.contract = new;
            self.contracts.push(new);
        }
    }

    async fn newest_invoice(&self) -> Option<InvoiceDetail> {
        self.provider.documents(self.contract, DocumentKind::Invoice).await.pop()
    }

    async fn some_invoice(&self, number: usize) -> Option<InvoiceDetail> {
        let mut invoices = self.provider.documents(self.contract, DocumentKind::Invoice).await;
        (!invoices.is_empty()).then(|| invoices.swap_remove(number % invoices.len()))
    }

    async fn courtesy(&self, number: usize, cents: u32) {
        let Some(invoice) = self.some_invoice(number).await else { return };
        let permit = self.provider.may::<CreditInvoices>();
        let creditable = invoices::creditable(&self.provider, &permit, invoice.row.id).await.unwrap();
        let amounts = [(creditable.lines[0].id.to_string(), Decimal::new(cents.into(), 2).to_string())].into();
        let form = CreditForm { how: text("amounts"), amounts, ..everything() };
        let _ = self.provider.credit(invoice.row.id, &form).await;
    }

    /// The contract ends, and so long after that the last postpaid days are billed.
    async fn close(&mut self) {
        self.provider.close(self.contract, CloseForm { credit: true, ..CloseForm::default() }).await;
        let today = self.today();
        if self.pauses.first().is_some_and(|(days, _)| days.start <= today) {
            self.came_back(today);
        }
        // One that was only agreed on ends with the contract.
        self.pauses.clear();
        self.serve_until(today);
        self.wait(Duration::days(2)).await;
    }

    async fn days_are_right(&self) -> Result<(), TestCaseError> {
        let mut billed: BTreeMap<(ContractId, bool, NaiveDate), i32> = BTreeMap::new();
        for (sign, kind) in [(1, DocumentKind::Invoice), (-1, DocumentKind::CreditNote)] {
            for contract in &self.contracts {
                for line in self.provider.documents(*contract, kind).await.iter().flat_map(|document| &document.lines) {
                    let Some((range, days, _)) = line.time else { continue };
                    prop_assert_eq!(days, range.days(), "{:?}", line);
                    for day in range.start().iter_days().take_while(|day| *day < range.end()) {
                        *billed.entry((*contract, line.description == FEE, day)).or_default() += sign;
                    }
                }
            }
        }
        let served = self.served.iter().map(|(contract, day)| ((*contract, false, *day), 1));
        let with_fee = self.with_fee.iter().map(|(contract, day)| ((*contract, true, *day), 1));
        billed.retain(|_, times| *times != 0);
        prop_assert_eq!(billed, served.chain(with_fee).collect::<BTreeMap<_, _>>());
        Ok(())
    }

    async fn money_is_right(&self) -> Result<(), TestCaseError> {
        let mut connection = self.provider.connection().await.unwrap();
        let totals = store::testing::totals::totals(&mut connection).await.unwrap();
        prop_assert_eq!(totals.owed - totals.unused, totals.issued - totals.credited - totals.received);
        prop_assert_eq!(store::testing::totals::misallocated(&mut connection).await.unwrap(), 0);
        prop_assert_eq!(totals.numbers_left_out, 0);
        drop(connection);
        let ever = BookPeriod { from: date("2020-01-01"), to: date("2099-12-31") };
        let lines = accounts::all_lines(&self.provider, &self.provider.may::<SeeAccounts>(), ever).await.unwrap();
        let mut entries: BTreeMap<_, Decimal> = BTreeMap::new();
        for line in lines {
            *entries.entry((line.kind, line.record)).or_default() += line.amount.amount();
        }
        for (entry, sum) in entries {
            prop_assert_eq!(sum, Decimal::ZERO, "{:?}", entry);
        }
        Ok(())
    }

    /// What is given back in full comes to what was invoiced, to the cent, however many parts went before.
    async fn credit_notes_mirror(&self) -> Result<(), TestCaseError> {
        for contract in &self.contracts {
            for invoice in self.provider.documents(*contract, DocumentKind::Invoice).await {
                let _ = self.provider.credit(invoice.row.id, &everything()).await;
            }
            let notes = self.provider.documents(*contract, DocumentKind::CreditNote).await;
            for invoice in self.provider.documents(*contract, DocumentKind::Invoice).await {
                let own: Vec<_> = notes
                    .iter()
                    .filter(|note| note.corrects.as_ref().is_some_and(|(id, _)| *id == invoice.row.id))
                    .collect();
                let sum =
                    |amount: fn(&InvoiceDetail) -> Money| own.iter().map(|note| amount(note).amount()).sum::<Decimal>();
                prop_assert_eq!(sum(|note| note.untaxed), invoice.untaxed.amount());
                prop_assert_eq!(sum(|note| note.tax), invoice.tax.amount());
                prop_assert_eq!(sum(|note| note.row.total), invoice.row.total.amount());
                prop_assert_eq!(invoice.row.open.amount(), Decimal::ZERO);
            }
        }
        Ok(())
    }
}
