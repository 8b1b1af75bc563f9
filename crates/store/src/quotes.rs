//! Quotes: what something would cost, until what was agreed becomes an invoice.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ContractId, ContractLineId, CustomerId, InvoiceId, PaymentId, QuoteId};
use domain::money::Currency;
use domain::price::LineAmount;
use domain::quote::{QuotePurpose, QuoteState, QuoteStateName};
use domain::tax::TaxBasis;
use sqlx::postgres::types::PgRange;

use crate::{Connection, Error, Result, discounts};

/// A quote that is locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub id: QuoteId,
    pub purpose: QuotePurpose,
    pub number: Option<String>,
    pub customer: CustomerId,
    pub contract: Option<ContractId>,
    pub currency: Currency,
    pub valid_until: NaiveDate,
    pub payment: Option<PaymentId>,
    pub state: QuoteState,
}

/// A draft to write down.
#[derive(Clone, Debug)]
pub struct NewQuote<'a> {
    pub purpose: QuotePurpose,
    pub customer: CustomerId,
    pub contract: Option<ContractId>,
    pub currency: Currency,
    pub valid_until: NaiveDate,
    pub note: &'a str,
    pub at: DateTime<Utc>,
}

/// A line as it will be invoiced.
#[derive(Clone, Debug)]
pub struct NewLine {
    pub contract_line: Option<ContractLineId>,
    pub description: String,
    pub amount: LineAmount,
    /// Why it is discounted; empty when it is not.
    pub discount_reason: String,
}

/// # Errors
/// `Refused` for a customer or a contract that does not exist.
pub async fn add(connection: &mut Connection, quote: &NewQuote<'_>) -> Result<QuoteId> {
    let id = sqlx::query_scalar!(
        "insert into quotes (purpose, state, customer_id, contract_id, currency, valid_until, note, created_at)
         values ($1, 'draft', $2, $3, $4, $5, $6, $7) returning id",
        quote.purpose.word(),
        quote.customer.0,
        quote.contract.map(|id| id.0),
        quote.currency.code(),
        quote.valid_until,
        quote.note,
        quote.at
    );
    Ok(QuoteId(id.fetch_one(connection).await?))
}

pub async fn add_line(connection: &mut Connection, quote: QuoteId, line: &NewLine) -> Result<i64> {
    let amount = &line.amount;
    let (percent, off, courtesy) = discounts::issued(amount.price.discount);
    let period = amount.time.map(|time| PgRange::from(time.period.start()..time.period.end()));
    let id = sqlx::query_scalar!(
        "insert into quote_lines (quote_id, position, contract_line_id, description, period, days, days_of, quantity,
                                  unit_price, discount_percent, discount_amount, courtesy, discount_reason,
                                  tax_percent, tax_included, untaxed, tax, total)
         select $1, coalesce(max(position), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
         from quote_lines where quote_id = $1 returning id",
        quote.0,
        line.contract_line.map(|id| id.0),
        line.description,
        period as Option<PgRange<NaiveDate>>,
        amount.time.map(|time| time.days),
        amount.time.map(|time| time.of),
        amount.price.quantity.get(),
        amount.price.unit_price.get(),
        percent,
        off,
        courtesy,
        line.discount_reason,
        amount.price.tax_rate.percent.get(),
        amount.price.tax_rate.basis == TaxBasis::Included,
        amount.untaxed.amount(),
        amount.tax.amount(),
        amount.total.amount()
    );
    Ok(id.fetch_one(connection).await?)
}

/// # Errors
/// `NotFound`, also for a line of another quote.
pub async fn remove_line(connection: &mut Connection, quote: QuoteId, line: i64) -> Result<()> {
    let removed = sqlx::query!("delete from quote_lines where id = $1 and quote_id = $2", line, quote.0);
    if removed.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Whose it is; what is needed before anything of it is locked.
pub async fn customer_of(connection: &mut Connection, quote: QuoteId) -> Result<CustomerId> {
    let id = sqlx::query_scalar!("select customer_id from quotes where id = $1", quote.0);
    Ok(CustomerId(id.fetch_one(connection).await?))
}

/// Reads a quote and keeps it from changing. Lock its customer before.
pub async fn lock(connection: &mut Connection, quote: QuoteId) -> Result<Quote> {
    let row = sqlx::query!(
        r#"select id, purpose, state, number, customer_id, contract_id, currency as "currency: String", valid_until,
                  sent_on, agreed_on, payment_id, invoice_id, reject_reason
           from quotes where id = $1 for no key update"#,
        quote.0
    )
    .fetch_one(connection)
    .await?;
    let state = state_of(
        &row.state,
        Columns {
            sent_on: row.sent_on,
            valid_until: row.valid_until,
            agreed_on: row.agreed_on,
            payment: row.payment_id,
            invoice: row.invoice_id,
            reason: row.reject_reason,
        },
    )?;
    Ok(Quote {
        id: quote,
        purpose: row.purpose.parse()?,
        number: row.number,
        customer: CustomerId(row.customer_id),
        contract: row.contract_id.map(ContractId),
        currency: row.currency.parse()?,
        valid_until: row.valid_until,
        payment: row.payment_id.map(PaymentId),
        state,
    })
}

/// The columns of a state.
pub(crate) struct Columns {
    pub sent_on: Option<NaiveDate>,
    pub valid_until: NaiveDate,
    pub agreed_on: Option<NaiveDate>,
    pub payment: Option<i64>,
    pub invoice: Option<i64>,
    pub reason: Option<String>,
}

pub(crate) fn state_of(name: &str, columns: Columns) -> Result<QuoteState> {
    let Columns { sent_on, valid_until, agreed_on, payment, invoice, reason } = columns;
    let state = match name.parse()? {
        QuoteStateName::Draft => Some(QuoteState::Draft),
        QuoteStateName::Sent | QuoteStateName::Expired => sent_on.map(|on| QuoteState::Sent { on, valid_until }),
        QuoteStateName::Accepted => agreed_on.map(|on| QuoteState::Accepted { on }),
        QuoteStateName::Paid => {
            agreed_on.zip(payment).map(|(on, payment)| QuoteState::Paid { on, payment: PaymentId(payment) })
        }
        QuoteStateName::Invoiced => invoice.map(|invoice| QuoteState::Invoiced { invoice: InvoiceId(invoice) }),
        QuoteStateName::Rejected => reason.map(|reason| QuoteState::Rejected { reason }),
    };
    state.ok_or_else(|| Error::Unknown(format!("a quote that is {name} without what belongs to it")))
}

/// Writes a quote's state; a number only with the state that gives it one.
pub async fn save_state(
    connection: &mut Connection,
    quote: QuoteId,
    state: &QuoteState,
    number: Option<&str>,
) -> Result<()> {
    let (sent_on, agreed_on) = match state {
        QuoteState::Sent { on, .. } => (Some(*on), None),
        QuoteState::Accepted { on } | QuoteState::Paid { on, .. } => (None, Some(*on)),
        _ => (None, None),
    };
    let payment = match state {
        QuoteState::Paid { payment, .. } => Some(payment.0),
        _ => None,
    };
    let invoice = match state {
        QuoteState::Invoiced { invoice } => Some(invoice.0),
        _ => None,
    };
    let reason = match state {
        QuoteState::Rejected { reason } => Some(reason.as_str()),
        _ => None,
    };
    sqlx::query!(
        "update quotes set state = $2, number = coalesce($3, number), sent_on = coalesce($4, sent_on),
                agreed_on = coalesce($5, agreed_on), payment_id = coalesce($6, payment_id), invoice_id = $7,
                reject_reason = $8
         where id = $1",
        quote.0,
        state.stored_name().word(),
        number,
        sent_on,
        agreed_on,
        payment,
        invoice,
        reason
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How many lines a quote has.
pub async fn count_lines(connection: &mut Connection, quote: QuoteId) -> Result<usize> {
    let count = sqlx::query_scalar!(r#"select count(*) as "count!" from quote_lines where quote_id = $1"#, quote.0);
    Ok(usize::try_from(count.fetch_one(connection).await?)?)
}

/// The contract's lines that a quote pays a period of, with its first day and the day after its last.
pub async fn periods(
    connection: &mut Connection,
    quote: QuoteId,
) -> Result<Vec<(ContractLineId, NaiveDate, NaiveDate)>> {
    let rows = sqlx::query!(
        r#"select contract_line_id as "line!", lower(period) as "starts!", upper(period) as "ends!" from quote_lines
           where quote_id = $1 and period is not null and contract_line_id is not null order by position"#,
        quote.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (ContractLineId(row.line), row.starts, row.ends)).collect())
}

/// Counts the periods of an agreed quote as billed.
///
/// # Errors
/// `Overlap` when one of them was billed meanwhile.
pub async fn guard_periods(connection: &mut Connection, quote: QuoteId) -> Result<()> {
    sqlx::query!(
        "insert into billed_periods (contract_line_id, period, quote_id)
         select contract_line_id, period, quote_id from quote_lines
         where quote_id = $1 and period is not null and contract_line_id is not null",
        quote.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The quote by which a contract can be reconnected on `today`, if one was sent.
pub async fn open_reconnection(
    connection: &mut Connection,
    contract: ContractId,
    today: NaiveDate,
) -> Result<Option<QuoteId>> {
    let id = sqlx::query_scalar!(
        "select id from quotes where contract_id = $1 and purpose = 'reconnection' and state = 'sent' and valid_until >= $2
         order by id desc limit 1",
        contract.0,
        today
    );
    Ok(id.fetch_optional(connection).await?.map(QuoteId))
}

/// Whether a quote that can still be agreed to would revive this contract.
pub async fn would_reconnect(connection: &mut Connection, contract: ContractId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from quotes where contract_id = $1 and purpose = 'reconnection' and state = 'sent')
           as "found!""#,
        contract.0
    );
    Ok(found.fetch_one(connection).await?)
}

/// Quotes that were agreed to and have no invoice yet, of one contract or of all, oldest first.
pub async fn to_invoice(connection: &mut Connection, contract: Option<ContractId>) -> Result<Vec<QuoteId>> {
    let ids = sqlx::query_scalar!(
        "select id from quotes
         where state in ('accepted', 'paid') and ($1::bigint is null or contract_id = $1) order by id",
        contract.map(|id| id.0)
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(QuoteId).collect())
}

/// Issues what was agreed, line by line as it was quoted, and makes its guarded periods the invoice's.
pub async fn issue(
    connection: &mut Connection,
    quote: QuoteId,
    number: &str,
    issued_on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<InvoiceId> {
    let invoice = sqlx::query_scalar!(
        "insert into invoices (kind, state, number, customer_id, contract_id, currency, issued_on, due_on, untaxed, tax,
                               total, created_at)
         select 'invoice', 'issued', $2, q.customer_id, q.contract_id, q.currency, $3::date,
                $3::date + coalesce((select p.due_days from contracts c join cutoff_policies p on p.id = c.policy_id
                               where c.id = q.contract_id), 0),
                sum(l.untaxed), sum(l.tax), sum(l.total), $4
         from quotes q join quote_lines l on l.quote_id = q.id
         where q.id = $1 group by q.id returning id",
        quote.0,
        number,
        issued_on,
        at
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into invoice_lines (invoice_id, position, contract_line_id, description, period, days, days_of, quantity,
                                    unit_price, discount_percent, discount_amount, courtesy, discount_reason, tax_percent,
                                    tax_included, untaxed, tax, total)
         select $2, position, contract_line_id, description, period, days, days_of, quantity, unit_price,
                discount_percent, discount_amount, courtesy, discount_reason, tax_percent, tax_included, untaxed, tax,
                total
         from quote_lines where quote_id = $1",
        quote.0,
        invoice
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("update billed_periods set invoice_id = $2 where quote_id = $1", quote.0, invoice)
        .execute(connection)
        .await?;
    Ok(InvoiceId(invoice))
}
