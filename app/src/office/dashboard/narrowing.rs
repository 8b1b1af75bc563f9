//! What the dashboard narrows a list to, said in words on the list's page, and the way to let it go.

use chrono::NaiveDate;
use domain::money::Currency;
use domain::views::invoices::DebtAge;
use leptos::prelude::*;

use super::money::age_name;
use crate::{
    i18n::words,
    ui::{
        format,
        list::{ListQuery, Narrowed},
    },
};

/// Sector, currency, age and end: filters that only the dashboard leads to.
#[component]
pub(in crate::office) fn Narrowing(query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    move || {
        let query = query.get();
        let age = query.filter_as::<DebtAge>("age").map(|age| age_name(age, t)).unwrap_or_default();
        let currency = query.filter_as::<Currency>("currency").map(|code| code.to_string()).unwrap_or_default();
        let ends_by = query.filter_as::<NaiveDate>("ends_by").map(|day| format::date(day, t)).unwrap_or_default();
        view! {
            <Narrowed query=query.clone() name="sector" words=t.figures.only_sector()/>
            <Narrowed query=query.clone() name="currency" words=t.figures.only_currency(currency)/>
            <Narrowed query=query.clone() name="age" words=t.figures.only_age(age)/>
            <Narrowed query name="ends_by" words=t.figures.only_ending(ends_by)/>
        }
    }
}
