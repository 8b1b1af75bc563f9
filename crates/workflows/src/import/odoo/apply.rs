//! Writes a plan: a transaction for each customer, so that one who is refused costs nobody else anything. A preview
//! does the very same and takes it back. Repeating it doubles nothing: who is there already is left as they are.

mod catalogue;
mod customer;
mod documents;

use domain::settings::Company;

use self::{catalogue::Catalogue, customer::Writer};
use super::plan::{CustomerPlan, ImportPlan};
use crate::permit::{Import, Permit};
use crate::{Context, Error, Result};

/// Under which records remember where they came from.
pub(super) const SOURCE: &str = "odoo";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything is tried against the database and taken back.
    Preview,
    Write,
}

/// What became of a plan.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Written, or (in a preview) could be.
    pub imported: usize,
    /// Imported before, and left as they are.
    pub already_there: usize,
    pub refused: Vec<Refusal>,
    /// Made without an address and set to dry run: somebody must enter how to reach them.
    pub new_routers: Vec<String>,
}

/// A customer whom the database refused, whole.
#[derive(Debug)]
pub struct Refusal {
    pub reference: String,
    pub name: String,
    /// The rule of the database that stood in the way, such as `contracts_code_key` for a code that is taken.
    pub constraint: String,
}

#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub done: usize,
    pub of: usize,
}

/// Why a customer was not written.
enum Stop {
    Refused { constraint: String },
    Failed(Error),
}

/// Writes a plan, or previews that.
///
/// # Errors
/// Only what stops everything, such as a database that went away. What is wrong with one customer is in the outcome.
pub async fn apply(
    context: &Context,
    permit: &Permit<Import>,
    plan: &ImportPlan,
    mode: Mode,
    mut progress: impl FnMut(Progress),
) -> Result<Outcome> {
    let mut connection = context.connection().await?;
    let company = store::company::get(&mut connection).await?;
    let known = store::import::already_there(&mut connection, SOURCE, "customer").await?;
    let mut catalogue = Catalogue::read(&mut connection, &plan.products).await?;
    drop(connection);
    let mut outcome = Outcome::default();
    for (done, customer) in plan.customers.iter().enumerate() {
        progress(Progress { done, of: plan.customers.len() });
        if known.contains(&customer.id.0) {
            outcome.already_there += 1;
            continue;
        }
        match write(context, permit, &company, &mut catalogue, customer, mode).await {
            Ok(()) => outcome.imported += 1,
            Err(Stop::Refused { constraint }) => outcome.refused.push(Refusal {
                reference: customer.reference.clone(),
                name: customer.name.clone(),
                constraint,
            }),
            Err(Stop::Failed(error)) => return Err(error),
        }
    }
    progress(Progress { done: plan.customers.len(), of: plan.customers.len() });
    outcome.new_routers = catalogue.into_new_routers();
    Ok(outcome)
}

async fn write(
    context: &Context,
    permit: &Permit<Import>,
    company: &Company,
    catalogue: &mut Catalogue<'_>,
    customer: &CustomerPlan,
    mode: Mode,
) -> Result<(), Stop> {
    let mut transaction = context.begin().await.map_err(Stop::Failed)?;
    // What a customer adds to the catalogue is there for the next one only when it was committed.
    let mut tried = catalogue.clone();
    Writer { context, permit, company, catalogue: &mut tried, transaction: &mut transaction }.write(customer).await?;
    match mode {
        Mode::Preview => {
            transaction.rollback().await.map_err(store::Error::from)?;
            catalogue.note_new_routers(&tried);
        }
        Mode::Write => {
            transaction.commit().await.map_err(store::Error::from)?;
            *catalogue = tried;
        }
    }
    Ok(())
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Taken { constraint }
            | store::Error::Overlap { constraint }
            | store::Error::Refused { constraint, .. } => Self::Refused { constraint },
            error => Self::Failed(error.into()),
        }
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}
