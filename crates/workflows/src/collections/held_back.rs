//! Why a contract whose debt is old enough is not cut: for its page.

use domain::collections::HeldBack;
use domain::ids::ContractId;
use domain::views::contracts::HeldBackCut;

use super::cut_dates;
use crate::{Context, Result};

/// The cut that is due today and not made, with everything that speaks against it.
pub(crate) async fn held_back(
    context: &Context,
    connection: &mut store::Connection,
    contract: ContractId,
) -> Result<Option<HeldBackCut>> {
    let today = context.clock.today();
    let dates = cut_dates(context, connection, today).await?;
    let Some(case) = store::collections::cases(connection, &[contract], today).await?.pop() else { return Ok(None) };
    let mut verdict = case.decide(&dates);
    let night = store::interlock::waits_for_approval(connection, contract).await?;
    if let Some(night) = night.filter(|_| !verdict.place.is_empty()) {
        verdict.due = std::mem::take(&mut verdict.place);
        verdict.held_back = vec![HeldBack::Approval { night }];
    }
    let because = verdict.held_back;
    Ok(verdict.due.into_iter().next_back().map(|evidence| HeldBackCut { evidence, because }))
}
