//! The list of users.

use domain::role::Role;
use domain::views::list::Page;
use domain::views::users::{UserRow, UserState};
use leptos::prelude::*;

use super::{api::list_users, role_name, roles, state_badge, state_name};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn UsersPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let users = Resource::new_blocking(move || query.get(), list_users);
    let states = UserState::ALL.iter().map(|state| (state.word().to_owned(), state_name(*state, t).to_owned()));
    let filters = vec![
        Filter { name: "role", label: t.users.role().to_owned(), choices: roles(Role::ALL.iter().copied(), t) },
        Filter { name: "state", label: t.users.state().to_owned(), choices: states.collect() },
    ];
    let table = move |page: Page<UserRow>| {
        let empty = move || view! { <EmptyState icon=Icon::User title=t.users.none() hint=t.users.none_hint()/> };
        let href = |user: &UserRow| format!("/office/users/{}", user.id);
        view! { <List query page columns=columns(t) label=t.users.title() href empty/> }
    };
    let new = may("edit_users").then(|| {
        view! {
            <LinkButton href="/office/users/new" variant=Variant::Primary icon=Icon::Plus>{t.users.new_title()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.users.title()>
            <LinkButton href="/office/users/permits">{t.security.permits_title()}</LinkButton>
            {new}
        </PageHeader>
        <ListControls query search=t.users.search_hint() filters><ListTools/></ListControls>
        <Loaded from=users view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<UserRow>> {
    let day = move |at| format::date(local(at).date(), t);
    let seen = move |user: &UserRow| {
        user.seen_at.map_or_else(|| t.users.never().to_owned(), |at| format::date_time(local(at), t))
    };
    vec![
        Column::new(t.users.name(), |user: &UserRow| user.name.clone()).sorted("name"),
        Column::new(t.users.email(), |user: &UserRow| user.email.clone()).sorted("email"),
        Column::new(t.users.role(), move |user: &UserRow| role_name(user.role, t)).sorted("role"),
        Column::new(t.users.state(), move |user: &UserRow| state_badge(user.state, t)),
        Column::new(t.security.title(), move |user: &UserRow| match user.second_factor {
            true => t.security.yes(),
            false => t.security.no(),
        })
        .secondary(),
        Column::new(t.users.created(), move |user: &UserRow| day(user.created_at)).sorted("created").secondary(),
        Column::new(t.users.seen(), seen).secondary(),
    ]
}
