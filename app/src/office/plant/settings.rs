//! The limits of the plant.

use domain::views::plant::PlantSettings;
use leptos::prelude::*;

use super::{
    api::{ChangePlantSettings, see_plant_settings},
    plant_place,
};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, Kind, use_form},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn PlantSettingsPage() -> impl IntoView {
    let t = words();
    let form = use_form::<ChangePlantSettings>();
    let settings = Resource::new_blocking(|| (), |()| see_plant_settings());
    let fields = move |settings: PlantSettings| {
        view! {
            <Card>
                <Form state=form>
                    <Field name="form[longest_drop_metres]" label=t.plant.longest_drop() hint=t.plant.longest_drop_hint()
                           kind=Kind::Whole unit="m" value=settings.longest_drop_metres.to_string()/>
                    <Field name="form[reservation_days]" label=t.plant.reservation_days()
                           hint=t.plant.reservation_days_hint() kind=Kind::Whole
                           value=settings.reservation_days.to_string()/>
                    <FormActions label=t.common.save() back="/office/plant"/>
                </Form>
            </Card>
        }
    };
    view! {
        <PageHeader title=t.plant.settings() summary=t.plant.settings_hint() places=vec![plant_place(t)]/>
        <Loaded from=settings view=fields/>
    }
}
