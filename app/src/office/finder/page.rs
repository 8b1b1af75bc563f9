//! Everything that was found, by kind.

use std::sync::Arc;

use domain::views::finder::{COUNTED, Found, Group, Hit, LEAST};
use leptos::prelude::*;

use super::{
    api::find,
    commands::{Asked, Commands},
    href, icon, kind_name, list,
};
use crate::{
    i18n::{Words, words},
    ui::{
        card::Card,
        empty::EmptyState,
        format,
        icon::Icon,
        list::{ListQuery, SearchBox, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn SearchPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let commands = Arc::new(Commands::of_reader(t));
    let asking = commands.clone();
    let typed = Memo::new(move |_| query.read().search.clone());
    let found = Resource::new_blocking(move || asking.asked(&typed.read()).rest, |rest| find(rest, false));
    let results = move |found: Found| results(&typed.get_untracked(), &commands, &found, t);
    let summary = move || {
        let typed = typed.get();
        if typed.is_empty() { t.finder.page_hint().to_owned() } else { t.finder.results_for(typed) }
    };
    view! {
        <PageHeader title=t.common.search()/>
        <SearchBox query hint=t.office.search_hint()/>
        <p class="muted" role="status">{summary}</p>
        <Loaded from=found view=results/>
    }
}

fn results(typed: &str, commands: &Commands, found: &Found, t: Words) -> AnyView {
    let asked = commands.asked(typed);
    let plain =
        commands.matching(typed).into_iter().map(|command| entry(command.href, command.icon, &command.name, ""));
    let hits = found.groups.iter().flat_map(|group| &group.hits);
    let for_hits =
        hits.filter_map(|hit| asked.for_hit(hit).map(|(name, to, icon)| entry(&to, icon, &name, &hit.detail)));
    let actions: Vec<_> = for_hits.chain(plain).collect();
    if found.groups.is_empty() && actions.is_empty() {
        return nothing(typed, t);
    }
    let actions = (!actions.is_empty()).then(|| {
        view! { <Card title=t.finder.commands()><ul class="entries">{actions}</ul></Card> }
    });
    let groups = found.groups.iter().map(|group| group_card(group, &asked, t));
    view! {
        {actions}
        {groups.collect_view()}
    }
    .into_any()
}

fn nothing(typed: &str, t: Words) -> AnyView {
    if typed.is_empty() {
        return ().into_any();
    }
    let short = typed.split_whitespace().all(|word| word.chars().count() < LEAST);
    let hint = if short { t.finder.too_short() } else { t.finder.nothing_hint() };
    view! { <EmptyState icon=Icon::Search title=t.common.nothing_found() hint/> }.into_any()
}

/// A kind's hits with their count, and the list that has all of them.
fn group_card(group: &Group, asked: &Asked, t: Words) -> AnyView {
    let count = match group.total {
        total if total > COUNTED => t.finder.more_than(format::count(COUNTED)),
        total => format::count(total),
    };
    let title = format!("{} ({count})", kind_name(group.kind, t));
    let query = ListQuery { search: asked.rest.clone(), ..ListQuery::default() };
    let all = format!("{}{}", list(group.kind), query.href());
    let shown = i64::try_from(group.hits.len()).unwrap_or(i64::MAX);
    let rest = (group.total > shown).then(|| view! { <p><a href=all>{t.finder.open_list()}</a></p> });
    let hits: Vec<_> = group.hits.iter().map(|hit| hit_entry(hit, icon(group.kind), t)).collect();
    view! {
        <Card title>
            <ul class="entries">{hits}</ul>
            {rest}
        </Card>
    }
    .into_any()
}

fn hit_entry(hit: &Hit, icon: Icon, t: Words) -> AnyView {
    let detail = if hit.exact { format!("{} · {}", t.finder.exact(), hit.detail) } else { hit.detail.clone() };
    entry(&href(hit), icon, &hit.name, &detail)
}

fn entry(href: &str, icon: Icon, name: &str, detail: &str) -> AnyView {
    view! {
        <li class="entry">
            <div>
                <p><a class="with-icon" href=href.to_owned()>{icon.view()}<strong>{name.to_owned()}</strong></a></p>
                {(!detail.is_empty()).then(|| view! { <p class="muted">{detail.to_owned()}</p> })}
            </div>
        </li>
    }
    .into_any()
}
