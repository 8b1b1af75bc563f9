//! Vouchers: batches, their sheets and sales, and looking for one.

pub mod api;
mod batch;
mod batches;
mod list;
mod new;
mod sale;

pub use batch::BatchPage;
pub use batches::BatchesPage;
pub use list::VouchersPage;
pub use new::NewBatchPage;

use domain::hotspot::{EndReason, VoucherState};
use leptos::prelude::*;

use crate::{
    i18n::Words,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

fn state_name(state: VoucherState, t: Words) -> &'static str {
    match state {
        VoucherState::Fresh => t.hotspot.voucher_fresh(),
        VoucherState::Used => t.hotspot.voucher_used(),
        VoucherState::Ended => t.hotspot.voucher_ended(),
    }
}

fn state_badge(state: VoucherState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        VoucherState::Fresh => (Tone::Accent, Icon::Clock),
        VoucherState::Used => (Tone::Ok, Icon::Signal),
        VoucherState::Ended => (Tone::Neutral, Icon::Check),
    };
    view! { <Badge tone icon label=state_name(state, t)/> }.into_any()
}

fn reason(reason: EndReason, t: Words) -> &'static str {
    match reason {
        EndReason::Expired => t.hotspot.because_expired(),
        EndReason::TimeUsed => t.hotspot.because_time_used(),
        EndReason::DataUsed => t.hotspot.because_data_used(),
        EndReason::Withdrawn => t.hotspot.because_withdrawn(),
    }
}

/// In the largest unit that says it exactly.
fn minutes(minutes: u32, t: Words) -> String {
    match minutes {
        days if days % 1440 == 0 => t.hotspot.days((days / 1440).into()),
        hours if hours % 60 == 0 => t.hotspot.hours(hours / 60),
        minutes => t.hotspot.minutes(minutes),
    }
}
