//! A technician's day in the order of the route.

use chrono::NaiveDate;
use domain::views::work::{Route, WorkRow};
use domain::work_order::{Shift, WorkState};
use leptos::prelude::*;

use super::{BOARD, board::BoardForms, title_of};
use crate::{
    i18n::words,
    parts::{
        place::street_and_city,
        work::{part_word, state_badge},
    },
    surroundings::may,
    ui::{
        button::{Button, Variant},
        card::Card,
        form::Form,
        icon::Icon,
    },
};

#[component]
pub(super) fn RouteCard(route: Route, on: NaiveDate, forms: BoardForms, back: String) -> impl IntoView {
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
            {suggest}
        </Card>
    }
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
