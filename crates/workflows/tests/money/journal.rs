//! The books follow from documents and payments, and are balanced whatever happens.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::journal::{EntryKind, JournalLine};
use domain::money::{Currency, Money};
use domain::views::accounts::{BookPeriod, JournalFilter};
use domain::views::closing::{CloseItem, Month};
use domain::views::payments::{AllocationForm, AllocationLine, RefundForm, ReversalForm};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rust_decimal::Decimal;
use workflows::permit::{AllocatePayments, RefundPayments, ReversePayments, SeeAccounts, SeeInvoices, VoidInvoices};
use workflows::testing::date;
use workflows::{accounts, invoices, payments as paying, reports};

use crate::provider::{Provider, provider, text};

fn ever() -> BookPeriod {
    BookPeriod { from: date("2020-01-01"), to: date("2099-12-31") }
}

impl Provider {
    /// By currency, what was owed at the end of a day.
    async fn aged_totals(&self, on: Option<NaiveDate>) -> Vec<String> {
        let aged = accounts::aged(self, &self.may::<SeeAccounts>(), on, Default::default()).await.unwrap();
        aged.totals.iter().map(|aged| format!("{aged:?}")).collect()
    }

    async fn books(&self) -> Vec<JournalLine> {
        accounts::all_lines(self, &self.may::<SeeAccounts>(), ever()).await.unwrap()
    }
}

fn sums<Key: Ord>(lines: &[JournalLine], key: impl Fn(&JournalLine) -> Key) -> BTreeMap<Key, Decimal> {
    let mut sums = BTreeMap::new();
    for line in lines {
        *sums.entry(key(line)).or_insert(Decimal::ZERO) += line.amount.amount();
    }
    sums
}

/// Something that happens to a customer's money; numbers choose among what is there.
#[derive(Clone, Copy, Debug)]
enum Step {
    Month,
    Pay(u32),
    Refund(usize, u32),
    Bounce(usize, bool),
    TakeBack(usize),
    Void(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => Just(Step::Month),
        4 => (1_u32..9_000).prop_map(Step::Pay),
        2 => (any::<usize>(), 1_u32..4_000).prop_map(|(nth, cents)| Step::Refund(nth, cents)),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(nth, fee)| Step::Bounce(nth, fee)),
        1 => any::<usize>().prop_map(Step::TakeBack),
        1 => any::<usize>().prop_map(Step::Void),
    ];
    prop::collection::vec(step, 1..14)
}

#[test]
fn the_journal_is_balanced_and_agrees_with_the_balances_whatever_happens() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config { cases: 12, ..Config::default() });
    let law = |steps: Vec<Step>| runtime.block_on(check(steps));
    runner.run(&steps(), law).unwrap();
}

async fn check(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let mut month = 4;
    let mut payments = Vec::new();
    // What was owed at the end of days that are over, as it was seen then.
    let mut seen = Vec::new();
    for (nth, step) in steps.into_iter().enumerate() {
        let chosen = |number: usize| payments.get(number % payments.len().max(1)).copied();
        match step {
            Step::Month => {
                seen.push((provider.clock.today(), provider.aged_totals(None).await));
                month += 1;
                provider.night(&format!("2026-{month:02}-01")).await;
                if month == 12 {
                    break;
                }
            }
            Step::Pay(cents) => {
                let amount = Decimal::new(cents.into(), 2).to_string();
                payments.push(provider.pay(contract, &amount, &format!("pay-{nth}")).await.payment);
            }
            // Refusals are part of life: what matters is what the books say afterwards.
            Step::Refund(number, cents) => {
                let Some(payment) = chosen(number) else { continue };
                let form = RefundForm {
                    amount: Decimal::new(cents.into(), 2).to_string(),
                    method: text("cash"),
                    reason: text("asked for it"),
                    idempotency_key: format!("refund-{nth}"),
                    ..RefundForm::default()
                };
                let _ = paying::refund(&provider, &provider.may::<RefundPayments>(), payment, &form).await;
            }
            Step::Bounce(number, fee) => {
                let Some(payment) = chosen(number) else { continue };
                let fee = if fee { text("1.50") } else { String::new() };
                let on = provider.clock.today().to_string();
                let form = ReversalForm { on, reason: text("no funds"), fee };
                let _ = paying::reverse(&provider, &provider.may::<ReversePayments>(), payment, &form).await;
            }
            Step::TakeBack(number) => {
                let Some(payment) = chosen(number) else { continue };
                let permit = provider.may::<AllocatePayments>();
                let offer = paying::begin_allocation(&provider, &permit, payment).await.unwrap();
                let line = |invoice: &domain::views::payments::PayableInvoice| AllocationLine {
                    invoice: invoice.invoice.to_string(),
                    amount: String::new(),
                };
                let form = AllocationForm { lines: offer.payable.iter().map(line).collect() };
                paying::reallocate(&provider, &permit, payment, &form).await.unwrap();
            }
            Step::Void(number) => {
                let invoices = provider.invoices(contract).await;
                let invoice = invoices[number % invoices.len()].id;
                let _ = invoices::void(&provider, &provider.may::<VoidInvoices>(), invoice, "wrong").await;
            }
        }
    }
    let lines = provider.books().await;
    for (entry, sum) in sums(&lines, |line| (line.kind, line.record, line.amount.currency())) {
        prop_assert_eq!(sum, Decimal::ZERO, "{:?}", entry);
    }
    let of_customer = ["assets:receivable", "liabilities:customer_credit"];
    let owed: Decimal =
        lines.iter().filter(|line| of_customer.contains(&line.account.as_str())).map(|line| line.amount.amount()).sum();
    let balances = reports::balances(&provider, &provider.may::<SeeInvoices>()).await.unwrap();
    prop_assert_eq!(owed, balances.iter().map(|(_, balance)| balance.amount()).sum::<Decimal>());
    let aged = accounts::aged(&provider, &provider.may::<SeeAccounts>(), None, Default::default()).await.unwrap();
    prop_assert_eq!(owed, aged.totals.iter().map(|aged| aged.balance.amount()).sum::<Decimal>());
    for (day, then) in seen {
        prop_assert_eq!(provider.aged_totals(Some(day)).await, then, "as of {}", day);
    }
    every_month_adds_up(&provider, owed).await
}

/// Month after month, what was open, what happened and the journal say the same, and the last one ends with what is owed.
async fn every_month_adds_up(provider: &Provider, owed: Decimal) -> Result<(), TestCaseError> {
    let mut connection = provider.connection().await.unwrap();
    let (mut month, last) = (Month::of(date("2026-03-01")), Month::of(provider.clock.today()));
    let mut before = Decimal::ZERO;
    while month <= last {
        let closed = accounts::close(provider, &provider.may::<SeeAccounts>(), Some(month)).await.unwrap();
        let mut after = Decimal::ZERO;
        for currency in &closed.currencies {
            prop_assert!(currency.adds_up(), "{}: {:?}", month, currency);
            prop_assert_eq!(currency.opening.amount(), before);
            after = currency.closing.amount();
            let plain = store::testing::totals::month(&mut connection, month.period()).await.unwrap();
            let of = |items: &[CloseItem]| {
                let lines = currency.lines.iter().filter(|line| items.contains(&line.item));
                lines.map(|line| line.amount.amount()).sum::<Decimal>()
            };
            prop_assert_eq!(of(&[CloseItem::Invoiced]), plain.invoiced);
            prop_assert_eq!(-of(&[CloseItem::Collected]), plain.collected);
            prop_assert_eq!(of(&[CloseItem::Refunded, CloseItem::Reversed]), plain.given_back);
            prop_assert_eq!(currency.taxes.iter().map(|line| line.tax.amount()).sum::<Decimal>(), plain.tax);
            let of_tax = closed.accounts.iter().filter(|row| row.account == "liabilities:tax");
            let in_books = of_tax.map(|row| row.credit.amount() - row.debit.amount()).sum::<Decimal>();
            prop_assert_eq!(in_books, plain.tax, "the journal's tax in {}", month);
        }
        (before, month) = (after, month.next());
    }
    prop_assert_eq!(before, owed);
    Ok(())
}

#[tokio::test]
async fn a_voided_invoice_stays_in_the_books_and_is_taken_back_on_its_date() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let invoice = provider.invoices(contract).await[0].id;
    provider.it_is("2026-05-03");
    invoices::void(&provider, &provider.may::<VoidInvoices>(), invoice, "wrong customer").await.unwrap();
    let lines = provider.books().await;
    let of_account = |account: &str| {
        let lines = lines.iter().filter(|line| line.account == account);
        lines.map(|line| (line.on.to_string(), line.kind, line.amount.to_string())).collect::<Vec<_>>()
    };
    let twice = |first: &str, second: &str| {
        vec![(text("2026-04-01"), EntryKind::Invoice, text(first)), (text("2026-05-03"), EntryKind::Void, text(second))]
    };
    assert_eq!(of_account("assets:receivable"), twice("34.80", "-34.80"));
    assert_eq!(of_account("income:internet"), twice("-30.00", "30.00"));
    assert_eq!(of_account("liabilities:tax"), twice("-4.80", "4.80"));
    let april = accounts::aged(&provider, &provider.may(), Some(date("2026-04-30")), Default::default()).await.unwrap();
    assert_eq!(april.totals[0].balance.to_string(), "34.80", "it was owed then");
    assert_eq!(provider.aged_totals(None).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_invoice_its_payment_and_its_bouncing_are_where_an_accountant_looks_for_them() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let payment = provider.pay(contract, "40.00", "a").await.payment;
    let totals = async || {
        let lines = provider.books().await;
        let sums = sums(&lines, |line| line.account.clone());
        let shown = sums.into_iter().filter(|(_, sum)| !sum.is_zero());
        shown.map(|(account, sum)| (account, Money::new(sum, Currency::USD).to_string())).collect::<Vec<_>>()
    };
    let expected =
        |rows: &[(&str, &str)]| rows.iter().map(|(account, sum)| (text(account), text(sum))).collect::<Vec<_>>();
    let paid = [
        ("assets:cash", "40.00"),
        ("income:internet", "-30.00"),
        ("liabilities:customer_credit", "-5.20"),
        ("liabilities:tax", "-4.80"),
    ];
    assert_eq!(totals().await, expected(&paid));

    let form = ReversalForm { on: text("2026-04-01"), reason: text("false notes"), fee: text("2.00") };
    paying::reverse(&provider, &provider.may::<ReversePayments>(), payment, &form).await.unwrap();
    let bounced = [
        ("assets:cash", "-2.00"),
        ("assets:receivable", "34.80"),
        ("expenses:bank_fees", "2.00"),
        ("income:internet", "-30.00"),
        ("liabilities:tax", "-4.80"),
    ];
    assert_eq!(totals().await, expected(&bounced));

    let filter = JournalFilter { from: Some(date("2026-04-01")), ..JournalFilter::default() };
    let accounts = accounts::accounts(&provider, &provider.may::<SeeAccounts>(), &filter).await.unwrap();
    let cash = accounts.rows.iter().find(|row| row.account == "assets:cash").unwrap();
    let amounts = [cash.opening, cash.debit, cash.credit, cash.closing].map(|amount| amount.to_string());
    assert_eq!(amounts, ["0.00", "40.00", "42.00", "-2.00"]);
}

#[tokio::test]
async fn debts_are_told_apart_by_their_age() {
    let provider = provider("2026-01-01").await;
    provider.active("ana.lopez").await;
    for month in ["02", "03", "04", "05"] {
        provider.night(&format!("2026-{month}-01")).await;
    }
    // Due on 16 January, 16 February, 16 March, 16 April and 16 May.
    provider.it_is("2026-05-10");
    let aged = accounts::aged(&provider, &provider.may::<SeeAccounts>(), None, Default::default()).await.unwrap();
    let row = aged.page.rows[0].aged;
    let shown = [row.current, row.to_30, row.to_60, row.to_90, row.older, row.balance].map(|amount| amount.to_string());
    assert_eq!(shown, ["34.80", "34.80", "34.80", "34.80", "34.80", "174.00"]);
    let csv = accounts::aged_csv(&provider, &provider.may::<SeeAccounts>(), date("2026-05-10")).await.unwrap();
    assert!(csv.ends_with(",34.80,34.80,34.80,34.80,34.80,0.00,174.00\r\n"), "{csv}");
}

/// What a reader of the plain text makes of it: each paragraph's amounts, per currency.
fn read_again(text: &str) -> Vec<BTreeMap<String, Decimal>> {
    let entry = |paragraph: &str| {
        let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
        for posting in paragraph.lines().skip(1) {
            let (_, amount) = posting.trim().split_once("  ").unwrap();
            let (amount, currency) = amount.trim().split_once(' ').unwrap();
            *sums.entry(currency.to_owned()).or_default() += amount.parse::<Decimal>().unwrap();
        }
        sums
    };
    text.split("\n\n").map(entry).collect()
}

#[tokio::test]
async fn the_plain_text_reads_back_balanced_and_other_programs_accept_it() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.pay(contract, "40.00", "a").await;
    let text = accounts::journal_ledger(&provider, &provider.may::<SeeAccounts>(), ever()).await.unwrap();
    let entries = read_again(&text);
    assert_eq!(entries.len(), 3, "{text}");
    assert!(entries.iter().flat_map(BTreeMap::values).all(Decimal::is_zero), "{text}");
    // Where one of them is installed, it has the last word.
    for (program, arguments) in [("hledger", &["-f", "-", "check"][..]), ("ledger", &["-f", "-", "balance"])] {
        if let Some(answer) = run(program, arguments, &text) {
            assert!(answer.status.success(), "{program}: {}", String::from_utf8_lossy(&answer.stderr));
        }
    }
}

fn run(program: &str, arguments: &[&str], input: &str) -> Option<std::process::Output> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().ok()?;
    child.stdin.take()?.write_all(input.as_bytes()).ok()?;
    child.wait_with_output().ok()
}
