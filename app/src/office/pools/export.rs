//! Ranges of addresses, to take away.

use domain::views::list::Page;
use domain::views::pools::PoolRow;

use super::api::list_pools;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn pools(t: Words) -> Listing {
    Columns::<PoolRow>::begin()
        .text(t.access.pool_name(), |pool| pool.name.clone())
        .text(t.access.network(), |pool| pool.network.to_string())
        .text(t.network.router(), |pool| pool.router.name.clone())
        .text(t.access.sector(), |pool| pool.sector.as_ref().map(|sector| sector.name.clone()))
        .count(t.access.given(), |pool| pool.given)
        .count(t.access.reserved(), |pool| pool.reserved)
        .count(t.access.free(), |pool| pool.free)
        .of(list_pools, |page: Page<PoolRow>| page)
}
