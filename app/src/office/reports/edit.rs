//! The forms of a report: a new one, to which a list's page leads with its own address, and changing one.

use domain::ids::ScheduledReportId;
use domain::views::reports::{ReportForm, ReportOffer};
use leptos::prelude::*;

use super::{
    api::{CreateReport, EditReport, begin_editing_report, begin_report},
    fields::ReportFields,
};
use crate::{
    failure::AppError,
    i18n::words,
    ui::{
        card::Card,
        form::{Form, FormActions, FormState, use_form},
        list::use_list_query,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn NewReportPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreateReport>();
    let offer = Resource::new_blocking(|| (), |()| begin_report());
    let places = vec![(t.reports.title().to_owned(), "/office/reports".to_owned())];
    view! {
        <PageHeader title=t.reports.new() summary=t.reports.new_hint() places/>
        <Loaded from=offer view=move |offer| view! { <NewReport offer form/> }/>
    }
}

#[component]
fn NewReport(offer: ReportOffer, form: FormState<CreateReport>) -> impl IntoView {
    let t = words();
    let from = use_list_query().get_untracked();
    let filter = |name| from.filter(name).unwrap_or_default().to_owned();
    let report = ReportForm { list: filter("list"), query: filter("query"), ..offer.form };
    view! {
        <Card>
            <Form state=form>
                <ReportFields report staff=offer.staff/>
                <FormActions label=t.reports.create() back="/office/reports"/>
            </Form>
        </Card>
    }
}

#[component]
pub fn EditReportPage() -> impl IntoView {
    let id = use_id::<ScheduledReportId>();
    let form = use_form::<EditReport>();
    let offer = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            Ok::<_, AppError>((id, begin_editing_report(id).await?))
        },
    );
    view! { <Loaded from=offer view=move |(id, offer)| view! { <ChangedReport id offer form/> }/> }
}

#[component]
fn ChangedReport(id: ScheduledReportId, offer: ReportOffer, form: FormState<EditReport>) -> impl IntoView {
    let t = words();
    let own = format!("/office/reports/{id}");
    let places =
        vec![(t.reports.title().to_owned(), "/office/reports".to_owned()), (offer.form.name.clone(), own.clone())];
    view! {
        <PageHeader title=t.reports.edit() summary=t.reports.edit_hint() places/>
        <Card>
            <Form state=form>
                <input type="hidden" name="id" value=id.to_string()/>
                <ReportFields report=offer.form staff=offer.staff/>
                <FormActions label=t.common.save() back=own/>
            </Form>
        </Card>
    }
}
