//! A new quote, to be filled and sent.

use chrono::Days;
use domain::failure::{Failure, Problem};
use domain::ids::{CustomerId, QuoteId};
use domain::quote::QuotePurpose;
use domain::views::list::Choice;
use domain::views::quotes::{QuoteChoices, QuoteForm};
use store::quotes::NewQuote;

use super::subject;
use crate::permit::{EditQuotes, Permit};
use crate::record::audit;
use crate::refused::{Fields, unknown_choice};
use crate::{Context, Result};

const CHOICES: Fields = &[("quotes_customer_id_fkey", "customer"), ("quotes_contract_id_fkey", "contract")];
/// For how long an offer is made unless somebody says otherwise.
const USUAL_DAYS: u64 = 15;

/// What the form chooses from, for a customer.
///
/// # Errors
/// `NotFound`.
pub async fn choices(context: &Context, _: &Permit<EditQuotes>, customer: CustomerId) -> Result<QuoteChoices> {
    let mut connection = context.connection().await?;
    let name = store::customers::get(&mut connection, customer).await?.facts.name;
    let today = context.clock.today();
    let contracts = store::contracts_list::of_customer(&mut connection, customer, today).await?;
    Ok(QuoteChoices {
        customer: Choice { id: customer, name },
        contracts: contracts.into_iter().map(|row| Choice { id: row.id, name: row.code }).collect(),
        taxes: store::taxes::choices(&mut connection).await?,
        valid_until: today.checked_add_days(Days::new(USUAL_DAYS)).unwrap_or(today),
    })
}

/// # Errors
/// `Fields`, among them a contract of somebody else.
pub async fn draft(context: &Context, permit: &Permit<EditQuotes>, form: &QuoteForm) -> Result<QuoteId> {
    let wish = form.check(context.clock.today())?;
    let mut transaction = context.begin().await?;
    let currency = match wish.contract {
        None => store::company::get(&mut transaction).await?.currency,
        Some(contract) => match store::contracts::lock(&mut transaction, contract).await {
            Ok(found) if found.customer == wish.customer => found.currency,
            Ok(_) | Err(store::Error::NotFound) => {
                return Err(Failure::field("contract", Problem::UnknownChoice).into());
            }
            Err(error) => return Err(error.into()),
        },
    };
    let quote = NewQuote {
        purpose: QuotePurpose::Sale,
        customer: wish.customer,
        contract: wish.contract,
        currency,
        valid_until: wish.valid_until,
        note: &wish.note,
        at: context.clock.now(),
    };
    let id = store::quotes::add(&mut transaction, &quote).await.map_err(|error| unknown_choice(error, CHOICES))?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&wish)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}
