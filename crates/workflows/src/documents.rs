//! Documents on paper: PDFs made when somebody asks for one, the templates that they are made with, and the letterhead.
//! No run ever waits for a PDF, so that a broken template breaks nothing but its own look.

mod close;
mod contract;
mod invoice;
mod letterhead;
mod logo;
mod paper;
mod preview;
mod quote;
mod receipt;
mod statement;
mod templates;
mod words;

pub use close::month_close;
pub use contract::contract;
pub use invoice::invoice;
pub use letterhead::{save_letterhead, show_settings};
pub use logo::{remove_logo, save_logo, show_logo};
pub use preview::preview;
pub use quote::quote;
pub use receipt::receipt;
pub use statement::{statement, statement_pdf};
pub use templates::{restore_template, save_template, show_template};

pub(crate) use invoice::attachment;
pub(crate) use paper::{NoDocument, issuer, off_the_threads};
pub(crate) use words::{Words, amount};

use domain::failure::Failure;
use domain::ids::CustomerId;

use crate::permit::{Actor, CustomerScope, Permit, Verb};

/// A document to be read or kept.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// `F-2026-000123.pdf`: letters, digits and dashes only.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Who asks for a document: staff who may see all of its kind, or a customer, who may see their own.
#[derive(Clone, Debug)]
pub enum Reader<V> {
    Staff(Permit<V>),
    Customer(CustomerScope),
}

impl<V: Verb> Reader<V> {
    /// # Errors
    /// `Forbidden` for staff without the permit.
    pub fn of(actor: &Actor) -> Result<Self, Failure> {
        match actor.customer_scope() {
            Ok(scope) => Ok(Self::Customer(scope)),
            Err(_) => actor.permit().map(Self::Staff),
        }
    }

    /// What is another customer's is not found.
    fn may_read_of(&self, owner: CustomerId) -> Result<(), Failure> {
        match self {
            Self::Staff(_) => Ok(()),
            Self::Customer(scope) if scope.customer() == owner => Ok(()),
            Self::Customer(_) => Err(Failure::NotFound),
        }
    }

    fn is_staff(&self) -> bool {
        matches!(self, Self::Staff(_))
    }
}
