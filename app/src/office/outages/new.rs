//! The form for an outage.

use domain::views::collections::OutageChoices;
use leptos::prelude::*;

use super::api::{ReportOutage, begin_outage};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Choices, Field, Form, FormActions, FormState, Kind, Select, use_form},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn NewOutagePage() -> impl IntoView {
    let form = use_form::<ReportOutage>();
    let choices = Resource::new_blocking(|| (), |()| begin_outage());
    view! { <Loaded from=choices view=move |choices| view! { <NewOutage choices form/> }/> }
}

#[component]
fn NewOutage(choices: OutageChoices, form: FormState<ReportOutage>) -> impl IntoView {
    let t = words();
    let places = vec![(t.collections.outages().to_owned(), "/office/outages".to_owned())];
    let sectors = choices
        .sectors
        .into_iter()
        .map(|sector| (format!("sector-{}", sector.id), t.collections.sector_named(sector.name)));
    let routers = choices
        .routers
        .into_iter()
        .map(|router| (format!("router-{}", router.id), t.collections.router_named(router.name)));
    let down: Choices = sectors.chain(routers).collect();
    view! {
        <PageHeader title=t.collections.report_outage() summary=t.collections.outages_hint() places/>
        <Card>
            <Form state=form>
                <Select name="outage[place]" label=t.collections.place() choices=down/>
                <Field name="outage[reason]" label=t.collections.outage_reason() hint=t.collections.outage_reason_hint() most=200/>
                <div class="fields">
                    <Field name="outage[starts_on]" label=t.collections.from() hint=t.contracts.today_hint() kind=Kind::Date optional=true/>
                    <Field name="outage[ends_on]" label=t.collections.last_day() hint=t.collections.last_day_hint() kind=Kind::Date optional=true/>
                </div>
                <FormActions label=t.collections.report_outage() back="/office/outages"/>
            </Form>
        </Card>
    }
}
