//! The books: accounts, journal, and who owes for how long.

mod aged;
pub mod api;
mod close;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod journal;
mod list;

pub use aged::AgedPage;
pub use close::ClosePage;
pub use journal::JournalPage;
pub use list::AccountsPage;

use domain::{journal::EntryKind, views::accounts::BookPeriod};
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    ui::{button::Variant, format, icon::Icon, page::Tabs},
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Accounts,
    Journal,
    Aged,
    Close,
}

/// The parts of the books.
#[component]
fn Parts(open: Part) -> impl IntoView {
    let t = words();
    let tab = |part, name: &str, href: &str| (name.to_owned(), href.to_owned(), part == open);
    let tabs = vec![
        tab(Part::Accounts, t.accounts.accounts(), "/office/accounts"),
        tab(Part::Journal, t.accounts.journal(), "/office/accounts/journal"),
        tab(Part::Aged, t.accounts.aged(), "/office/accounts/aged"),
        tab(Part::Close, t.closing.title(), "/office/accounts/close"),
    ];
    view! { <Tabs tabs label=t.accounts.title()/> }
}

/// The journal of a period, to take away.
#[component]
fn Exports(period: BookPeriod) -> impl IntoView {
    let t = words();
    let href = move |file: &str| format!("/office/accounts/{file}?from={}&to={}", period.from, period.to);
    view! {
        <p class="list-sum">
            {t.accounts.period(format::date(period.from, t), format::date(period.to, t))}" "
            <Download href=href("journal.ledger") label=t.accounts.as_ledger()/>
        </p>
    }
}

/// A file: the browser fetches it, and not the router.
#[component]
fn Download(href: String, label: &'static str) -> impl IntoView {
    view! {
        <a class="button" data-variant=Variant::Quiet.word() href=href rel="external" download="">
            {Icon::Download.view()}<span>{label}</span>
        </a>
    }
}

/// What an account is called; one that has no words is shown as it is written.
fn account_name(account: &str, t: Words) -> String {
    let plain = match account {
        "assets:receivable" => t.accounts.receivable(),
        "assets:cash" => t.accounts.cash(),
        "assets:card" => t.accounts.card(),
        "assets:transfer" => t.accounts.bank(),
        "assets:other" => t.accounts.other_money(),
        "liabilities:customer_credit" => t.accounts.customer_credit(),
        "liabilities:tax" => t.accounts.tax(),
        "income:internet" => t.accounts.internet(),
        "income:addon" => t.accounts.addon(),
        "income:late_fees" => t.accounts.late_fees(),
        "income:exchange" => t.accounts.exchange_gain(),
        "expenses:exchange" => t.accounts.exchange_loss(),
        "income:other" => t.accounts.other_income(),
        "income:unexplained" => t.accounts.unexplained(),
        "assets:vat_withholding" => t.accounts.vat_withholding(),
        "assets:income_withholding" => t.accounts.income_withholding(),
        "liabilities:payment_tax" => t.accounts.payment_tax(),
        "equity:exchange" => t.accounts.exchange(),
        "expenses:bank_fees" => t.accounts.bank_fees(),
        "expenses:gateway_fees" => t.gateway.account_fees(),
        other => other,
    };
    plain.to_owned()
}

fn kind_name(kind: EntryKind, t: Words) -> &'static str {
    match kind {
        EntryKind::Invoice => t.money.kind_invoice(),
        EntryKind::CreditNote => t.money.kind_credit_note(),
        EntryKind::Payment => t.accounts.payment(),
        EntryKind::Allocation => t.accounts.allocation(),
        EntryKind::Refund => t.accounts.refund(),
        EntryKind::Reversal => t.accounts.reversal(),
        EntryKind::Void => t.accounts.void(),
        EntryKind::Exchange => t.accounts.exchange_difference(),
        EntryKind::Fee => t.gateway.entry_fee(),
    }
}
