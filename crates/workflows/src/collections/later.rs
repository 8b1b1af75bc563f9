//! Which cuts of a night have to wait for an allowed day or hour: said before somebody approves them.

use chrono::NaiveDate;
use domain::collections::next_cut;
use domain::views::runs::LaterCuts;

use crate::{Context, Result};

/// The cuts of this night that would not be made now, by policy.
pub(crate) async fn later(
    context: &Context,
    connection: &mut store::Connection,
    date: NaiveDate,
) -> Result<Vec<LaterCuts>> {
    let now = context.clock.today().and_time(context.clock.time_of_day());
    let holidays = store::interlock::holidays(connection).await?;
    let mut later = Vec::new();
    for (policy, cuts) in store::interlock::proposed_by_policy(connection, date).await? {
        let policy = store::policies::get(connection, policy).await?.policy;
        let from = next_cut(&policy, now, &holidays);
        if from != Some(now) {
            later.push(LaterCuts { policy: policy.name, cuts, from });
        }
    }
    Ok(later)
}
