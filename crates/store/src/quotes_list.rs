//! Quotes to look at.

use chrono::NaiveDate;
use domain::calendar::DateRange;
use domain::ids::{ContractId, CustomerId, InvoiceId, QuoteId};
use domain::money::Money;
use domain::quote::{QuotePurpose, QuoteStateName};
use domain::views::invoices::InvoiceLine;
use domain::views::list::{Choice, Page};
use domain::views::quotes::{QuoteDetail, QuoteFilter, QuoteLine, QuoteList, QuoteRow};
use rust_decimal::Decimal;

use crate::quotes::{Columns, state_of};
use crate::search::{ending, pattern};
use crate::{Connection, Error, Result, discounts, taxes};

struct Row {
    id: i64,
    purpose: String,
    state: String,
    number: Option<String>,
    customer_id: i64,
    customer_name: String,
    contract_id: Option<i64>,
    contract_code: Option<String>,
    sent_on: Option<NaiveDate>,
    valid_until: NaiveDate,
    currency: String,
    untaxed: Decimal,
    tax: Decimal,
    note: String,
    agreed_on: Option<NaiveDate>,
    payment_id: Option<i64>,
    invoice_id: Option<i64>,
    invoice_number: Option<String>,
    reject_reason: Option<String>,
    of: i64,
}

/// A page of quotes, the newest first.
pub async fn list(connection: &mut Connection, filter: &QuoteFilter, today: NaiveDate) -> Result<QuoteList> {
    let rows = sqlx::query_as!(
        Row,
        r#"select q.id, q.purpose, q.state, q.number, q.customer_id, u.name as customer_name, q.contract_id,
                  c.code as "contract_code?", q.sent_on, q.valid_until, q.currency,
                  coalesce((select sum(untaxed) from quote_lines where quote_id = q.id), 0) as "untaxed!",
                  coalesce((select sum(tax) from quote_lines where quote_id = q.id), 0) as "tax!",
                  q.note, q.agreed_on, q.payment_id, q.invoice_id, null::text as invoice_number, q.reject_reason,
                  count(*) over () as "of!"
           from quotes q
           join customers u on u.id = q.customer_id
           left join contracts c on c.id = q.contract_id
           where ($1::text is null or reverse(q.number) like $2 or u.search like plain($1))
             and ($3::text is null
                  or ($3 = 'expired' and q.state = 'sent' and q.valid_until < $4)
                  or ($3 = 'sent' and q.state = 'sent' and q.valid_until >= $4)
                  or ($3 not in ('expired', 'sent') and q.state = $3))
             and ($5::bigint is null or q.customer_id = $5)
             and ($6::bigint is null or q.contract_id = $6)
             and not ($7 and q.state = 'draft')
           order by q.id desc limit $8 offset $9"#,
        filter.search.as_deref().and_then(pattern),
        filter.search.as_deref().and_then(ending),
        filter.state.map(QuoteStateName::word),
        today,
        filter.customer.map(|id| id.0),
        filter.contract.map(|id| id.0),
        filter.without_drafts,
        filter.page.rows(),
        filter.page.offset()
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |row| row.of);
    let rows = rows.iter().map(|row| row.view(today)).collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}

impl Row {
    fn view(&self, today: NaiveDate) -> Result<QuoteRow> {
        Ok(QuoteRow {
            id: QuoteId(self.id),
            purpose: self.purpose.parse()?,
            number: self.number.clone(),
            customer: CustomerId(self.customer_id),
            customer_name: self.customer_name.clone(),
            contract: self
                .contract_id
                .zip(self.contract_code.clone())
                .map(|(id, code)| Choice { id: ContractId(id), name: code }),
            sent_on: self.sent_on,
            valid_until: self.valid_until,
            total: Money::new(self.untaxed + self.tax, self.currency.parse()?),
            state: self.state()?.name_on(today),
        })
    }

    fn state(&self) -> Result<domain::quote::QuoteState> {
        state_of(
            &self.state,
            Columns {
                sent_on: self.sent_on,
                valid_until: self.valid_until,
                agreed_on: self.agreed_on,
                payment: self.payment_id,
                invoice: self.invoice_id,
                reason: self.reject_reason.clone(),
            },
        )
    }
}

/// One quote with its lines.
///
/// # Errors
/// `NotFound`.
pub async fn show(connection: &mut Connection, quote: QuoteId, today: NaiveDate) -> Result<QuoteDetail> {
    let row = sqlx::query_as!(
        Row,
        r#"select q.id, q.purpose, q.state, q.number, q.customer_id, u.name as customer_name, q.contract_id,
                  c.code as "contract_code?", q.sent_on, q.valid_until, q.currency,
                  coalesce((select sum(untaxed) from quote_lines where quote_id = q.id), 0) as "untaxed!",
                  coalesce((select sum(tax) from quote_lines where quote_id = q.id), 0) as "tax!",
                  q.note, q.agreed_on, q.payment_id, q.invoice_id, i.number as "invoice_number?", q.reject_reason,
                  1::bigint as "of!"
           from quotes q
           join customers u on u.id = q.customer_id
           left join contracts c on c.id = q.contract_id
           left join invoices i on i.id = q.invoice_id
           where q.id = $1"#,
        quote.0
    )
    .fetch_one(&mut *connection)
    .await?;
    let currency = row.currency.parse()?;
    let purpose: QuotePurpose = row.purpose.parse()?;
    let old_debt = match (purpose, row.contract_id) {
        (QuotePurpose::Reconnection, Some(contract)) => Some(old_debt(connection, contract, row.invoice_id).await?),
        _ => None,
    };
    Ok(QuoteDetail {
        state: row.state()?,
        note: row.note.clone(),
        untaxed: Money::new(row.untaxed, currency),
        tax: Money::new(row.tax, currency),
        lines: lines(connection, quote, currency).await?,
        invoice: row.invoice_id.zip(row.invoice_number.clone()).map(|(id, name)| Choice { id: InvoiceId(id), name }),
        old_debt: old_debt.map(|amount| Money::new(amount, currency)),
        taken: Vec::new(),
        row: row.view(today)?,
    })
}

/// What is owed on a contract beside the quote's own invoice.
async fn old_debt(connection: &mut Connection, contract: i64, but: Option<i64>) -> Result<Decimal> {
    let owed = sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0) as "owed!" from open_items
           where contract_id = $1 and invoice_id is distinct from $2"#,
        contract,
        but
    );
    Ok(owed.fetch_one(connection).await?)
}

async fn lines(
    connection: &mut Connection,
    quote: QuoteId,
    currency: domain::money::Currency,
) -> Result<Vec<QuoteLine>> {
    let rows = sqlx::query!(
        "select id, description, lower(period) as starts, upper(period) as ends, days, days_of, quantity, unit_price,
                discount_percent, discount_amount, courtesy, discount_reason, tax_percent, tax_included, untaxed, tax,
                total
         from quote_lines where quote_id = $1 order by position",
        quote.0
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let time = match (row.starts, row.ends, row.days, row.days_of) {
                (Some(starts), Some(ends), Some(days), Some(of)) => {
                    let range = DateRange::new(starts, ends).map_err(|error| Error::Unknown(error.to_string()))?;
                    Some((range, days, of))
                }
                _ => None,
            };
            let line = InvoiceLine {
                description: row.description,
                time,
                quantity: row.quantity.normalize(),
                unit_price: row.unit_price.normalize(),
                discount: discounts::of_issued(row.discount_percent, row.discount_amount, row.courtesy)?,
                discount_reason: row.discount_reason,
                tax_rate: taxes::of_issued(row.tax_percent, row.tax_included)?,
                untaxed: Money::new(row.untaxed, currency),
                tax: Money::new(row.tax, currency),
                total: Money::new(row.total, currency),
            };
            Ok(QuoteLine { id: row.id, line })
        })
        .collect()
}
