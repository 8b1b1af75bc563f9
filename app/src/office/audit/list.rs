//! The list of changes, the newest first.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::views::audit::{AuditRow, FieldChange};
use domain::views::list::{Choice, Page};
use leptos::prelude::*;
use leptos_router::components::Form;

use super::api::{audit_actors, list_audit};
use super::words::{choices, kind, page_of, verb};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::local,
    ui::{
        button::Button,
        empty::{EmptyState, nothing_found},
        form::{Field, Kind, Select, choices_of},
        format,
        icon::Icon,
        list::{Column, ListControls, ListQuery, Pager, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn AuditPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let audit = Resource::new_blocking(move || query.get(), list_audit);
    let actors = Resource::new_blocking(|| (), |()| audit_actors());
    let filters =
        move |actors: Vec<Choice<UserId>>| move || view! { <Filters query=query.get() actors=actors.clone()/> };
    view! {
        <PageHeader title=t.audit.title()/>
        <ListControls query>
            <Loaded from=actors view=filters/>
            <ListTools/>
        </ListControls>
        <Loaded from=audit view=move |page| lines(page, query.get_untracked(), t)/>
    }
}

fn lines(page: Page<AuditRow>, query: ListQuery, t: Words) -> AnyView {
    if page.rows.is_empty() {
        return if query.is_narrowed() || page.number > 1 {
            nothing_found()
        } else {
            view! { <EmptyState icon=Icon::Audit title=t.audit.none() hint=t.audit.none_hint()/> }.into_any()
        };
    }
    let (total, number) = (page.total, page.number);
    view! {
        <Table columns=columns(t) rows=page.rows label=t.audit.title()/>
        <Pager query total number/>
    }
    .into_any()
}

/// A form that gets: its fields are the address.
#[component]
fn Filters(query: ListQuery, actors: Vec<Choice<UserId>>) -> impl IntoView {
    let t = words();
    let value = |name: &str| query.filter(name).unwrap_or_default().to_owned();
    let [actor, verb_value, subject_value, number, from, to] =
        ["actor", "verb", "subject", "subject_id", "from", "to"].map(value);
    let mut people = choices_of(actors);
    // A link may name a customer, who is none of the staff.
    if !actor.is_empty() && !people.iter().any(|(id, _)| *id == actor) {
        people.push((actor.clone(), t.audit.user(&actor)));
    }
    view! {
        <Form method="GET" action="" {..} class="fields" role="search" aria-label=t.audit.filters()>
            <Field name="q" label=t.audit.search() hint=t.audit.search_hint() optional=true value=query.search.clone()/>
            <Select name="actor" label=t.audit.who() optional=true value=actor choices=people/>
            <Select name="verb" label=t.audit.what() optional=true value=verb_value
                choices=choices(verb::ALL, verb::name, t)/>
            <Select name="subject" label=t.audit.subject() optional=true value=subject_value
                choices=choices(kind::ALL, kind::name, t)/>
            <Field name="subject_id" label=t.audit.number() kind=Kind::Whole optional=true value=number/>
            <Field name="from" label=t.audit.from() kind=Kind::Date optional=true value=from/>
            <Field name="to" label=t.audit.to() kind=Kind::Date optional=true value=to/>
            <div class="form-actions"><Button icon=Icon::Search>{t.audit.show()}</Button></div>
        </Form>
    }
}

fn columns(t: Words) -> Vec<Column<AuditRow>> {
    let about = move |row: &AuditRow| {
        let name = format!("{} {}", kind::name(&row.subject, t), row.subject_id);
        match page_of(&row.subject, row.subject_id) {
            Some(href) => view! { <a href=href>{name}</a> }.into_any(),
            None => name.into_any(),
        }
    };
    vec![
        Column::new(t.audit.when(), move |row: &AuditRow| format::date_time(local(row.at), t)),
        Column::new(t.audit.who(), who),
        Column::new(t.audit.what(), move |row: &AuditRow| verb::name(&row.verb, t)),
        Column::new(t.audit.subject(), about),
        Column::new(t.audit.changes(), move |row: &AuditRow| changes(&row.changes, t)),
    ]
}

/// The name leads to everything that this person did.
fn who(row: &AuditRow) -> AnyView {
    let name = row.actor_name.clone();
    match row.actor {
        Some(actor) => view! { <a href=format!("?actor={actor}")>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

fn changes(changes: &[FieldChange], t: Words) -> AnyView {
    let lines = changes.iter().map(|change| {
        let text = match (&change.before, &change.after) {
            (None, after) => format!("{}: {}", change.field, value(after.as_deref(), t)),
            (before, after) => {
                format!("{}: {} → {}", change.field, value(before.as_deref(), t), value(after.as_deref(), t))
            }
        };
        view! { <li>{text}</li> }
    });
    view! { <ul class="changes">{lines.collect_view()}</ul> }.into_any()
}

/// A value as it was stored; moments as the company's clocks showed them.
fn value(text: Option<&str>, t: Words) -> String {
    match text {
        None => t.audit.removed().to_owned(),
        Some(text) => match text.parse::<DateTime<Utc>>() {
            Ok(at) => format::date_time(local(at), t),
            Err(_) => text.to_owned(),
        },
    }
}
