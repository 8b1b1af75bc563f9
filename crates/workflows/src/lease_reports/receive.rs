//! A report that was posted.

use domain::lease_report::LeaseReport;

use crate::auth::{Token, Visitor};
use crate::{Context, Result, macs};

/// Reports of one router in a minute; a whole site that comes back after a power cut.
const MOST_REPORTS: i32 = 600;
/// Posts without a known token from one place in a minute.
const MOST_STRANGERS: i32 = 10;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    Noted,
    /// No token, or none that is known.
    Stranger,
    TooMany,
    /// Without a MAC there is nothing to note.
    Unreadable,
}

/// Notes the equipment under the router whose token it is. Posted twice it is noted once.
pub async fn receive(
    context: &Context,
    visitor: &Visitor,
    token: Option<&str>,
    report: Option<LeaseReport>,
) -> Result<Received> {
    let now = context.clock.now();
    let place = visitor.place();
    let mut transaction = context.begin().await?;
    if store::lease_reports::stranger_tries(&mut transaction, &place, now).await? >= MOST_STRANGERS {
        return Ok(Received::TooMany);
    }
    let known = match token.and_then(Token::parse) {
        Some(token) => store::lease_reports::count(&mut transaction, &token.digest(), now).await?,
        None => None,
    };
    let received = match (known, report) {
        (None, _) => {
            store::lease_reports::count_stranger(&mut transaction, &place, now).await?;
            Received::Stranger
        }
        (Some((_, reports)), _) if reports > MOST_REPORTS => Received::TooMany,
        (Some(_), None) => Received::Unreadable,
        (Some((router, _)), Some(report)) => {
            macs::note(context, &mut transaction, router, &report).await?;
            Received::Noted
        }
    };
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(received)
}
