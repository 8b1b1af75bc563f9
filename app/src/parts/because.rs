//! Why something at a device or a mail server was not done, and what to do; why a credit note was written.

use domain::{credit::CreditBecause, network::Because};

use super::state::technical_state;
use crate::{i18n::Words, office::onboarding::step_name, ui::format};

/// Why a credit note was written, as the customer reads it too.
#[must_use]
pub fn credit_because(because: &CreditBecause, t: Words) -> String {
    let plain = match because {
        CreditBecause::Decision { why } => return why.clone(),
        CreditBecause::PlanChanged => t.changes.because_plan_changed(),
        CreditBecause::QuantityChanged => t.changes.because_quantity_changed(),
        CreditBecause::Paused => t.changes.because_paused(),
        CreditBecause::ContractClosed => t.changes.because_contract_closed(),
        CreditBecause::HolderChanged => t.changes.because_holder_changed(),
        CreditBecause::LeasingEnded => t.changes.because_leasing_ended(),
        CreditBecause::Outage { place, days } => {
            let (first, last) = (format::date(days.start(), t), format::date(days.last_day(), t));
            return t.tickets.because_outage(place, first, last);
        }
    };
    plain.to_owned()
}

/// A sentence that follows a colon. The device's own words stay as they came.
#[must_use]
pub fn because(because: &Because, t: Words) -> String {
    let plain = match because {
        Because::Unreachable { words } => return t.network.because_unreachable(words),
        Because::LoginRefused { words } => return t.network.because_login_refused(words),
        Because::NotARouter { words } => return t.network.because_not_a_router(words),
        Because::ConnectionLost { words } => return t.network.because_connection_lost(words),
        Because::Refused { command, words, .. } => return t.network.because_refused(command, words),
        Because::NotPermitted { command, policies } => {
            return t.network.because_not_permitted(command, policies.join(", "));
        }
        Because::Foreign { menu, name } => return t.network.because_foreign(name, menu.path()),
        Because::HeldByService { menu, name, .. } => return t.network.because_held(name, menu.path()),
        Because::NotAsWanted { wanted, read } => {
            return t.network.because_not_as_wanted(technical_state(*read, t), technical_state(*wanted, t));
        }
        Because::MessageRefused { words, .. } => return t.network.because_message(words),
        Because::ForeignInHotspot { path, name } => return t.network.because_foreign(name, path),
        Because::NoHotspotServer { server } => return t.hotspot.because_no_server(server),
        Because::HotspotNotAsWanted { rows } => return t.hotspot.because_not_as_wanted(rows),
        Because::DeviceMode { forbidden } => return t.network.because_device_mode(forbidden.join(", ")),
        Because::NotConfigured { step } => return t.network.because_not_configured(step_name(*step, t)),
        Because::ForeignScript { servers } => return t.macs.because_foreign_script(servers.join(", ")),
        Because::NoDhcpServer => t.macs.because_no_dhcp_server(),
        Because::NameTaken { name } => return t.network.because_name_taken(name),
        Because::GatewayRefused { words, .. } => return t.gateway.job_because(words),
        Because::Incident { number } => return t.network.because_incident(number),
        Because::NoAnswer => t.network.because_no_answer(),
        Because::RouterBusy => t.network.because_busy(),
        Because::PaymentHasRefunds => t.gateway.parked_refunds(),
        Because::BaseNotAsWanted => t.access.because_base(),
        Because::NoSpeed => t.network.because_no_speed(),
        Because::SecretUnreadable => t.network.because_secret(),
        Because::SubjectGone => t.network.because_subject_gone(),
        Because::WorkerLost => t.network.because_worker_lost(),
        Because::Superseded => t.network.because_superseded(),
        Because::CancelledByPerson => t.network.because_cancelled(),
    };
    plain.to_owned()
}
