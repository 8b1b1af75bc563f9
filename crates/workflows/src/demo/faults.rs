//! Faults to look at.

use domain::failure::Failure;
use domain::views::ticket_forms::FaultForm;

use crate::permit::{OpenTickets, Permit};
use crate::{Context, Result, tickets};

/// What the demo's customer called about: the category, as the migration numbers them, and the words.
const FAULTS: &[(&str, &str)] = &[
    ("2", "Desde ayer en la tarde las videollamadas se cortan; de mañana va bien."),
    ("6", "¿Por qué la factura de este mes es más alta?"),
];

/// Writes down faults of the customer with this reference.
///
/// # Errors
/// `NotFound` without such a customer.
pub async fn report_faults(context: &Context, permit: &Permit<OpenTickets>, customer: &str) -> Result<()> {
    let mut connection = context.connection().await?;
    let customer = store::customers::by_reference(&mut connection, customer).await?.ok_or(Failure::NotFound)?;
    let places = store::outages::places_of(&mut connection, customer, context.clock.today()).await?;
    let contract = places.first().map(|place| place.contract);
    drop(connection);
    for (category, words) in FAULTS {
        let form = FaultForm {
            contract: contract.map(|id| id.to_string()).unwrap_or_default(),
            category: (*category).to_owned(),
            body: (*words).to_owned(),
            idempotency_key: format!("demo-{category}"),
            ..FaultForm::default()
        };
        tickets::open(context, permit, customer, &form).await?;
    }
    Ok(())
}
