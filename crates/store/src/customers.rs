//! Customers and whom to call there. The list reads through `customers_list`.

use chrono::{DateTime, Utc};
use domain::customer::{ContactFacts, CustomerFacts};
use domain::ids::{ContactId, CustomerId};
use domain::views::customers::Contact;

use crate::{Connection, Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub reference: String,
    pub facts: CustomerFacts,
    pub created_at: DateTime<Utc>,
}

/// A reference that nobody has. One that is not used leaves a gap.
pub async fn next_reference(connection: &mut Connection) -> Result<String> {
    loop {
        let number = sqlx::query_scalar!(r#"select nextval('customer_references') as "number!""#);
        let reference = format!("CLI{:05}", number.fetch_one(&mut *connection).await?);
        if with_reference(connection, &reference).await?.is_none() {
            return Ok(reference);
        }
    }
}

/// The customer with a reference, however it was typed.
pub async fn by_reference(connection: &mut Connection, reference: &str) -> Result<Option<CustomerId>> {
    let id = sqlx::query_scalar!("select id from customers where upper(reference) = upper($1)", reference);
    Ok(id.fetch_optional(connection).await?.map(CustomerId))
}

/// The name of the customer with this reference.
pub async fn with_reference(connection: &mut Connection, reference: &str) -> Result<Option<String>> {
    let name = sqlx::query_scalar!("select name from customers where reference = $1", reference);
    Ok(name.fetch_optional(connection).await?)
}

/// # Errors
/// `Taken` with `customers_reference_key`.
pub async fn add(
    connection: &mut Connection,
    reference: &str,
    facts: &CustomerFacts,
    at: DateTime<Utc>,
) -> Result<CustomerId> {
    let id = sqlx::query_scalar!(
        "insert into customers (reference, kind, name, tax_id, email, phone, language, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        reference,
        facts.kind.word(),
        facts.name,
        facts.tax_id,
        facts.email.as_ref().map(|email| email.as_str()),
        facts.phone.as_ref().map(|phone| phone.as_str()),
        facts.language.word(),
        at
    );
    Ok(CustomerId(id.fetch_one(connection).await?))
}

pub async fn get(connection: &mut Connection, id: CustomerId) -> Result<Customer> {
    let row = sqlx::query!(
        "select reference, kind, name, tax_id, email, phone, language, created_at from customers where id = $1",
        id.0
    )
    .fetch_one(connection)
    .await?;
    Ok(Customer {
        id,
        reference: row.reference,
        facts: CustomerFacts {
            kind: row.kind.parse()?,
            name: row.name,
            tax_id: row.tax_id,
            email: row.email.map(|email| email.parse()).transpose()?,
            phone: row.phone.map(|phone| phone.parse()).transpose()?,
            language: row.language.parse()?,
        },
        created_at: row.created_at,
    })
}

pub async fn edit(connection: &mut Connection, id: CustomerId, facts: &CustomerFacts) -> Result<()> {
    let edited = sqlx::query!(
        "update customers set kind = $2, name = $3, tax_id = $4, email = $5, phone = $6, language = $7 where id = $1",
        id.0,
        facts.kind.word(),
        facts.name,
        facts.tax_id,
        facts.email.as_ref().map(|email| email.as_str()),
        facts.phone.as_ref().map(|phone| phone.as_str()),
        facts.language.word()
    );
    found(edited.execute(connection).await?.rows_affected())
}

/// # Errors
/// `Refused` for a customer who does not exist.
pub async fn add_contact(connection: &mut Connection, customer: CustomerId, facts: &ContactFacts) -> Result<ContactId> {
    let id = sqlx::query_scalar!(
        "insert into customer_contacts (customer_id, name, role, phone, email) values ($1, $2, $3, $4, $5) returning id",
        customer.0,
        facts.name,
        facts.role,
        facts.phone.as_ref().map(|phone| phone.as_str()),
        facts.email.as_ref().map(|email| email.as_str())
    );
    Ok(ContactId(id.fetch_one(connection).await?))
}

pub async fn edit_contact(connection: &mut Connection, id: ContactId, facts: &ContactFacts) -> Result<()> {
    let edited = sqlx::query!(
        "update customer_contacts set name = $2, role = $3, phone = $4, email = $5 where id = $1",
        id.0,
        facts.name,
        facts.role,
        facts.phone.as_ref().map(|phone| phone.as_str()),
        facts.email.as_ref().map(|email| email.as_str())
    );
    found(edited.execute(connection).await?.rows_affected())
}

pub async fn remove_contact(connection: &mut Connection, id: ContactId) -> Result<()> {
    let removed = sqlx::query!("delete from customer_contacts where id = $1", id.0);
    found(removed.execute(connection).await?.rows_affected())
}

pub async fn contacts(connection: &mut Connection, customer: CustomerId) -> Result<Vec<Contact>> {
    let rows = sqlx::query_as!(
        ContactRow,
        "select id, customer_id, name, role, phone, email from customer_contacts where customer_id = $1 order by name, id",
        customer.0
    );
    rows.fetch_all(connection).await?.into_iter().map(ContactRow::contact).collect()
}

/// A contact, and whose it is.
pub async fn contact(connection: &mut Connection, id: ContactId) -> Result<(CustomerId, Contact)> {
    let row = sqlx::query_as!(
        ContactRow,
        "select id, customer_id, name, role, phone, email from customer_contacts where id = $1",
        id.0
    )
    .fetch_one(connection)
    .await?;
    Ok((CustomerId(row.customer_id), row.contact()?))
}

struct ContactRow {
    id: i64,
    customer_id: i64,
    name: String,
    role: String,
    phone: Option<String>,
    email: Option<String>,
}

impl ContactRow {
    fn contact(self) -> Result<Contact> {
        let facts = ContactFacts {
            name: self.name,
            role: self.role,
            phone: self.phone.map(|phone| phone.parse()).transpose()?,
            email: self.email.map(|email| email.parse()).transpose()?,
        };
        Ok(Contact { id: ContactId(self.id), facts })
    }
}

fn found(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Whether there is any customer.
pub async fn are_there(connection: &mut Connection) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from customers) as "exists!""#).fetch_one(connection).await?)
}
