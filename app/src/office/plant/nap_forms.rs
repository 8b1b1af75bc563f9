//! The forms of a box: a new one, and changing one.

use domain::ids::NapId;
use domain::views::plant_forms::NapStart;
use leptos::prelude::*;

use super::{
    api::{CreateNap, EditNap, begin_nap, open_nap},
    naps_place, plant_place,
};
use crate::{
    failure::AppError,
    i18n::words,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, Kind, Select, choices_of, use_form},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn NewNapPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreateNap>();
    let start = Resource::new_blocking(|| (), |()| begin_nap());
    let fields = move |start: NapStart| {
        view! {
            <Card>
                <Form state=form>
                    <NapFields start/>
                    <FormActions label=t.plant.create() back="/office/plant/naps"/>
                </Form>
            </Card>
        }
    };
    view! {
        <PageHeader title=t.plant.new_nap() summary=t.plant.new_nap_hint() places=vec![plant_place(t), naps_place(t)]/>
        <Loaded from=start view=fields/>
    }
}

#[component]
pub fn EditNapPage() -> impl IntoView {
    let t = words();
    let id = use_id::<NapId>();
    let form = use_form::<EditNap>();
    let start = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            Ok::<_, AppError>((id, open_nap(id).await?))
        },
    );
    let fields = move |(id, start): (NapId, NapStart)| {
        let own = format!("/office/plant/naps/{id}");
        let places = vec![plant_place(t), naps_place(t), (start.form.name.clone(), own.clone())];
        view! {
            <PageHeader title=t.plant.edit_nap() places/>
            <Card>
                <Form state=form>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <NapFields start/>
                    <FormActions label=t.common.save() back=own/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=start view=fields/> }
}

#[component]
fn NapFields(start: NapStart) -> impl IntoView {
    let t = words();
    let NapStart { form: nap, sectors } = start;
    let sectors = choices_of(sectors);
    view! {
        <div class="fields">
            <Field name="nap[name]" label=t.plant.name() hint=t.plant.nap_name_hint() value=nap.name most=100/>
            <Select name="nap[sector]" label=t.plant.sector() choices=sectors value=nap.sector optional=true/>
        </div>
        <Field name="nap[position]" label=t.plant.position() hint=t.plant.position_hint() value=nap.position/>
        <div class="fields">
            <Field name="nap[capacity]" label=t.plant.capacity() hint=t.plant.capacity_hint() kind=Kind::Whole
                   value=nap.capacity/>
            <Field name="nap[fibre_metres]" label=t.plant.fibre() hint=t.plant.fibre_hint() kind=Kind::Whole unit="m"
                   optional=true value=nap.fibre_metres/>
        </div>
    }
}
