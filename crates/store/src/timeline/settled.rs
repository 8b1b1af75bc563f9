//! What became of payments, and transfers that were reported, as entries of the timeline.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ContractId, InvoiceId, PaymentId, TransferReportId};
use domain::money::Money;
use domain::timeline::Event;
use domain::views::timeline::TimelineEntry;
use rust_decimal::Decimal;

use super::documents::Of;
use crate::{Connection, Result};

/// The newest of each kind, at most `limit`. They are a customer's matter: each contract of theirs tells them.
pub(super) async fn entries(connection: &mut Connection, of: Of, limit: i64) -> Result<Vec<TimelineEntry>> {
    let (contract, customer) = match of {
        Of::Contract(contract) => (Some(contract.0), None),
        Of::Customer(customer) => (None, Some(customer.0)),
    };
    let rows = sqlx::query_as!(
        Row,
        r#"with payer as (
               select customer_id as id from contracts where id = $1 union all select $2::bigint where $1 is null),
           told as (
               (select 'refund' as what, p.id as record, p.receipt as name, r.reason, r.amount, p.currency, r.method,
                       r.refunded_on as on_date, r.recorded_at as at, r.recorded_by as actor
                from refunds r join payments p on p.id = r.payment_id
                where p.customer_id in (select id from payer) order by r.recorded_at desc limit $3)
               union all
               (select 'credit_refund', n.id, n.number, r.reason, r.amount, n.currency, r.method, r.refunded_on,
                       r.recorded_at, r.recorded_by
                from refunds r join invoices n on n.id = r.credit_note_id
                where n.customer_id in (select id from payer) order by r.recorded_at desc limit $3)
               union all
               (select 'reversal', p.id, p.receipt, v.reason, p.amount, p.currency, p.method, v.reversed_on,
                       v.recorded_at, v.recorded_by
                from reversals v join payments p on p.id = v.payment_id
                where p.customer_id in (select id from payer) order by v.recorded_at desc limit $3)
               union all
               (select 'reported', t.id, t.reference, '', t.amount, t.currency, 'transfer', null, t.reported_at,
                       t.reported_by
                from transfer_reports t
                where t.customer_id in (select id from payer) order by t.reported_at desc limit $3)
               union all
               (select 'rejected', t.id, t.reference, t.reject_reason, t.amount, t.currency, 'transfer', null,
                       t.decided_at, t.decided_by
                from transfer_reports t
                where t.state = 'rejected' and t.customer_id in (select id from payer)
                order by t.decided_at desc limit $3))
           select what as "what!", record as "record!", told.name as "name!", reason as "reason!", amount as "amount!",
                  currency as "currency!: String", method as "method!", on_date, at as "at!", u.name as "actor?"
           from told left join users u on u.id = told.actor"#,
        contract,
        customer,
        limit
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter().map(|row| row.entry(contract.map(ContractId))).collect()
}

struct Row {
    what: String,
    record: i64,
    name: String,
    reason: String,
    amount: Decimal,
    currency: String,
    method: String,
    /// The business date, where it is not that of `at`.
    on_date: Option<NaiveDate>,
    at: DateTime<Utc>,
    actor: Option<String>,
}

impl Row {
    fn entry(self, contract: Option<ContractId>) -> Result<TimelineEntry> {
        Ok(TimelineEntry {
            at: self.at,
            on: self.on_date.unwrap_or_else(|| self.at.date_naive()),
            contract,
            by_system: self.actor.is_none(),
            actor: self.actor.clone().unwrap_or_default(),
            for_customer: true,
            event: self.event()?,
        })
    }

    fn event(self) -> Result<Event> {
        let amount = Money::new(self.amount, self.currency.parse()?);
        let (payment, report) = (PaymentId(self.record), TransferReportId(self.record));
        Ok(match self.what.as_str() {
            "refund" => {
                let method = self.method.parse()?;
                Event::PaymentRefunded { payment, receipt: self.name, amount, method, reason: self.reason }
            }
            "credit_refund" => {
                let (note, method) = (InvoiceId(self.record), self.method.parse()?);
                Event::CreditRefunded { note, number: self.name, amount, method, reason: self.reason }
            }
            "reversal" => Event::PaymentReversed { payment, receipt: self.name, amount, reason: self.reason },
            "reported" => Event::TransferReported { report, amount, reference: self.name },
            _ => Event::TransferRejected { report, amount, reference: self.name, reason: self.reason },
        })
    }
}
