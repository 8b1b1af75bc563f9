//! One document: its lines, what paid it, and what it follows from.

use chrono::NaiveDate;
use domain::calendar::DateRange;
use domain::ids::{InvoiceId, PaymentId};
use domain::money::{Currency, Money};
use domain::views::invoices::{BilledTo, InvoiceDetail, InvoiceLine, PaidBy, PaidWith};

use super::Row;
use crate::payments::CreditSource;
use crate::{Connection, Error, Result, discounts, payments_settled, taxes};

/// What only the document shows.
struct Head {
    issuer: String,
    customer_reference: String,
    tax_id: Option<String>,
    street: Option<String>,
    city: Option<String>,
    because: Option<serde_json::Value>,
}

/// One document with its lines and what paid it.
///
/// # Errors
/// `NotFound`.
pub async fn show(connection: &mut Connection, invoice: InvoiceId, today: NaiveDate) -> Result<InvoiceDetail> {
    let row = sqlx::query_as!(
        Row,
        r#"select i.id, i.kind, i.state, i.number, i.customer_id, u.name as customer_name, i.contract_id,
                  c.code as "contract_code?", i.issued_on, i.due_on, i.currency, i.untaxed, i.tax, i.total,
                  coalesce(o.amount, n.amount, 0) as "open!", i.void_reason, i.corrects_invoice_id as corrects_id,
                  x.number as "corrects_number?"
           from invoices i
           join customers u on u.id = i.customer_id
           left join contracts c on c.id = i.contract_id
           left join open_items o on o.invoice_id = i.id
           left join open_credits n on n.credit_note_id = i.id
           left join invoices x on x.id = i.corrects_invoice_id
           where i.id = $1"#,
        invoice.0
    )
    .fetch_one(&mut *connection)
    .await?;
    let currency = row.currency()?;
    let head = head(connection, invoice).await?;
    Ok(InvoiceDetail {
        today,
        issuer: head.issuer,
        billed_to: BilledTo {
            reference: head.customer_reference,
            tax_id: head.tax_id,
            address: head.street.zip(head.city),
        },
        state: row.state.parse()?,
        untaxed: Money::new(row.untaxed, currency),
        tax: Money::new(row.tax, currency),
        because: head.because.map(serde_json::from_value).transpose()?,
        credited_by: crate::credits::of_invoice(connection, invoice).await?,
        corrects: row.corrects_id.map(InvoiceId).zip(row.corrects_number.clone()),
        void_reason: row.void_reason.clone(),
        late_fee: crate::late_fees::evidence_of(connection, invoice).await?,
        fee_charged: crate::late_fees::charged_for(connection, invoice).await?,
        refunds: payments_settled::refunds(connection, CreditSource::CreditNote(invoice)).await?,
        refund_key: String::new(),
        lines: lines(connection, invoice, currency).await?,
        paid_by: paid_by(connection, invoice, currency).await?,
        row: row.view(today)?,
    })
}

async fn head(connection: &mut Connection, invoice: InvoiceId) -> Result<Head> {
    let head = sqlx::query_as!(
        Head,
        r#"select (select name from company) as "issuer!", u.reference as customer_reference, u.tax_id,
                  a.street as "street?", a.city as "city?", i.because
           from invoices i
           join customers u on u.id = i.customer_id
           left join contracts c on c.id = i.contract_id
           left join addresses a on a.id = c.address_id
           where i.id = $1"#,
        invoice.0
    );
    Ok(head.fetch_one(connection).await?)
}

async fn lines(connection: &mut Connection, invoice: InvoiceId, currency: Currency) -> Result<Vec<InvoiceLine>> {
    let rows = sqlx::query!(
        "select description, lower(period) as starts, upper(period) as ends, days, days_of, quantity, unit_price,
                discount_percent, discount_amount, courtesy, discount_reason, tax_percent, tax_included, untaxed, tax,
                total
         from invoice_lines where invoice_id = $1 order by position",
        invoice.0
    );
    let line = |starts: Option<NaiveDate>, ends: Option<NaiveDate>, days: Option<i32>, of: Option<i32>| match (
        starts, ends, days, of,
    ) {
        (Some(starts), Some(ends), Some(days), Some(of)) => {
            let range = DateRange::new(starts, ends).map_err(|error| Error::Unknown(error.to_string()))?;
            Ok(Some((range, days, of)))
        }
        _ => Ok::<_, Error>(None),
    };
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(InvoiceLine {
                description: row.description,
                time: line(row.starts, row.ends, row.days, row.days_of)?,
                quantity: row.quantity.normalize(),
                unit_price: row.unit_price.normalize(),
                discount: discounts::of_issued(row.discount_percent, row.discount_amount, row.courtesy)?,
                discount_reason: row.discount_reason,
                tax_rate: taxes::of_issued(row.tax_percent, row.tax_included)?,
                untaxed: Money::new(row.untaxed, currency),
                tax: Money::new(row.tax, currency),
                total: Money::new(row.total, currency),
            })
        })
        .collect()
}

async fn paid_by(connection: &mut Connection, invoice: InvoiceId, currency: Currency) -> Result<Vec<PaidBy>> {
    let rows = sqlx::query!(
        r#"select a.payment_id, a.credit_note_id, coalesce(p.receipt, n.number) as "number!", a.allocated_on, a.amount
           from allocations a
           left join payments p on p.id = a.payment_id
           left join invoices n on n.id = a.credit_note_id
           where a.invoice_id = $1 order by a.id"#,
        invoice.0
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let source = match (row.payment_id, row.credit_note_id) {
                (Some(payment), _) => PaidWith::Payment(PaymentId(payment)),
                (None, Some(note)) => PaidWith::CreditNote(InvoiceId(note)),
                (None, None) => return Err(Error::Unknown("an allocation without a source".to_owned())),
            };
            Ok(PaidBy { source, number: row.number, on: row.allocated_on, amount: Money::new(row.amount, currency) })
        })
        .collect()
}
