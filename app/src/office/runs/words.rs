//! The names of steps and the reasons of what they left out.

use domain::billing::ParkReason;

use crate::i18n::Words;

/// A step's name; one that is not known here is shown as the ledger has it.
pub fn step_name(step: &str, t: Words) -> String {
    match step {
        "changes" => t.changes.title().to_owned(),
        "billing" => t.dashboard.step_billing().to_owned(),
        "reminders" => t.collections.step_reminders().to_owned(),
        "late_fees" => t.collections.step_late_fees().to_owned(),
        "automatic_payments" => t.gateway.step().to_owned(),
        "reports" => t.reports.title().to_owned(),
        "housekeeping" => t.scans.step_housekeeping().to_owned(),
        "collections" => t.dashboard.step_collections().to_owned(),
        "outages" => t.tickets.step_outages().to_owned(),
        "tickets" => t.tickets.step_tickets().to_owned(),
        "plant" => t.plant.step().to_owned(),
        other => other.to_owned(),
    }
}

pub fn because(reason: &ParkReason, t: Words) -> String {
    match reason {
        ParkReason::Amount { .. } => t.dashboard.because_amount().to_owned(),
        ParkReason::PeriodAlreadyBilled => t.dashboard.because_billed().to_owned(),
        ParkReason::Incident { number } => t.dashboard.because_incident(number),
    }
}
