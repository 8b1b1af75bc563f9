//! Equipment that was seen, to take away.

use domain::views::list::Page;
use domain::views::macs::MacRow;

use super::api::list_macs;
use super::state_name;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn macs(t: Words) -> Listing {
    Columns::<MacRow>::begin()
        .text(t.macs.mac(), |mac| mac.mac.clone())
        .text(t.macs.state(), move |mac| state_name(mac.state, t))
        .text(t.macs.customer(), |mac| mac.customer.as_ref().map(|(_, name)| name.clone()))
        .text(t.money.contract(), |mac| mac.contract.as_ref().map(|(_, code)| code.clone()))
        .text(t.macs.router(), |mac| mac.router_name.clone())
        .text(t.macs.address(), |mac| mac.address.clone())
        .moment(t.exports.first_seen(), |mac| mac.first_seen_at)
        .moment(t.macs.last_seen(), |mac| mac.last_seen_at)
        .of(list_macs, |page: Page<MacRow>| page)
}
