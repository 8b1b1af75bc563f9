//! A month of the books, counted twice: from documents and payments, and from the journal.

use std::collections::BTreeSet;

use domain::money::{Currency, Money};
use domain::views::accounts::AccountRow;
use domain::views::closing::{CurrencyClose, Month, MonthClose};
use rust_decimal::Decimal;
use store::closing;

use crate::permit::{Permit, SeeAccounts};
use crate::{Context, Result};

/// Where the journal has what customers owe, and what they have to their credit.
const OF_CUSTOMERS: [&str; 2] = ["assets:receivable", "liabilities:customer_credit"];

/// The month, or else the last one that is over: everything as it is at one moment.
pub async fn close(context: &Context, _: &Permit<SeeAccounts>, month: Option<Month>) -> Result<MonthClose> {
    let month = month.unwrap_or_else(|| Month::of(context.clock.today()).before());
    let (period, now) = (month.period(), context.as_it_is_now());
    let mut connection = now.connection().await?;
    let opening = closing::open_at(&mut connection, month.before().period().to).await?;
    let closing = closing::open_at(&mut connection, period.to).await?;
    let lines = closing::lines(&mut connection, period).await?;
    let taxes = closing::taxes(&mut connection, period).await?;
    let fees = closing::late_fees(&mut connection, period).await?;
    let payment_taxes = closing::payment_taxes(&mut connection, period).await?;
    let accounts = store::journal::accounts(&mut connection, period).await?;

    let counted = opening.keys().chain(closing.keys()).chain(payment_taxes.keys()).copied();
    let happened = lines.iter().map(|line| line.amount.currency()).chain(taxes.iter().map(|line| line.tax.currency()));
    let currencies: BTreeSet<Currency> = counted.chain(happened).collect();
    let of = |currency: Currency| {
        let money = |amount: Option<&Decimal>| Money::new(amount.copied().unwrap_or_default(), currency);
        CurrencyClose {
            currency,
            opening: money(opening.get(&currency)),
            lines: lines.iter().filter(|line| line.amount.currency() == currency).cloned().collect(),
            closing: money(closing.get(&currency)),
            by_journal: by_journal(&accounts, currency),
            taxes: taxes.iter().filter(|line| line.tax.currency() == currency).cloned().collect(),
            late_fees: money(fees.get(&currency)),
            payment_tax: money(payment_taxes.get(&currency)),
        }
    };
    let currencies = currencies.into_iter().map(of).collect();
    Ok(MonthClose { month, currencies, accounts })
}

fn by_journal(accounts: &[AccountRow], currency: Currency) -> Money {
    let own = accounts.iter().filter(|row| row.closing.currency() == currency);
    let of_customers = own.filter(|row| OF_CUSTOMERS.contains(&row.account.as_str()));
    Money::new(of_customers.map(|row| row.closing.amount()).sum(), currency)
}
