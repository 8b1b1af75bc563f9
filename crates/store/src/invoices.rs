//! Invoices to look at: the list, one document, and voiding.

mod document;
mod of_customer;
mod open;

use chrono::NaiveDate;
use domain::ids::{ContractId, CustomerId, InvoiceId};
use domain::invoice::InvoiceState;
use domain::money::{Currency, Money, MoneyError};
use domain::views::invoices::{DebtAge, InvoiceFilter, InvoiceRow, InvoiceSort, Standing};
use domain::views::list::{Direction, Page};
use rust_decimal::Decimal;

pub use document::show;
pub use of_customer::of_customer;

use crate::search::{ending, pattern};
use crate::{Connection, Error, Result, document_totals};

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

/// What a list shows of the documents that the rest of the query leaves, in its order.
macro_rules! rows_of_invoices {
    ($rest:literal $(+ $more:literal)*, $($parameter:expr),* $(,)?) => {
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
               "#
                + $rest $(+ $more)*,
            $($parameter),*
        )
    };
}
use rows_of_invoices;

/// One query with the order as a literal, so that each order can use its index.
macro_rules! page_of_invoices {
    ($order:literal, $parameters:expr, $page:expr) => {
        rows_of_invoices!(
            r#"where ($1::text is null or i.id in (
                         select id from invoices where reverse(number) like $2
                         union all
                         select f.id from invoices f join customers k on k.id = f.customer_id
                         where k.search like plain($1)))
                 and ($3::text is null or i.kind = $3)
                 and ($4::bigint is null or i.customer_id = $4)
                 and ($5::bigint is null or i.contract_id = $5)
                 and ($6::date is null or i.issued_on >= $6)
                 and ($7::date is null or i.issued_on <= $7)
                 and ($9::bigint is null or i.contract_id in (
                         select id from contracts where sector_id = $9))
                 and ($10::text is null or i.currency = $10)
                 and ($8::text is null
                      or ($8 = 'draft' and i.state = 'draft')
                      or ($8 = 'void' and i.state = 'void')
                      or ($8 = 'paid' and i.state = 'issued' and o.amount is null and n.amount is null))
               order by "#
                + $order
                + " limit $11 offset $12",
            $parameters.search,
            $parameters.ending,
            $parameters.kind,
            $parameters.customer,
            $parameters.contract,
            $parameters.from,
            $parameters.to,
            $parameters.standing,
            $parameters.sector,
            $parameters.currency,
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

    /// Nothing narrows the list but what all documents are counted by.
    fn is_everything(&self) -> bool {
        let ids = [self.customer, self.contract, self.sector];
        let dates = [self.from, self.to];
        self.search.is_none() && self.standing.is_none() && ids == [None; 3] && dates == [None; 2]
    }
}

/// A page of the invoices that the filter leaves.
pub async fn list(connection: &mut Connection, filter: &InvoiceFilter, today: NaiveDate) -> Result<Page<InvoiceRow>> {
    let p = Parameters::of(filter, today);
    if open::are_asked_for(filter) {
        return list_open(connection, &p, filter).await;
    }
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
    if p.is_everything() {
        return document_totals::invoices(connection, p.kind, p.currency.as_deref()).await;
    }
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
             and ($8::text is null
                  or ($8 = 'draft' and i.state = 'draft')
                  or ($8 = 'void' and i.state = 'void')
                  or ($8 = 'paid' and i.state = 'issued' and i.id not in (select invoice_id from open_items)
                      and i.id not in (select credit_note_id from open_credits where credit_note_id is not null)))
             and ($9::bigint is null or i.contract_id in (
                     select id from contracts where sector_id = $9))
             and ($10::text is null or i.currency = $10)"#,
        p.search,
        p.ending,
        p.kind,
        p.customer,
        p.contract,
        p.from,
        p.to,
        p.standing,
        p.sector,
        p.currency
    );
    Ok(count.fetch_one(connection).await?)
}

/// A page of those of which something is owed.
async fn list_open(connection: &mut Connection, p: &Parameters, filter: &InvoiceFilter) -> Result<Page<InvoiceRow>> {
    let ids = open::page(connection, p, filter).await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select i.id, i.kind, i.state, i.number, i.customer_id, u.name as customer_name, i.contract_id,
                  c.code as "contract_code?", i.issued_on, i.due_on, i.currency, i.untaxed, i.tax, i.total,
                  o.amount as open, i.void_reason, null::bigint as corrects_id, null::text as corrects_number
           from unnest($1::bigint[]) with ordinality as page (id, place)
           join invoices i on i.id = page.id
           join customers u on u.id = i.customer_id
           join open_items o on o.invoice_id = i.id
           left join contracts c on c.id = i.contract_id
           order by page.place"#,
        &ids
    );
    let rows = rows.fetch_all(&mut *connection).await?;
    let rows = rows.iter().map(|row| row.view(p.today)).collect::<Result<_>>()?;
    Ok(Page { rows, total: open::count(connection, p).await?, number: filter.page.0.max(1) })
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
    open::sums(connection, &Parameters::of(filter, today)).await
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
