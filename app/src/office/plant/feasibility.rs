//! "Can we serve this address?"

use domain::views::plant::{Feasibility, NearNap, PlacedAddress};
use leptos::prelude::*;
use leptos_router::components::Form as Asking;

use super::{api::check_feasibility, plant_place};
use crate::{
    i18n::{Words, words},
    parts::{place::street_and_city, plant::fill_badge},
    surroundings::may,
    ui::{
        button::{Button, LinkButton, Variant},
        card::Card,
        form::Field,
        icon::Icon,
        list::{Column, ListQuery, Table, use_list_query},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn FeasibilityPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let answer = Resource::new_blocking(
        move || query.get(),
        |query| async move {
            let at = query.filter("at").unwrap_or_default().to_owned();
            check_feasibility(at, query.filter_as("address")).await
        },
    );
    let asked = query.get_untracked().filter("at").unwrap_or_default().to_owned();
    view! {
        <PageHeader title=t.plant.feasibility() summary=t.plant.feasibility_hint() places=vec![plant_place(t)]/>
        <Card>
            <Asking action="/office/feasibility" method="GET">
                <div class="form">
                    <Field name="at" label=t.plant.where_is_it() hint=t.plant.where_hint() value=asked/>
                    <div class="form-actions">
                        <Button variant=Variant::Primary icon=Icon::Search>{t.plant.check()}</Button>
                    </div>
                </div>
            </Asking>
        </Card>
        <Loaded from=answer view=move |answer| view! { <Answer answer query/> }/>
    }
}

#[component]
fn Answer(answer: Feasibility, query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    let who = answer.for_whom.as_ref().map(|who| match &who.contract {
        Some(contract) => format!("{} · {}", contract.name, who.customer.name),
        None => who.customer.name.clone(),
    });
    let who = who.map(|who| view! { <h2 class="section-title">{who}</h2> });
    let addresses = (answer.addresses.len() > 1 || (answer.position.is_none() && !answer.addresses.is_empty()))
        .then(|| view! { <Addresses addresses=answer.addresses.clone() query/> });
    let verdict = verdict(&answer, t);
    let found = (!answer.naps.is_empty()).then(|| {
        let columns = columns(answer.reserve_for.clone(), answer.longest_drop_metres, t);
        view! {
            <Card title=t.plant.near()>
                <Table columns rows=answer.naps.clone() label=t.plant.near()
                       href=|near: &NearNap| format!("/office/plant/naps/{}", near.nap.id)/>
            </Card>
        }
    });
    view! { {who}{addresses}{verdict}{found} }
}

/// The answer in a sentence; nothing while nothing was asked.
fn verdict(answer: &Feasibility, t: Words) -> Option<AnyView> {
    let drop = answer.longest_drop_metres;
    let within = answer.naps.iter().any(|near| near.metres <= drop);
    let (tone, icon, title, hint) = match answer.position {
        None if answer.unknown => (Tone::Warn, Icon::Search, t.plant.unknown().to_owned(), t.plant.unknown_hint()),
        None if answer.for_whom.is_some() && answer.addresses.is_empty() => {
            (Tone::Warn, Icon::Sector, t.plant.no_position().to_owned(), t.plant.no_position_hint())
        }
        None if answer.for_whom.is_some() => {
            (Tone::Neutral, Icon::Info, t.plant.which_address().to_owned(), t.plant.which_address_hint())
        }
        None => return None,
        Some(_) if answer.is_possible() => (Tone::Ok, Icon::Check, t.plant.possible(drop), t.plant.possible_hint()),
        Some(_) if within => (Tone::Danger, Icon::Cut, t.plant.all_full(drop), t.plant.all_full_hint()),
        Some(_) => (Tone::Danger, Icon::Alert, t.plant.too_far(drop), t.plant.too_far_hint()),
    };
    Some(view! { <div role="status"><Notice tone icon title><p>{hint}</p></Notice></div> }.into_any())
}

/// Each of the customer's addresses as a link that asks for it.
#[component]
fn Addresses(addresses: Vec<PlacedAddress>, query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    let links = addresses.into_iter().map(move |address| {
        let id = address.id.to_string();
        let own = id.clone();
        let chosen = Memo::new(move |_| query.read().filter("address") == Some(own.as_str()));
        let href = move || query.read().with_filter("address", Some(&id)).href();
        let words = street_and_city(&address.street, &address.city);
        view! { <a class="chip" href=href aria-current=move || chosen.get().then_some("true")>{words}</a> }
    });
    view! {
        <div class="chips" role="group" aria-label=t.plant.addresses()>
            <span class="chips-label">{t.plant.addresses()}</span>
            {links.collect_view()}
        </div>
    }
}

fn columns(who: String, drop: u32, t: Words) -> Vec<Column<NearNap>> {
    let reserving = move |near: &NearNap| {
        (near.serves(drop) && may("reserve_ports")).then(|| {
            let (own, name) = (ListQuery::default().with_filter("for", Some(&who)).href(), near.nap.name.clone());
            let href = format!("/office/plant/naps/{}{own}", near.nap.id);
            view! {
                <LinkButton href variant=Variant::Quiet>
                    {t.plant.reserve()}<span class="visually-hidden">{format!(" {name}")}</span>
                </LinkButton>
            }
        })
    };
    let reach = move |near: &NearNap| match near.metres <= drop {
        true => t.plant.metres(near.metres),
        false => t.plant.metres_too_far(near.metres, near.metres - drop),
    };
    vec![
        Column::new(t.plant.nap(), |near: &NearNap| near.nap.name.clone()),
        Column::new(t.plant.distance(), reach).number(),
        Column::new(t.plant.fill(), move |near: &NearNap| fill_badge(near.nap.fill, t)),
        Column::new(t.collections.action(), reserving),
    ]
}
