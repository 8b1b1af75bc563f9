//! Invoices and credit notes are mailed to their customers, as the PDF that they can open in the portal too.

use domain::ids::{BulkRunId, MessageId};
use domain::message::Purpose;
use domain::views::bulk::{BulkAction, BulkOnceForm, BulkPreview, Chosen, SkipReason, Target, skips_sending};
use domain::views::invoices::InvoiceFilter;
use domain::views::list::PageNumber;
use serde::Serialize;
use store::bulk::BulkInvoice;

use super::{Begun, Decided, begin_once, finish, looked_at, outcome, preview, write};
use crate::messages::{Notice, mail_customer, moneys};
use crate::permit::{Permit, SeeInvoices, SendInvoices};
use crate::record::{Subject, audit};
use crate::{Context, Result, invoices};

/// What an action would do to invoices of a list, or to their customers.
pub async fn preview_invoices(
    context: &Context,
    permit: &Permit<SeeInvoices>,
    action: BulkAction,
    chosen: &Chosen,
    filter: &InvoiceFilter,
) -> Result<BulkPreview> {
    let ids = match chosen {
        Chosen::Rows(rows) => rows.clone(),
        Chosen::All => {
            let all = InvoiceFilter { page: PageNumber::stretch(1), ..filter.clone() };
            invoices::list(context, permit, &all).await?.page.rows.iter().map(|row| row.id.0).collect()
        }
    };
    let mut connection = context.connection().await?;
    let invoices = store::bulk::invoices(&mut connection, looked_at(&ids)).await?;
    if action == BulkAction::MessageOfInvoices {
        let whom = invoices.into_iter().map(write::Whom::from).collect();
        return Ok(preview(ids.len(), write::decide(context, &mut connection, whom).await?));
    }
    Ok(preview(ids.len(), decide(invoices)))
}

fn decide(invoices: Vec<BulkInvoice>) -> Vec<Decided<BulkInvoice>> {
    let decided = invoices.into_iter().map(|invoice| Decided {
        target: Target { id: invoice.id.0, name: invoice.name(), also: Vec::new() },
        skip: skips_sending(invoice.state, invoice.has_email),
        record: invoice,
    });
    decided.collect()
}

/// # Errors
/// `Fields`.
pub async fn send_invoices(context: &Context, permit: &Permit<SendInvoices>, form: &BulkOnceForm) -> Result<BulkRunId> {
    let once = form.check()?;
    let mut transaction = context.begin().await?;
    let run = match begin_once(context, &mut transaction, permit.actor(), (BulkAction::Send, ""), &once).await? {
        Begun::First(run) => run,
        Begun::Before(run) => return Ok(run),
    };
    let mut results = Vec::new();
    for Decided { target, record, skip } in decide(store::bulk::invoices(&mut transaction, &once.rows).await?) {
        let skip = match skip {
            None => send(context, &mut transaction, permit, &record).await?,
            skip => skip,
        };
        results.push(outcome(target, skip));
    }
    finish(transaction, run, &results).await
}

#[derive(Serialize)]
struct Mailed {
    message: MessageId,
}

/// Answers to why it was not sent after all.
async fn send(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<SendInvoices>,
    invoice: &BulkInvoice,
) -> Result<Option<SkipReason>> {
    let notice = Notice {
        purpose: Purpose::Document,
        path: &format!("/portal/invoices/{}", invoice.id),
        values: vec![("number", invoice.number.clone().unwrap_or_default()), ("amount", moneys(&[invoice.total]))],
    };
    let Some(message) = mail_customer(context, transaction, invoice.customer, &notice).await? else {
        return Ok(Some(SkipReason::NoEmail));
    };
    store::invoice_sendings::add(transaction, message, invoice.id).await?;
    let about = Subject { kind: "invoice", id: invoice.id.0 };
    audit(context, transaction, permit, about, None::<&()>, Some(&Mailed { message })).await?;
    Ok(None)
}
