//! What is built: OLTs with their cards, and splitters.

use domain::failure::{Blocker, Failure, Problem};
use domain::ids::{NapId, OltCardId, OltId, PonPortId, SplitterId};
use domain::views::plant_forms::{CardForm, HangsOn, OltFacts, OltForm, SplitterForm};
use serde::Serialize;

use super::olt_subject;
use crate::permit::{EditPlant, Permit};
use crate::record::{Subject, audit};
use crate::refused::{Fields, taken};
use crate::{Context, Error, Result};

const FIELDS: Fields = &[("olts_name_key", "name"), ("olt_cards_slot", "slot")];

/// # Errors
/// `Fields`, among them a name that another OLT has.
pub async fn create_olt(context: &Context, permit: &Permit<EditPlant>, form: &OltForm) -> Result<OltId> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let added = store::plant::add_olt(&mut transaction, &facts).await;
    let id = added.map_err(|error| taken(error, FIELDS, &facts.name))?;
    audit(context, &mut transaction, permit, olt_subject(id), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// # Errors
/// As [`create_olt`].
pub async fn edit_olt(context: &Context, permit: &Permit<EditPlant>, id: OltId, form: &OltForm) -> Result<()> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let before = facts_of(context, &mut transaction, id).await?;
    let edited = store::plant::edit_olt(&mut transaction, id, &facts).await;
    edited.map_err(|error| taken(error, FIELDS, &facts.name))?;
    audit(context, &mut transaction, permit, olt_subject(id), Some(&before), Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// The form as it stands.
pub async fn olt_form(context: &Context, _: &Permit<EditPlant>, id: OltId) -> Result<OltForm> {
    let facts = facts_of(context, &mut *context.connection().await?, id).await?;
    let position = facts.position.map(|position| position.to_string()).unwrap_or_default();
    Ok(OltForm { name: facts.name, model: facts.model, position })
}

async fn facts_of(context: &Context, connection: &mut store::Connection, id: OltId) -> Result<OltFacts> {
    let found = store::plant::olts(connection, Some(id), context.clock.now()).await?.into_iter().next();
    let olt = found.ok_or(Failure::NotFound)?;
    Ok(OltFacts { name: olt.name, model: olt.model, position: olt.position })
}

/// A card is plugged in, with its PON ports.
///
/// # Errors
/// `Fields`, among them a slot that has a card.
pub async fn add_card(context: &Context, permit: &Permit<EditPlant>, olt: OltId, form: &CardForm) -> Result<OltCardId> {
    let facts = form.check()?;
    let mut transaction = context.begin().await?;
    let before = facts_of(context, &mut transaction, olt).await?;
    let added = store::plant::add_card(&mut transaction, olt, facts).await;
    let id = added.map_err(|error| taken(error, FIELDS, &before.name))?;
    audit(context, &mut transaction, permit, olt_subject(olt), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// A splitter is hung up behind a PON port, in a box or on the way.
///
/// # Errors
/// `NotFound`; `Fields`: a port that is taken or behind another PON port, or a box that is unknown or has no room.
pub async fn add_splitter(
    context: &Context,
    permit: &Permit<EditPlant>,
    pon: PonPortId,
    form: &SplitterForm,
) -> Result<SplitterId> {
    let facts = form.check(pon)?;
    let now = context.clock.now();
    let mut transaction = context.begin().await?;
    let (place, _) = store::plant::pon(&mut transaction, pon, now).await?;
    if let HangsOn::Port(port) = facts.on {
        let behind = store::plant::splitters(&mut transaction, pon, now).await?;
        if !behind.iter().flat_map(|splitter| &splitter.open).any(|(open, _)| *open == port) {
            return Err(Failure::Blocked { what: Blocker::PortTaken }.into());
        }
        // What was kept there is over, or the port would not be open.
        store::plant::forget(&mut transaction, port, Some(now)).await?;
    }
    let nap = named(&mut transaction, facts.nap.as_deref()).await?;
    let id = store::plant::add_splitter(&mut transaction, facts.on, facts.ways, nap).await.map_err(refused)?;
    let after = Hung { pon: place.to_string(), ways: facts.ways.count(), nap: facts.nap };
    audit(context, &mut transaction, permit, splitter_subject(id), None::<&()>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

pub(super) fn splitter_subject(id: SplitterId) -> Subject {
    Subject { kind: "splitter", id: id.0 }
}

/// As the audit shows it.
#[derive(Serialize)]
pub(super) struct Hung {
    pub pon: String,
    pub ways: u32,
    pub nap: Option<String>,
}

async fn named(transaction: &mut store::Transaction, name: Option<&str>) -> Result<Option<NapId>> {
    let Some(name) = name else { return Ok(None) };
    let nap = store::plant::nap_by_name(transaction, name).await?;
    Ok(Some(nap.ok_or_else(|| Failure::field("nap", Problem::UnknownChoice))?))
}

fn refused(error: store::Error) -> Error {
    match &error {
        store::Error::Taken { .. } => Failure::Blocked { what: Blocker::PortTaken }.into(),
        store::Error::Refused { constraint, .. } if constraint == "nap_capacity" => {
            Failure::Blocked { what: Blocker::NoRoomInBox }.into()
        }
        _ => error.into(),
    }
}

/// A splitter is taken down.
///
/// # Errors
/// `NotFound`; `Blocked` by `InUse` while somebody has one of its ports, or another splitter hangs on it.
pub async fn remove_splitter(context: &Context, permit: &Permit<EditPlant>, id: SplitterId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let removed = store::plant::remove_splitter(&mut transaction, id, context.clock.now()).await;
    removed.map_err(|error| match error {
        store::Error::Refused { .. } => Failure::Blocked { what: Blocker::InUse }.into(),
        error => Error::from(error),
    })?;
    audit(context, &mut transaction, permit, splitter_subject(id), None::<&()>, None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
