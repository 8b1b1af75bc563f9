//! Customers: who is served, whom to call there, and where.

mod address;
pub mod api;
mod contact;
mod detail;
mod edit;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;
mod statement;

pub use address::{AddressPage, NewAddressPage};
pub use contact::{ContactPage, NewContactPage};
pub use detail::CustomerPage;
pub use edit::{EditCustomerPage, NewCustomerPage};
pub use list::{CustomersPage, customer_columns};
pub use statement::StatementPage;

use domain::{
    contact::{CustomerKind, Language},
    ids::CustomerId,
    money::Money,
    views::customers::{CustomerDetail, Debt},
};

use crate::{
    i18n::Words,
    parts::amount::{money, moneys},
};

fn kind_name(kind: CustomerKind, t: Words) -> &'static str {
    match kind {
        CustomerKind::Person => t.customers.kind_person(),
        CustomerKind::Company => t.customers.kind_company(),
    }
}

pub(in crate::office) fn language_name(language: Language, t: Words) -> &'static str {
    match language {
        Language::Spanish => t.customers.spanish(),
        Language::English => t.customers.english(),
    }
}

/// What a list asks about money.
#[must_use]
pub fn debt_name(debt: Debt, t: Words) -> &'static str {
    match debt {
        Debt::Owes => t.customers.debt_owes(),
        Debt::Overdue => t.customers.debt_overdue(),
        Debt::Nothing => t.customers.debt_nothing(),
    }
}

/// What is owed; what the customer has to their credit is said so and not by a sign.
fn balance(amounts: &[Money], t: Words) -> String {
    match amounts {
        [amount] if amount.is_negative() => t.customers.in_credit(money(-*amount)),
        amounts => moneys(amounts),
    }
}

fn href(customer: CustomerId) -> String {
    format!("/office/customers/{customer}")
}

/// The way back from a page about a customer.
fn places(customer: &CustomerDetail, t: Words) -> Vec<(String, String)> {
    vec![
        (t.customers.title().to_owned(), "/office/customers".to_owned()),
        (customer.facts.name.clone(), href(customer.id)),
    ]
}
