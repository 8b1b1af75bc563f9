//! A day: who goes where, and what nobody goes to yet. Without scripting each step is a form or a link.

use chrono::NaiveDate;
use domain::ids::WorkOrderId;
use domain::views::work::{Board, WorkRow};
use leptos::prelude::*;

use super::{
    BOARD,
    api::{ScheduleWork, ShiftWork, SuggestRoute, show_work_board},
    choices, parts,
    route::RouteCard,
    title_of,
};
use crate::{
    i18n::{Words, words},
    parts::{
        place::street_and_city,
        work::{part_word, state_badge},
    },
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Field, Form, FormState, Kind, Select, Submit, use_form},
        format,
        icon::Icon,
        list::{DayFilter, Filter, FilterSelect, ListQuery, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

/// What the board's forms do.
#[derive(Clone, Copy)]
pub(super) struct BoardForms {
    schedule: FormState<ScheduleWork>,
    pub shift: FormState<ShiftWork>,
    pub suggest: FormState<SuggestRoute>,
}

#[component]
pub fn BoardPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let forms = BoardForms { schedule: use_form(), shift: use_form(), suggest: use_form() };
    let (scheduled, shifted, suggested) = (forms.schedule.done(), forms.shift.done(), forms.suggest.done());
    let board = Resource::new_blocking(
        move || (query.get(), scheduled.get(), shifted.get(), suggested.get()),
        |(query, ..)| show_work_board(query),
    );
    let edit = may("edit_work").then(|| {
        view! {
            <LinkButton href="/office/work/new" variant=Variant::Primary icon=Icon::Plus>{t.work.new()}</LinkButton>
            <LinkButton href="/office/work/settings" icon=Icon::Check>{t.work.settings()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.work.title() summary=t.work.hint()>
            <LinkButton href="/office/work/list" icon=Icon::Menu>{t.work.orders()}</LinkButton>
            {edit}
        </PageHeader>
        <Loaded from=board view=move |board| view! { <Day query board forms/> }/>
    }
}

#[component]
fn Day(query: Memo<ListQuery>, board: Board, forms: BoardForms) -> impl IntoView {
    let t = words();
    let shown = query.get_untracked();
    let back = shown.with_filter("order", None);
    let back = format!("{BOARD}{}", back.href());
    let chosen = shown.filter_as::<WorkOrderId>("order").filter(|_| may("edit_work"));
    let chosen = chosen.and_then(|id| board.to_schedule.iter().find(|row| row.id == id).cloned());
    let assigning = chosen.map(|row| {
        let board = board.clone();
        view! { <Assign row board form=forms.schedule back=back.clone()/> }
    });
    let none = board.routes.is_empty().then(|| {
        view! { <EmptyState icon=Icon::User title=t.work.nobody_goes() hint=t.work.nobody_goes_hint()/> }
    });
    let routes: Vec<_> = board
        .routes
        .iter()
        .cloned()
        .map(|route| {
            view! { <RouteCard route on=board.on forms back=back.clone()/> }
        })
        .collect();
    view! {
        <Filters query board=board.clone()/>
        <h2 class="work-day">{format::long_date(board.on, t)}</h2>
        {assigning}
        <div class="columns" data-wide="true">
            <div class="stack">{none}{routes}</div>
            <Waiting board query=shown/>
        </div>
    }
}

/// The day with those before and after it, whose, and where.
#[component]
fn Filters(query: Memo<ListQuery>, board: Board) -> impl IntoView {
    let t = words();
    let technicians =
        Filter { name: "technician", label: t.work.technician().to_owned(), choices: choices(board.technicians) };
    let sectors = Filter { name: "sector", label: t.work.sector().to_owned(), choices: choices(board.sectors) };
    let there = |on: Option<NaiveDate>| {
        let on = on.map(|on| on.to_string());
        query.get_untracked().with_filter("order", None).with_filter("on", on.as_deref()).href()
    };
    view! {
        <div class="chips" role="group" aria-label=t.work.day()>
            <a class="chip" href=there(board.on.pred_opt())>{Icon::Left.view()}{t.work.previous_day()}</a>
            <a class="chip" href=there(None) aria-current=(board.on == board.today).then_some("true")>{t.work.today()}</a>
            <a class="chip" href=there(board.on.succ_opt())>{t.work.next_day()}{Icon::Right.view()}</a>
        </div>
        <div class="list-controls">
            <DayFilter query label=t.work.day()/>
            <FilterSelect query filter=technicians/>
            {(!sectors.choices.is_empty()).then(|| view! { <FilterSelect query filter=sectors/> })}
        </div>
    }
}

/// One of those that wait, for the day that is on the board.
#[component]
fn Assign(row: WorkRow, board: Board, form: FormState<ScheduleWork>, back: String) -> impl IntoView {
    let t = words();
    let technician = row.technician.as_ref().map(|technician| technician.id.to_string()).unwrap_or_default();
    // A day that is over cannot be planned any more.
    let on = board.on.max(board.today);
    let title = format!("{}: {}", t.work.assign(), title_of(&row, t));
    view! {
        <Card title>
            <p>{street_and_city(&row.street, &row.city)}</p>
            <Form state=form>
                <input type="hidden" name="order" value=row.id.to_string()/>
                <input type="hidden" name="back" value=back.clone()/>
                <div class="fields">
                    <Select name="schedule[technician]" label=t.work.technician() choices=choices(board.technicians) value=technician/>
                    <Field name="schedule[on]" label=t.work.day() kind=Kind::Date value=on.to_string()/>
                    <Select name="schedule[part]" label=t.work.part() choices=parts(t) value=row.part.word()/>
                </div>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Check>{t.work.assign()}</Submit>
                    <LinkButton href=back variant=Variant::Quiet>{t.common.cancel()}</LinkButton>
                </div>
            </Form>
        </Card>
    }
}

#[component]
fn Waiting(board: Board, query: ListQuery) -> impl IntoView {
    let t = words();
    let more = board.to_schedule_total - i64::try_from(board.to_schedule.len()).unwrap_or_default();
    let more = (more > 0).then(|| {
        view! { <p><a href="/office/work/list?is=to_schedule">{t.work.and_more(format::count(more))}</a></p> }
    });
    let none = board.to_schedule.is_empty().then(|| {
        view! { <EmptyState icon=Icon::Check title=t.work.nothing_to_schedule() hint=t.work.nothing_to_schedule_hint()/> }
    });
    let rows: Vec<_> = board.to_schedule.into_iter().map(|row| waiting(row, &query, t)).collect();
    view! {
        <Card title=t.work.to_schedule()>
            {none}
            <ul class="work-stops">{rows}</ul>
            {more}
        </Card>
    }
}

fn waiting(row: WorkRow, query: &ListQuery, t: Words) -> impl IntoView + use<> {
    let assign = may("edit_work").then(|| {
        let href = query.with_filter("order", Some(&row.id.to_string())).href();
        view! { <LinkButton href icon=Icon::User>{t.work.assign()}</LinkButton> }
    });
    let since = row.on.map(|on| format!("{} · {}", format::date(on, t), part_word(row.part, t)));
    let place = street_and_city(&row.street, &row.city);
    let place = row.sector.as_ref().map_or_else(|| place.clone(), |sector| format!("{place} · {sector}"));
    view! {
        <li class="work-stop">
            <p class="work-stop-title"><a href=format!("{BOARD}/{}", row.id)>{title_of(&row, t)}</a></p>
            <p>{state_badge(row.state, t)}</p>
            <p class="muted">{place}</p>
            {since.map(|since| view! { <p class="muted">{since}</p> })}
            {(!row.note.is_empty()).then(|| view! { <p>{row.note}</p> })}
            <div class="work-stop-actions">{assign}</div>
        </li>
    }
}
