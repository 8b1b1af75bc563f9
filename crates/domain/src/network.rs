//! What a router should hold, how that differs from what it holds, and what was read there. No IO.
//!
//! Only rows that carry our tag are changed or removed. A row of the same name without it belongs to somebody else:
//! that is told to a person, and never overwritten.
//!
//! Deliberately absent: removing profiles that no service uses any more (other services' jobs may be about to use
//! them), and anything that remembers what was sent. What is read decides.

mod adoption;
mod base;
mod because;
mod diff;
mod index;
mod menu;
mod observed;
mod profiles;
mod router;
mod rows;
mod scan;
mod tag;
mod wanted;

#[cfg(test)]
mod tests;

pub use adoption::{
    ADOPTED, Certainty, Clue, ForeignRow, Match, Subscriber, adopted_tag, attributes, left_by, match_rows,
};
pub use base::{BaseObservation, BaseWanted, PoolWanted, diff_base};
pub use because::{Because, Outcome};
pub use diff::{Action, diff};
pub use menu::{Dialect, Menu};
pub use observed::{Evidence, EvidenceDigest, Observation, Observed, ObservedRow, ObservedSession};
pub use profiles::{diff_profiles, profile_name, profiles};
pub use router::{RouterIdentity, RouterMode};
pub(crate) use rows::rates;
pub use rows::{Attributes, Row, WantedRow};
pub use scan::{
    Comparison, Difference, Finding, NetworkSettings, ScanEffect, Verdict, changes_of, compare, removal_of, shown,
};
pub use tag::{Owner, Tag};
pub use wanted::{Addressing, Attachment, LimitBy, Password, Provision, Rate, ServiceWanted};

/// The address list of customers who are cut: the router's firewall leaves them the notice page and payment.
pub const CUT_LIST: &str = "ramal-cut";
/// The address list of hosts that stay open to them.
pub const ALLOWED_LIST: &str = "ramal-allowed";
/// The profile of customers who are cut.
pub const CUT_PROFILE: &str = "ramal-cut";
/// What a cut customer's speed is: enough for the notice page. Seen from the router: upload/download.
pub const CUT_RATE: &str = "256k/256k";
