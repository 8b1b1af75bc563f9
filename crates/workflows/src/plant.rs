//! The fibre plant: what is built, what is free near somebody, and who has which port. A reservation lasts until a moment
//! that the clock decides, when somebody reads as well as by night.

mod build;
mod connect;
mod feasibility;
mod import;
mod judge;
mod naps;
mod reserve;
mod settings;
mod show;
mod step;

pub use build::{add_card, add_splitter, create_olt, edit_olt, olt_form, remove_splitter};
pub use connect::{connect, disconnect};
pub(crate) use connect::{forget_kept, let_go, take_reserved};
pub use feasibility::feasibility;
pub use import::{NapFile, import_naps, nap_imports, send_naps, show_nap_import};
pub use naps::{create_nap, edit_nap, nap_form, new_nap, remove_nap};
pub use reserve::{release, reserve};
pub use settings::{change_settings, settings};
pub use show::{list_naps, list_olts, show_nap, show_pon};
pub(crate) use step::{STEP, expected, retry, run_step};

use domain::ids::{ContractId, CustomerId, NapId, OltId, SplitterPortId};
use domain::plant::PortNow;
use domain::timeline::Event;
use serde::Serialize;
use store::plant::Place;

use crate::permit::Actor;
use crate::record::{Subject, tell};
use crate::{Context, Result};

fn olt_subject(id: OltId) -> Subject {
    Subject { kind: "olt", id: id.0 }
}

fn nap_subject(id: NapId) -> Subject {
    Subject { kind: "nap", id: id.0 }
}

/// Who has a port, as the audit shows it.
#[derive(Serialize)]
struct Holding {
    port: String,
    now: PortNow,
    customer: CustomerId,
    contract: Option<ContractId>,
}

impl Holding {
    fn new(place: &Place, now: PortNow, customer: CustomerId, contract: Option<ContractId>) -> Self {
        Self { port: place.to_string(), now, customer, contract }
    }
}

/// Which port it was of a contract's story; without a contract there is none to tell it in.
async fn tell_port(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    holding: &Holding,
) -> Result<()> {
    let Some(contract) = holding.contract else { return Ok(()) };
    let event = Event::Port { port: holding.port.clone(), now: holding.now };
    tell(context, transaction, actor, holding.customer, contract, &event).await
}

/// Locks the box of a port, so that nobody else takes it meanwhile.
async fn lock_port(transaction: &mut store::Transaction, port: SplitterPortId) -> Result<Place> {
    let place = store::plant::place(transaction, port).await?;
    store::plant::lock_nap(transaction, place.nap.id).await?;
    Ok(place)
}
