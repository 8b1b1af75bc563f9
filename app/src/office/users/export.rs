//! Users, to take away.

use domain::views::list::Page;
use domain::views::users::UserRow;

use super::api::list_users;
use super::{role_name, state_name};
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn users(t: Words) -> Listing {
    Columns::<UserRow>::begin()
        .text(t.users.name(), |user| user.name.clone())
        .text(t.users.email(), |user| user.email.clone())
        .text(t.users.role(), move |user| role_name(user.role, t))
        .text(t.users.state(), move |user| state_name(user.state, t))
        .moment(t.users.created(), |user| user.created_at)
        .moment(t.users.seen(), |user| user.seen_at)
        .of(list_users, |page: Page<UserRow>| page)
}
