//! What somebody has to go and do at a customer's: the life of a work order in one `match`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::WorkOrderId;
use crate::words::words;

impl WorkOrderId {
    /// How people name it: `OT-00012`.
    pub fn code(self) -> String {
        format!("OT-{:05}", self.0)
    }
}

words! {
    pub enum WorkKind {
        /// The contract is active once it is done.
        Install = "install",
        Repair = "repair",
        /// The service goes to another address.
        Move = "move",
        /// The equipment comes back.
        Removal = "removal",
    }
}

words! {
    pub enum WorkState {
        /// Somebody has to go, nobody knows when.
        Planned = "planned",
        /// Somebody goes on a day.
        Assigned = "assigned",
        UnderWay = "under_way",
        Done = "done",
        /// Nothing came of the visit: it is to be scheduled again.
        Failed = "failed",
        Cancelled = "cancelled",
    }
}

words! {
    /// What can happen to a work order.
    pub enum WorkAction {
        /// A technician and a day.
        Schedule = "schedule",
        /// Neither any more.
        Unschedule = "unschedule",
        /// The technician is on the way.
        Start = "start",
        Finish = "finish",
        Fail = "fail",
        Cancel = "cancel",
    }
}

/// Why an action was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum WorkError {
    #[error("a work order that is {state} allows no {action}")]
    NotAllowed { state: WorkState, action: WorkAction },
}

impl WorkState {
    /// The whole life: what is not listed is refused with both names. A visit may be reported without having been
    /// started, since a phone in a dead spot tells of it only afterwards.
    ///
    /// # Errors
    /// `NotAllowed`.
    pub fn after(self, action: WorkAction) -> Result<Self, WorkError> {
        use WorkAction::{Cancel, Fail, Finish, Schedule, Start, Unschedule};
        match (self, action) {
            // One that was cancelled by mistake is taken up again.
            (Self::Planned | Self::Assigned | Self::UnderWay | Self::Failed | Self::Cancelled, Schedule) => {
                Ok(Self::Assigned)
            }
            (Self::Assigned | Self::UnderWay | Self::Failed, Unschedule) => Ok(Self::Planned),
            (Self::Assigned | Self::UnderWay, Start) => Ok(Self::UnderWay),
            (Self::Assigned | Self::UnderWay, Finish) => Ok(Self::Done),
            (Self::Assigned | Self::UnderWay, Fail) => Ok(Self::Failed),
            (Self::Planned | Self::Assigned | Self::UnderWay | Self::Failed, Cancel) => Ok(Self::Cancelled),
            (state, action) => Err(WorkError::NotAllowed { state, action }),
        }
    }

    pub fn allows(self, action: WorkAction) -> bool {
        self.after(action).is_ok()
    }

    /// Whether somebody has to be sent: there is no day, nothing came of the visit, or the day is over.
    pub fn waits(self, on: Option<NaiveDate>, today: NaiveDate) -> bool {
        match self {
            Self::Planned | Self::Failed => true,
            Self::Assigned | Self::UnderWay => on.is_some_and(|on| on < today),
            Self::Done | Self::Cancelled => false,
        }
    }

    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Cancelled)
    }
}

words! {
    /// When in the day somebody is expected.
    pub enum DayPart {
        Morning = "morning",
        Any = "any",
        Afternoon = "afternoon",
    }
}

words! {
    /// Where an order goes in the route of its day.
    pub enum Shift {
        Earlier = "earlier",
        Later = "later",
    }
}

words! {
    /// What came of a visit.
    pub enum VisitOutcome {
        Done = "done",
        Failed = "failed",
    }
}

impl VisitOutcome {
    pub fn action(self) -> WorkAction {
        match self {
            Self::Done => WorkAction::Finish,
            Self::Failed => WorkAction::Fail,
        }
    }
}

words! {
    /// Why nothing came of a visit.
    pub enum FailReason {
        NobodyHome = "nobody_home",
        NoAccess = "no_access",
        /// No port, no line of sight, no way for the cable.
        NotFeasible = "not_feasible",
        /// The customer asked for another day.
        Postponed = "postponed",
        Weather = "weather",
        MissingMaterial = "missing_material",
        Other = "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use WorkAction::{Cancel, Fail, Finish, Schedule, Start, Unschedule};
    use WorkState::{Assigned, Cancelled, Done, Failed, Planned, UnderWay};

    #[test]
    fn the_whole_life_is_this_table_and_nothing_else() {
        let allowed = [
            (Planned, Schedule, Assigned),
            (Planned, Cancel, Cancelled),
            (Assigned, Schedule, Assigned),
            (Assigned, Unschedule, Planned),
            (Assigned, Start, UnderWay),
            (Assigned, Finish, Done),
            (Assigned, Fail, Failed),
            (Assigned, Cancel, Cancelled),
            (UnderWay, Schedule, Assigned),
            (UnderWay, Unschedule, Planned),
            (UnderWay, Start, UnderWay),
            (UnderWay, Finish, Done),
            (UnderWay, Fail, Failed),
            (UnderWay, Cancel, Cancelled),
            (Failed, Schedule, Assigned),
            (Failed, Unschedule, Planned),
            (Failed, Cancel, Cancelled),
            (Cancelled, Schedule, Assigned),
        ];
        for state in WorkState::ALL {
            for action in WorkAction::ALL {
                let listed = allowed.iter().find(|(from, by, _)| from == state && by == action);
                let expected =
                    listed.map(|(_, _, to)| *to).ok_or(WorkError::NotAllowed { state: *state, action: *action });
                assert_eq!(state.after(*action), expected, "{state} {action}");
            }
        }
    }

    #[test]
    fn what_is_done_or_cancelled_waits_for_nobody() {
        let open: Vec<_> = WorkState::ALL.iter().filter(|state| state.is_open()).collect();
        assert_eq!(open, [&Planned, &Assigned, &UnderWay, &Failed]);
    }

    #[test]
    fn somebody_has_to_be_sent_where_nobody_goes_any_more() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 3, day);
        let today = day(10).unwrap();
        for (state, on, waits) in [
            (Planned, None, true),
            (Failed, day(10), true),
            (Failed, day(9), true),
            (Assigned, day(9), true),
            (Assigned, day(10), false),
            (Assigned, day(11), false),
            (UnderWay, day(9), true),
            (UnderWay, day(10), false),
            (Done, day(9), false),
            (Cancelled, None, false),
            (Cancelled, day(9), false),
        ] {
            assert_eq!(state.waits(on, today), waits, "{state} {on:?}");
        }
    }

    #[test]
    fn people_name_an_order_by_its_number() {
        assert_eq!(WorkOrderId(12).code(), "OT-00012");
    }
}
