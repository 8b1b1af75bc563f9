//! Invoices to look at: the list, one document, and voiding.

use chrono::NaiveDate;
use domain::calendar::DateRange;
use domain::ids::{ContractId, CustomerId, InvoiceId, PaymentId};
use domain::invoice::InvoiceState;
use domain::money::{Currency, Money, MoneyError};
use domain::views::invoices::{
    BilledTo, InvoiceDetail, InvoiceFilter, InvoiceLine, InvoiceRow, InvoiceSort, PaidBy, PaidWith, Standing,
};
use domain::views::list::{Direction, PER_PAGE, Page};
use rust_decimal::Decimal;

use crate::search::{ending, pattern};
use crate::{Connection, Error, Result, discounts, taxes};

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

/// What only the document shows.
struct Head {
    issuer: String,
    customer_reference: String,
    tax_id: Option<String>,
    street: Option<String>,
    city: Option<String>,
    because: Option<serde_json::Value>,
}

/// One query with the order as a literal, so that each order can use its index.
macro_rules! page_of_invoices {
    ($order:literal, $parameters:expr, $offset:expr) => {
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
                 and ($8::text is null
                      or ($8 = 'draft' and i.state = 'draft')
                      or ($8 = 'void' and i.state = 'void')
                      or ($8 = 'paid' and i.state = 'issued' and o.amount is null and n.amount is null)
                      or ($8 = 'open' and i.id in (select invoice_id from open_items where due_on >= $9))
                      or ($8 = 'overdue' and i.id in (select invoice_id from open_items where due_on < $9)))
               order by "#
                + $order
                + " limit $10 offset $11",
            $parameters.search,
            $parameters.ending,
            $parameters.kind,
            $parameters.customer,
            $parameters.contract,
            $parameters.from,
            $parameters.to,
            $parameters.standing,
            $parameters.today,
            PER_PAGE,
            $offset
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
}

/// A page of the invoices that the filter leaves.
pub async fn list(connection: &mut Connection, filter: &InvoiceFilter, today: NaiveDate) -> Result<Page<InvoiceRow>> {
    let p = Parameters {
        search: filter.search.as_deref().and_then(pattern),
        ending: filter.search.as_deref().and_then(ending),
        kind: filter.kind.map(|kind| kind.word()),
        customer: filter.customer.map(|id| id.0),
        contract: filter.contract.map(|id| id.0),
        from: filter.from,
        to: filter.to,
        standing: filter.standing.map(Standing::word),
        today,
    };
    let total = count(connection, &p).await?;
    let offset = filter.page.offset();
    use Direction::{Down, Up};
    let rows = match (filter.sort, filter.direction) {
        (InvoiceSort::Issued, Up) => page_of_invoices!("i.issued_on, i.id", p, offset).fetch_all(connection).await?,
        (InvoiceSort::Issued, Down) => {
            page_of_invoices!("i.issued_on desc, i.id desc", p, offset).fetch_all(connection).await?
        }
        (InvoiceSort::Due, Up) => page_of_invoices!("i.due_on, i.id", p, offset).fetch_all(connection).await?,
        (InvoiceSort::Due, Down) => {
            page_of_invoices!("i.due_on desc, i.id desc", p, offset).fetch_all(connection).await?
        }
        (InvoiceSort::Total, Up) => page_of_invoices!("i.total, i.id", p, offset).fetch_all(connection).await?,
        (InvoiceSort::Total, Down) => {
            page_of_invoices!("i.total desc, i.id desc", p, offset).fetch_all(connection).await?
        }
        (InvoiceSort::Customer, Up) => page_of_invoices!("u.name, i.id", p, offset).fetch_all(connection).await?,
        (InvoiceSort::Customer, Down) => {
            page_of_invoices!("u.name desc, i.id desc", p, offset).fetch_all(connection).await?
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
        p.today
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

/// What is still owed on all invoices that the filter leaves, one amount per currency.
pub async fn owed(connection: &mut Connection, filter: &InvoiceFilter, today: NaiveDate) -> Result<Vec<Money>> {
    if matches!(filter.standing, Some(Standing::Draft | Standing::Paid | Standing::Void)) {
        return Ok(Vec::new());
    }
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
           group by o.currency order by 1"#,
        filter.search.as_deref().and_then(pattern),
        filter.search.as_deref().and_then(ending),
        filter.kind.map(|kind| kind.word()),
        filter.customer.map(|id| id.0),
        filter.contract.map(|id| id.0),
        filter.from,
        filter.to,
        filter.standing.map(Standing::word),
        today
    );
    let sums = sums.fetch_all(connection).await?.into_iter();
    sums.map(|row| {
        let currency = row.currency.parse().map_err(|error: MoneyError| Error::Unknown(error.to_string()))?;
        Ok(Money::new(row.sum, currency))
    })
    .collect()
}

/// What is open on all invoices past their due date, and how many they are.
pub async fn overdue(connection: &mut Connection, today: NaiveDate, currency: Currency) -> Result<(Money, i64)> {
    let row = sqlx::query!(
        r#"select coalesce(sum(amount), 0) as "amount!", count(*) as "count!" from open_items
           where due_on < $1 and currency = $2"#,
        today,
        currency.to_string()
    );
    let row = row.fetch_one(connection).await?;
    Ok((Money::new(row.amount, currency), row.count))
}

/// Voids an issued invoice, frees its periods, and sets the lines back that had been billed just that far.
///
/// # Errors
/// `Refused` when something was allocated to it.
pub async fn void(connection: &mut Connection, invoice: InvoiceId, reason: &str) -> Result<()> {
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
    sqlx::query!("update invoices set state = 'void', void_reason = $2 where id = $1", invoice.0, reason)
        .execute(connection)
        .await?;
    Ok(())
}
