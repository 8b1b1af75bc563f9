//! Work orders in words and colours, the same in the office and on the phone.

use domain::{
    position::Position,
    work_order::{DayPart, FailReason, VisitOutcome, WorkKind, WorkState},
};
use leptos::prelude::*;

use crate::{
    i18n::Words,
    ui::{badge::Badge, icon::Icon, list::escape, tone::Tone},
};

#[must_use]
pub fn kind_word(kind: WorkKind, t: Words) -> &'static str {
    match kind {
        WorkKind::Install => t.work.kind_install(),
        WorkKind::Repair => t.work.kind_repair(),
        WorkKind::Move => t.work.kind_move(),
        WorkKind::Removal => t.work.kind_removal(),
    }
}

#[must_use]
pub fn state_word(state: WorkState, t: Words) -> &'static str {
    match state {
        WorkState::Planned => t.work.state_planned(),
        WorkState::Assigned => t.work.state_assigned(),
        WorkState::UnderWay => t.work.state_under_way(),
        WorkState::Done => t.work.state_done(),
        WorkState::Failed => t.work.state_failed(),
        WorkState::Cancelled => t.work.state_cancelled(),
    }
}

#[must_use]
pub fn state_badge(state: WorkState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        WorkState::Planned => (Tone::Warn, Icon::Clock),
        WorkState::Assigned => (Tone::Accent, Icon::User),
        WorkState::UnderWay => (Tone::Accent, Icon::Play),
        WorkState::Done => (Tone::Ok, Icon::Check),
        WorkState::Failed => (Tone::Danger, Icon::Alert),
        WorkState::Cancelled => (Tone::Neutral, Icon::Close),
    };
    view! { <Badge tone icon label=state_word(state, t)/> }.into_any()
}

#[must_use]
pub fn part_word(part: DayPart, t: Words) -> &'static str {
    match part {
        DayPart::Morning => t.work.morning(),
        DayPart::Any => t.work.any_time(),
        DayPart::Afternoon => t.work.afternoon(),
    }
}

#[must_use]
pub fn reason_word(reason: FailReason, t: Words) -> &'static str {
    match reason {
        FailReason::NobodyHome => t.work.nobody_home(),
        FailReason::NoAccess => t.work.no_access(),
        FailReason::NotFeasible => t.work.not_feasible(),
        FailReason::Postponed => t.work.postponed(),
        FailReason::Weather => t.work.weather(),
        FailReason::MissingMaterial => t.work.missing_material(),
        FailReason::Other => t.work.other_reason(),
    }
}

/// In the story of a contract, for staff and customers.
#[must_use]
pub fn visited(work: WorkKind, outcome: VisitOutcome, t: Words) -> String {
    match outcome {
        VisitOutcome::Done => t.work.story_done(kind_word(work, t)),
        VisitOutcome::Failed => t.work.story_failed(kind_word(work, t)),
    }
}

/// Where a phone's maps find the way to a place, whichever they are. Nothing is loaded from there.
#[must_use]
pub fn way_to(position: Option<Position>, street: &str, city: &str) -> String {
    let there = match position {
        Some(position) => format!("{},{}", position.latitude(), position.longitude()),
        None => escape(&format!("{street}, {city}")),
    };
    format!("https://www.google.com/maps/dir/?api=1&destination={there}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_is_found_by_the_position_or_else_by_the_address() {
        let position = "17.0606, -96.7253".parse().ok();
        let way =
            |position| way_to(position, "Av. Juárez 10", "Oaxaca").split_once("destination=").unwrap().1.to_owned();
        assert_eq!(way(position), "17.0606,-96.7253");
        assert_eq!(way(None), "Av.%20Ju%C3%A1rez%2010%2C%20Oaxaca");
    }
}
