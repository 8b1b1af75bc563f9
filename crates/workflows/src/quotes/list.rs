//! Quotes to look at, by staff and by the customer.

use domain::failure::Failure;
use domain::ids::{ContractId, QuoteId};
use domain::quote::{QuotePurpose, QuoteState};
use domain::views::list::PageNumber;
use domain::views::quotes::{QuoteDetail, QuoteFilter, QuoteList};

use crate::permit::{CustomerScope, Permit, SeeQuotes};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeeQuotes>, filter: &QuoteFilter) -> Result<QuoteList> {
    Ok(store::quotes_list::list(&mut *context.connection().await?, filter, context.clock.today()).await?)
}

/// # Errors
/// `NotFound`.
pub async fn show(context: &Context, _: &Permit<SeeQuotes>, quote: QuoteId) -> Result<QuoteDetail> {
    let mut connection = context.connection().await?;
    let mut detail = store::quotes_list::show(&mut connection, quote, context.clock.today()).await?;
    if let (QuotePurpose::Reconnection, QuoteState::Sent { .. }, Some(contract)) =
        (detail.row.purpose, &detail.state, &detail.row.contract)
    {
        detail.taken = taken(&mut connection, contract.id).await?;
    }
    Ok(detail)
}

/// What of the contract's user, MAC and address somebody else has meanwhile.
pub(super) async fn taken(connection: &mut store::Connection, contract: ContractId) -> Result<Vec<(String, String)>> {
    let Some(service) = store::service_settings::of_contract(connection, contract).await? else {
        return Ok(Vec::new());
    };
    let clashes = store::service_settings::clashes(connection, contract, &service.settings).await?;
    Ok(clashes.into_iter().map(|clash| (clash.field, clash.by)).collect())
}

/// The customer's quotes, as far as they were sent.
pub async fn list_own(context: &Context, scope: &CustomerScope, page: PageNumber) -> Result<QuoteList> {
    let filter = QuoteFilter { customer: Some(scope.customer()), without_drafts: true, page, ..QuoteFilter::default() };
    Ok(store::quotes_list::list(&mut *context.connection().await?, &filter, context.clock.today()).await?)
}

/// # Errors
/// `NotFound` for another's, and for what is being prepared.
pub async fn show_own(context: &Context, scope: &CustomerScope, quote: QuoteId) -> Result<QuoteDetail> {
    let detail = store::quotes_list::show(&mut *context.connection().await?, quote, context.clock.today()).await?;
    let theirs = detail.row.customer == scope.customer() && detail.row.number.is_some();
    if theirs { Ok(detail) } else { Err(Failure::NotFound.into()) }
}
