use domain::contact::{Email, Phone};

use super::Record;
use crate::import::odoo::{
    problems::{ExternalId, Fault, File},
    table::Group,
};

/// A customer.
#[derive(Clone, Debug)]
pub struct Partner {
    pub id: ExternalId,
    pub line: u64,
    pub name: String,
    pub is_company: bool,
    pub reference: String,
    pub tax_id: Option<String>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub street: String,
    pub city: String,
    pub postal_code: String,
    /// ISO 3166, two letters.
    pub country: String,
    /// `15` of the payment term `15 Days`; `None` for terms that are no number of days.
    pub due_days: Option<u16>,
}

impl Record for Partner {
    const FILE: File = File::Partners;
    const NEEDS: &[&str] = &["id"];
    const OWNER: Option<&str> = Some("id");

    fn read(group: &Group<'_>) -> Result<Self, Fault> {
        let row = group.head()?;
        let streets = [row.text("street")?, row.text("street2")?].map(str::to_owned);
        Ok(Self {
            id: row.id("id")?,
            line: row.line,
            name: row.filled("name")?.to_owned(),
            is_company: row.text("is_company")? == "True",
            reference: row.filled("ref")?.to_owned(),
            tax_id: row.optional("vat")?.map(str::to_owned),
            email: row.optional_parsed("email")?,
            phone: row.optional_parsed("phone")?,
            street: streets.into_iter().filter(|street| !street.is_empty()).collect::<Vec<_>>().join(", "),
            city: row.text("city")?.to_owned(),
            postal_code: row.text("zip")?.to_owned(),
            country: row.filled("country_id/code")?.to_owned(),
            due_days: days_of(row.text("property_payment_term_id/name")?),
        })
    }

    fn id(&self) -> Option<(&ExternalId, u64)> {
        Some((&self.id, self.line))
    }
}

fn days_of(payment_term: &str) -> Option<u16> {
    let (days, rest) = payment_term.split_once(' ')?;
    days.parse().ok().filter(|days| rest.eq_ignore_ascii_case("days") && *days <= 365)
}
