//! Writing down what a workflow did, in its own transaction, and the keys by which it is done once.

use domain::ids::{ContractId, CustomerId};
use domain::timeline::Event;
use serde::Serialize;
use store::history::{NewAudit, NewEvent};

use crate::permit::{Actor, Permit, Verb};
use crate::{Context, Error, Result};

/// What a line of the audit is about: the kind of record and its id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    pub kind: &'static str,
    pub id: i64,
}

/// Writes one line of the audit. `before` and `after` must not contain secrets: leave those fields out.
pub(crate) async fn audit<V: Verb>(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<V>,
    subject: Subject,
    before: Option<&impl Serialize>,
    after: Option<&impl Serialize>,
) -> Result<()> {
    audit_as(context, transaction, permit.actor(), permit.verb(), subject, before, after).await
}

/// The same for what needs no permit: a person's own account, and the portal.
pub(crate) async fn audit_as(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    verb: &str,
    subject: Subject,
    before: Option<&impl Serialize>,
    after: Option<&impl Serialize>,
) -> Result<()> {
    let line = NewAudit {
        at: context.clock.now(),
        actor: actor.user_id(),
        actor_name: actor.name(),
        verb,
        subject_kind: subject.kind,
        subject_id: subject.id,
        before: before.map(serde_json::to_value).transpose().map_err(Error::internal)?,
        after: after.map(serde_json::to_value).transpose().map_err(Error::internal)?,
    };
    Ok(store::history::add_audit(transaction, line).await?)
}

/// Writes an entry of a contract's timeline.
pub(crate) async fn tell(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    customer: CustomerId,
    contract: ContractId,
    event: &Event,
) -> Result<()> {
    let now = context.clock.now();
    let entry = NewEvent {
        at: now,
        on: context.clock.date_of(now),
        customer,
        contract: Some(contract),
        event,
        actor: actor.user_id(),
        actor_name: actor.name(),
    };
    Ok(store::history::add_events(transaction, &[entry]).await?)
}

/// A key that nobody has used, for a form that counts once however often it is sent.
pub(crate) fn fresh_key() -> String {
    hex::encode(rand::random::<[u8; 16]>())
}
