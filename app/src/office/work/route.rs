//! A technician's day in the order of the route.

use chrono::NaiveDate;
use domain::views::work::{Route, WorkRow};
use domain::work_order::{Shift, WorkState};
use leptos::prelude::*;

use super::{BOARD, api::ArrangeRoute, board::BoardForms, title_of};
use crate::{
    i18n::{Words, words},
    parts::{
        place::street_and_city,
        work::{part_word, state_badge},
    },
    surroundings::may,
    ui::{
        button::{Button, LinkButton, Variant},
        card::Card,
        form::{Field, Form, FormActions, FormState, Kind},
        icon::Icon,
    },
};

#[component]
pub(super) fn RouteCard(
    route: Route,
    on: NaiveDate,
    forms: BoardForms,
    back: String,
    /// Where the stops get their numbers.
    arrange: String,
) -> impl IntoView {
    let t = words();
    let done = route.stops.iter().filter(|stop| stop.state == WorkState::Done).count();
    let stops_done = t.work.stops(done, route.stops.len());
    let left = route.stops.iter().filter(|stop| stop.state == WorkState::Assigned).count();
    let (technician, here) = (route.technician.id.to_string(), back.clone());
    let suggest = (left > 1 && may("edit_work")).then(|| {
        view! {
            <Form state=forms.suggest>
                <input type="hidden" name="technician" value=technician/>
                <input type="hidden" name="on" value=on.to_string()/>
                <input type="hidden" name="back" value=here/>
                <p class="field-hint">{t.work.suggest_hint()}</p>
                <div class="form-actions"><Button icon=Icon::Sector>{t.work.suggest()}</Button></div>
            </Form>
        }
    });
    let arrange = (route.stops.len() > 1 && may("edit_work")).then(|| {
        view! {
            <div class="form-actions"><LinkButton href=arrange icon=Icon::Menu>{t.work.arrange()}</LinkButton></div>
        }
    });
    let last = route.stops.len().saturating_sub(1);
    let stops: Vec<_> = route
        .stops
        .into_iter()
        .enumerate()
        .map(|(place, row)| {
            let (first, last, back) = (place == 0, place == last, back.clone());
            view! { <Stop row first last forms back/> }
        })
        .collect();
    view! {
        <Card title=route.technician.name>
            <p class="muted">{stops_done}</p>
            <ol class="work-stops" data-route="true">{stops}</ol>
            {arrange}
            {suggest}
        </Card>
    }
}

/// The same day with a number beside each stop, so that the whole route is put in order in one go.
#[component]
pub(super) fn ArrangeCard(route: Route, on: NaiveDate, form: FormState<ArrangeRoute>, back: String) -> impl IntoView {
    let t = words();
    let (technician, here) = (route.technician.id.to_string(), back.clone());
    let (title, stops) = (route.technician.name, route.stops);
    view! {
        <Card title>
            <Form state=form>
                <input type="hidden" name="technician" value=technician/>
                <input type="hidden" name="on" value=on.to_string()/>
                <input type="hidden" name="back" value=here/>
                <p class="field-hint">{t.work.arrange_hint()}</p>
                <ol class="work-stops">{numbered(stops, t)}</ol>
                <FormActions label=t.work.save_route() back icon=Icon::Check/>
            </Form>
        </Card>
    }
}

/// Who was visited already keeps the place: what is done has no number to change.
fn numbered(stops: Vec<WorkRow>, t: Words) -> Vec<AnyView> {
    let numbered = stops.into_iter().zip(1_u32..).map(|(row, number)| {
        let (name, value) = (format!("route[places][i{}]", row.id), number.to_string());
        let (title, place) = (title_of(&row, t), street_and_city(&row.street, &row.city));
        let part = part_word(row.part, t);
        let number = if row.state.is_open() {
            view! { <Field name label=title kind=Kind::Whole value/> }.into_any()
        } else {
            view! {
                <p class="work-stop-title">{title}</p>
                <input type="hidden" name=name value=value/>
            }
            .into_any()
        };
        view! {
            <li class="work-stop">
                {number}
                <p class="muted">{format!("{part} · {place}")}</p>
            </li>
        }
        .into_any()
    });
    numbered.collect()
}

#[component]
fn Stop(row: WorkRow, first: bool, last: bool, forms: BoardForms, back: String) -> impl IntoView {
    let t = words();
    let movable = may("edit_work") && row.state.is_open();
    let place = street_and_city(&row.street, &row.city);
    let part = part_word(row.part, t);
    let id = row.id.to_string();
    let shift = move |to: Shift, icon: Icon, words: &'static str, id: String, back: String| {
        view! {
            <Form state=forms.shift>
                <input type="hidden" name="order" value=id/>
                <input type="hidden" name="to" value=to.word()/>
                <input type="hidden" name="back" value=back/>
                <Button variant=Variant::Quiet icon>{words}</Button>
            </Form>
        }
    };
    let earlier =
        (movable && !first).then(|| shift(Shift::Earlier, Icon::Up, t.work.earlier(), id.clone(), back.clone()));
    let later = (movable && !last).then(|| shift(Shift::Later, Icon::Down, t.work.later(), id, back));
    view! {
        <li class="work-stop">
            <p class="work-stop-title"><a href=format!("{BOARD}/{}", row.id)>{title_of(&row, t)}</a></p>
            <p>{state_badge(row.state, t)}</p>
            <p class="muted">{format!("{part} · {place}")}</p>
            <div class="work-stop-actions">{earlier}{later}</div>
        </li>
    }
}
