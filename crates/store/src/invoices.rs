//! Invoices to look at: the list, one document, and voiding.

mod document;

use chrono::NaiveDate;
use domain::ids::{ContractId, CustomerId, InvoiceId};
use domain::invoice::InvoiceState;
use domain::money::{Currency, Money, MoneyError};
use domain::views::invoices::{DebtAge, InvoiceFilter, InvoiceRow, InvoiceSort, Standing};
use domain::views::list::{Direction, Page};
use rust_decimal::Decimal;

pub use document::show;

use crate::search::{ending, pattern};
use crate::{Connection, Error, Result};

struct Row {
    id: i64,
    kind: String,
    state: String,
    number: Option<String>,
    customer_id: i64,
    customer_name: String,
    contract_id: Option<i64>,
    contract_code: Option<String>,
    issued_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    currency: String,
    untaxed: Decimal,
    tax: Decimal,
    total: Decimal,
    open: Decimal,
    void_reason: Option<String>,
    corrects_id: Option<i64>,
    corrects_number: Option<String>,
}

/// One query with the order as a literal, so that each order can use its index.
macro_rules! page_of_invoices {
    ($order:literal, $parameters:expr, $page:expr) => {
        sqlx::query_as!(
            Row,
            r#"select i.id, i.kind, i.state, i.number, i.customer_id, u.name as customer_name, i.contract_id,
                      c.code as "contract_code?", i.issued_on, i.due_on, i.currency, i.untaxed, i.tax, i.total,
                      coalesce(o.amount, n.amount, 0) as "open!", i.void_reason, null::bigint as corrects_id,
                      null::text as corrects_number
               from invoices i
               join customers u on u.id = i.customer_id
               left join contracts c on c.id = i.contract_id
               left join open_items o on o.invoice_id = i.id
               left join open_credits n on n.credit_note_id = i.id
               where ($1::text is null or i.id in (
                         select id from invoices where reverse(number) like $2
                         union all
                         select f.id from invoices f join customers k on k.id = f.customer_id
                         where k.search like plain($1)))
                 and ($3::text is null or i.kind = $3)
                 and ($4::bigint is null or i.customer_id = $4)
                 and ($5::bigint is null or i.contract_id = $5)
                 and ($6::date is null or i.issued_on >= $6)
                 and ($7::date is null or i.issued_on <= $7)
                 and ($10::bigint is null or i.contract_id in (
                         select s.id from contracts s join addresses a on a.id = s.address_id where a.sector_id = $10))
                 and ($11::text is null or i.currency = $11)
                 and ($12::int is null or i.id in (
                         select invoice_id from open_items where $9::date - due_on between $12 and $13))
                 and ($8::text is null
                      or ($8 = 'draft' and i.state = 'draft')
                      or ($8 = 'void' and i.state = 'void')
                      or ($8 = 'paid' and i.state = 'issued' and o.amount is null and n.amount is null)
                      or ($8 = 'open' and i.id in (select invoice_id from open_items where due_on >= $9))
                      or ($8 = 'overdue' and i.id in (select invoice_id from open_items where due_on < $9)))
               order by "#
                + $order
                + " limit $14 offset $15",
            $parameters.search,
            $parameters.ending,
            $parameters.kind,
            $parameters.customer,
            $parameters.contract,
            $parameters.from,
            $parameters.to,
            $parameters.standing,
            $parameters.today,
            $parameters.sector,
            $parameters.currency,
            $parameters.late.0,
            $parameters.late.1,
            $page.rows(),
            $page.offset()
        )
    };
}

struct Parameters {
    search: Option<String>,
    ending: Option<String>,
    kind: Option<&'static str>,
    customer: Option<i64>,
    contract: Option<i64>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    standing: Option<&'static str>,
    today: NaiveDate,
    sector: Option<i64>,
    currency: Option<String>,
    /// From so many days past the due date to so many.
    late: (Option<i32>, Option<i32>),
}

impl Parameters {
    fn of(filter: &InvoiceFilter, today: NaiveDate) -> Self {
        Self {
            search: filter.search.as_deref().and_then(pattern),
            ending: filter.search.as_deref().and_then(ending),
            kind: filter.kind.map(|kind| kind.word()),
            customer: filter.customer.map(|id| id.0),
            contract: filter.contract.map(|id| id.0),
            from: filter.from,
            to: filter.to,
            standing: filter.standing.map(Standing::word),
            today,
            sector: filter.sector.map(|id| id.0),
            currency: filter.currency.map(|currency| currency.to_string()),
            late: filter.age.map(DebtAge::days_late).unzip(),
        }
    }
}

/// A page of the invoices that the filter leaves.
pub async fn list(connection: &mut Connection, filter: &InvoiceFilter, today: NaiveDate) -> Result<Page<InvoiceRow>> {
    let p = Parameters::of(filter, today);
    let total = count(connection, &p).await?;
    let page = filter.page;
    use Direction::{Down, Up};
    let rows = match (filter.sort, filter.direction) {
        (InvoiceSort::Issued, Up) => page_of_invoices!("i.issued_on, i.id", p, page).fetch_all(connection).await?,
        (InvoiceSort::Issued, Down) => {
            page_of_invoices!("i.issued_on desc, i.id desc", p, page).fetch_all(connection).await?
        }
        (InvoiceSort::Due, Up) => page_of_invoices!("i.due_on, i.id", p, page).fetch_all(connection).await?,
        (InvoiceSort::Due, Down) => {
            page_of_invoices!("i.due_on desc, i.id desc", p, page).fetch_all(connection).await?
        }
        (InvoiceSort::Total, Up) => page_of_invoices!("i.total, i.id", p, page).fetch_all(connection).await?,
        (InvoiceSort::Total, Down) => {
            page_of_invoices!("i.total desc, i.id desc", p, page).fetch_all(connection).await?
        }
        (InvoiceSort::Customer, Up) => page_of_invoices!("u.name, i.id", p, page).fetch_all(connection).await?,
        (InvoiceSort::Customer, Down) => {
            page_of_invoices!("u.name desc, i.id desc", p, page).fetch_all(connection).await?
        }
    };
    let rows = rows.iter().map(|row| row.view(today)).collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}

async fn count(connection: &mut Connection, p: &Parameters) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from invoices i
           where ($1::text is null or i.id in (
                     select id from invoices where reverse(number) like $2
                     union all
                     select f.id from invoices f join customers k on k.id = f.customer_id
                     where k.search like plain($1)))
             and ($3::text is null or i.kind = $3)
             and ($4::bigint is null or i.customer_id = $4)
             and ($5::bigint is null or i.contract_id = $5)
             and ($6::date is null or i.issued_on >= $6)
             and ($7::date is null or i.issued_on <= $7)
             and ($10::bigint is null or i.contract_id in (
                     select s.id from contracts s join addresses a on a.id = s.address_id where a.sector_id = $10))
             and ($11::text is null or i.currency = $11)
             and ($12::int is null or i.id in (select invoice_id from open_items where $9::date - due_on between $12 and $13))
             and ($8::text is null
                  or ($8 = 'draft' and i.state = 'draft')
                  or ($8 = 'void' and i.state = 'void')
                  or ($8 = 'paid' and i.state = 'issued' and i.id not in (select invoice_id from open_items)
                      and i.id not in (select credit_note_id from open_credits where credit_note_id is not null))
                  or ($8 = 'open' and i.id in (select invoice_id from open_items where due_on >= $9))
                  or ($8 = 'overdue' and i.id in (select invoice_id from open_items where due_on < $9)))"#,
        p.search,
        p.ending,
        p.kind,
        p.customer,
        p.contract,
        p.from,
        p.to,
        p.standing,
        p.today,
        p.sector,
        p.currency,
        p.late.0,
        p.late.1
    );
    Ok(count.fetch_one(connection).await?)
}

impl Row {
    fn view(&self, today: NaiveDate) -> Result<InvoiceRow> {
        let currency = self.currency()?;
        let state: InvoiceState = self.state.parse()?;
        let open = Money::new(self.open, currency);
        Ok(InvoiceRow {
            id: InvoiceId(self.id),
            kind: self.kind.parse()?,
            number: self.number.clone(),
            customer: CustomerId(self.customer_id),
            customer_name: self.customer_name.clone(),
            contract: self.contract_id.map(ContractId),
            contract_code: self.contract_code.clone(),
            issued_on: self.issued_on,
            due_on: self.due_on,
            total: Money::new(self.total, currency),
            open,
            standing: Standing::of(state, self.due_on, open, today),
        })
    }

    fn currency(&self) -> Result<Currency> {
        self.currency.parse().map_err(|error: MoneyError| Error::Unknown(error.to_string()))
    }
}

/// What is still owed on all invoices that the filter leaves, one amount per currency.
pub async fn owed(connection: &mut Connection, filter: &InvoiceFilter, today: NaiveDate) -> Result<Vec<Money>> {
    if matches!(filter.standing, Some(Standing::Draft | Standing::Paid | Standing::Void)) {
        return Ok(Vec::new());
    }
    let p = Parameters::of(filter, today);
    let sums = sqlx::query!(
        r#"select o.currency, sum(o.amount) as "sum!"
           from open_items o join invoices i on i.id = o.invoice_id
           where ($1::text is null or i.id in (
                     select id from invoices where reverse(number) like $2
                     union all
                     select f.id from invoices f join customers k on k.id = f.customer_id
                     where k.search like plain($1)))
             and ($3::text is null or i.kind = $3)
             and ($4::bigint is null or o.customer_id = $4)
             and ($5::bigint is null or o.contract_id = $5)
             and ($6::date is null or i.issued_on >= $6)
             and ($7::date is null or i.issued_on <= $7)
             and ($8::text is null or ($8 = 'overdue') = (o.due_on < $9))
             and ($10::bigint is null or o.contract_id in (
                     select s.id from contracts s join addresses a on a.id = s.address_id where a.sector_id = $10))
             and ($11::text is null or o.currency = $11)
             and ($12::int is null or $9::date - o.due_on between $12 and $13)
           group by o.currency order by 1"#,
        p.search,
        p.ending,
        p.kind,
        p.customer,
        p.contract,
        p.from,
        p.to,
        p.standing,
        p.today,
        p.sector,
        p.currency,
        p.late.0,
        p.late.1
    );
    let sums = sums.fetch_all(connection).await?.into_iter();
    sums.map(|row| {
        let currency = row.currency.parse().map_err(|error: MoneyError| Error::Unknown(error.to_string()))?;
        Ok(Money::new(row.sum, currency))
    })
    .collect()
}

/// Voids an issued invoice, frees its periods, and sets the lines back that had been billed just that far.
///
/// # Errors
/// `Refused` when something was allocated to it.
pub async fn void(connection: &mut Connection, invoice: InvoiceId, reason: &str, on: NaiveDate) -> Result<()> {
    sqlx::query!(
        "update contract_lines l
         set billed_through = case when lower(b.period) > l.starts_on then lower(b.period) end
         from billed_periods b
         where b.invoice_id = $1 and b.contract_line_id = l.id and l.billed_through = upper(b.period)",
        invoice.0
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update contract_lines l set billed_through = null
         from invoice_lines i where i.invoice_id = $1 and i.contract_line_id = l.id and l.every is null",
        invoice.0
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update invoices set state = 'void', void_reason = $2, voided_on = greatest($3, issued_on) where id = $1",
        invoice.0,
        reason,
        on
    )
    .execute(connection)
    .await?;
    Ok(())
}
