//! Users: who can sign in, and as what.

mod access;
pub mod api;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;
mod new;
mod permits;
mod sessions;

pub use access::AccessPage;
pub use detail::UserPage;
pub use list::UsersPage;
pub use new::NewUserPage;
pub use permits::PermitsPage;

use domain::role::Role;
use domain::views::users::UserState;
use leptos::prelude::*;

use crate::{
    i18n::Words,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

/// A role in words.
#[must_use]
pub fn role_name(role: Role, t: Words) -> &'static str {
    match role {
        Role::Admin => t.users.role_admin(),
        Role::Noc => t.users.role_noc(),
        Role::Billing => t.users.role_billing(),
        Role::Support => t.users.role_support(),
        Role::Technician => t.users.role_technician(),
        Role::Customer => t.users.role_customer(),
    }
}

fn state_name(state: UserState, t: Words) -> &'static str {
    match state {
        UserState::Invited => t.users.state_invited(),
        UserState::Active => t.users.state_active(),
        UserState::Disabled => t.users.state_disabled(),
    }
}

fn state_badge(state: UserState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        UserState::Invited => (Tone::Accent, Icon::Clock),
        UserState::Active => (Tone::Ok, Icon::Check),
        UserState::Disabled => (Tone::Neutral, Icon::Cut),
    };
    view! { <Badge tone icon label=state_name(state, t)/> }.into_any()
}

/// The roles to choose from, with their words.
fn roles(roles: impl Iterator<Item = Role>, t: Words) -> Vec<(String, String)> {
    roles.map(|role| (role.word().to_owned(), role_name(role, t).to_owned())).collect()
}
