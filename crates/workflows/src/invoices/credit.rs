//! Takes back what was invoiced, in full or in part: an issued document is never changed, but corrected by another one.

use chrono::{Datelike, NaiveDate};
use domain::calendar::DateRange;
use domain::credit::{CreditBecause, CreditError, CreditLine, CreditWish};
use domain::failure::Failure;
use domain::ids::{ContractLineId, CustomerId, InvoiceId};
use domain::invoice::{Allocation, DocumentKind, InvoiceState};
use domain::money::Money;
use domain::timeline::Event;
use domain::views::credits::{CreditForm, Creditable};
use serde::Serialize;
use store::credits::NewCreditNote;
use store::payments::CreditSource;

use crate::collections::{Cuts, reconcile_overdue_holds};
use crate::permit::{Actor, CreditInvoices, Permit};
use crate::record::{Subject, audit, tell};
use crate::{Context, Error, Result, billing, numbers};

/// A credit note that was just written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Credited {
    pub note: InvoiceId,
    pub number: String,
    pub total: Money,
    pub corrects: InvoiceId,
}

/// The form's page.
///
/// # Errors
/// `DocumentIssued` for what is not an issued invoice.
pub async fn creditable(context: &Context, _permit: &Permit<CreditInvoices>, invoice: InvoiceId) -> Result<Creditable> {
    load(context, &mut *context.connection().await?, invoice).await
}

async fn load(context: &Context, connection: &mut store::Connection, invoice: InvoiceId) -> Result<Creditable> {
    let today = context.clock.today();
    let detail = store::invoices::show(connection, invoice, today).await?;
    if detail.state != InvoiceState::Issued || detail.row.kind != DocumentKind::Invoice {
        return Err(Failure::DocumentIssued.into());
    }
    Ok(Creditable {
        today,
        lines: store::credits::invoiced_lines(connection, invoice).await?,
        left: store::credits::left(connection, invoice).await?,
        row: detail.row,
    })
}

/// Writes a credit note for an issued invoice. It pays what is open of that invoice first, then what else the customer
/// owes; the rest is the customer's credit. Holds that only this debt justified are lifted.
///
/// # Errors
/// `Fields`; `DocumentIssued` for what is not an issued invoice.
pub async fn credit(
    context: &Context,
    permit: &Permit<CreditInvoices>,
    invoice: InvoiceId,
    form: &CreditForm,
) -> Result<InvoiceId> {
    let mut transaction = context.begin().await?;
    let before = load(context, &mut transaction, invoice).await?;
    store::payments::lock_customers(&mut transaction, &[before.row.customer]).await?;
    let invoice = load(context, &mut transaction, invoice).await?;
    let lines = invoice.preview(form)?;
    let because = CreditBecause::Decision { why: form.why()? };
    let issuing = Issuing { context, actor: permit.actor(), on: invoice.today, because: &because };
    let credited = issuing.issue(&mut transaction, &invoice, &lines).await?;
    if form.bill_again {
        bill_again(&mut transaction, &invoice, credited.note).await?;
    }
    settle(context, &mut transaction, permit.actor(), invoice.row.customer, invoice.today).await?;
    let subject = Subject { kind: "invoice", id: invoice.row.id.0 };
    audit(context, &mut transaction, permit, subject, Some(&before.row), Some(&credited)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(credited.note)
}

async fn bill_again(transaction: &mut store::Transaction, invoice: &Creditable, note: InvoiceId) -> Result<()> {
    store::credits::set_back(transaction, note).await?;
    if let Some(contract) = invoice.row.contract {
        for line in store::billing::billable_lines(transaction, contract).await? {
            store::billing::set_next_invoice_on(transaction, line.id, line.next_invoice_on()).await?;
        }
    }
    Ok(())
}

/// Gives back what was billed of these lines from a day on, with one credit note for each invoice that billed it. The
/// caller has locked the customer, and has the credit used with [`settle`] when its own changes are done.
pub(crate) async fn credit_unused_days(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    lines: &[ContractLineId],
    from: NaiveDate,
    because: &CreditBecause,
    on: NaiveDate,
) -> Result<Vec<Credited>> {
    let issuing = Issuing { context, actor, on, because };
    let mut notes = Vec::new();
    for (invoice, unused) in unused_days(context, transaction, lines, from).await? {
        notes.push(issuing.issue(transaction, &invoice, &unused).await?);
    }
    Ok(notes)
}

/// What [`credit_unused_days`] would give back, invoice by invoice.
pub(crate) async fn unused_days(
    context: &Context,
    connection: &mut store::Connection,
    lines: &[ContractLineId],
    from: NaiveDate,
) -> Result<Vec<(Creditable, Vec<CreditLine>)>> {
    taken_back(context, connection, lines, from, &CreditWish::DaysFrom(from)).await
}

/// Gives back what was billed of these lines for some days, as [`credit_unused_days`] does.
pub(crate) async fn credit_days(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    lines: &[ContractLineId],
    days: DateRange,
    because: &CreditBecause,
) -> Result<Vec<Credited>> {
    let issuing = Issuing { context, actor, on: context.clock.today(), because };
    let mut notes = Vec::new();
    let wish = CreditWish::Days(days);
    for (invoice, taken) in taken_back(context, transaction, lines, days.start(), &wish).await? {
        notes.push(issuing.issue(transaction, &invoice, &taken).await?);
    }
    Ok(notes)
}

async fn taken_back(
    context: &Context,
    connection: &mut store::Connection,
    lines: &[ContractLineId],
    from: NaiveDate,
    wish: &CreditWish,
) -> Result<Vec<(Creditable, Vec<CreditLine>)>> {
    let mut unused = Vec::new();
    for invoice in store::credits::billing_from(connection, lines, from).await? {
        let mut invoice = load(context, connection, invoice).await?;
        invoice.lines.retain(|line| line.contract_line.is_some_and(|id| lines.contains(&id)));
        match domain::credit::credit(&invoice.lines, wish) {
            Ok(taken) if within(&taken, invoice.left)? => unused.push((invoice, taken)),
            // Given back before, by a credit note that was imported and does not say for which line.
            Ok(_) | Err(CreditError::Nothing) => {}
            Err(error) => return Err(Error::internal(error)),
        }
    }
    Ok(unused)
}

fn within(lines: &[CreditLine], left: Money) -> Result<bool> {
    let total = total(lines)?;
    Ok(total.checked_cmp(left).map_err(Error::internal)?.is_le())
}

fn total(lines: &[CreditLine]) -> Result<Money> {
    let sum = domain::credit::sum(lines).map_err(Error::internal)?;
    sum.total().map_err(Error::internal)
}

/// Uses what the customer has in credit, and brings the overdue holds in step with what is owed then.
pub(crate) async fn settle(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    customer: CustomerId,
    today: NaiveDate,
) -> Result<()> {
    billing::allocate_credit(transaction, &[customer], today).await?;
    for contract in store::holds::active_contracts(transaction, customer).await? {
        reconcile_overdue_holds(context, transaction, actor, contract, today, Cuts::Leave).await?;
    }
    Ok(())
}

/// On whose behalf a credit note is written, when and why.
struct Issuing<'a> {
    context: &'a Context,
    actor: &'a Actor,
    on: NaiveDate,
    because: &'a CreditBecause,
}

impl Issuing<'_> {
    async fn issue(
        &self,
        transaction: &mut store::Transaction,
        invoice: &Creditable,
        lines: &[CreditLine],
    ) -> Result<Credited> {
        let total = total(lines)?;
        let pattern = store::billing::number_pattern(transaction, "credit_note").await?;
        let n = store::billing::take_numbers(transaction, "credit_note", self.on.year(), 1).await?;
        let number = pattern.number(self.on, n);
        let note = NewCreditNote {
            corrects: invoice.row.id,
            number: &number,
            on: self.on,
            at: self.context.clock.now(),
            because: self.because,
            lines,
            sum: domain::credit::sum(lines).map_err(Error::internal)?,
            total,
        };
        let note = store::credits::add(transaction, &note).await?;
        numbers::give_control_numbers(transaction, &[note], self.on).await?;
        self.pay(transaction, invoice, note, total).await?;
        self.tell(transaction, invoice, note, &number, total).await?;
        Ok(Credited { note, number, total, corrects: invoice.row.id })
    }

    /// The invoice that it corrects comes first, whatever else is older.
    async fn pay(
        &self,
        transaction: &mut store::Transaction,
        invoice: &Creditable,
        note: InvoiceId,
        total: Money,
    ) -> Result<()> {
        let amount = total.checked_min(invoice.row.open).map_err(Error::internal)?;
        if !amount.is_positive() {
            return Ok(());
        }
        let paid = Allocation { source: CreditSource::CreditNote(note), invoice: invoice.row.id, amount };
        Ok(store::payments::allocate(transaction, self.on, &[paid]).await?)
    }

    async fn tell(
        &self,
        transaction: &mut store::Transaction,
        invoice: &Creditable,
        note: InvoiceId,
        number: &str,
        total: Money,
    ) -> Result<()> {
        let Some(contract) = invoice.row.contract else { return Ok(()) };
        let event = Event::CreditNoteIssued {
            note,
            number: number.to_owned(),
            total,
            corrects: invoice.row.number.clone().unwrap_or_default(),
            because: self.because.clone(),
        };
        tell(self.context, transaction, self.actor, invoice.row.customer, contract, &event).await
    }
}
