//! A month of the books on one page: what was open, what happened, and whether the journal says the same.

use domain::money::Money;
use domain::views::accounts::AccountRow;
use domain::views::closing::{CloseItem, CloseLine, CurrencyClose, Month, MonthClose, TaxLine};
use leptos::prelude::*;

use super::{Part, Parts, api::show_month_close, list};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::{
        amount::{money, payment_method},
        document::{PdfButton, PrintButton},
    },
    ui::{
        badge::Badge,
        button::{Button, LinkButton},
        card::{Card, Fact, Facts},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn ClosePage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let close = Resource::new_blocking(move || query.get(), show_month_close);
    view! {
        <PageHeader title=t.closing.title() summary=t.closing.hint()><PrintButton/></PageHeader>
        <Parts open=Part::Close/>
        <ListTools/>
        <Loaded from=close view=|close| view! { <Closed close/> }/>
    }
}

#[component]
fn Closed(close: MonthClose) -> impl IntoView {
    let t = words();
    let nothing = close.currencies.is_empty().then(|| {
        view! { <EmptyState icon=Icon::Dashboard title=t.accounts.empty() hint=t.accounts.empty_hint()/> }
    });
    let currencies = close.currencies.into_iter().map(|close| view! { <Currency close/> }).collect_view();
    let journal = (!close.accounts.is_empty()).then(|| {
        let (period, rows) = (close.month.period(), close.accounts);
        let href = move |row: &AccountRow| {
            format!("/office/accounts/journal?account={}&from={}&to={}", row.account, period.from, period.to)
        };
        view! {
            <Card title=t.closing.journal()>
                <Table columns=list::columns(t) rows label=t.closing.journal() href/>
            </Card>
        }
    });
    view! {
        <Months month=close.month/>
        {nothing}
        {currencies}
        {journal}
    }
}

/// Which month it is, and the way to others.
#[component]
fn Months(month: Month) -> impl IntoView {
    let t = words();
    let href = |month: Month| format!("?month={month}");
    view! {
        <div class="list-controls">
            <h2>{format::month(month.period().from, t)}</h2>
            <LinkButton href=href(month.before()) icon=Icon::Left>{format::month(month.before().period().from, t)}</LinkButton>
            <LinkButton href=href(month.next()) icon=Icon::Right>{format::month(month.next().period().from, t)}</LinkButton>
            <form method="get" class="date-filter">
                <label class="date-filter-part">
                    <span>{t.closing.month()}</span>
                    <input class="input" type="month" name="month" value=month.to_string() pattern="[0-9]{4}-[0-9]{2}"/>
                </label>
                <Button>{t.common.apply()}</Button>
            </form>
            <PdfButton href=format!("/documents/closes/{month}.pdf")/>
        </div>
    }
}

/// Something with what it comes to.
struct Sum {
    words: String,
    amount: Money,
}

#[component]
fn Currency(close: CurrencyClose) -> impl IntoView {
    let t = words();
    let mut rows = vec![Sum { words: t.closing.opening().to_owned(), amount: close.opening }];
    rows.extend(close.lines.iter().map(|line| Sum { words: line_name(line, t), amount: line.amount }));
    rows.extend(close.expected().ok().map(|amount| Sum { words: t.closing.expected().to_owned(), amount }));
    rows.push(Sum { words: t.closing.closing().to_owned(), amount: close.closing });
    rows.push(Sum { words: t.closing.by_journal().to_owned(), amount: close.by_journal });
    let columns = vec![
        Column::new(t.closing.what(), |sum: &Sum| sum.words.clone()),
        Column::new(t.money.amount(), |sum: &Sum| money(sum.amount)).number(),
    ];
    let (tone, icon, label) = match close.adds_up() {
        true => (Tone::Ok, Icon::Check, t.closing.adds_up()),
        false => (Tone::Danger, Icon::Alert, t.closing.differs()),
    };
    let withheld = close.withheld().ok();
    let taxes = (!close.taxes.is_empty()).then(|| {
        view! { <Table columns=tax_columns(t) rows=close.taxes label=t.closing.taxes()/> }
    });
    let code = close.currency.to_string();
    view! {
        <Card title=code>
            <Table columns rows label=t.closing.title()/>
            <p><Badge tone icon label/></p>
            {taxes}
            <Facts>
                <Fact label=t.closing.late_fees()>{money(close.late_fees)}</Fact>
                {withheld.map(|amount| view! { <Fact label=t.closing.withheld()>{money(amount)}</Fact> })}
                <Fact label=t.closing.payment_tax()>{money(close.payment_tax)}</Fact>
            </Facts>
        </Card>
    }
}

/// `Cobrado · Efectivo`
pub(super) fn line_name(line: &CloseLine, t: Words) -> String {
    let item = match line.item {
        CloseItem::Invoiced => t.closing.invoiced(),
        CloseItem::Credited => t.closing.credited(),
        CloseItem::Voided => t.closing.voided(),
        CloseItem::Collected => t.closing.collected(),
        CloseItem::Refunded => t.closing.refunded(),
        CloseItem::Reversed => t.closing.reversed(),
    };
    match line.method {
        Some(method) => format!("{item} · {}", payment_method(method, t)),
        None => item.to_owned(),
    }
}

fn tax_columns(t: Words) -> Vec<Column<TaxLine>> {
    vec![
        Column::new(t.closing.taxes(), move |line: &TaxLine| tax_name(line, t)),
        Column::new(t.closing.untaxed(), |line: &TaxLine| money(line.untaxed)).number(),
        Column::new(t.closing.tax(), |line: &TaxLine| money(line.tax)).number(),
    ]
}

/// `16 %`
pub(super) fn tax_name(line: &TaxLine, t: Words) -> String {
    line.percent.map_or_else(|| t.closing.without_lines().to_owned(), |percent| format!("{} %", percent.normalize()))
}
