//! Customers are written to: each once, in the way that they chose, unless they do not want it.

use std::collections::BTreeSet;

use domain::ids::{BulkRunId, CustomerId};
use domain::message::Purpose;
use domain::views::bulk::{BulkAction, BulkMessage, BulkMessageForm, SkipReason, Target, skips_writing};
use serde::Serialize;
use store::bulk::{BulkContract, BulkInvoice};

use super::{Begun, Decided, begin_once, finish, outcome};
use crate::messages::{Notice, tell_customer};
use crate::permit::{Permit, SeeContracts, SeeInvoices, WriteToCustomers};
use crate::record::{Subject, audit};
use crate::{Context, Result};

/// A record whose customer is written to.
pub(super) struct Whom {
    id: i64,
    name: String,
    customer: CustomerId,
}

impl From<BulkContract> for Whom {
    fn from(contract: BulkContract) -> Self {
        Self { id: contract.id, name: contract.name(), customer: contract.customer }
    }
}

impl From<BulkInvoice> for Whom {
    fn from(invoice: BulkInvoice) -> Self {
        Self { id: invoice.id.0, name: invoice.name(), customer: invoice.customer }
    }
}

/// What keeps each customer from being written to.
pub(super) async fn decide(
    context: &Context,
    connection: &mut store::Connection,
    whom: Vec<Whom>,
) -> Result<Vec<Decided<CustomerId>>> {
    let mut seen = BTreeSet::new();
    let mut decided = Vec::new();
    for Whom { id, name, customer } in whom {
        let skip = if seen.insert(customer) {
            skips_writing(&store::messages::addressee(connection, customer).await?, &context.ringing)
        } else {
            Some(SkipReason::SameCustomer)
        };
        decided.push(Decided { target: Target { id, name, also: Vec::new() }, record: customer, skip });
    }
    Ok(decided)
}

/// # Errors
/// `Fields`.
pub async fn message_contracts(
    context: &Context,
    permit: &Permit<WriteToCustomers>,
    _: &Permit<SeeContracts>,
    form: &BulkMessageForm,
) -> Result<BulkRunId> {
    let message = form.check()?;
    let contracts = store::bulk::contracts(&mut *context.connection().await?, &message.once.rows).await?;
    let whom = contracts.into_iter().map(Whom::from).collect();
    write(context, permit, BulkAction::Message, whom, &message).await
}

/// # Errors
/// `Fields`.
pub async fn message_invoices(
    context: &Context,
    permit: &Permit<WriteToCustomers>,
    _: &Permit<SeeInvoices>,
    form: &BulkMessageForm,
) -> Result<BulkRunId> {
    let message = form.check()?;
    let invoices = store::bulk::invoices(&mut *context.connection().await?, &message.once.rows).await?;
    let whom = invoices.into_iter().map(Whom::from).collect();
    write(context, permit, BulkAction::MessageOfInvoices, whom, &message).await
}

#[derive(Serialize)]
struct Written<'a> {
    subject: &'a str,
    text: &'a str,
    messages: usize,
}

async fn write(
    context: &Context,
    permit: &Permit<WriteToCustomers>,
    action: BulkAction,
    whom: Vec<Whom>,
    message: &BulkMessage,
) -> Result<BulkRunId> {
    let BulkMessage { once, subject, text } = message;
    let mut transaction = context.begin().await?;
    let run = match begin_once(context, &mut transaction, permit.actor(), (action, subject.as_str()), once).await? {
        Begun::First(run) => run,
        Begun::Before(run) => return Ok(run),
    };
    let mut results = Vec::new();
    for Decided { target, record, skip } in decide(context, &mut transaction, whom).await? {
        if skip.is_none() {
            let values = vec![("subject", subject.clone()), ("text", text.clone())];
            let notice = Notice { purpose: Purpose::Announcement, path: "/portal", values };
            tell_customer(context, &mut transaction, record, &notice).await?;
        }
        results.push(outcome(target, skip));
    }
    let messages = results.iter().filter(|result| result.skipped.is_none()).count();
    let about = Subject { kind: "bulk_run", id: run.0 };
    let written = Written { subject, text, messages };
    audit(context, &mut transaction, permit, about, None::<&()>, Some(&written)).await?;
    finish(transaction, run, &results).await
}
