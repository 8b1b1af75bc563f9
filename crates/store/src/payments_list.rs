//! Payments to look at: the list, and one with what it paid.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ContractId, CustomerId, InvoiceId, PaymentId};
use domain::money::{Currency, Money, MoneyError};
use domain::views::list::{Choice, Direction, Page};
use domain::views::payments::{
    PaidInvoice, PaidService, PaymentDetail, PaymentFilter, PaymentList, PaymentRow, PaymentSort,
};
use rust_decimal::Decimal;

use crate::payments::CreditSource;
use crate::search::{ending, pattern};
use crate::{Connection, Error, Result, document_totals, payments_settled};

struct Row {
    id: i64,
    receipt: String,
    customer_id: i64,
    customer_name: String,
    received_on: NaiveDate,
    method: String,
    reference: String,
    currency: String,
    amount: Decimal,
    unused: Decimal,
    recorded_at: DateTime<Utc>,
    recorded_by: Option<String>,
    reversed_on: Option<NaiveDate>,
}

/// One query with the order as a literal, so that each order can use its index.
macro_rules! page_of_payments {
    ($order:literal, $parameters:expr, $page:expr) => {
        sqlx::query_as!(
            Row,
            r#"select p.id, p.receipt, p.customer_id, k.name as customer_name, p.received_on, p.method, p.reference,
                      p.currency, p.amount, coalesce(c.amount, 0) as "unused!", p.recorded_at, u.name as "recorded_by?",
                  v.reversed_on as "reversed_on?"
               from payments p
               join customers k on k.id = p.customer_id
               left join open_credits c on c.payment_id = p.id
               left join users u on u.id = p.recorded_by
               left join reversals v on v.payment_id = p.id
               where ($1::text is null or p.id in (
                         select id from payments where reverse(receipt) like $2
                         union all
                         select id from payments where reference = $3
                         union all
                         select m.id from payments m join customers n on n.id = m.customer_id
                         where n.search like plain($1)))
                 and ($4::text is null or p.method = $4)
                 and ($5::bigint is null or p.customer_id = $5)
                 and ($6::date is null or p.received_on >= $6)
                 and ($7::date is null or p.received_on <= $7)
                 and ($8::bigint is null or p.customer_id in (
                         select s.customer_id from contracts s join addresses a on a.id = s.address_id
                         where a.sector_id = $8))
               order by "# + $order + " limit $9 offset $10",
            $parameters.search,
            $parameters.ending,
            $parameters.exact,
            $parameters.method,
            $parameters.customer,
            $parameters.from,
            $parameters.to,
            $parameters.sector,
            $page.rows(),
            $page.offset()
        )
    };
}

struct Parameters {
    search: Option<String>,
    ending: Option<String>,
    exact: Option<String>,
    method: Option<&'static str>,
    customer: Option<i64>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    sector: Option<i64>,
}

impl Parameters {
    /// Nothing narrows the list.
    fn is_everything(&self) -> bool {
        self.search.is_none()
            && self.method.is_none()
            && [self.customer, self.sector] == [None; 2]
            && [self.from, self.to] == [None; 2]
    }
}

/// A page of the payments that the filter leaves, and what they all come to.
pub async fn list(connection: &mut Connection, filter: &PaymentFilter) -> Result<PaymentList> {
    let p = Parameters {
        search: filter.search.as_deref().and_then(pattern),
        ending: filter.search.as_deref().and_then(ending),
        exact: filter.search.as_deref().map(|text| text.trim().to_owned()),
        method: filter.method.map(|method| method.word()),
        customer: filter.customer.map(|id| id.0),
        from: filter.from,
        to: filter.to,
        sector: filter.sector.map(|id| id.0),
    };
    let (total, received) = totals(connection, &p).await?;
    let page = filter.page;
    use Direction::{Down, Up};
    let rows = match (filter.sort, filter.direction) {
        (PaymentSort::Received, Up) => page_of_payments!("p.received_on, p.id", p, page).fetch_all(connection).await?,
        (PaymentSort::Received, Down) => {
            page_of_payments!("p.received_on desc, p.id desc", p, page).fetch_all(connection).await?
        }
        (PaymentSort::Amount, Up) => page_of_payments!("p.amount, p.id", p, page).fetch_all(connection).await?,
        (PaymentSort::Amount, Down) => {
            page_of_payments!("p.amount desc, p.id desc", p, page).fetch_all(connection).await?
        }
        (PaymentSort::Customer, Up) => page_of_payments!("k.name, p.id", p, page).fetch_all(connection).await?,
        (PaymentSort::Customer, Down) => {
            page_of_payments!("k.name desc, p.id desc", p, page).fetch_all(connection).await?
        }
    };
    let rows = rows.iter().map(Row::view).collect::<Result<_>>()?;
    Ok(PaymentList { page: Page { rows, total, number: filter.page.0.max(1) }, received })
}

/// How many payments the filter leaves, and what those come to in each currency that did not bounce.
async fn totals(connection: &mut Connection, p: &Parameters) -> Result<(i64, Vec<Money>)> {
    if p.is_everything() {
        return document_totals::payments(connection).await;
    }
    let totals = sqlx::query!(
        r#"select p.currency, count(*) as "count!", coalesce(sum(p.amount) filter (where v.payment_id is null), 0) as "sum!"
           from payments p left join reversals v on v.payment_id = p.id
           where ($1::text is null or p.id in (
                     select id from payments where reverse(receipt) like $2
                     union all
                     select id from payments where reference = $3
                     union all
                     select m.id from payments m join customers n on n.id = m.customer_id
                     where n.search like plain($1)))
             and ($4::text is null or p.method = $4)
             and ($5::bigint is null or p.customer_id = $5)
             and ($6::date is null or p.received_on >= $6)
             and ($7::date is null or p.received_on <= $7)
             and ($8::bigint is null or p.customer_id in (
                     select customer_id from contracts where sector_id = $8))
           group by p.currency order by 1"#,
        p.search,
        p.ending,
        p.exact,
        p.method,
        p.customer,
        p.from,
        p.to,
        p.sector
    );
    let totals = totals.fetch_all(connection).await?;
    let count = totals.iter().map(|of_currency| of_currency.count).sum();
    let sums = totals.into_iter().map(|of_currency| Ok(Money::new(of_currency.sum, currency(&of_currency.currency)?)));
    Ok((count, sums.collect::<Result<_>>()?))
}

fn currency(code: &str) -> Result<Currency> {
    code.parse().map_err(|error: MoneyError| Error::Unknown(error.to_string()))
}

/// One payment. The key of its forms is left to whoever shows them.
///
/// # Errors
/// `NotFound`.
pub async fn show(connection: &mut Connection, payment: PaymentId) -> Result<PaymentDetail> {
    let row = sqlx::query_as!(
        Row,
        r#"select p.id, p.receipt, p.customer_id, k.name as customer_name, p.received_on, p.method, p.reference,
                  p.currency, p.amount, coalesce(c.amount, 0) as "unused!", p.recorded_at, u.name as "recorded_by?",
                  v.reversed_on as "reversed_on?"
           from payments p
           join customers k on k.id = p.customer_id
           left join open_credits c on c.payment_id = p.id
           left join users u on u.id = p.recorded_by
           left join reversals v on v.payment_id = p.id
           where p.id = $1"#,
        payment.0
    )
    .fetch_one(&mut *connection)
    .await?;
    let view = row.view()?;
    let paid = sqlx::query!(
        r#"select a.invoice_id, i.number as "number!", max(a.allocated_on) as "on!", sum(a.amount) as "amount!"
           from allocations a join invoices i on i.id = a.invoice_id where a.payment_id = $1
           group by a.invoice_id, i.number having sum(a.amount) > 0 order by min(a.id)"#,
        payment.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let allocations = paid.into_iter().map(|paid| PaidInvoice {
        invoice: InvoiceId(paid.invoice_id),
        number: paid.number,
        on: paid.on,
        amount: Money::new(paid.amount, view.amount.currency()),
    });
    let allocations = allocations.collect();
    let head = sqlx::query!(
        r#"select (select name from company) as "issuer!", reference, tax_id from customers where id = $1"#,
        view.customer.0
    )
    .fetch_one(&mut *connection)
    .await?;
    Ok(PaymentDetail {
        issuer: head.issuer,
        reference: head.reference,
        tax_id: head.tax_id,
        recorded_at: row.recorded_at,
        recorded_by: row.recorded_by,
        allocations,
        tender: payments_settled::tender(connection, payment).await?,
        tax: payments_settled::tax(connection, payment).await?,
        refunds: payments_settled::refunds(connection, CreditSource::Payment(payment)).await?,
        reversal: payments_settled::reversal(connection, payment).await?,
        idempotency_key: String::new(),
        services: services(connection, payment).await?,
        row: view,
    })
}

/// The active contracts that a payment paid invoices of, as they are now.
async fn services(connection: &mut Connection, payment: PaymentId) -> Result<Vec<PaidService>> {
    let rows = sqlx::query!(
        r#"select c.id, c.code, c.service_state, s.technical_state as "technical_state?"
           from contracts c left join services s on s.contract_id = c.id
           where c.state = 'active' and c.id in (
               select i.contract_id from allocations a join invoices i on i.id = a.invoice_id where a.payment_id = $1)
           order by c.id"#,
        payment.0
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(PaidService {
                contract: Choice { id: ContractId(row.id), name: row.code },
                service: row.service_state.parse()?,
                technical: row.technical_state.map(|state| state.parse()).transpose()?,
            })
        })
        .collect()
}

impl Row {
    fn view(&self) -> Result<PaymentRow> {
        let currency = currency(&self.currency)?;
        Ok(PaymentRow {
            id: PaymentId(self.id),
            receipt: self.receipt.clone(),
            customer: CustomerId(self.customer_id),
            customer_name: self.customer_name.clone(),
            received_on: self.received_on,
            method: self.method.parse()?,
            reference: self.reference.clone(),
            amount: Money::new(self.amount, currency),
            unused: Money::new(self.unused, currency),
            reversed_on: self.reversed_on,
        })
    }
}
