//! Reports: lists that are sent by mail again and again.

pub mod api;
mod detail;
mod edit;
mod fields;
mod list;

pub use detail::ReportPage;
pub use edit::{EditReportPage, NewReportPage};
pub use list::ReportsPage;

use domain::report::{FileFormat, Frequency};
use domain::views::reports::{ReportFacts, ReportRow};
use leptos::prelude::*;

use super::lists::list_name;
use crate::{
    i18n::Words,
    ui::{badge::Badge, icon::Icon, tone::Tone},
};

fn frequency_name(frequency: Frequency, t: Words) -> &'static str {
    match frequency {
        Frequency::Daily => t.reports.daily(),
        Frequency::Weekly => t.reports.weekly(),
        Frequency::Monthly => t.reports.monthly(),
    }
}

fn format_name(format: FileFormat, t: Words) -> &'static str {
    match format {
        FileFormat::Csv => t.exports.as_csv(),
        FileFormat::Xlsx => t.exports.as_xlsx(),
    }
}

/// `Facturas · cada lunes · Excel`
fn about(facts: &ReportFacts, t: Words) -> String {
    let list = list_name(&facts.list, t);
    format!("{list} · {} · {}", frequency_name(facts.frequency, t), format_name(facts.format, t))
}

fn state_badge(report: &ReportRow, t: Words) -> AnyView {
    let (tone, icon, label) = match report.paused_at {
        None => (Tone::Ok, Icon::Play, t.reports.running()),
        Some(_) => (Tone::Neutral, Icon::Pause, t.reports.paused()),
    };
    view! { <Badge tone icon label/> }.into_any()
}
