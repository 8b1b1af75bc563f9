//! Movements on the bank's accounts: whose they may be, and what they became.

use chrono::{DateTime, NaiveDate, Utc};
use domain::bank::BankRowState;
use domain::ids::{BankAccountId, BankRowId, CustomerId, PaymentId, UserId};
use domain::money::{Currency, Money};
use domain::views::bank::{BankAccount, BankFilter, BankRow};
use domain::views::list::{Choice, Page};
use rust_decimal::Decimal;

use crate::{Connection, Result};

struct Row {
    id: i64,
    account_id: i64,
    account_name: String,
    currency: String,
    booked_on: NaiveDate,
    amount: Decimal,
    reference: String,
    name: String,
    description: String,
    state: String,
    reason: Option<String>,
}

/// Money that came in: what is open first by age, what is decided the newest first.
pub async fn list(connection: &mut Connection, filter: &BankFilter) -> Result<Page<BankRow>> {
    let state = filter.state.unwrap_or(BankRowState::Open).word();
    let rows = sqlx::query_as!(
        Row,
        r#"select r.id, r.account_id, a.name as account_name, a.currency, r.booked_on, r.amount, r.reference, r.name,
                  r.description, r.state, r.reason
           from bank_rows r join bank_accounts a on a.id = r.account_id
           where r.state = $1 and r.amount > 0
           order by case when $1 = 'open' then r.booked_on end, r.booked_on desc, r.id limit $2 offset $3"#,
        state,
        filter.page.rows(),
        filter.page.offset()
    );
    let rows = rows.fetch_all(&mut *connection).await?.into_iter().map(Row::view).collect::<Result<_>>()?;
    let total =
        sqlx::query_scalar!(r#"select count(*) as "count!" from bank_rows where state = $1 and amount > 0"#, state);
    Ok(Page { rows, total: total.fetch_one(connection).await?, number: filter.page.0.max(1) })
}

/// How much money came in that nobody was found for yet.
pub async fn count_open(connection: &mut Connection) -> Result<i64> {
    let open = sqlx::query_scalar!(r#"select count(*) as "count!" from bank_rows where state = 'open' and amount > 0"#);
    Ok(open.fetch_one(connection).await?)
}

/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, row: BankRowId) -> Result<BankRow> {
    let found = sqlx::query_as!(
        Row,
        r#"select r.id, r.account_id, a.name as account_name, a.currency, r.booked_on, r.amount, r.reference, r.name,
                  r.description, r.state, r.reason
           from bank_rows r join bank_accounts a on a.id = r.account_id where r.id = $1"#,
        row.0
    );
    found.fetch_one(connection).await?.view()
}

/// A movement nobody else can decide about until the transaction ends.
///
/// # Errors
/// `NotFound`.
pub async fn lock(connection: &mut Connection, row: BankRowId) -> Result<BankRow> {
    sqlx::query!("select id from bank_rows where id = $1 for update", row.0).fetch_one(&mut *connection).await?;
    get(connection, row).await
}

/// When and by whom it was decided, and the payments that it was booked as.
pub async fn decision(
    connection: &mut Connection,
    row: BankRowId,
) -> Result<(Option<DateTime<Utc>>, Option<String>, Vec<Choice<PaymentId>>)> {
    let decided = sqlx::query!(
        r#"select r.decided_at, u.name as "by?" from bank_rows r left join users u on u.id = r.decided_by
           where r.id = $1"#,
        row.0
    );
    let decided = decided.fetch_one(&mut *connection).await?;
    let payments = sqlx::query!(
        "select p.id, p.receipt from bank_row_payments b join payments p on p.id = b.payment_id
         where b.row_id = $1 order by p.id",
        row.0
    );
    let payments = payments.fetch_all(connection).await?.into_iter();
    let payments = payments.map(|row| Choice { id: PaymentId(row.id), name: row.receipt }).collect();
    Ok((decided.decided_at, decided.by, payments))
}

/// What became of a movement, when, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub state: BankRowState,
    pub at: Option<DateTime<Utc>>,
    pub by: Option<UserId>,
    pub reason: Option<&'a str>,
}

pub async fn decide(connection: &mut Connection, row: BankRowId, decision: Decision<'_>) -> Result<()> {
    sqlx::query!(
        "update bank_rows set state = $2, decided_at = $3, decided_by = $4, reason = $5 where id = $1",
        row.0,
        decision.state.word(),
        decision.at,
        decision.by.map(|id| id.0),
        decision.reason
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// # Errors
/// `Taken` when the payment is another movement.
pub async fn link(connection: &mut Connection, row: BankRowId, payment: PaymentId) -> Result<()> {
    sqlx::query!("insert into bank_row_payments (row_id, payment_id) values ($1, $2)", row.0, payment.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Something in a movement that names a customer.
#[derive(Clone, Debug)]
pub struct Hint {
    pub row: BankRowId,
    pub what: String,
    pub customer: Choice<CustomerId>,
    pub reference: String,
    /// The number, code or receipt that was found.
    pub found: String,
    /// The id of the report or of the payment.
    pub record: i64,
    /// Of a name: hundredths of likeness. Of a report: 1 when it is over the movement's amount.
    pub score: i32,
}

/// Whom these movements name, by a number of theirs or by their name.
pub async fn hints(connection: &mut Connection, rows: &[BankRowId]) -> Result<Vec<Hint>> {
    let ids: Vec<i64> = rows.iter().map(|id| id.0).collect();
    let hints = sqlx::query!(
        r#"with wanted as (select * from bank_rows where id = any($1)),
           tokens as (
               select w.id as row_id, w.amount, token
               from wanted w
               cross join lateral (
                   select upper(token) as token
                   from (values ('[^A-Za-z0-9-]+'), ('[^A-Za-z0-9/-]+')) as between_tokens (signs)
                   cross join regexp_split_to_table(w.reference || ' ' || w.name || ' ' || w.description, signs)
                       as token
                   where length(token) >= 4
                   union select w.reference where w.reference <> '') t),
           found as (
               select t.row_id, 'invoice' as what, i.customer_id, i.number as found, i.id as record, 0 as score
               from tokens t join invoices i on i.number = t.token where i.state = 'issued'
               union
               select t.row_id, 'customer', k.id, k.reference, k.id, 0 from tokens t
               join customers k on k.reference = t.token and length(t.token) >= 4
               union
               select t.row_id, 'contract', c.customer_id, c.code, c.id, 0 from tokens t join contracts c on c.code = t.token
               union
               select t.row_id, 'report', r.customer_id, r.reference, r.id, (r.amount = t.amount)::int
               from tokens t
               join transfer_reports r on bare_reference(r.reference) = bare_reference(t.token)
               where r.state <> 'rejected' and r.state = 'in_review'
               union
               select t.row_id, 'payment', p.customer_id, p.receipt, p.id, 0
               from tokens t
               join payments p on bare_reference(p.reference) = bare_reference(t.token) and p.amount = t.amount
               where p.method = 'transfer' and bare_reference(p.reference) <> ''
                 and not exists (select from bank_row_payments b where b.payment_id = p.id)
               union
               select w.id, 'name', k.id, k.name, k.id, k.likeness
               from wanted w
               cross join lateral (
                   select id, name, (similarity(plain(name), plain(w.name)) * 100)::int as likeness
                   from customers where search %> plain(w.name)
                   order by 3 desc, id limit 3) k
               where w.name <> '' and k.likeness >= 50)
           select f.row_id as "row_id!", f.what as "what!", f.customer_id as "customer_id!", k.name, k.reference,
                  f.found as "found!", f.record as "record!", f.score as "score!"
           from found f join customers k on k.id = f.customer_id order by f.row_id, f.customer_id, f.what, f.found"#,
        &ids
    );
    let hints = hints.fetch_all(connection).await?;
    Ok(hints
        .into_iter()
        .map(|row| Hint {
            row: BankRowId(row.row_id),
            what: row.what,
            customer: Choice { id: CustomerId(row.customer_id), name: row.name },
            reference: row.reference,
            found: row.found,
            record: row.record,
            score: row.score,
        })
        .collect())
}

/// What these customers have open: each invoice by its number.
pub async fn open_amounts(
    connection: &mut Connection,
    customers: &[CustomerId],
) -> Result<Vec<(CustomerId, String, Money)>> {
    let ids: Vec<i64> = customers.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select o.customer_id, i.number as "number!", o.currency, o.amount
           from open_items o join invoices i on i.id = o.invoice_id
           where o.customer_id = any($1) order by o.customer_id, o.due_on, o.invoice_id"#,
        &ids
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| Ok((CustomerId(row.customer_id), row.number, Money::new(row.amount, row.currency.parse()?))))
        .collect()
}

impl Row {
    fn view(self) -> Result<BankRow> {
        let currency: Currency = self.currency.parse()?;
        Ok(BankRow {
            id: BankRowId(self.id),
            account: BankAccount { id: BankAccountId(self.account_id), name: self.account_name, currency },
            booked_on: self.booked_on,
            amount: Money::new(self.amount, currency),
            reference: self.reference,
            name: self.name,
            description: self.description,
            state: self.state.parse()?,
            reason: self.reason,
        })
    }
}
