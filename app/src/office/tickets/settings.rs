//! What is promised for each priority, when people work, and what tickets are about.

use domain::ticket::{Sla, SlaClock};
use domain::views::tickets::{Category, TicketSettings};
use leptos::prelude::*;

use super::api::{SavePromises, SaveTicketRules, show_ticket_settings};
use crate::{
    i18n::{Words, words},
    parts::ticket::{clock_word, name, priority_word},
    surroundings::may,
    ui::{
        badge::Badge,
        button::LinkButton,
        card::Card,
        form::{Field, Form, FormState, Kind, Select, Submit, use_form},
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn TicketSettingsPage() -> impl IntoView {
    let (promises, rules) = (use_form::<SavePromises>(), use_form::<SaveTicketRules>());
    let done = (promises.done(), rules.done());
    let settings =
        Resource::new_blocking(move || (done.0.get(), done.1.get()), |_| async move { show_ticket_settings().await });
    view! { <Loaded from=settings view=move |settings| view! { <Settings settings promises rules/> }/> }
}

#[component]
fn Settings(
    settings: TicketSettings,
    promises: FormState<SavePromises>,
    rules: FormState<SaveTicketRules>,
) -> impl IntoView {
    let t = words();
    let places = vec![(t.tickets.title().to_owned(), "/office/tickets".to_owned())];
    let slas = settings.slas.clone();
    let categories = settings.categories.clone();
    let add = may("edit_ticket_settings").then(|| {
        ViewFn::from(move || {
            view! { <LinkButton href="/office/tickets/categories/new" icon=Icon::Plus>{t.tickets.new_category()}</LinkButton> }
        })
    });
    let add = add.unwrap_or_default();
    view! {
        <PageHeader title=t.tickets.settings() summary=t.tickets.settings_hint() places/>
        <Card title=t.tickets.promises()><Promises slas form=promises/></Card>
        <Card title=t.tickets.hours()><Rules settings form=rules/></Card>
        <Card title=t.tickets.categories() action=add>
            <Table columns=columns(t) rows=categories label=t.tickets.categories()/>
        </Card>
    }
}

#[component]
fn Promises(slas: Vec<Sla>, form: FormState<SavePromises>) -> impl IntoView {
    let t = words();
    view! {
        <Form state=form>
            {slas.into_iter().map(|sla| view! { <Promise sla/> }).collect_view()}
            {may("edit_ticket_settings").then(|| view! {
                <div class="form-actions"><Submit>{t.common.save()}</Submit></div>
            })}
        </Form>
    }
}

/// What is promised for a priority.
#[component]
fn Promise(sla: Sla) -> impl IntoView {
    let t = words();
    let clocks: Vec<_> =
        SlaClock::ALL.iter().map(|clock| (clock.word().to_owned(), clock_word(*clock, t).to_owned())).collect();
    let field = |name: &str| format!("promises[{}][{name}]", sla.priority);
    view! {
        <h3 class="card-part">{priority_word(sla.priority, t)}</h3>
        <div class="fields">
            <Field name=field("response_hours") label=t.tickets.response() kind=Kind::Whole unit=t.tickets.hours_unit()
                   value=sla.response_hours.to_string()/>
            <Field name=field("resolution_hours") label=t.tickets.resolution() kind=Kind::Whole
                   unit=t.tickets.hours_unit() value=sla.resolution_hours.to_string()/>
            <Select name=field("clock") label=t.tickets.clock() choices=clocks value=sla.clock.word()/>
        </div>
    }
}

#[component]
fn Rules(settings: TicketSettings, form: FormState<SaveTicketRules>) -> impl IntoView {
    let t = words();
    let days = [
        ("monday", t.tickets.monday()),
        ("tuesday", t.tickets.tuesday()),
        ("wednesday", t.tickets.wednesday()),
        ("thursday", t.tickets.thursday()),
        ("friday", t.tickets.friday()),
        ("saturday", t.tickets.saturday()),
        ("sunday", t.tickets.sunday()),
    ];
    let TicketSettings { hours, close_after_days, credit_from_days, .. } = settings;
    view! {
        <p class="muted">{t.tickets.hours_hint()}</p>
        <Form state=form>
            <div class="fields">
                {days.into_iter().zip(hours).map(|((day, label), value)| view! {
                    <Field name=format!("rules[{day}]") label value most=80 optional=true/>
                }).collect_view()}
            </div>
            <div class="fields">
                <Field name="rules[close_after_days]" label=t.tickets.close_after() hint=t.tickets.close_after_hint()
                       kind=Kind::Whole unit=t.catalogue.days_unit() value=close_after_days.to_string()/>
                <Field name="rules[credit_from_days]" label=t.tickets.credit_from() hint=t.tickets.credit_from_hint()
                       kind=Kind::Whole unit=t.catalogue.days_unit() optional=true
                       value=credit_from_days.map(|days| days.to_string()).unwrap_or_default()/>
            </div>
            {may("edit_ticket_settings").then(|| view! {
                <div class="form-actions"><Submit>{t.common.save()}</Submit></div>
            })}
        </Form>
    }
}

fn columns(t: Words) -> Vec<Column<Category>> {
    let link = move |row: &Category| {
        let words = name(&row.name, t);
        match may("edit_ticket_settings") {
            true => view! { <a href=format!("/office/tickets/categories/{}", row.id)>{words}</a> }.into_any(),
            false => words.into_any(),
        }
    };
    let offered = move |row: &Category| {
        let (tone, icon, label) = match (row.archived, row.for_customers) {
            (true, _) => (Tone::Neutral, Icon::Close, t.tickets.archived()),
            (false, true) => (Tone::Ok, Icon::Check, t.tickets.for_customers()),
            (false, false) => (Tone::Neutral, Icon::User, t.tickets.for_staff()),
        };
        view! { <Badge tone icon label/> }
    };
    vec![
        Column::new(t.tickets.category(), link),
        Column::new(t.tickets.priority(), move |row: &Category| priority_word(row.priority, t)),
        Column::new(t.tickets.offered(), offered),
    ]
}
