//! Invoices and payments as entries of the timeline: read from the documents themselves, so that the story cannot tell
//! another amount than the document.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::DateRange;
use domain::ids::{ContractId, CustomerId, InvoiceId, PaymentId};
use domain::money::Money;
use domain::timeline::Event;
use domain::views::timeline::TimelineEntry;
use rust_decimal::Decimal;

use crate::{Connection, Result};

/// Whose documents.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Contract(ContractId),
    Customer(CustomerId),
}

/// The newest invoices and payments, at most `limit` of each. Of a contract: the payments that paid its invoices.
pub(super) async fn entries(connection: &mut Connection, of: Of, limit: i64) -> Result<Vec<TimelineEntry>> {
    let (contract, customer) = match of {
        Of::Contract(contract) => (Some(contract.0), None),
        Of::Customer(customer) => (None, Some(customer.0)),
    };
    let invoices = sqlx::query_as!(
        InvoiceRow,
        r#"select i.id, i.contract_id, i.number as "number!", i.issued_on as "issued_on!", i.due_on as "due_on!",
                  i.currency, i.total, i.created_at,
                  (select min(lower(period)) from invoice_lines where invoice_id = i.id) as starts,
                  (select max(upper(period)) from invoice_lines where invoice_id = i.id) as ends,
                  f.evidence as "late_fee?"
           from invoices i
           left join late_fees f on f.fee_invoice_id = i.id
           where i.state <> 'draft' and i.kind = 'invoice'
             and ($1::bigint is null or i.contract_id = $1) and ($2::bigint is null or i.customer_id = $2)
           order by i.issued_on desc, i.id desc limit $3"#,
        contract,
        customer,
        limit
    );
    let invoices = invoices.fetch_all(&mut *connection).await?;
    let payments = sqlx::query_as!(
        PaymentRow,
        r#"select p.id, p.receipt, p.received_on, p.method, p.amount, p.currency, p.recorded_at,
                  u.name as "recorded_by?"
           from payments p left join users u on u.id = p.recorded_by
           where ($1::bigint is null or p.id in (
                     select a.payment_id from allocations a join invoices i on i.id = a.invoice_id
                     where i.contract_id = $1))
             and ($2::bigint is null or p.customer_id = $2)
           order by p.received_on desc, p.id desc limit $3"#,
        contract,
        customer,
        limit
    );
    let payments = payments.fetch_all(connection).await?;
    let invoices = invoices.into_iter().map(InvoiceRow::entry);
    let contract = contract.map(ContractId);
    invoices.chain(payments.into_iter().map(|row| row.entry(contract))).collect()
}

struct InvoiceRow {
    id: i64,
    contract_id: Option<i64>,
    number: String,
    issued_on: NaiveDate,
    due_on: NaiveDate,
    currency: String,
    total: Decimal,
    created_at: DateTime<Utc>,
    starts: Option<NaiveDate>,
    ends: Option<NaiveDate>,
    late_fee: Option<serde_json::Value>,
}

impl InvoiceRow {
    fn entry(self) -> Result<TimelineEntry> {
        Ok(TimelineEntry {
            at: self.created_at,
            on: self.issued_on,
            contract: self.contract_id.map(ContractId),
            event: self.event()?,
            actor: String::new(),
            by_system: true,
            for_customer: true,
        })
    }
}

impl InvoiceRow {
    fn event(self) -> Result<Event> {
        let (number, total) = (self.number, Money::new(self.total, self.currency.parse()?));
        if let Some(evidence) = self.late_fee {
            let evidence = serde_json::from_value(evidence)?;
            return Ok(Event::LateFeeCharged { fee: InvoiceId(self.id), number, total, evidence });
        }
        Ok(Event::InvoiceIssued {
            invoice: InvoiceId(self.id),
            number,
            total,
            due_on: self.due_on,
            period: self.starts.zip(self.ends).map(|(starts, ends)| DateRange::new(starts, ends)).transpose()?,
        })
    }
}

struct PaymentRow {
    id: i64,
    receipt: String,
    received_on: NaiveDate,
    method: String,
    amount: Decimal,
    currency: String,
    recorded_at: DateTime<Utc>,
    recorded_by: Option<String>,
}

impl PaymentRow {
    fn entry(self, contract: Option<ContractId>) -> Result<TimelineEntry> {
        Ok(TimelineEntry {
            at: self.recorded_at,
            on: self.received_on,
            contract,
            event: Event::PaymentReceived {
                payment: PaymentId(self.id),
                receipt: self.receipt,
                amount: Money::new(self.amount, self.currency.parse()?),
                method: self.method.parse()?,
            },
            by_system: self.recorded_by.is_none(),
            actor: self.recorded_by.unwrap_or_default(),
            for_customer: true,
        })
    }
}
