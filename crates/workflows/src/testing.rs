//! What stories stand on: a context with a hand-set clock and a database of its own.

use std::ops::Deref;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use store::testing::Database;

use crate::clock::Clock;
use crate::permit::{Actor, Permit, Verb};
use crate::vault::Vault;
use crate::{Context, StaysOpen};

/// A provider in a database of its own, where it is what time the story says.
pub struct Story {
    pub context: Context,
    pub database: Database,
}

impl Deref for Story {
    type Target = Context;
    fn deref(&self) -> &Context {
        &self.context
    }
}

/// Where routers send those who are cut.
pub const NOTICE: &str = "10.0.0.2:3080";

/// Begins a story at noon of `today`, in UTC.
pub async fn story(today: &str) -> Story {
    let database = store::testing::fresh().await;
    #[expect(clippy::expect_used, reason = "UTC is a time zone")]
    let clock = Clock::hand_set("UTC", noon(today)).expect("UTC is a time zone");
    let context = Context {
        db: database.clone(),
        steady_db: database.clone(),
        clock,
        vault: Vault::new(&[7; 32]),
        job_attempts: 5,
        public_url: "https://ramal.test".to_owned(),
        ringing: Vec::new(),
        stays_open: StaysOpen { notice: NOTICE.parse().ok(), hosts: vec!["10.0.0.80".to_owned()] },
        tiles: None,
    };
    Story { context, database }
}

impl Story {
    /// Noon of another day.
    pub fn it_is(&self, day: &str) {
        self.context.clock.set(noon(day));
    }

    /// The system's own permit: for stories that are not about who may.
    pub fn may<V: Verb>(&self) -> Permit<V> {
        #[expect(clippy::expect_used, reason = "the system may do everything")]
        system().permit().expect("the system may do everything")
    }
}

/// The actor of stories that are not about who may.
pub fn system() -> Actor {
    Actor::System { name: "story" }
}

/// # Panics
/// When the story's author wrote something else than YYYY-MM-DD.
#[expect(clippy::expect_used, reason = "dates in stories are literals")]
pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date is written YYYY-MM-DD")
}

fn noon(day: &str) -> DateTime<Utc> {
    date(day).and_time(NaiveTime::MIN).and_utc() + chrono::Duration::hours(12)
}
