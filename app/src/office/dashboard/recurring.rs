//! What contracts come to in a month, and how that moves.

use domain::money::{Currency, Money};
use domain::views::contracts::ContractEvent;
use domain::views::dashboard::{Counted, Recurring, RecurringFigures};
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::{
    figure::{Charted, Figure, Group, tone_of},
    links::{Links, if_may},
};
use crate::{
    i18n::{Words, words},
    office::contracts::event_name,
    parts::amount::{money, moneys},
    ui::{
        chart::{Bar, Bars},
        format,
        tone::Tone,
    },
};

#[component]
pub(super) fn RecurringRevenue(figures: RecurringFigures, links: Links) -> impl IntoView {
    let t = words();
    let revenue: Vec<Money> = figures.now.iter().map(|recurring| recurring.revenue).collect();
    let averages: Vec<Money> = figures.now.iter().filter_map(average).collect();
    let contracts = t.figures.on_contracts(figures.contracts);
    let given: Vec<String> = figures
        .now
        .iter()
        .filter(|recurring| recurring.courtesies > 0)
        .map(|recurring| t.dashboard.courtesies(recurring.courtesies, money(recurring.courtesy)))
        .collect();
    let note = std::iter::once(contracts.clone()).chain(given).collect::<Vec<_>>().join(", ");
    let churned = t.figures.closed_of(figures.closed, format::count(figures.active_at_start));
    let currencies: Vec<Currency> = revenue.iter().map(Money::currency).collect();
    let charts = currencies.into_iter().map(|currency| charts(&figures, currency, links, t)).collect_view();
    view! {
        <Group title=t.figures.recurring()>
            <div class="stats">
                <Figure label=t.dashboard.recurring() value=moneys(&revenue) note about=t.figures.recurring_about()
                        href=links.list("/office/contracts?state=active") may_open="see_contracts"/>
                <Figure label=t.figures.average() value=moneys(&averages) note=contracts about=t.figures.average_about()
                        href=links.list("/office/contracts?state=active") may_open="see_contracts"/>
                <Figure label=t.figures.churn() value=share(figures.closed, figures.active_at_start) note=churned
                        about=t.figures.churn_about() href=links.event(ContractEvent::Closed) may_open="see_contracts"
                        tone=tone_of(figures.closed, Tone::Warn)/>
            </div>
            {charts}
        </Group>
    }
}

/// What an active contract comes to.
fn average(recurring: &Recurring) -> Option<Money> {
    let revenue = recurring.revenue;
    (recurring.contracts > 0)
        .then(|| Money::new(revenue.amount() / Decimal::from(recurring.contracts), revenue.currency()))
}

/// `1.5 %`
fn share(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let percent = (Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole)).round_dp(1);
    format!("{}\u{a0}%", format::amount(percent))
}

fn charts(figures: &RecurringFigures, currency: Currency, links: Links, t: Words) -> AnyView {
    let kinds = figures.movement.iter().map(|movement| {
        let label = event_name(movement.kind, t).to_owned();
        bar(label, &movement.moved, currency, links.event(movement.kind), t)
    });
    let months = figures.months.iter().map(|moved| {
        let label = format::month(moved.month.from, t);
        bar(label, &moved.moved, currency, links.event_within(ContractEvent::Moved, moved.month), t)
    });
    let (kinds, months): (Vec<_>, Vec<_>) = (kinds.collect(), months.collect());
    let by_month = (months.len() > 1).then(|| {
        view! {
            <Charted label=t.figures.months() about=t.figures.months_about()>
                <Bars title=format!("{} ({currency})", t.figures.months()) bars=months/>
            </Charted>
        }
    });
    view! {
        <div class="charts">
            <Charted label=t.figures.movement() about=t.figures.movement_about()>
                <Bars title=format!("{} ({currency})", t.figures.movement()) bars=kinds/>
            </Charted>
            {by_month}
        </div>
    }
    .into_any()
}

/// The contracts are those of all currencies: the list's.
fn bar(label: String, moved: &Counted, currency: Currency, href: String, t: Words) -> Bar {
    let amount = moved.amounts.iter().find(|amount| amount.currency() == currency).copied();
    let amount = amount.unwrap_or_else(|| Money::zero(currency));
    Bar {
        label,
        size: amount.amount(),
        value: money(amount),
        note: t.figures.on_contracts(moved.count),
        href: if_may("see_contracts", href),
        tone: if amount.is_negative() { Tone::Danger } else { Tone::Ok },
    }
}
