//! Faults: tickets that customers and staff open, answer and settle, against what was promised.

mod answer;
mod change;
mod list;
mod merge;
mod mine;
mod open;
mod settings;
mod step;
mod triage;

pub use answer::answer;
pub(crate) use answer::{note, resolve_on_the_spot};
pub use list::{list, show};
pub use merge::tell_all;
pub(crate) use merge::{OutageOver, merge_open, release_open, resolve_all};
pub use mine::{answer_mine, complain, mine, rate, show_mine};
pub use open::{offer, offer_mine, open, open_mine};
pub use settings::{add_category, edit_category, save_promises, save_rules, settings};
pub(crate) use step::{STEP, expected, retry, run_step};
pub use triage::triage;

use domain::business_time::BusinessCalendar;
use domain::ids::TicketId;

use crate::record::Subject;
use crate::{Context, Result};

fn subject(ticket: TicketId) -> Subject {
    Subject { kind: "ticket", id: ticket.0 }
}

/// The hours and days off, on the company's clocks.
async fn calendar(context: &Context, connection: &mut store::Connection) -> Result<BusinessCalendar> {
    Ok(BusinessCalendar {
        hours: store::ticket_settings::hours(connection).await?,
        holidays: store::interlock::holidays(connection).await?,
        zone: context.clock.offsets(),
    })
}
