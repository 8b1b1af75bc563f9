//! An invoice or a credit note.

use std::collections::BTreeMap;

use documents::format;
use documents::paper::{Content, Invoice, Line, Paid, Sums, TaxSum};
use domain::failure::Failure;
use domain::ids::{InvoiceId, MessageId};
use domain::invoice::{DocumentKind, InvoiceState};
use domain::letterhead::TemplateKind;
use domain::money::{Money, MoneyError};
use domain::views::invoices::{InvoiceDetail, InvoiceLine};
use rust_decimal::Decimal;

use super::paper::{Sheet, print, print_for_customer, words_of};
use super::words::{Words, amount, money};
use super::{Pdf, Reader};
use crate::permit::SeeInvoices;
use crate::ports::Attachment;
use crate::{Context, Error, Result};

/// # Errors
/// `NotFound`, also for another customer's, and for a draft that a customer asks for.
pub async fn invoice(context: &Context, reader: &Reader<SeeInvoices>, invoice: InvoiceId) -> Result<Pdf> {
    let mut connection = context.connection().await?;
    let detail = store::invoices::show(&mut connection, invoice, context.clock.today()).await?;
    reader.may_read_of(detail.row.customer)?;
    if detail.state == InvoiceState::Draft && !reader.is_staff() {
        return Err(Failure::NotFound.into());
    }
    let sheet = sheet(&mut connection, &detail).await?;
    print(&mut connection, reader, sheet).await
}

/// The document that a message brings, as its customer reads it; `None` for a message that brings none.
pub(crate) async fn attachment(context: &Context, message: MessageId) -> Result<Option<Attachment>> {
    let mut connection = context.connection().await?;
    let Some(invoice) = store::invoice_sendings::of_message(&mut connection, message).await? else { return Ok(None) };
    let detail = store::invoices::show(&mut connection, invoice, context.clock.today()).await?;
    let sheet = sheet(&mut connection, &detail).await?;
    let pdf = print_for_customer(&mut connection, sheet).await?;
    Ok(Some(Attachment { name: pdf.name, mime: "application/pdf", content: pdf.bytes }))
}

async fn sheet(connection: &mut store::Connection, detail: &InvoiceDetail) -> Result<Sheet> {
    let invoice = detail.row.id;
    let words = words_of(connection, detail.row.customer).await?;
    Ok(Sheet {
        kind: TemplateKind::Invoice,
        customer: detail.row.customer,
        address: detail.billed_to.address.clone(),
        number: detail.row.number.clone().unwrap_or_else(|| format!("draft-{invoice}")),
        doc: Content::Invoice(Invoice {
            control_number: store::numbers::control_number(connection, invoice).await?.unwrap_or_default(),
            ..content(detail, words).map_err(Error::internal)?
        }),
    })
}

fn content(invoice: &InvoiceDetail, words: Words) -> Result<Invoice, MoneyError> {
    let row = &invoice.row;
    let is_invoice = row.kind == DocumentKind::Invoice;
    let untouched = row.open == row.total || invoice.state != InvoiceState::Issued || !is_invoice;
    Ok(Invoice {
        kind: row.kind.word().to_owned(),
        state: invoice.state.word().to_owned(),
        number: row.number.clone().unwrap_or_default(),
        control_number: String::new(),
        issued_on: words.optional_date(row.issued_on),
        due_on: words.optional_date(row.due_on),
        contract: row.contract_code.clone().unwrap_or_default(),
        corrects: invoice.corrects.as_ref().map(|(_, number)| number.clone()).unwrap_or_default(),
        reason: invoice.because.as_ref().map(|because| words.credit_because(because)).unwrap_or_default(),
        lines: invoice.lines.iter().map(|charged| line(charged, words)).collect(),
        sums: Sums {
            currency: row.total.currency().code().to_owned(),
            untaxed: amount(invoice.untaxed),
            taxes: taxes(&invoice.lines)?,
            total: amount(row.total),
        },
        paid_by: invoice
            .paid_by
            .iter()
            .map(|paid| Paid { number: paid.number.clone(), on: words.date(paid.on), amount: money(paid.amount) })
            .collect(),
        open: if untouched { String::new() } else { money(row.open) },
    })
}

pub(super) fn line(line: &InvoiceLine, words: Words) -> Line {
    let description = match line.discount_reason.as_str() {
        "" => line.description.clone(),
        reason => format!("{} ({reason})", line.description),
    };
    Line {
        description,
        period: line.time.as_ref().map(|(range, ..)| words.period(range)).unwrap_or_default(),
        how: words.charge(line),
        untaxed: amount(line.untaxed),
        tax: amount(line.tax),
        tax_percent: line.tax_rate.percent.to_string(),
        total: amount(line.total),
    }
}

/// What the lines of each rate come to, the highest rate first. Lines without tax are in no sum.
pub(super) fn taxes(lines: &[InvoiceLine]) -> Result<Vec<TaxSum>, MoneyError> {
    let mut sums: BTreeMap<Decimal, (Money, Money)> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.tax_rate.percent.is_zero()) {
        let zero = Money::zero(line.tax.currency());
        let (base, tax) = sums.entry(line.tax_rate.percent.get()).or_insert((zero, zero));
        *base = base.checked_add(line.untaxed)?;
        *tax = tax.checked_add(line.tax)?;
    }
    let shown = |(percent, (base, tax)): (Decimal, (Money, Money))| TaxSum {
        percent: format::amount(percent),
        base: amount(base),
        tax: amount(tax),
    };
    Ok(sums.into_iter().rev().map(shown).collect())
}
