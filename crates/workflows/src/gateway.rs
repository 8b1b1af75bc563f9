//! Paying by card. What is set out to be paid is written down before the gateway is asked; what the gateway tells is
//! stored before anything is done about it, and then the gateway is read: money follows from what it was read to hold,
//! whatever the order in which it told.
//!
//! | file | what it does |
//! |---|---|
//! | `begin` | a customer sets out to pay, and is shown how it stands |
//! | `receive` | an event comes in and is stored |
//! | `work` | what a worker does: ask, charge, refund |
//! | `settle` | what was read becomes state, and `money` becomes money |
//! | `automatic` | the step of the night that charges saved cards |
//! | `declined` | customers are told of what did not come |
//! | `cards`, `keys`, `refund`, `list`, `reconcile` | the screens' verbs |

pub(crate) mod automatic;
mod begin;
mod cards;
mod declined;
mod keys;
mod list;
mod money;
mod receive;
mod reconcile;
mod refund;
mod settle;
mod work;

pub use begin::{checkout, offer, pay, pay_quote, save_card};
pub use cards::{cards, pay_automatically, remove_card, withdraw};
pub use keys::{check_keys, save_keys, save_retry_days, settings, switch_off, switch_on};
pub use list::{disputes, events, intents, of_payment, repeat_event};
pub use receive::receive;
pub use reconcile::reconcile;
pub use refund::refund_to_card;
pub(crate) use work::{give_up, work};

use domain::failure::{Blocker, Failure};
use domain::gateway::GatewayMode;
use domain::ids::GatewayId;
use store::gateway::keys::Keys;

use crate::permit::Actor;
use crate::ports::gateway::{GatewayAccess, GatewayFailure};
use crate::record::fresh_key;
use crate::{Context, Error, Result, demo};

/// Who writes what follows from the gateway's word.
const GATEWAY: Actor = Actor::System { name: "gateway" };

/// A gateway with its keys opened.
#[derive(Clone, Debug)]
struct Open {
    id: GatewayId,
    access: GatewayAccess,
    /// Whether its money is money: test keys have none outside of a demo.
    takes_money: bool,
}

async fn open(context: &Context, keys: Keys) -> Result<Open> {
    let takes_money = keys.mode == GatewayMode::Live || demo::is_demo(context).await?;
    let access = GatewayAccess {
        provider: keys.provider,
        mode: keys.mode,
        api_url: keys.api_url,
        secret_key: context.vault.open(&keys.secret_key).map_err(Error::internal)?,
        webhook_secret: context.vault.open(&keys.webhook_secret).map_err(Error::internal)?,
    };
    Ok(Open { id: keys.id, access, takes_money })
}

async fn open_by_id(context: &Context, id: GatewayId) -> Result<Open> {
    let keys = store::gateway::keys::get(&mut *context.connection().await?, id).await?;
    open(context, keys).await
}

/// The gateway that customers pay by now; `None` where cards are not taken.
async fn taking(context: &Context) -> Result<Option<Open>> {
    let keys = store::gateway::keys::that_is_on(&mut *context.connection().await?).await?;
    let Some(keys) = keys else { return Ok(None) };
    Ok(Some(open(context, keys).await?).filter(|open| open.takes_money))
}

async fn must_be_taking(context: &Context) -> Result<Open> {
    taking(context).await?.ok_or_else(|| Failure::Blocked { what: Blocker::CardsOff }.into())
}

/// To whoever waits for the gateway: what it said is in the log.
fn not_now(failure: &GatewayFailure) -> Error {
    tracing::warn!(%failure, "the card gateway did not do what it was asked");
    Failure::Blocked { what: Blocker::CardsNotNow }.into()
}

/// A key of ours at the gateway.
fn new_key(what: &str) -> String {
    format!("ramal-{what}-{}", fresh_key())
}
