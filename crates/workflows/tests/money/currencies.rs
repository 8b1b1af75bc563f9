//! Payments in another currency than the debt's, the tax on them, and retentions.

use domain::failure::Problem;
use domain::money::Money;
use domain::views::accounts::BookPeriod;
use domain::views::payments::{NewPayment, PaymentDetail, PaymentTaken};
use domain::views::rates::{PaymentSettingsForm, RateForm};
use workflows::permit::{EditRates, RecordPayments, SeeAccounts, SeePayments};
use workflows::testing::date;
use workflows::{accounts, payments as paying, rates};

use crate::provider::{Provider, problems, provider, text};

fn money(amount: &str, currency: &str) -> Money {
    Money::new(amount.parse().unwrap(), currency.parse().unwrap())
}

impl Provider {
    async fn rate(&self, on: &str, rate: &str) {
        let form = RateForm { base: text("USD"), quote: text("VES"), on: text(on), rate: text(rate) };
        rates::put(self, &self.may::<EditRates>(), &form).await.unwrap();
    }

    async fn bolivares(&self, customer: &str, amount: &str, on: &str) -> workflows::Result<PaymentTaken> {
        let form = NewPayment {
            customer: text(customer),
            amount: text(amount),
            currency: text("VES"),
            method: text("cash"),
            received_on: text(on),
            idempotency_key: format!("ves-{amount}-{on}"),
            ..NewPayment::default()
        };
        self.record(form).await
    }

    async fn receipt(&self, taken: &PaymentTaken) -> PaymentDetail {
        paying::show(self, &self.may::<SeePayments>(), taken.payment).await.unwrap()
    }

    /// Each entry of the journal, to be zero in each currency; answers the lines of payments.
    async fn balanced(&self) -> Vec<(String, Money)> {
        let ever = BookPeriod { from: date("2020-01-01"), to: date("2099-12-31") };
        let lines = accounts::all_lines(self, &self.may::<SeeAccounts>(), ever).await.unwrap();
        let mut sums = std::collections::BTreeMap::new();
        for line in &lines {
            let entry = (line.kind, line.record, line.amount.currency());
            *sums.entry(entry).or_insert(rust_decimal::Decimal::ZERO) += line.amount.amount();
        }
        assert!(sums.values().all(|sum| sum.is_zero()), "{sums:?}");
        let of_payments = lines.into_iter().filter(|line| line.kind == domain::journal::EntryKind::Payment);
        of_payments.map(|line| (line.account, line.amount)).collect()
    }
}

impl Provider {
    /// The company counts in another currency from now on; its contracts stay in dollars.
    async fn counts_in(&self, currency: &str) {
        let mut connection = self.connection().await.unwrap();
        let company = store::company::get(&mut connection).await.unwrap();
        let company = domain::settings::Company { currency: currency.parse().unwrap(), ..company };
        store::company::save(&mut connection, &company).await.unwrap();
    }

    /// The lines of exchange differences: date, account, amount.
    async fn differences(&self) -> Vec<(String, String, Money)> {
        let ever = BookPeriod { from: date("2020-01-01"), to: date("2099-12-31") };
        let lines = accounts::all_lines(self, &self.may::<SeeAccounts>(), ever).await.unwrap();
        let lines = lines.into_iter().filter(|line| line.kind == domain::journal::EntryKind::Exchange);
        lines.map(|line| (line.on.to_string(), line.account, line.amount)).collect()
    }
}

fn difference(on: &str, account: &str, amount: &str) -> (String, String, Money) {
    (text(on), text(account), money(amount, "VES"))
}

#[tokio::test]
async fn what_the_rate_gained_between_invoice_and_payment_is_booked_in_the_companys_currency() {
    let provider = provider("2026-04-01").await;
    provider.rate("2026-04-01", "50").await;
    let contract = provider.active("ana.lopez").await;
    provider.counts_in("VES").await;
    let customer = provider.customer_of(contract).await.to_string();
    provider.it_is("2026-04-10");
    provider.rate("2026-04-10", "52").await;
    let taken = provider.bolivares(&customer, "1809.60", "2026-04-10").await.unwrap();
    // 34.80 dollars were worth 1740.00 when they were billed, and 1809.60 when they were paid.
    let gained =
        [difference("2026-04-10", "equity:exchange", "69.60"), difference("2026-04-10", "income:exchange", "-69.60")];
    assert_eq!(provider.differences().await, gained);
    provider.balanced().await;
    let period = BookPeriod { from: date("2026-04-01"), to: date("2026-04-30") };
    let csv = accounts::journal_csv(&provider, &provider.may(), period).await.unwrap();
    assert!(csv.contains("exchange,F-2026-000001,ana.lopez,income:exchange,-69.60,VES"), "{csv}");

    // A rate that is corrected later changes no closed books; a payment that bounces takes back what it brought.
    provider.rate("2026-04-10", "60").await;
    assert_eq!(provider.differences().await, gained);
    provider.it_is("2026-04-12");
    let bounce = domain::views::payments::ReversalForm {
        on: text("2026-04-12"),
        reason: text("no funds"),
        ..Default::default()
    };
    paying::reverse(&provider, &provider.may(), taken.payment, &bounce).await.unwrap();
    let back =
        [difference("2026-04-12", "income:exchange", "69.60"), difference("2026-04-12", "equity:exchange", "-69.60")];
    assert_eq!(provider.differences().await, [gained, back].concat());
    provider.balanced().await;
}

#[tokio::test]
async fn a_loss_by_the_rate_is_an_expense_and_without_a_rate_nothing_is_guessed() {
    let provider = provider("2026-04-01").await;
    let unrated = provider.active("luis").await;
    provider.counts_in("VES").await;
    provider.pay_dollars(unrated, "34.80").await;
    assert_eq!(provider.differences().await, []);
    provider.counts_in("USD").await;
    provider.it_is("2026-04-02");
    provider.rate("2026-04-02", "50").await;
    let contract = provider.active("ana.lopez").await;
    provider.counts_in("VES").await;
    provider.it_is("2026-04-03");
    provider.rate("2026-04-03", "49").await;
    provider.pay_dollars(contract, "33.64").await;
    let lost =
        [difference("2026-04-03", "expenses:exchange", "33.64"), difference("2026-04-03", "equity:exchange", "-33.64")];
    assert_eq!(provider.differences().await, lost);
}

impl Provider {
    /// In the currency of the debt, which is not the company's.
    async fn pay_dollars(&self, contract: domain::ids::ContractId, amount: &str) {
        let form = NewPayment {
            customer: self.customer_of(contract).await.to_string(),
            amount: text(amount),
            currency: text("USD"),
            method: text("cash"),
            idempotency_key: format!("usd-{contract}"),
            ..NewPayment::default()
        };
        self.record(form).await.unwrap();
    }
}

#[tokio::test]
async fn a_debt_in_dollars_is_paid_in_bolivares_at_the_rate_of_the_day() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let customer = provider.customer_of(contract).await.to_string();
    provider.rate("2026-03-30", "50").await;
    provider.rate("2026-04-01", "52.2134").await;
    let counter =
        paying::counter(&provider, &provider.may::<RecordPayments>(), customer.parse().unwrap()).await.unwrap();
    let (counted, _) = counter.counted(money("1817.03", "VES")).unwrap();

    let taken = provider.bolivares(&customer, "1817.03", "2026-04-01").await.unwrap();
    let receipt = provider.receipt(&taken).await;
    let tender = receipt.tender.unwrap();
    assert_eq!((receipt.row.amount, tender.amount), (money("34.80", "USD"), money("1817.03", "VES")));
    assert_eq!((counted, tender.rate_on), (receipt.row.amount, date("2026-04-01")));
    assert!(provider.show(contract).await.money.owed.is_zero());
    let mut lines = provider.balanced().await;
    lines.sort_by_key(|(account, amount)| (account.clone(), amount.currency().to_string()));
    let expected = [
        ("assets:cash", money("1817.03", "VES")),
        ("equity:exchange", money("34.80", "USD")),
        ("equity:exchange", money("-1817.03", "VES")),
        ("liabilities:customer_credit", money("-34.80", "USD")),
    ];
    assert_eq!(lines, expected.map(|(account, amount)| (text(account), amount)));
}

#[tokio::test]
async fn a_missing_or_an_old_rate_is_asked_for_and_never_guessed() {
    let provider = provider("2026-04-10").await;
    let customer = provider.customer_of(provider.active("ana.lopez").await).await.to_string();
    let missing =
        |on: &str| vec![(text("currency"), Problem::NoRate { currency: "VES".parse().unwrap(), on: date(on) })];
    assert_eq!(problems(provider.bolivares(&customer, "100", "2026-04-10").await), missing("2026-04-10"));
    provider.rate("2026-04-06", "52").await;
    assert_eq!(problems(provider.bolivares(&customer, "100", "2026-04-10").await), missing("2026-04-10"));
    assert_eq!(problems(provider.bolivares(&customer, "100", "2026-04-05").await), missing("2026-04-05"));
    provider.bolivares(&customer, "100", "2026-04-09").await.unwrap();
}

#[tokio::test]
async fn the_tax_on_foreign_currency_is_taken_on_top_and_is_its_own_amount() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let settings = PaymentSettingsForm {
        rate_days: text("3"),
        igtf_percent: text("3"),
        igtf_currencies: text("USD"),
        igtf_cash: true,
        ..PaymentSettingsForm::default()
    };
    rates::save_settings(&provider, &provider.may::<EditRates>(), &settings).await.unwrap();
    let taken = provider.pay(contract, "34.80", "counter-1").await;
    let receipt = provider.receipt(&taken).await;
    assert_eq!(receipt.tax.map(|tax| tax.amount), Some(money("1.04", "USD")));
    assert_eq!(receipt.row.amount, money("34.80", "USD"));
    let money_of = provider.show(contract).await.money;
    assert!(money_of.owed.is_zero() && money_of.credit.is_zero(), "the tax pays no invoice");
    let lines = provider.balanced().await;
    assert!(lines.contains(&(text("liabilities:payment_tax"), money("-1.04", "USD"))), "{lines:?}");
    assert!(lines.contains(&(text("assets:cash"), money("1.04", "USD"))), "{lines:?}");
}

#[tokio::test]
async fn a_retention_settles_its_invoice_without_money_and_its_certificate_counts_once() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.night("2026-05-01").await;
    let second = provider.invoices(contract).await[1].id;
    let certificate = |amount: &str, key: &str| NewPayment {
        amount: text(amount),
        method: text("vat_withholding"),
        reference: text("20260400000123"),
        invoice: second.to_string(),
        idempotency_key: text(key),
        ..NewPayment::default()
    };
    let customer = provider.customer_of(contract).await.to_string();
    let bring = |form: NewPayment| provider.record(NewPayment { customer: customer.clone(), ..form });

    let without_invoice = NewPayment { invoice: String::new(), ..certificate("3.60", "a") };
    assert_eq!(problems(bring(without_invoice).await), [(text("invoice"), Problem::Required)]);
    let most = money("34.80", "USD");
    assert_eq!(problems(bring(certificate("34.81", "a")).await), [(text("amount"), Problem::MoreThan { most })]);

    let taken = bring(certificate("3.60", "a")).await.unwrap();
    let paid = provider.receipt(&taken).await.allocations;
    assert_eq!(
        paid.iter().map(|paid| (paid.invoice, paid.amount)).collect::<Vec<_>>(),
        [(second, money("3.60", "USD"))]
    );
    let again = bring(certificate("1.00", "b")).await;
    assert_eq!(problems(again), [(text("reference"), Problem::Taken { by: taken.receipt })]);
    let lines = provider.balanced().await;
    assert!(lines.contains(&(text("assets:vat_withholding"), money("3.60", "USD"))), "{lines:?}");

    let form = domain::views::payments::AllocationForm::default();
    assert_eq!(
        crate::provider::refusal(paying::reallocate(&provider, &provider.may(), taken.payment, &form).await),
        domain::failure::Failure::Blocked { what: domain::failure::Blocker::Withheld }
    );
}
