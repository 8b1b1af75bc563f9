//! The fields of a report, new or not.

use domain::contact::Language;
use domain::ids::UserId;
use domain::report::{FileFormat, Frequency};
use domain::views::list::Choice;
use domain::views::reports::ReportForm;
use leptos::prelude::*;

use super::{format_name, frequency_name};
use crate::{
    i18n::words,
    office::{
        customers::language_name,
        lists::{LISTS, list_name},
    },
    ui::form::{Checkbox, Field, Select},
};

#[component]
pub(super) fn ReportFields(report: ReportForm, staff: Vec<Choice<UserId>>) -> impl IntoView {
    let t = words();
    let mut lists: Vec<_> = LISTS.iter().map(|path| ((*path).to_owned(), list_name(path, t).to_owned())).collect();
    lists.sort_by(|(_, one), (_, other)| one.cmp(other));
    let formats = FileFormat::ALL.iter().map(|one| (one.to_string(), format_name(*one, t).to_owned())).collect();
    let frequencies = Frequency::ALL.iter().map(|one| (one.to_string(), frequency_name(*one, t).to_owned())).collect();
    let languages = Language::ALL.iter().map(|one| (one.to_string(), language_name(*one, t).to_owned())).collect();
    let chosen = report.readers;
    let readers = staff.into_iter().map(|person| {
        let key = format!("user-{}", person.id);
        let checked = chosen.get(&key).copied().unwrap_or_default();
        view! { <Checkbox name=format!("report[readers][{key}]") label=person.name checked/> }
    });
    let readers = readers.collect_view();
    view! {
        <Field name="report[name]" label=t.reports.name() hint=t.reports.name_hint() value=report.name most=100/>
        <Select name="report[list]" label=t.reports.list() choices=lists value=report.list/>
        <Field name="report[query]" label=t.reports.query() hint=t.reports.query_hint() value=report.query most=2_000 optional=true/>
        <Checkbox name="report[of_period]" label=t.reports.of_period() hint=t.reports.of_period_hint() checked=report.of_period/>
        <Select name="report[frequency]" label=t.reports.frequency() choices=frequencies value=report.frequency/>
        <Select name="report[format]" label=t.reports.format() choices=formats value=report.format/>
        <Select name="report[language]" label=t.common.language() choices=languages value=report.language/>
        <fieldset class="field">
            <legend class="label">{t.reports.readers()}</legend>
            <p class="muted">{t.reports.readers_hint()}</p>
            {readers}
        </fieldset>
    }
}
