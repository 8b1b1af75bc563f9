//! What a promise may be, before it is made.

use chrono::Days;
use domain::ids::ContractId;
use domain::money::Money;
use domain::views::collections::PromiseTerms;

use crate::permit::{EditPromises, Permit};
use crate::{Context, Result};

/// # Errors
/// `NotFound`.
pub async fn terms(context: &Context, _: &Permit<EditPromises>, contract: ContractId) -> Result<PromiseTerms> {
    terms_of(context, &mut *context.connection().await?, contract).await
}

pub(crate) async fn terms_of(
    context: &Context,
    connection: &mut store::Connection,
    contract: ContractId,
) -> Result<PromiseTerms> {
    let today = context.clock.today();
    let limits = store::collections::policy_of(connection, contract).await?.promises;
    let detail = store::contract_detail::get(connection, contract, today).await?;
    let made = store::promises::made_since(connection, contract, today - Days::new(365)).await?;
    let open = detail.promise.filter(|promise| promise.outcome.is_none());
    let none_open = open.is_none();
    let late: Money = detail.money.overdue;
    Ok(PromiseTerms {
        contract,
        late,
        latest: limits.latest(today, made).filter(|_| none_open),
        open,
        made_in_a_year: made,
        a_year: limits.a_year,
    })
}
