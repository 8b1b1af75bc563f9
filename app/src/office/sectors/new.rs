//! The form for a new sector.

use leptos::prelude::*;

use super::api::CreateSector;
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, use_form},
        page::PageHeader,
    },
};

#[component]
pub fn NewSectorPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreateSector>();
    let places = vec![(t.catalogue.sectors().to_owned(), "/office/sectors".to_owned())];
    view! {
        <PageHeader title=t.catalogue.new_sector() summary=t.catalogue.no_sectors_hint() places/>
        <Card>
            <Form state=form>
                <Field name="sector[name]" label=t.catalogue.name() hint=t.catalogue.sector_name_hint() most=100/>
                <FormActions label=t.catalogue.create() back="/office/sectors"/>
            </Form>
        </Card>
    }
}
