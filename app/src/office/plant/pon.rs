//! A PON port: the splitters behind it, and where another one can hang.

use domain::ids::PonPortId;
use domain::plant::{OpticalLoss, Ways};
use domain::views::plant::{PonDetail, SplitterRow};
use leptos::prelude::*;

use super::{
    api::{AddSplitter, RemoveSplitter, see_pon},
    plant_place,
};
use crate::{
    i18n::{Words, words},
    parts::plant::{Loss, fill_badge, path_words},
    surroundings::may,
    ui::{
        button::Variant,
        card::Card,
        empty::EmptyState,
        form::{Choices, Field, Form, FormState, Select, Submit, use_form},
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn PonPage() -> impl IntoView {
    let id = use_id::<PonPortId>();
    let (add, remove) = (use_form::<AddSplitter>(), use_form::<RemoveSplitter>());
    let done = (add.done(), remove.done());
    let pon = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get()),
        |(id, ..)| async move { see_pon(id?).await },
    );
    view! { <Loaded from=pon view=move |pon| view! { <Pon pon add remove/> }/> }
}

#[component]
fn Pon(pon: PonDetail, add: FormState<AddSplitter>, remove: FormState<RemoveSplitter>) -> impl IntoView {
    let t = words();
    let title = t.plant.pon_of(&pon.place);
    let (id, choices, label) = (pon.place.id, places_to_hang(&pon.splitters, t), title.clone());
    let content = match pon.splitters.is_empty() {
        true => view! { <EmptyState icon=Icon::Signal title=t.plant.nothing_hangs() hint=t.plant.nothing_hangs_hint()/> }
            .into_any(),
        false => {
            view! { <Card title=t.plant.splitters()><Table columns=columns(id, remove, t) rows=pon.splitters label/></Card> }
                .into_any()
        }
    };
    let form = (may("edit_plant") && !choices.is_empty()).then(|| view! { <Hang pon=id choices state=add/> });
    view! {
        <PageHeader title places=vec![plant_place(t)] state=fill_badge(pon.fill, t)/>
        {content}
        {form}
    }
}

/// Where another splitter can hang: on the PON port while nothing does, and on the ports that nobody has.
fn places_to_hang(splitters: &[SplitterRow], t: Words) -> Choices {
    if splitters.is_empty() {
        return vec![(String::new(), t.plant.on_pon().to_owned())];
    }
    let ports = splitters.iter().flat_map(|splitter| {
        let name = splitter_name(splitter, t);
        splitter.open.iter().map(move |(port, number)| (port.to_string(), t.plant.port_of(*number, &name)))
    });
    ports.collect()
}

/// `NAP-12 (1:8)`, or by its number where it is in no box.
fn splitter_name(splitter: &SplitterRow, t: Words) -> String {
    let place = splitter.nap.as_ref().map_or_else(|| t.plant.splitter_number(splitter.id), |nap| nap.name.clone());
    format!("{place} (1:{})", splitter.ways())
}

fn columns(pon: PonPortId, remove: FormState<RemoveSplitter>, t: Words) -> Vec<Column<SplitterRow>> {
    let hangs = move |splitter: &SplitterRow| match splitter.parent {
        Some((parent, number)) => t.plant.port_of(number, t.plant.splitter_number(parent)),
        None => t.plant.on_pon().to_owned(),
    };
    let place = move |splitter: &SplitterRow| match &splitter.nap {
        Some(nap) => view! { <a href=format!("/office/plant/naps/{}", nap.id)>{nap.name.clone()}</a> }.into_any(),
        None => t.plant.on_the_way().into_any(),
    };
    let taken = move |splitter: &SplitterRow| t.plant.taken_of(splitter.taken, splitter.ways());
    let removing = move |splitter: &SplitterRow| {
        (may("edit_plant") && splitter.taken == 0).then(|| {
            let (id, name) = (splitter.id, splitter_name(splitter, t));
            view! {
                <Form state=remove>
                    <input type="hidden" name="pon" value=pon.to_string()/>
                    <input type="hidden" name="splitter" value=id.to_string()/>
                    <Submit variant=Variant::Quiet>{t.plant.remove()}<span class="visually-hidden">{format!(" {name}")}</span></Submit>
                </Form>
            }
        })
    };
    let loss = |splitter: &SplitterRow| view! { <Loss loss=OpticalLoss::of(&splitter.path, None)/> };
    vec![
        Column::new(t.plant.splitter(), move |splitter: &SplitterRow| splitter_name(splitter, t)),
        Column::new(t.plant.path(), |splitter: &SplitterRow| path_words(&splitter.path)),
        Column::new(t.plant.hangs_on(), hangs),
        Column::new(t.plant.nap(), place),
        Column::new(t.plant.taken(), taken),
        Column::new(t.plant.loss(), loss),
        Column::new(t.collections.action(), removing),
    ]
}

#[component]
fn Hang(pon: PonPortId, choices: Choices, state: FormState<AddSplitter>) -> impl IntoView {
    let t = words();
    let ways = Ways::ALL.iter().map(|ways| (ways.to_string(), format!("1:{ways}"))).collect();
    view! {
        <Card title=t.plant.hang()>
            <p class="muted">{t.plant.hang_hint()}</p>
            <Form state=state>
                <input type="hidden" name="pon" value=pon.to_string()/>
                <div class="fields">
                    <Select name="splitter[port]" label=t.plant.hangs_on() choices/>
                    <Select name="splitter[ways]" label=t.plant.ways() choices=ways value=Ways::default().to_string()/>
                </div>
                <Field name="splitter[nap]" label=t.plant.in_nap() hint=t.plant.in_nap_hint() optional=true most=100/>
                <div class="form-actions"><Submit variant=Variant::Primary>{t.plant.hang()}</Submit></div>
            </Form>
        </Card>
    }
}
