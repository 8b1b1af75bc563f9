//! What a router needs once, as it was read.

use std::collections::BTreeMap;

use domain::ids::RouterId;
use domain::network::ObservedRow;
use domain::views::routers::{BaseRead, RouterBase};
use leptos::prelude::*;

use super::api::ApplyBase;
use crate::{
    i18n::{Words, words},
    surroundings::{local, may},
    ui::{
        badge::Badge,
        card::Card,
        form::{Form, FormState, Submit},
        format,
        icon::Icon,
        notice::Notice,
        tone::Tone,
    },
};

#[component]
pub(super) fn Base(router: RouterId, base: RouterBase, apply: FormState<ApplyBase>) -> impl IntoView {
    let t = words();
    let unverified = (!base.verified).then(|| {
        view! { <Notice tone=Tone::Warn icon=Icon::Alert title=t.access.unverified()/> }
    });
    let applying = may("edit_routers").then(|| {
        view! {
            <Form state=apply>
                <input type="hidden" name="router" value=router.to_string()/>
                <div class="form-actions"><Submit icon=Icon::Check>{t.access.apply_base()}</Submit></div>
            </Form>
        }
    });
    view! {
        <Card title=t.access.base()>
            <p class="muted">{t.access.base_hint()}</p>
            {unverified}
            {badge(&base, t)}
            {base.read.map(|read| view! { <Rules rows=read.rows/> })}
            {applying}
        </Card>
    }
}

fn badge(base: &RouterBase, t: Words) -> AnyView {
    let when = |at| format::date_time(local(at), t);
    let (tone, icon, label, told) = match &base.read {
        None => (Tone::Neutral, Icon::Clock, t.access.base_never(), String::new()),
        Some(BaseRead { as_wanted: true, since, read_at, .. }) if !base.outdated => {
            (Tone::Ok, Icon::Check, t.access.base_right(), t.access.base_since(when(*since), when(*read_at)))
        }
        Some(read) if base.outdated => {
            (Tone::Warn, Icon::Clock, t.access.base_outdated(), t.access.base_read(when(read.read_at)))
        }
        Some(read) => (Tone::Danger, Icon::Alert, t.access.base_wrong(), t.access.base_read(when(read.read_at))),
    };
    view! { <p><Badge tone icon label/>" "<span class="muted">{told}</span></p> }.into_any()
}

/// In the router's words: those who look here know them.
#[component]
fn Rules(rows: Vec<ObservedRow>) -> impl IntoView {
    let t = words();
    let lines = rows.iter().map(|row| view! { <li><code>{line(row)}</code></li> }).collect_view();
    view! {
        <details>
            <summary>{t.access.base_rows(format::count(i64::try_from(rows.len()).unwrap_or_default()))}</summary>
            <ol class="rules">{lines}</ol>
        </details>
    }
}

fn line(row: &ObservedRow) -> String {
    let told: BTreeMap<&String, &String> = row
        .attributes
        .iter()
        .filter(|(name, _)| ![".id", "comment", "dynamic", "disabled"].contains(&name.as_str()))
        .collect();
    let words: Vec<String> = told.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{} {}", row.menu.path(), words.join(" "))
}
