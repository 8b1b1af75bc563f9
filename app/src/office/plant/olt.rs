//! An OLT is entered, changed, and gets its cards.

use domain::ids::OltId;
use domain::views::plant_forms::OltForm;
use leptos::prelude::*;

use super::{
    api::{AddCard, CreateOlt, EditOlt, open_olt},
    plant_place,
};
use crate::{
    failure::AppError,
    i18n::words,
    ui::{
        button::Variant,
        card::Card,
        form::{Field, Form, FormActions, FormState, Kind, Submit, use_form},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn NewOltPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreateOlt>();
    view! {
        <PageHeader title=t.plant.new_olt() summary=t.plant.new_olt_hint() places=vec![plant_place(t)]/>
        <Card>
            <Form state=form>
                <OltFields olt=OltForm::default()/>
                <FormActions label=t.plant.create() back="/office/plant"/>
            </Form>
        </Card>
    }
}

#[component]
pub fn OltPage() -> impl IntoView {
    let id = use_id::<OltId>();
    let (edit, card) = (use_form::<EditOlt>(), use_form::<AddCard>());
    let olt = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            Ok::<_, AppError>((id, open_olt(id).await?))
        },
    );
    view! { <Loaded from=olt view=move |(id, olt)| view! { <Olt id olt edit card/> }/> }
}

#[component]
fn Olt(id: OltId, olt: OltForm, edit: FormState<EditOlt>, card: FormState<AddCard>) -> impl IntoView {
    let t = words();
    view! {
        <PageHeader title=olt.name.clone() places=vec![plant_place(t)]/>
        <Card title=t.plant.new_card()>
            <p class="muted">{t.plant.new_card_hint()}</p>
            <Form state=card>
                <input type="hidden" name="olt" value=id.to_string()/>
                <div class="fields">
                    <Field name="card[slot]" label=t.plant.slot() kind=Kind::Whole/>
                    <Field name="card[ports]" label=t.plant.pon_ports() kind=Kind::Whole value="16"/>
                </div>
                <div class="form-actions"><Submit>{t.plant.add_card()}</Submit></div>
            </Form>
        </Card>
        <Card title=t.plant.edit_olt()>
            <Form state=edit>
                <input type="hidden" name="id" value=id.to_string()/>
                <OltFields olt/>
                <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
            </Form>
        </Card>
    }
}

#[component]
fn OltFields(olt: OltForm) -> impl IntoView {
    let t = words();
    view! {
        <div class="fields">
            <Field name="olt[name]" label=t.plant.name() hint=t.plant.olt_name_hint() value=olt.name most=100/>
            <Field name="olt[model]" label=t.plant.model() optional=true value=olt.model most=100/>
        </div>
        <Field name="olt[position]" label=t.plant.position() hint=t.plant.position_hint() optional=true value=olt.position/>
    }
}
