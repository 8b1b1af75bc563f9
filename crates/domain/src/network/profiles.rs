//! PPP profiles: one for each speed in use, and one for all who are cut.

use std::collections::{BTreeMap, HashMap};

use super::diff::Action;
use super::menu::{Dialect, Menu};
use super::observed::Observed;
use super::rows::{Attributes, WantedRow};
use super::tag::Owner;
use super::wanted::{Addressing, Attachment, Provision, Rate, ServiceWanted};
use super::{Because, CUT_LIST, CUT_PROFILE, CUT_RATE};
use crate::ids::ServiceId;
use crate::plan::{Burst, Speed};

const PREFIX: &str = "ramal-";

/// `ramal-51200-10240`: download first, as plans are sold. With a burst, its numbers follow.
pub fn profile_name(rate: Rate) -> String {
    let sold = format!("{PREFIX}{}-{}", rate.sold.down_kbps, rate.sold.up_kbps);
    match rate.burst {
        None => sold,
        Some(Burst { limit, threshold, seconds }) => {
            let both = |speed: Speed| format!("{}-{}", speed.down_kbps, speed.up_kbps);
            format!("{sold}-b-{}-{}-{seconds}", both(limit), both(threshold))
        }
    }
}

/// As RouterOS wants it, seen from the router: what it receives (the customer's upload) first.
pub(super) fn upload_first(speed: Speed) -> String {
    format!("{}k/{}k", speed.up_kbps, speed.down_kbps)
}

/// A whole rate limit: the rate, and with a burst its limit, threshold and time.
pub(super) fn rate_limit(rate: Rate) -> String {
    let sold = upload_first(rate.sold);
    match rate.burst {
        None => sold,
        Some(Burst { limit, threshold, seconds }) => {
            format!("{sold} {} {} {seconds}/{seconds}", upload_first(limit), upload_first(threshold))
        }
    }
}

/// The profiles that these services need, each once, by name, with a service that needs it. Tens of thousands of services need
/// a few: their names are made once each.
pub fn profiles(services: &[ServiceWanted], addressing: &Addressing) -> Vec<(WantedRow, ServiceId)> {
    let pppoe = services.iter().filter(|wanted| matches!(wanted.attachment, Attachment::Pppoe { .. }));
    let provisions: HashMap<Provision, &ServiceWanted> = pppoe.map(|wanted| (wanted.provision, wanted)).collect();
    let mut users: Vec<&ServiceWanted> = provisions.into_values().collect();
    users.sort_unstable_by_key(|wanted| wanted.service);
    let needed: BTreeMap<String, &ServiceWanted> =
        users.into_iter().filter_map(|wanted| Some((wanted.profile()?, wanted))).collect();
    let row = |(name, wanted): (String, &ServiceWanted)| (profile(name, wanted.provision, addressing), wanted.service);
    needed.into_iter().map(row).collect()
}

fn profile(name: String, provision: Provision, addressing: &Addressing) -> WantedRow {
    let is_active = matches!(provision, Provision::Active(_));
    let (rate, list) = match provision {
        Provision::Active(rate) => (rate_limit(rate), ""),
        Provision::Suspended | Provision::Cut | Provision::Absent => (CUT_RATE.to_owned(), CUT_LIST),
    };
    let mut attributes =
        Attributes::from_iter([("name", name.clone()), ("rate-limit", rate), ("address-list", list.to_owned())]);
    if let Some(address) = addressing.pppoe_local_address {
        attributes.set("local-address", address.to_string());
    }
    if let Some(pool) = &addressing.pppoe_pool {
        attributes.set("remote-address", pool);
    }
    if let Some(pool) = addressing.ipv6_pool.as_ref().filter(|_| is_active) {
        attributes.set("dhcpv6-pd-pool", pool);
    }
    // The list of those who are cut knows addresses of version 4 only: version 6 would lead around it.
    if !is_active {
        attributes.set("use-ipv6", "no");
    }
    let owner = Owner::Speed(name.trim_start_matches(PREFIX).to_owned());
    WantedRow { menu: Menu::Profile, owner, attributes, secret_version: None }
}

/// What to do about one profile: nothing, an add or a set.
///
/// # Errors
/// `Foreign` when somebody else's profile has the name.
pub fn diff_profiles(wanted: &WantedRow, observed: &Observed, dialect: Dialect) -> Result<Option<Action>, Because> {
    let Some(row) = observed.named(Menu::Profile, wanted.key()).next() else {
        return Ok(Some(Action::add(wanted, &wanted.tag(), dialect)));
    };
    // Where profiles have no comment, the prefix of the name says whose they are.
    let commented = dialect.has(Menu::Profile, "comment");
    let tag = wanted.tag();
    if commented && row.tag().is_none_or(|read| read.owner != tag.owner) {
        return Err(Because::Foreign { menu: Menu::Profile, name: wanted.key().to_owned() });
    }
    let as_wanted = wanted.differing(row, dialect).is_empty() && (!commented || row.tag().as_ref() == Some(&tag));
    Ok((!as_wanted).then(|| Action::set(row, wanted.differing(row, dialect), &tag, dialect)))
}

/// The cut of a profile holds only when the router puts its sessions on the list.
pub(super) fn cuts(observed: &Observed, profile: &str) -> bool {
    profile == CUT_PROFILE
        && observed.named(Menu::Profile, CUT_PROFILE).any(|row| row.attributes.get("address-list") == CUT_LIST)
}
