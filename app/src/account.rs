//! One's own account, the same page for staff and customers in their own frames.

pub mod api;
mod page;
pub mod second_factor;

pub use page::AccountPage;

use leptos::server_fn::ServerFn;

use crate::{i18n::Words, office::users::role_name, surroundings::viewer, ui::layout::Account};

/// What the frames show of whoever is signed in.
#[must_use]
pub fn shown(t: Words) -> Option<Account> {
    let viewer = viewer()?;
    let sign_out = api::SignOut::url();
    Some(Account { name: viewer.name, role: role_name(viewer.role, t).to_owned(), page: "/account", sign_out })
}
