//! A report: what is sent to whom, and what became of it.

use domain::ids::ScheduledReportId;
use domain::views::reports::{ReportDetail, ReportRow, SendingRow};
use leptos::prelude::*;

use super::{
    about,
    api::{PauseReport, ResumeReport, SendReport, show_report},
    state_badge,
};
use crate::{
    i18n::{Words, words},
    office::customers::language_name,
    parts::message::message_badge,
    surroundings::local,
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        empty::EmptyState,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    pause: FormState<PauseReport>,
    resume: FormState<ResumeReport>,
    send: FormState<SendReport>,
}

#[component]
pub fn ReportPage() -> impl IntoView {
    let id = use_id::<ScheduledReportId>();
    let forms = Forms { pause: use_form(), resume: use_form(), send: use_form() };
    let (paused, resumed, sent) = (forms.pause.done(), forms.resume.done(), forms.send.done());
    let report = Resource::new_blocking(
        move || (id.get(), paused.get(), resumed.get(), sent.get()),
        |(id, ..)| async move { show_report(id?).await },
    );
    view! { <Loaded from=report view=move |detail| view! { <Report detail forms/> }/> }
}

#[component]
fn Report(detail: ReportDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let ReportDetail { report, sendings } = detail;
    let places = vec![(t.reports.title().to_owned(), "/office/reports".to_owned())];
    let (title, summary, state) = (report.facts.name.clone(), about(&report.facts, t), state_badge(&report, t));
    let history = match sendings.is_empty() {
        true => view! { <EmptyState icon=Icon::Mail title=t.reports.never() hint=t.reports.never_hint()/> }.into_any(),
        false => view! { <Table columns=columns(t) rows=sendings label=t.reports.history()/> }.into_any(),
    };
    view! {
        <PageHeader title places state summary>
            <Actions id=report.id paused=report.paused_at.is_some() forms/>
        </PageHeader>
        <FactsCard report/>
        <Card title=t.reports.history()>{history}</Card>
    }
}

#[component]
fn Actions(id: ScheduledReportId, paused: bool, forms: Forms) -> impl IntoView {
    let t = words();
    let edit = format!("/office/reports/{id}/edit");
    let id = id.to_string();
    let hidden = {
        let id = id.clone();
        move || view! { <input type="hidden" name="report" value=id.clone()/> }
    };
    let switch = match paused {
        true => view! {
            <Form state=forms.resume>{hidden()}<Submit icon=Icon::Play>{t.reports.resume()}</Submit></Form>
        }
        .into_any(),
        false => view! {
            <Form state=forms.pause>{hidden()}<Submit icon=Icon::Pause>{t.reports.pause()}</Submit></Form>
        }
        .into_any(),
    };
    view! {
        <LinkButton href=edit icon=Icon::Edit>{t.common.edit()}</LinkButton>
        {switch}
        <Form state=forms.send>
            <input type="hidden" name="report" value=id/>
            <Submit variant=Variant::Primary icon=Icon::Mail>{t.reports.send_now()}</Submit>
        </Form>
    }
}

#[component]
fn FactsCard(report: ReportRow) -> impl IntoView {
    let t = words();
    let facts = report.facts;
    let href = format!("/office/{}{}", facts.list, facts.query);
    let days = if facts.of_period { t.reports.of_period() } else { t.reports.all_of_it() };
    view! {
        <Card>
            <Facts>
                <Fact label=t.reports.list()><a href=href>{t.reports.open_list()}</a></Fact>
                <Fact label=t.reports.days()>{days}</Fact>
                <Fact label=t.common.language()>{language_name(facts.language, t)}</Fact>
                <Fact label=t.reports.readers()>{report.readers.join(", ")}</Fact>
            </Facts>
        </Card>
    }
}

fn columns(t: Words) -> Vec<Column<SendingRow>> {
    let days = move |row: &SendingRow| match row.from == row.to {
        true => format::date(row.from, t),
        false => t.reports.from_to(format::date(row.from, t), format::date(row.to, t)),
    };
    let how = move |row: &SendingRow| if row.by_hand { t.reports.by_hand() } else { t.reports.by_itself() };
    vec![
        Column::new(t.reports.reader(), |row: &SendingRow| {
            let href = format!("/office/messages/{}", row.message);
            view! { <a href=href>{row.reader.clone()}</a> }
        }),
        Column::new(t.reports.days(), days),
        Column::new(t.reports.written(), move |row: &SendingRow| format::date_time(local(row.written_at), t)),
        Column::new(t.reports.how(), how).secondary(),
        Column::new(t.reports.state(), move |row: &SendingRow| message_badge(row.state, t)),
        Column::new(t.messages.answer(), |row: &SendingRow| row.answer.clone()).secondary(),
        Column::new(t.reports.rows(), |row: &SendingRow| row.rows.map(format::count).unwrap_or_default()).number(),
    ]
}
