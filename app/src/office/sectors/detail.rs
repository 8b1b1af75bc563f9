//! One sector: its figures, each of which opens the contracts behind it, and its name.

use domain::views::sectors::SectorDetail;
use leptos::prelude::*;

use super::api::{RenameSector, show_sector};
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::Variant,
        card::{Card, Stat},
        form::{Field, Form, FormState, Submit, use_form},
        format,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn SectorPage() -> impl IntoView {
    let id = use_id();
    let rename = use_form::<RenameSector>();
    let done = rename.done();
    let sector =
        Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { show_sector(id?).await });
    view! { <Loaded from=sector view=move |sector| view! { <Sector sector rename/> }/> }
}

#[component]
fn Sector(sector: SectorDetail, rename: FormState<RenameSector>) -> impl IntoView {
    let t = words();
    let places = vec![(t.catalogue.sectors().to_owned(), "/office/sectors".to_owned())];
    let active = format!("/office/contracts?sector={}&state=active", sector.id);
    let cut = format!("/office/contracts?is=cut&sector={}", sector.id);
    let tone = if sector.cut > 0 { Tone::Warn } else { Tone::Neutral };
    let name = sector.name.clone();
    view! {
        <PageHeader title=sector.name.clone() places/>
        <div class="stats">
            <Stat label=t.catalogue.active() value=format::count(sector.active) href=active/>
            <Stat label=t.catalogue.cut() value=format::count(sector.cut) href=cut tone/>
        </div>
        {may("edit_sectors").then(|| view! {
            <Card title=t.catalogue.edit_sector()>
                <Form state=rename>
                    <input type="hidden" name="id" value=sector.id.to_string()/>
                    <Field name="sector[name]" label=t.catalogue.name() hint=t.catalogue.sector_name_hint() value=name most=100/>
                    <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
                </Form>
            </Card>
        })}
    }
}
