//! The books, to take away.

use domain::journal::JournalLine;
use domain::money::Money;
use domain::views::accounts::{AccountRow, Accounts, Aged, AgedList, AgedRow, JournalPage};
use domain::views::closing::{CurrencyClose, MonthClose};
use domain::views::list::Page;

use super::api::{list_accounts, list_aged, list_journal, show_month_close};
use super::close::{line_name, tax_name};
use super::{account_name, kind_name};
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing, whole};

pub(in crate::office) fn accounts(t: Words) -> Listing {
    Columns::<AccountRow>::begin()
        .text(t.accounts.account(), move |row| account_name(&row.account, t))
        .currency(t.accounts.currency(), |row| row.closing)
        .money(t.accounts.opening(), |row| row.opening)
        .money(t.accounts.debit(), |row| row.debit)
        .money(t.accounts.credit(), |row| row.credit)
        .money(t.accounts.closing(), |row| row.closing)
        .of(list_accounts, |list: Accounts| whole(list.rows))
}

pub(in crate::office) fn journal(t: Words) -> Listing {
    Columns::<JournalLine>::begin()
        .date(t.accounts.date(), |line| line.on)
        .text(t.accounts.entry(), move |line| kind_name(line.kind, t))
        .text(t.money.number(), |line| line.name.clone())
        .text(t.money.customer(), |line| line.customer.name.clone())
        .text(t.accounts.account(), move |line| account_name(&line.account, t))
        .text(t.exports.account_code(), |line| line.account.clone())
        .money(t.accounts.debit(), |line| line.amount.is_positive().then_some(line.amount))
        .money(t.accounts.credit(), |line| line.amount.is_negative().then(|| -line.amount))
        .currency(t.accounts.currency(), |line| line.amount)
        .of(list_journal, |list: JournalPage| list.page)
}

pub(in crate::office) fn aged(t: Words) -> Listing {
    let age = |amount: fn(&Aged) -> Money| move |row: &AgedRow| amount(&row.aged);
    Columns::<AgedRow>::begin()
        .text(t.customers.reference(), |row| row.reference.clone())
        .text(t.money.customer(), |row| row.customer.name.clone())
        .currency(t.accounts.currency(), |row| row.aged.balance)
        .money(t.accounts.current(), age(|aged| aged.current))
        .money(t.accounts.to_30(), age(|aged| aged.to_30))
        .money(t.accounts.to_60(), age(|aged| aged.to_60))
        .money(t.accounts.to_90(), age(|aged| aged.to_90))
        .money(t.accounts.older(), age(|aged| aged.older))
        .money(t.accounts.credit_of_customer(), age(|aged| aged.credit))
        .money(t.accounts.balance(), age(|aged| aged.balance))
        .of(list_aged, |list: AgedList| list.page)
}

/// A line of a month's closing, whatever it is about.
struct Line {
    part: &'static str,
    words: String,
    amount: Money,
}

pub(in crate::office) fn close(t: Words) -> Listing {
    Columns::<Line>::begin()
        .text(t.exports.part(), |line| line.part)
        .text(t.closing.what(), |line| line.words.clone())
        .currency(t.accounts.currency(), |line| line.amount)
        .money(t.money.amount(), |line| line.amount)
        .of(show_month_close, move |close: MonthClose| lines(&close, t))
}

fn lines(close: &MonthClose, t: Words) -> Page<Line> {
    let mut lines: Vec<Line> = close.currencies.iter().flat_map(|currency| of_currency(currency, t)).collect();
    for row in &close.accounts {
        let words = account_name(&row.account, t);
        let amounts = [(t.accounts.debit(), row.debit), (t.accounts.credit(), row.credit)];
        let line = |(side, amount)| Line { part: t.closing.journal(), words: format!("{words} · {side}"), amount };
        lines.extend(amounts.into_iter().map(line));
    }
    whole(lines)
}

fn of_currency(close: &CurrencyClose, t: Words) -> Vec<Line> {
    let balance = |words: &str, amount| Line { part: t.closing.title(), words: words.to_owned(), amount };
    let mut lines = vec![balance(t.closing.opening(), close.opening)];
    lines.extend(close.lines.iter().map(|line| balance(&line_name(line, t), line.amount)));
    lines.push(balance(t.closing.closing(), close.closing));
    lines.push(balance(t.closing.by_journal(), close.by_journal));
    for tax in &close.taxes {
        let (part, rate) = (t.closing.taxes(), tax_name(tax, t));
        let words = |what: &str| format!("{rate} · {what}");
        lines.push(Line { part, words: words(t.closing.untaxed()), amount: tax.untaxed });
        lines.push(Line { part, words: words(t.closing.tax()), amount: tax.tax });
    }
    let of_which = |words: &str, amount| Line { part: t.closing.of_which(), words: words.to_owned(), amount };
    lines.push(of_which(t.closing.late_fees(), close.late_fees));
    lines.extend(close.withheld().ok().map(|amount| of_which(t.closing.withheld(), amount)));
    lines.push(of_which(t.closing.payment_tax(), close.payment_tax));
    lines
}
