//! How often one may try.

use chrono::Duration;
use domain::failure::Failure;
use store::attempts::{self, Attempt, Counted, What};

use super::Visitor;
use crate::{Context, Result};

/// What is counted, and for how long.
const WINDOW: Duration = Duration::minutes(15);
const DAY: Duration = Duration::days(1);

/// Attempts in the window before the next one is refused.
struct Allowed {
    /// For one e-mail address from one place.
    here: i64,
    /// For one e-mail address from everywhere: a guess that is spread over many places.
    email: i64,
    /// From one place for all addresses.
    place: i64,
    /// For one e-mail address from everywhere within a day.
    day: Option<i64>,
}

const SIGN_IN: Allowed = Allowed { here: 5, email: 30, place: 30, day: None };
/// Codes have six digits, which do not hold for weeks against somebody who has the password.
const CODE: Allowed = Allowed { here: 5, email: 15, place: 30, day: Some(50) };
/// For one address or number that a code came with.
const PORTAL_CODE: Allowed = Allowed { here: 5, email: 10, place: 20, day: None };
const RESET: Allowed = Allowed { here: 3, email: 5, place: 30, day: None };

/// An attempt that may go on. It counts as failed until it is forgiven.
pub(super) struct Trying {
    what: What,
    email: String,
    place: String,
}

impl Trying {
    /// The attempt succeeded: what failed before it here was a slip of the finger.
    pub async fn forgive(self, transaction: &mut store::Transaction) -> Result<()> {
        let attempt = Attempt { what: self.what, email: &self.email, address: &self.place };
        Ok(attempts::forget_all(transaction, attempt).await?)
    }
}

/// Counts a mail that somebody has sent to an address, or refuses it: mailboxes are not to be filled. It is never
/// forgiven.
pub(crate) async fn count_mail(context: &Context, email: &str, visitor: &Visitor) -> Result<()> {
    begin(context, What::Reset, email, visitor).await.map(drop)
}

/// Counts an attempt, or refuses it. It is counted before it is made: a hundred at the same moment cannot all pass
/// because none of them has failed yet.
pub(super) async fn begin(context: &Context, what: What, email: &str, visitor: &Visitor) -> Result<Trying> {
    let email: String = email.trim().to_lowercase().chars().take(254).collect();
    let place = visitor.place();
    let now = context.clock.now();
    let mut connection = context.connection().await?;
    attempts::forget_before(&mut connection, now - DAY).await?;
    let attempt = Attempt { what, email: &email, address: &place };
    let this_one = attempts::add(&mut connection, attempt, now).await?;
    let allowed = match what {
        What::SignIn => SIGN_IN,
        What::Reset => RESET,
        What::Code => CODE,
        What::PortalCode => PORTAL_CODE,
    };
    let (of_email, of_place) = (Some(email.as_str()), Some(place.as_str()));
    let rules = [
        (allowed.here, WINDOW, Counted { email: of_email, address: of_place }),
        (allowed.email, WINDOW, Counted { email: of_email, address: None }),
        (allowed.place, WINDOW, Counted { email: None, address: of_place }),
    ];
    let of_a_day = allowed.day.map(|most| (most, DAY, Counted { email: of_email, address: None }));
    for (most, window, counted) in rules.into_iter().chain(of_a_day) {
        let full_since = attempts::nth_latest(&mut connection, what, counted, now - window, most, this_one).await?;
        if let Some(full_since) = full_since {
            // A refused attempt does not count: who goes on trying does not wait longer for it.
            attempts::forget(&mut connection, this_one).await?;
            let wait = full_since + window - now;
            let minutes = (wait.num_seconds() + 59).div_euclid(60).max(1);
            return Err(Failure::TooManyAttempts { minutes }.into());
        }
    }
    Ok(Trying { what, email, place })
}
