//! What the box in the frame offers as one types.

use std::sync::Arc;

use domain::views::finder::{Found, Group, Hit};

use super::{
    api::find,
    commands::{Asked, Commands},
    href, icon, kind_name,
};
use crate::{
    i18n::Words,
    ui::{
        icon::Icon,
        layout::{Suggest, Suggestion},
        list::ListQuery,
    },
};

/// Commands that are offered at most.
const COMMANDS: usize = 4;

/// Looks for what was typed, on the server and among the reader's commands. Call it in a component.
#[must_use]
pub fn suggest(t: Words) -> Suggest {
    let commands = Arc::new(Commands::of_reader(t));
    Suggest::new(move |typed: String| {
        let commands = commands.clone();
        async move {
            let asked = commands.asked(&typed);
            // The box is a help: when the server cannot say, the page still can.
            let found = find(asked.rest.clone(), true).await.unwrap_or_default();
            offered(&typed, &commands, &asked, &found, t)
        }
    })
}

/// Commands for what was found, then what was found, then the other commands, then the page of everything.
fn offered(typed: &str, commands: &Commands, asked: &Asked, found: &Found, t: Words) -> Vec<Suggestion> {
    let hits = found.groups.iter().flat_map(|group| &group.hits);
    let for_hits = hits.filter_map(|hit| command_for(asked, hit, t)).take(COMMANDS);
    let groups = found.groups.iter().flat_map(|group| of_group(group, t));
    let plain = commands.matching(typed).into_iter().take(COMMANDS).map(|command| Suggestion {
        group: t.finder.commands().to_owned(),
        name: command.name,
        detail: String::new(),
        href: command.href.to_owned(),
        icon: command.icon,
    });
    let all = Suggestion {
        group: t.finder.everything().to_owned(),
        name: t.finder.see_all(typed.trim()),
        detail: String::new(),
        href: page_of(typed),
        icon: Icon::Search,
    };
    for_hits.chain(groups).chain(plain).chain([all]).collect()
}

fn command_for(asked: &Asked, hit: &Hit, t: Words) -> Option<Suggestion> {
    let (name, href, icon) = asked.for_hit(hit)?;
    Some(Suggestion { group: t.finder.actions().to_owned(), name, detail: hit.detail.clone(), href, icon })
}

fn of_group(group: &Group, t: Words) -> impl Iterator<Item = Suggestion> {
    group.hits.iter().map(move |hit| Suggestion {
        group: kind_name(group.kind, t).to_owned(),
        name: hit.name.clone(),
        detail: hit.detail.clone(),
        href: href(hit),
        icon: icon(group.kind),
    })
}

fn page_of(typed: &str) -> String {
    let query = ListQuery { search: typed.trim().to_owned(), ..ListQuery::default() };
    format!("/office/search{}", query.href())
}
