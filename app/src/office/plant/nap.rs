//! A box: what is in it, who has which port, and who gets the next.

use domain::ids::NapId;
use domain::views::plant::{NapDetail, NapSplitter};
use leptos::prelude::*;

use super::{
    api::{ConnectService, DisconnectService, ReleasePort, RemoveNap, ReservePort, see_nap},
    naps_place, plant_place,
    ports::{Connect, Ports, Reserve},
};
use crate::{
    i18n::{Words, words},
    parts::{
        place::MapLink,
        plant::{Loss, fill_badge, path_words},
    },
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        dialog::Confirm,
        empty::EmptyState,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

/// They live as long as the page does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
pub(super) struct NapFormStates {
    pub reserve: FormState<ReservePort>,
    pub release: FormState<ReleasePort>,
    pub connect: FormState<ConnectService>,
    pub disconnect: FormState<DisconnectService>,
    pub remove: FormState<RemoveNap>,
}

#[component]
pub fn NapPage() -> impl IntoView {
    let id = use_id::<NapId>();
    let forms = NapFormStates {
        reserve: use_form(),
        release: use_form(),
        connect: use_form(),
        disconnect: use_form(),
        remove: use_form(),
    };
    let done = (forms.reserve.done(), forms.release.done(), forms.connect.done(), forms.disconnect.done());
    let nap = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get(), done.2.get(), done.3.get()),
        |(id, ..)| async move { see_nap(id?).await },
    );
    view! { <Loaded from=nap view=move |nap| view! { <Nap detail=nap forms/> }/> }
}

#[component]
fn Nap(detail: NapDetail, forms: NapFormStates) -> impl IntoView {
    let t = words();
    let NapDetail { nap, fibre_metres, splitters, ports } = detail;
    let id = nap.id;
    let edit = may("edit_plant").then(|| {
        view! {
            <LinkButton href=format!("/office/plant/naps/{id}/edit") icon=Icon::Edit>{t.common.edit()}</LinkButton>
            {splitters.is_empty().then(|| view! { <Remove nap=id state=forms.remove/> })}
        }
    });
    let on_map = format!("/office/map?at={},{}&zoom=18", nap.position.latitude(), nap.position.longitude());
    let sector = nap.sector.clone().map(|sector| {
        view! { <Fact label=t.plant.sector()><a href=format!("/office/sectors/{}", sector.id)>{sector.name}</a></Fact> }
    });
    let fibre = fibre_metres.map(|metres| view! { <Fact label=t.plant.fibre()>{t.plant.metres(metres)}</Fact> });
    let too_much = splitters.iter().any(|splitter| splitter.loss(fibre_metres).is_too_much());
    let has_room = nap.fill.free() > 0;
    let (for_reserving, for_connecting) = (ports.clone(), ports.clone());
    view! {
        <PageHeader title=nap.name.clone() places=vec![plant_place(t), naps_place(t)] state=fill_badge(nap.fill, t)>
            <LinkButton href=on_map icon=Icon::Sector>{t.map.see()}</LinkButton>
            {edit}
        </PageHeader>
        {too_much.then(|| view! { <Notice tone=Tone::Warn icon=Icon::Alert title=t.plant.too_much()><p>{t.plant.too_much_hint()}</p></Notice> })}
        <div class="columns">
            <Card title=t.plant.the_box()>
                <Facts>
                    {sector}
                    <Fact label=t.plant.position()><MapLink position=nap.position/></Fact>
                    <Fact label=t.plant.capacity()>{format::count(nap.capacity.into())}</Fact>
                    {fibre}
                </Facts>
            </Card>
            <Card title=t.plant.splitters()><Splitters splitters fibre_metres/></Card>
        </div>
        <Ports nap=id name=nap.name ports forms/>
        {(has_room && may("reserve_ports")).then(|| view! { <Reserve nap=id ports=for_reserving state=forms.reserve/> })}
        {may("edit_plant").then(|| view! { <Connect nap=id ports=for_connecting state=forms.connect/> })}
    }
}

#[component]
fn Splitters(splitters: Vec<NapSplitter>, fibre_metres: Option<u32>) -> impl IntoView {
    let t = words();
    if splitters.is_empty() {
        return view! { <EmptyState icon=Icon::Signal title=t.plant.bare() hint=t.plant.bare_hint()/> }.into_any();
    }
    let columns = splitter_columns(fibre_metres, t);
    view! { <Table columns rows=splitters label=t.plant.splitters()/> }.into_any()
}

fn splitter_columns(fibre_metres: Option<u32>, t: Words) -> Vec<Column<NapSplitter>> {
    let pon = |splitter: &NapSplitter| {
        let href = format!("/office/plant/pons/{}", splitter.pon.id);
        view! { <a href=href>{splitter.pon.to_string()}</a> }
    };
    let loss = move |splitter: &NapSplitter| view! { <Loss loss=splitter.loss(fibre_metres)/> };
    vec![
        Column::new(t.plant.pon(), pon),
        Column::new(t.plant.path(), |splitter: &NapSplitter| path_words(&splitter.path)),
        Column::new(t.plant.loss(), loss),
    ]
}

#[component]
fn Remove(nap: NapId, state: FormState<RemoveNap>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="remove-nap" label=t.plant.remove_nap() title=t.plant.remove_nap_title() icon=Icon::Close
                 open=state.was_refused()>
            <p>{t.plant.remove_nap_what()}</p>
            <Form state=state>
                <input type="hidden" name="nap" value=nap.to_string()/>
                <div class="form-actions">
                    <Submit variant=Variant::Danger icon=Icon::Close>{t.plant.remove_nap()}</Submit>
                </div>
            </Form>
        </Confirm>
    }
}
