//! Payments, what is still open, and who paid what.

use chrono::{DateTime, NaiveDate, Utc};
use domain::collections::OpenInvoice;
use domain::ids::{ContractId, CustomerId, InvoiceId, PaymentId, UserId};
use domain::invoice::{Allocation, Credit, Owed, PaymentMethod};
use domain::money::{Currency, Money};
use domain::views::counter::OwedInvoice;
use domain::views::list::Choice;

use crate::{Connection, Error, Result};

/// What pays: a payment, or a credit note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditSource {
    Payment(PaymentId),
    CreditNote(InvoiceId),
}

impl CreditSource {
    /// As the columns have it: a payment, or a credit note.
    pub(crate) fn ids(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Payment(id) => (Some(id.0), None),
            Self::CreditNote(id) => (None, Some(id.0)),
        }
    }
}

/// A payment to write down.
#[derive(Clone, Debug)]
pub struct NewPayment<'a> {
    pub customer: CustomerId,
    pub receipt: &'a str,
    pub received_on: NaiveDate,
    pub method: PaymentMethod,
    pub reference: &'a str,
    pub amount: Money,
    pub recorded_at: DateTime<Utc>,
    pub recorded_by: Option<UserId>,
    pub idempotency_key: &'a str,
}

/// # Errors
/// `Taken` with `payments_transfer_reference` or `payments_idempotency_key_key`.
pub async fn add(connection: &mut Connection, payment: &NewPayment<'_>) -> Result<PaymentId> {
    let id = sqlx::query_scalar!(
        "insert into payments (customer_id, receipt, received_on, method, reference, amount, currency, recorded_at,
                               recorded_by, idempotency_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id",
        payment.customer.0,
        payment.receipt,
        payment.received_on,
        payment.method.word(),
        payment.reference,
        payment.amount.amount(),
        payment.amount.currency().to_string(),
        payment.recorded_at,
        payment.recorded_by.map(|id| id.0),
        payment.idempotency_key
    );
    Ok(PaymentId(id.fetch_one(connection).await?))
}

/// The payment that a form sent before, and its receipt, if it was.
pub async fn by_idempotency_key(connection: &mut Connection, key: &str) -> Result<Option<(PaymentId, String)>> {
    let row = sqlx::query!("select id, receipt from payments where idempotency_key = $1", key);
    Ok(row.fetch_optional(connection).await?.map(|row| (PaymentId(row.id), row.receipt)))
}

/// The receipt of the transfer with this reference, if one was recorded.
pub async fn receipt_of_transfer(connection: &mut Connection, reference: &str) -> Result<Option<String>> {
    let receipt = sqlx::query_scalar!(
        "select receipt from payments
         where method = 'transfer' and bare_reference(reference) = bare_reference($1) and bare_reference($1) <> ''",
        reference
    );
    Ok(receipt.fetch_optional(connection).await?)
}

/// Keeps two payments, or a payment and a bill run, from allocating the same money of a customer at once. Customers are
/// locked before their contracts, and those before their lines: everywhere, so that nobody waits in a circle.
pub async fn lock_customers(connection: &mut Connection, customers: &[CustomerId]) -> Result<()> {
    let ids: Vec<i64> = customers.iter().map(|id| id.0).collect();
    sqlx::query!("select id from customers where id = any($1) order by id for no key update", &ids)
        .fetch_all(connection)
        .await?;
    Ok(())
}

/// The same for the customers of these contracts; answers who they are, in the order of their ids.
pub async fn lock_customers_of(connection: &mut Connection, contracts: &[ContractId]) -> Result<Vec<CustomerId>> {
    let ids: Vec<i64> = contracts.iter().map(|id| id.0).collect();
    let customers = sqlx::query_scalar!(
        "select id from customers where id in (select customer_id from contracts where id = any($1))
         order by id for no key update",
        &ids
    );
    Ok(customers.fetch_all(connection).await?.into_iter().map(CustomerId).collect())
}

/// The unused money of these customers, oldest first. What paid a quote is kept for its invoice, and what was withheld
/// is for the invoice that its certificate names.
pub async fn credits(
    connection: &mut Connection,
    customers: &[CustomerId],
) -> Result<Vec<(CustomerId, Credit<CreditSource>)>> {
    let ids: Vec<i64> = customers.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "select customer_id, payment_id, credit_note_id, currency, amount from open_credits
         where customer_id = any($1)
           and payment_id not in (select payment_id from quotes where state = 'paid') is not false
           and not exists (select from payments p where p.id = payment_id
                                                    and p.method in ('vat_withholding', 'income_withholding'))
         order by customer_id, since, payment_id, credit_note_id",
        &ids
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let source = match (row.payment_id, row.credit_note_id) {
                (Some(payment), _) => CreditSource::Payment(PaymentId(payment)),
                (None, Some(note)) => CreditSource::CreditNote(InvoiceId(note)),
                (None, None) => return Err(Error::Unknown("a credit without a source".to_owned())),
            };
            let unused = Money::new(row.amount, currency(&row.currency)?);
            Ok((CustomerId(row.customer_id), Credit { source, unused }))
        })
        .collect()
}

/// What these customers still owe.
pub async fn owed(connection: &mut Connection, customers: &[CustomerId]) -> Result<Vec<(CustomerId, Owed)>> {
    let ids: Vec<i64> = customers.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "select customer_id, invoice_id, due_on, currency, amount from open_items
         where customer_id = any($1) order by customer_id, due_on, invoice_id",
        &ids
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let open = Money::new(row.amount, currency(&row.currency)?);
            Ok((CustomerId(row.customer_id), Owed { invoice: InvoiceId(row.invoice_id), due_on: row.due_on, open }))
        })
        .collect()
}

/// What is open on the invoices of one contract, oldest due first.
pub async fn open_invoices(connection: &mut Connection, contract: ContractId) -> Result<Vec<OpenInvoice>> {
    let rows = sqlx::query!(
        r#"select o.invoice_id, i.number as "number!", o.due_on, o.currency, o.amount
           from open_items o join invoices i on i.id = o.invoice_id
           where o.contract_id = $1 order by o.due_on, o.invoice_id"#,
        contract.0
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let open = Money::new(row.amount, currency(&row.currency)?);
            Ok(OpenInvoice { invoice: InvoiceId(row.invoice_id), number: row.number, due_on: row.due_on, open })
        })
        .collect()
}

/// What a customer owes, oldest due first, each invoice with its contract.
pub async fn owed_invoices(connection: &mut Connection, customer: CustomerId) -> Result<Vec<OwedInvoice>> {
    let rows = sqlx::query!(
        r#"select o.invoice_id, i.number as "number!", o.due_on, o.currency, o.amount, c.id as "contract_id?",
                  c.code as "contract_code?"
           from open_items o
           join invoices i on i.id = o.invoice_id
           left join contracts c on c.id = o.contract_id
           where o.customer_id = $1 order by o.due_on, o.invoice_id"#,
        customer.0
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            let open = Money::new(row.amount, currency(&row.currency)?);
            let contract = row.contract_id.map(ContractId).zip(row.contract_code);
            Ok(OwedInvoice {
                invoice: OpenInvoice {
                    invoice: InvoiceId(row.invoice_id),
                    number: row.number,
                    due_on: row.due_on,
                    open,
                },
                contract: contract.map(|(id, name)| Choice { id, name }),
            })
        })
        .collect()
}

pub async fn allocate(
    connection: &mut Connection,
    on: NaiveDate,
    allocations: &[Allocation<CreditSource>],
) -> Result<()> {
    if allocations.is_empty() {
        return Ok(());
    }
    let invoices: Vec<_> = allocations.iter().map(|allocation| allocation.invoice.0).collect();
    let (payments, notes): (Vec<Option<i64>>, Vec<Option<i64>>) =
        allocations.iter().map(|allocation| allocation.source.ids()).unzip();
    let amounts: Vec<_> = allocations.iter().map(|allocation| allocation.amount.amount()).collect();
    sqlx::query!(
        "insert into allocations (invoice_id, payment_id, credit_note_id, amount, allocated_on)
         select *, $5 from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::numeric[])",
        &invoices,
        &payments as &[Option<i64>],
        &notes as &[Option<i64>],
        &amounts,
        on
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn currency(code: &str) -> Result<Currency> {
    code.parse().map_err(|error: domain::money::MoneyError| Error::Unknown(error.to_string()))
}

/// What a customer paid that has not arrived, and need not be paid again: by a card that takes its time, or by a transfer that
/// nobody has looked at yet. `since`: automatic payments of earlier days that the gateway does not answer about count no more.
pub async fn on_its_way(connection: &mut Connection, customer: CustomerId, since: NaiveDate) -> Result<Vec<Money>> {
    let rows = sqlx::query!(
        r#"select amount as "amount!", currency as "currency!" from payment_intents
           where customer_id = $1
             and (state = 'processing'
                  or (kind = 'automatic' and state in ('created', 'open') and for_date >= $2))
           union all
           select amount, currency from transfer_reports where customer_id = $1 and state = 'in_review'"#,
        customer.0,
        since
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    rows.map(|row| Ok(Money::new(row.amount, row.currency.parse()?))).collect()
}
