//! Routers, to take away.

use domain::network::RouterIdentity;
use domain::views::list::Page;
use domain::views::routers::RouterRow;

use super::api::list_routers;
use super::{health_name, mode_name};
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn routers(t: Words) -> Listing {
    let about =
        |of: fn(&RouterIdentity) -> &String| move |row: &RouterRow| row.identity.as_ref().map(|one| of(one).clone());
    Columns::<RouterRow>::begin()
        .text(t.network.name(), |router| router.name.clone())
        .text(t.network.host(), |router| format!("{}:{}", router.host, router.port))
        .text(t.network.mode(), move |router| mode_name(router.mode, t))
        .text(t.network.health(), move |router| health_name(router.health, t))
        .text(t.network.board(), about(|identity| &identity.board))
        .text(t.exports.version(), about(|identity| &identity.version))
        .moment(t.network.reached_at(), |router| router.reached_at)
        .count(t.network.services(), |router| router.services)
        .count(t.network.waiting(), |router| router.waiting)
        .of(list_routers, |page: Page<RouterRow>| page)
}
