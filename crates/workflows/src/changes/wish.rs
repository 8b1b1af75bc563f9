//! What a change would make of a line, and the names of it.

use chrono::NaiveDate;
use domain::contract_line::LineFacts;
use domain::failure::{Failure, Problem};
use domain::ids::{ContractLineId, PlanId};
use domain::plan_change::{Change, ChangeSummary};
use store::contract_lines::Line;
use store::contracts::Contract;

use crate::{Context, Error, Result, contracts};

/// A recurring line that goes on: neither over on `today`, nor with an end to come, as what is charged during a pause.
pub(crate) fn current(lines: &[Line], id: ContractLineId, today: NaiveDate) -> Result<&Line> {
    let goes_on = |line: &&Line| is_current(line, today) && line.dates.ends_on.is_none();
    let found = lines.iter().filter(goes_on).find(|line| line.id == id);
    found.ok_or_else(|| Failure::field("line", Problem::UnknownChoice).into())
}

/// A recurring line that is not over on `today`.
pub(crate) fn is_current(line: &Line, today: NaiveDate) -> bool {
    let over = line.dates.ends_on.is_some_and(|ends| ends <= today);
    line.facts.terms.is_some() && line.dates.starts_on.is_some() && !over
}

/// A change to a plan that is sold, in the contract's currency, at its price of today where the contract is installed.
pub(crate) async fn to_plan(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: &Contract,
    line: &Line,
    plan: PlanId,
) -> Result<(Change, ChangeSummary)> {
    let unknown = || Error::from(Failure::field("plan", Problem::UnknownChoice));
    let offered = match store::plans::get(transaction, plan).await {
        Err(store::Error::NotFound) => return Err(unknown()),
        offered => offered?,
    };
    if offered.archived_at.is_some() || plan == line.facts.plan {
        return Err(unknown());
    }
    if offered.facts.currency != contract.currency {
        return Err(Failure::CurrencyMismatch.into());
    }
    let present = store::plans::get(transaction, line.facts.plan).await?;
    if present.facts.kind != offered.facts.kind {
        return Err(unknown());
    }
    let unit_price = contracts::list_price(context, transaction, contract, &offered).await?;
    let change = Change::Plan { line: line.id, plan, unit_price };
    Ok((change, ChangeSummary::Plan { from: line.facts.description.clone(), to: offered.facts.name }))
}

/// The line that would follow. Its price is the new plan's; discount, tax and terms stay as agreed.
pub(super) async fn facts(connection: &mut store::Connection, line: &Line, change: &Change) -> Result<LineFacts> {
    Ok(match change {
        Change::Plan { plan, unit_price, .. } => {
            let description = store::plans::get(connection, *plan).await?.facts.name;
            LineFacts { plan: *plan, unit_price: *unit_price, description, ..line.facts.clone() }
        }
        Change::Quantity { quantity, .. } => LineFacts { quantity: *quantity, ..line.facts.clone() },
        Change::Pause { .. } => line.facts.clone(),
    })
}
