//! Faults: the life of a ticket in one `match`, and the clock of what was promised.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::business_time::BusinessCalendar;
use crate::ids::TicketId;
use crate::words::words;

impl TicketId {
    /// How people name it: `R-00012`.
    pub fn code(self) -> String {
        format!("R-{:05}", self.0)
    }
}

words! {
    pub enum TicketState {
        New = "new",
        InProgress = "in_progress",
        /// For the customer: the clock stands.
        Waiting = "waiting",
        /// We say that it works; the customer may say that it does not.
        Resolved = "resolved",
        Closed = "closed",
    }
}

words! {
    pub enum Priority {
        Low = "low",
        Normal = "normal",
        High = "high",
        Urgent = "urgent",
    }
}

words! {
    /// What can happen to a ticket.
    pub enum TicketAction {
        /// Somebody works on it.
        Take = "take",
        /// The customer is asked something.
        Ask = "ask",
        /// The customer writes.
        Answer = "answer",
        Resolve = "resolve",
        /// Staff find that it was not over.
        Reopen = "reopen",
        /// The customer says that it does not work: not once it is closed.
        Complain = "complain",
        /// The time to complain is over.
        Close = "close",
    }
}

impl TicketAction {
    /// Whether the customer must read it: what is asked, or that it works.
    pub fn speaks_to_customer(self) -> bool {
        matches!(self, Self::Ask | Self::Resolve)
    }
}

/// Why an action was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum TicketError {
    #[error("a ticket that is {state} allows no {action}")]
    NotAllowed { state: TicketState, action: TicketAction },
    #[error("a ticket is rated once, when it is resolved")]
    NotToBeRated,
}

impl TicketState {
    /// The whole life: what is not listed is refused with both names.
    ///
    /// # Errors
    /// `NotAllowed`.
    pub fn after(self, action: TicketAction) -> Result<Self, TicketError> {
        use TicketAction::{Answer, Ask, Close, Complain, Reopen, Resolve, Take};
        match (self, action) {
            (Self::New | Self::InProgress | Self::Waiting, Take)
            | (Self::InProgress | Self::Waiting, Answer)
            | (Self::Resolved | Self::Closed, Reopen)
            | (Self::Resolved, Complain) => Ok(Self::InProgress),
            (Self::New, Answer) => Ok(Self::New),
            (Self::New | Self::InProgress | Self::Waiting, Ask) => Ok(Self::Waiting),
            (Self::New | Self::InProgress | Self::Waiting, Resolve) => Ok(Self::Resolved),
            (Self::Resolved, Close) => Ok(Self::Closed),
            (state, action) => Err(TicketError::NotAllowed { state, action }),
        }
    }

    /// Whether the time that was promised runs.
    pub fn clock_runs(self) -> bool {
        matches!(self, Self::New | Self::InProgress)
    }

    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        matches!(self, Self::New | Self::InProgress | Self::Waiting)
    }
}

words! {
    /// Which hours count.
    pub enum SlaClock {
        Always = "always",
        Business = "business",
    }
}

/// What is promised for a priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sla {
    pub priority: Priority,
    /// Until somebody writes back.
    pub response_hours: u32,
    /// Until it works.
    pub resolution_hours: u32,
    pub clock: SlaClock,
}

/// A span in which the clock stood; without an end it stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    pub began_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// When something is due, and from when on it is called soon: when three quarters of its time are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    pub soon_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadlines {
    pub response: Deadline,
    pub resolution: Deadline,
}

impl Sla {
    /// The deadlines of a ticket that was opened then, as its pauses moved them: the same answer whenever it is asked, so
    /// that another priority or other hours change what is still to come.
    pub fn deadlines(&self, calendar: &BusinessCalendar, opened_at: DateTime<Utc>, pauses: &[Pause]) -> Deadlines {
        let work = Work { clock: self.clock, calendar };
        let at = |time: Duration| work.pushed_back(work.add(opened_at, time), pauses);
        let deadline = |hours: u32| Deadline {
            soon_at: at(Duration::minutes(i64::from(hours) * 45)),
            due_at: at(Duration::hours(hours.into())),
        };
        Deadlines { response: deadline(self.response_hours), resolution: deadline(self.resolution_hours) }
    }
}

/// The time that counts.
struct Work<'a> {
    clock: SlaClock,
    calendar: &'a BusinessCalendar,
}

impl Work<'_> {
    fn add(&self, from: DateTime<Utc>, time: Duration) -> DateTime<Utc> {
        match self.clock {
            SlaClock::Always => from + time,
            SlaClock::Business => self.calendar.add(from, time),
        }
    }

    fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Duration {
        match self.clock {
            SlaClock::Always => to - from,
            SlaClock::Business => self.calendar.between(from, to),
        }
    }

    /// What was left when the clock stopped is left when it goes on. What was over before stays over.
    fn pushed_back(&self, mut due: DateTime<Utc>, pauses: &[Pause]) -> DateTime<Utc> {
        for pause in pauses {
            if let Some(ended_at) = pause.ended_at.filter(|_| pause.began_at < due) {
                due = self.add(ended_at, self.between(pause.began_at, due));
            }
        }
        due
    }
}

words! {
    /// How a ticket stands against what was promised.
    pub enum Standing {
        OnTime = "on_time",
        Soon = "soon",
        Breached = "breached",
    }
}

impl Deadline {
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        if now >= self.due_at {
            Standing::Breached
        } else if now >= self.soon_at {
            Standing::Soon
        } else {
            Standing::OnTime
        }
    }
}

/// What happened to a ticket beside what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TicketEvent {
    Moved {
        from: TicketState,
        to: TicketState,
    },
    /// `None`: to nobody.
    Assigned {
        to: Option<String>,
    },
    Prioritised {
        from: Priority,
        to: Priority,
    },
    /// In both languages, Spanish first.
    Categorised {
        to: (String, String),
    },
    /// Merged into the outage at a place; `None`: taken out of it.
    Merged {
        place: Option<String>,
    },
    Rated {
        stars: i32,
    },
}

impl TicketEvent {
    /// Whether the customer reads it too. Who works on what is the provider's matter.
    pub fn is_for_customer(&self) -> bool {
        matches!(self, Self::Moved { .. } | Self::Merged { .. } | Self::Rated { .. })
    }
}

#[cfg(test)]
#[path = "ticket_tests.rs"]
mod tests;
