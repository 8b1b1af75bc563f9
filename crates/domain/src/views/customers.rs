//! Customers: the list, a customer's page, and the forms for a customer, a contact and an address.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::contracts::ContractRow;
use super::list::{Choice, Direction, PageNumber};
use super::timeline::TimelineEntry;
use crate::contact::CustomerKind;
use crate::customer::{AddressFacts, ContactFacts, CustomerFacts};
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::form;
use crate::ids::{AddressId, ContactId, CustomerId, SectorId};
use crate::money::Money;
use crate::words::words;

words! {
    /// What a list asks about money.
    pub enum Debt {
        /// Owes something, due or not.
        Owes = "owes",
        /// Owes something that should have been paid.
        Overdue = "overdue",
        Nothing = "nothing",
    }
}

words! {
    #[derive(Default)]
    pub enum CustomerSort {
        #[default]
        Name = "name",
        Reference = "reference",
        /// The oldest debt first.
        DueSince = "due_since",
        Created = "created",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerFilter {
    /// Words out of reference, name, tax id, e-mail or phone, in any order, whatever their case and accents.
    pub search: Option<String>,
    pub kind: Option<CustomerKind>,
    pub debt: Option<Debt>,
    pub sector: Option<SectorId>,
    pub sort: CustomerSort,
    pub direction: Direction,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub reference: String,
    pub name: String,
    pub kind: CustomerKind,
    pub tax_id: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Contracts that are active, and those of them that are cut.
    pub active_contracts: i64,
    pub cut_contracts: i64,
    /// Per currency, what is owed less what is unused of payments and credit notes; negative: the customer's credit.
    /// Empty when there is neither.
    pub balance: Vec<Money>,
    /// The due date of the oldest invoice that is not paid, when it is past.
    pub overdue_since: Option<NaiveDate>,
}

/// A customer's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerDetail {
    pub id: CustomerId,
    pub reference: String,
    pub facts: CustomerFacts,
    pub created_at: DateTime<Utc>,
    pub balance: Vec<Money>,
    pub overdue_since: Option<NaiveDate>,
    pub contacts: Vec<Contact>,
    pub addresses: Vec<Address>,
    pub contracts: Vec<ContractRow>,
    /// The newest entries of all contracts.
    pub timeline: Vec<TimelineEntry>,
    /// What the form for an address chooses from.
    pub sectors: Vec<Choice<SectorId>>,
    /// The company's country.
    pub home: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub id: ContactId,
    pub facts: ContactFacts,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub id: AddressId,
    pub facts: AddressFacts,
    /// The name of `facts.sector`.
    pub sector: Option<String>,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerForm {
    /// For a new customer; blank: the next free one. Never changed afterwards.
    pub reference: String,
    /// A [`CustomerKind`].
    pub kind: String,
    pub name: String,
    pub tax_id: String,
    pub email: String,
    pub phone: String,
    /// A [`crate::contact::Language`].
    pub language: String,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    pub name: String,
    pub role: String,
    pub phone: String,
    pub email: String,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    /// The sector's id, or blank.
    pub sector: String,
    pub street: String,
    pub city: String,
    pub postal_code: String,
    /// ISO 3166, two letters.
    pub country: String,
    /// Latitude and longitude as maps copy them: `19.432608, -99.133209`. May be blank until a contract is activated.
    pub position: String,
}

impl CustomerForm {
    /// The reference that was asked for, if any, and the rest.
    pub fn check(&self) -> Result<(Option<String>, CustomerFacts), Failure> {
        let mut form = FormCheck::default();
        let reference = form.take("reference", optional(&self.reference, 40));
        let kind = form.take("kind", form::choice(&self.kind));
        let name = form.take("name", required(&self.name, 200));
        let tax_id = form.take("tax_id", optional(&self.tax_id, 40));
        let email = form.take("email", form::optional_email(&self.email));
        let phone = form.take("phone", form::optional_phone(&self.phone));
        let language = form.take("language", form::choice(&self.language));
        let facts = (|| {
            Some(CustomerFacts {
                kind: kind?,
                name: name?,
                tax_id: tax_id?,
                email: email?,
                phone: phone?,
                language: language?,
            })
        })();
        form.answer(reference.zip(facts))
    }
}

impl ContactForm {
    pub fn check(&self) -> Result<ContactFacts, Failure> {
        let mut form = FormCheck::default();
        let name = form.take("name", required(&self.name, 200));
        let role = form.take("role", optional(&self.role, 100));
        let phone = form.take("phone", form::optional_phone(&self.phone));
        let email = form.take("email", form::optional_email(&self.email));
        let facts =
            (|| Some(ContactFacts { name: name?, role: role?.unwrap_or_default(), phone: phone?, email: email? }))();
        form.answer(facts)
    }
}

impl AddressForm {
    pub fn check(&self) -> Result<AddressFacts, Failure> {
        let mut form = FormCheck::default();
        let sector = form.take("sector", form::optional_choice(&self.sector));
        let street = form.take("street", required(&self.street, 200));
        let city = form.take("city", required(&self.city, 100));
        let postal_code = form.take("postal_code", optional(&self.postal_code, 20));
        let country = form.take("country", country(&self.country));
        let position = form.take("position", form::optional_position(&self.position));
        let facts = (|| {
            Some(AddressFacts {
                sector: sector?,
                street: street?,
                city: city?,
                postal_code: postal_code?.unwrap_or_default(),
                country: country?,
                position: position?,
            })
        })();
        form.answer(facts)
    }
}

fn country(text: &str) -> Result<String, Problem> {
    let code = required(text, 100)?.to_uppercase();
    let well_formed = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if well_formed { Ok(code) } else { Err(Problem::UnknownChoice) }
}

impl CustomerDetail {
    /// Where a new address probably is: a second place is mostly in the country of the first, and that one at home.
    pub fn likely_country(&self) -> &str {
        self.addresses.first().map_or(&self.home, |address| &address.facts.country)
    }

    /// The form to edit it, filled in.
    pub fn form(&self) -> CustomerForm {
        let facts = &self.facts;
        CustomerForm {
            reference: self.reference.clone(),
            kind: facts.kind.to_string(),
            name: facts.name.clone(),
            tax_id: facts.tax_id.clone().unwrap_or_default(),
            email: facts.email.as_ref().map(ToString::to_string).unwrap_or_default(),
            phone: facts.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            language: facts.language.to_string(),
        }
    }
}

impl From<&ContactFacts> for ContactForm {
    fn from(facts: &ContactFacts) -> Self {
        Self {
            name: facts.name.clone(),
            role: facts.role.clone(),
            phone: facts.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            email: facts.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }
}

impl From<&AddressFacts> for AddressForm {
    fn from(facts: &AddressFacts) -> Self {
        Self {
            sector: facts.sector.map(|sector| sector.to_string()).unwrap_or_default(),
            street: facts.street.clone(),
            city: facts.city.clone(),
            postal_code: facts.postal_code.clone(),
            country: facts.country.clone(),
            position: facts.position.map(|position| position.to_string()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Vec<(String, Problem)> {
        match answer {
            Err(Failure::Fields { fields }) => fields.into_iter().map(|field| (field.field, field.problem)).collect(),
            answer => panic!("not refused at its fields: {answer:?}"),
        }
    }

    #[test]
    fn all_mistakes_of_a_customer_are_told_at_once() {
        let form = CustomerForm { email: "ana@".to_owned(), phone: "5512345678".to_owned(), ..CustomerForm::default() };
        let expected = [
            ("kind", Problem::Required),
            ("name", Problem::Required),
            ("email", Problem::NotAnEmail),
            ("phone", Problem::NotAPhone),
            ("language", Problem::Required),
        ];
        assert_eq!(problems(form.check()), expected.map(|(field, problem)| (field.to_owned(), problem)));
    }

    #[test]
    fn an_address_survives_its_form() {
        let form = AddressForm {
            sector: "3".to_owned(),
            street: "Av. Juárez 10".to_owned(),
            city: "Oaxaca".to_owned(),
            postal_code: "68000".to_owned(),
            country: "mx".to_owned(),
            position: "17.0606 -96.7253".to_owned(),
        };
        let facts = form.check().unwrap();
        assert_eq!(facts.country, "MX");
        assert_eq!(AddressForm::from(&facts).check(), Ok(facts));
    }

    #[test]
    fn half_a_position_is_refused() {
        let form = AddressForm {
            street: "Av. Juárez 10".to_owned(),
            city: "Oaxaca".to_owned(),
            country: "MX".to_owned(),
            position: "17.0606".to_owned(),
            ..AddressForm::default()
        };
        assert_eq!(problems(form.check()), [("position".to_owned(), Problem::NotAPosition)]);
    }
}
