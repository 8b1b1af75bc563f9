//! What is owed, promised and collected.

use domain::money::Currency;
use domain::views::dashboard::{AgedDebt, MoneyFigures, SectorDebt};
use domain::views::invoices::DebtAge;
use leptos::prelude::*;

use super::{
    figure::{Charted, Figure, Group, tone_of},
    links::{Links, if_may},
};
use crate::{
    i18n::{Words, words},
    parts::amount::{money, moneys},
    ui::{
        chart::{Bar, Bars},
        format,
        tone::Tone,
    },
};

#[component]
pub(super) fn Collections(figures: MoneyFigures, today: String, links: Links) -> impl IntoView {
    let t = words();
    let MoneyFigures { overdue, promised, collected_today, .. } = figures.clone();
    let today = format!("/office/payments?from={today}&to={today}");
    let late = match figures.transfers_late {
        0 => String::new(),
        late => t.figures.transfers_late(late),
    };
    let mut currencies: Vec<Currency> = figures.ages.iter().map(|debt| debt.amount.currency()).collect();
    currencies.dedup();
    let charts = currencies.into_iter().map(|currency| charts(&figures, currency, links, t)).collect_view();
    view! {
        <Group title=t.dashboard.money()>
            <div class="stats">
                <Figure label=t.dashboard.overdue() value=moneys(&overdue.amounts)
                        note=t.dashboard.invoices(overdue.count) about=t.figures.overdue_about()
                        href=links.list("/office/invoices?standing=overdue") may_open="see_invoices"
                        tone=tone_of(overdue.count, Tone::Danger)/>
                <Figure label=t.figures.promised() value=moneys(&promised.amounts)
                        note=t.figures.on_promises(promised.count) about=t.figures.promised_about()
                        href=links.list("/office/promises?standing=open") may_open="see_promises"/>
                <Figure label=t.figures.collected_today() value=moneys(&collected_today.amounts)
                        note=t.figures.on_payments(collected_today.count) about=t.figures.collected_today_about()
                        href=links.list(&today) may_open="see_payments"/>
                <Figure label=t.figures.transfers() value=format::count(figures.transfers_in_review) note=late
                        about=t.figures.transfers_about() href=links.list("/office/transfers?state=in_review")
                        may_open="see_payments" tone=tone_of(figures.transfers_late, Tone::Warn)/>
            </div>
            {charts}
        </Group>
    }
}

fn charts(figures: &MoneyFigures, currency: Currency, links: Links, t: Words) -> AnyView {
    let of_currency = |debt: &&AgedDebt| debt.amount.currency() == currency;
    let ages: Vec<_> = figures.ages.iter().filter(of_currency).map(|debt| age(debt, links, t)).collect();
    let sectors = figures.sectors.iter().filter(|debt| debt.amount.currency() == currency);
    let sectors: Vec<_> = sectors.map(|debt| sector(debt, t)).collect();
    let by_sector = (!sectors.is_empty()).then(|| {
        view! {
            <Charted label=t.figures.sectors() about=t.figures.sectors_about()>
                <Bars title=format!("{} ({currency})", t.figures.sectors()) bars=sectors/>
            </Charted>
        }
    });
    view! {
        <div class="charts">
            <Charted label=t.figures.ages() about=t.figures.ages_about()>
                <Bars title=format!("{} ({currency})", t.figures.ages()) bars=ages/>
            </Charted>
            {by_sector}
        </div>
    }
    .into_any()
}

fn age(debt: &AgedDebt, links: Links, t: Words) -> Bar {
    let href = links.list(&format!("/office/invoices?age={}&currency={}", debt.age, debt.amount.currency()));
    Bar {
        label: age_name(debt.age, t).to_owned(),
        size: debt.amount.amount(),
        value: money(debt.amount),
        note: t.dashboard.invoices(debt.invoices),
        href: if_may("see_invoices", href),
        tone: match debt.age {
            DebtAge::Current => Tone::Accent,
            DebtAge::To30 => Tone::Warn,
            DebtAge::To60 | DebtAge::To90 | DebtAge::Older => Tone::Danger,
        },
    }
}

/// How late a debt is, in words.
pub(in crate::office) fn age_name(age: DebtAge, t: Words) -> &'static str {
    match age {
        DebtAge::Current => t.figures.age_current(),
        DebtAge::To30 => t.figures.age_to_30(),
        DebtAge::To60 => t.figures.age_to_60(),
        DebtAge::To90 => t.figures.age_to_90(),
        DebtAge::Older => t.figures.age_older(),
    }
}

/// The sector is the bar's own.
fn sector(debt: &SectorDebt, t: Words) -> Bar {
    let (sector, currency) = (debt.sector.id, debt.amount.currency());
    let href = format!("/office/invoices?standing=overdue&sector={sector}&currency={currency}");
    Bar {
        label: debt.sector.name.clone(),
        size: debt.amount.amount(),
        value: money(debt.amount),
        note: t.dashboard.invoices(debt.invoices),
        href: if_may("see_invoices", href),
        tone: Tone::Danger,
    }
}
