//! A day: who goes where, and what nobody goes to yet. Without scripting each step is a form or a link.

use chrono::NaiveDate;
use domain::ids::{UserId, WorkOrderId};
use domain::views::work::{Board, WorkRow};
use leptos::prelude::*;

use super::{
    BOARD,
    api::{ArrangeRoute, AssignWork, ShiftWork, SuggestRoute, show_work_board},
    parts,
    route::{ArrangeCard, RouteCard},
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
        form::{Checkbox, Field, Form, FormState, Kind, Select, Submit, choices_of, use_form},
        format,
        icon::Icon,
        list::{DayFilter, Filter, FilterSelect, ListQuery, use_list_query},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

/// What the board's forms do.
#[derive(Clone, Copy)]
pub(super) struct BoardForms {
    assign: FormState<AssignWork>,
    pub arrange: FormState<ArrangeRoute>,
    pub shift: FormState<ShiftWork>,
    pub suggest: FormState<SuggestRoute>,
}

#[component]
pub fn BoardPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let forms = BoardForms { assign: use_form(), arrange: use_form(), shift: use_form(), suggest: use_form() };
    let (assigned, arranged) = (forms.assign.done(), forms.arrange.done());
    let (shifted, suggested) = (forms.shift.done(), forms.suggest.done());
    let board = Resource::new_blocking(
        move || (query.get(), assigned.get(), arranged.get(), shifted.get(), suggested.get()),
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
    let plain = Memo::new(move |_| query.get().with_filter("arrange", None).with_filter("gone", None));
    let (asked, shown) = (query.get_untracked(), plain.get_untracked());
    let back = format!("{BOARD}{}", shown.href());
    let arranged = asked.filter_as::<UserId>("arrange").filter(|_| may("edit_work"));
    let none = board.routes.is_empty().then(|| {
        view! { <EmptyState icon=Icon::User title=t.work.nobody_goes() hint=t.work.nobody_goes_hint()/> }
    });
    let routes: Vec<_> = board
        .routes
        .iter()
        .cloned()
        .map(|route| {
            let (on, back) = (board.on, back.clone());
            if arranged == Some(route.technician.id) {
                return view! { <ArrangeCard route on form=forms.arrange back/> }.into_any();
            }
            let arrange = shown.with_filter("arrange", Some(&route.technician.id.to_string())).href();
            view! { <RouteCard route on forms back arrange/> }.into_any()
        })
        .collect();
    let technician = shown.filter("technician").unwrap_or_default().to_owned();
    view! {
        <Filters query=plain board=board.clone()/>
        <h2 class="work-day">{format::long_date(board.on, t)}</h2>
        {gone(asked.filter("gone").unwrap_or_default(), t)}
        <div class="columns" data-wide="true">
            <div class="stack">{none}{routes}</div>
            <Waiting board form=forms.assign technician back/>
        </div>
    }
}

/// Orders that had left the route when it was put in order.
fn gone(ids: &str, t: Words) -> Option<AnyView> {
    let orders: Vec<WorkOrderId> = ids.split(',').filter_map(|id| id.parse().ok()).collect();
    let links: Vec<_> =
        orders.into_iter().map(|id| view! { <li><a href=format!("{BOARD}/{id}")>{id.code()}</a></li> }).collect();
    (!links.is_empty()).then(|| {
        view! {
            <div role="status">
                <Notice tone=Tone::Warn icon=Icon::Alert title=t.work.left_the_route()>
                    <p>{t.work.left_the_route_hint()}</p>
                    <ul>{links}</ul>
                </Notice>
            </div>
        }
        .into_any()
    })
}

/// The day with those before and after it, whose, and where.
#[component]
fn Filters(query: Memo<ListQuery>, board: Board) -> impl IntoView {
    let t = words();
    let technicians =
        Filter { name: "technician", label: t.work.technician().to_owned(), choices: choices_of(board.technicians) };
    let sectors = Filter { name: "sector", label: t.work.sector().to_owned(), choices: choices_of(board.sectors) };
    let there = |on: Option<NaiveDate>| {
        let on = on.map(|on| on.to_string());
        query.get_untracked().with_filter("on", on.as_deref()).href()
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

#[component]
fn Waiting(board: Board, form: FormState<AssignWork>, technician: String, back: String) -> impl IntoView {
    let t = words();
    let more = board.to_schedule_total - i64::try_from(board.to_schedule.len()).unwrap_or_default();
    let more = (more > 0).then(|| {
        view! { <p><a href="/office/work/list?is=to_schedule">{t.work.and_more(format::count(more))}</a></p> }
    });
    let content = if board.to_schedule.is_empty() {
        view! { <EmptyState icon=Icon::Check title=t.work.nothing_to_schedule() hint=t.work.nothing_to_schedule_hint()/> }
            .into_any()
    } else if may("edit_work") {
        view! { <Choose board form technician back/> }.into_any()
    } else {
        let rows: Vec<_> = board.to_schedule.into_iter().map(|row| waiting(row, false, t)).collect();
        view! { <ul class="work-stops">{rows}</ul> }.into_any()
    };
    view! {
        <Card title=t.work.to_schedule()>
            {content}
            {more}
        </Card>
    }
}

/// Those that wait are ticked, and given to somebody for the day that is on the board in one go.
#[component]
fn Choose(board: Board, form: FormState<AssignWork>, technician: String, back: String) -> impl IntoView {
    let t = words();
    // A day that is over cannot be planned any more.
    let on = board.on.max(board.today).to_string();
    let (technicians, rows) = (choices_of(board.technicians), board.to_schedule);
    view! {
        <Form state=form>
            <input type="hidden" name="back" value=back/>
            <p class="field-hint">{t.work.choose_hint()}</p>
            <ul class="work-stops" id="assign_work-orders">
                {rows.into_iter().map(|row| waiting(row, true, t)).collect_view()}
            </ul>
            <div class="fields">
                <Select name="assign[technician]" label=t.work.technician() choices=technicians value=technician/>
                <Field name="assign[on]" label=t.work.day() kind=Kind::Date value=on/>
                <Select name="assign[part]" label=t.work.part() hint=t.work.part_hint() choices=parts(t) optional=true/>
            </div>
            <div class="form-actions">
                <Submit variant=Variant::Primary icon=Icon::Check>{t.work.assign_chosen()}</Submit>
            </div>
        </Form>
    }
}

fn waiting(row: WorkRow, to_choose: bool, t: Words) -> impl IntoView + use<> {
    let choose = to_choose.then(|| {
        let name = format!("assign[orders][i{}]", row.id);
        view! { <Checkbox name label=t.work.choose(row.id.code())/> }
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
            {choose}
        </li>
    }
}
