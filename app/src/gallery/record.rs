//! A record's page.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{cents, list::state_badge};
use crate::{
    i18n::{Words, words},
    ui::{
        button::{Button, LinkButton, Variant},
        card::{Card, Fact, Facts},
        chart::{Bar, Bars},
        dialog::Confirm,
        form::Field,
        format,
        icon::Icon,
        list::{Column, Table},
        page::{PageHeader, Tabs},
        timeline::{Moment, Timeline},
        tone::Tone,
    },
};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default()
}

pub(super) fn moments(t: Words) -> Vec<Moment> {
    let moment = |on: u32, icon, tone, title: String, detail: String, who: &str| Moment {
        at: day(on).to_string(),
        when: format::date_time(day(on).and_hms_opt(9, 5, 0).unwrap_or_default(), t),
        icon,
        tone,
        title,
        detail,
        who: who.to_owned(),
        href: None,
    };
    vec![
        moment(
            26,
            Icon::Payment,
            Tone::Ok,
            t.gallery.paid(format::money(cents(2_750), "USD")),
            String::new(),
            "Marta Rivas",
        ),
        moment(
            12,
            Icon::Cut,
            Tone::Danger,
            t.gallery.cut_off().to_owned(),
            t.gallery.summary(format::date(day(12), t)),
            "",
        ),
        moment(1, Icon::Contract, Tone::Accent, t.gallery.signed().to_owned(), String::new(), "Marta Rivas"),
    ]
}

#[component]
pub(super) fn Record() -> impl IntoView {
    let t = words();
    let names = t.common.months_short().split(' ');
    let bars = names.zip([31_u32, 32, 30, 34, 36, 35, 39, 41, 40, 44, 46, 49]).map(|(month, height)| Bar {
        label: month.to_owned(),
        size: height.into(),
        value: format::money(cents(i64::from(height) * 80_000), "USD"),
        tone: Tone::Accent,
        ..Bar::default()
    });
    let columns = vec![
        Column::new(t.gallery.concept(), |row: &(&str, i64)| row.0),
        Column::new(t.gallery.quantity(), |_: &(&str, i64)| "1").number(),
        Column::new(t.gallery.amount(), |row: &(&str, i64)| format::money(cents(row.1), "USD")).number(),
    ];
    let rows = vec![("Fibra 100, 1 nov – 1 dic 2026", 2_500), ("IP fija, 1 nov – 1 dic 2026", 250)];
    let places = vec![(t.office.customers().to_owned(), "/gallery".to_owned())];
    let tabs = [t.gallery.customer(), t.office.invoices(), t.gallery.network(), t.gallery.history()];
    let tabs = tabs.iter().enumerate().map(|(nth, name)| ((*name).to_owned(), "#".to_owned(), nth == 0)).collect();
    view! {
        <PageHeader title="Ana Peña" places state=state_badge("suspended", t) summary=t.gallery.summary(format::date(day(12), t))>
            <LinkButton href="#" icon=Icon::Edit>{t.common.edit()}</LinkButton>
            <Suspend/>
        </PageHeader>
        <Tabs tabs label=t.gallery.customer()/>
        <div class="columns">
            <Card title=t.gallery.money()>
                <Facts>
                    <Fact label=t.gallery.monthly()>{format::money(cents(2_750), "USD")}</Fact>
                    <Fact label=t.gallery.balance()>{format::money(cents(2_750), "USD")}</Fact>
                    <Fact label=t.gallery.due()>{format::date(day(15), t)}" · "{format::distance(day(15), day(29), t)}</Fact>
                </Facts>
            </Card>
            <Card title=t.gallery.network()>
                <Facts>
                    <Fact label=t.gallery.state()>{state_badge("suspended", t)}</Fact>
                    <Fact label=t.gallery.router()><a href="#">"R-Norte"</a></Fact>
                    <Fact label=t.gallery.address()><code>"10.20.0.15"</code></Fact>
                </Facts>
            </Card>
        </div>
        <Card title=t.gallery.lines()><Table columns rows label=t.gallery.lines()/></Card>
        <div class="columns">
            <Card title=t.gallery.history()><Timeline moments=moments(t)/></Card>
            <Card><Bars title=t.gallery.revenue() bars=bars.collect()/></Card>
        </div>
    }
}

#[component]
fn Suspend() -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="suspend" label=t.gallery.suspend() title=t.gallery.suspend_title() variant=Variant::Danger icon=Icon::Pause>
            <p>{t.gallery.suspend_what()}</p>
            <form class="form" method="get" action="/gallery/record">
                <Field name="reason" label=t.gallery.reason()/>
                <Button variant=Variant::Danger>{t.gallery.suspend()}</Button>
            </form>
        </Confirm>
    }
}
