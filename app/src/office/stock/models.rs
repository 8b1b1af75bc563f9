//! Which equipment there is to receive.

use domain::ids::EquipmentModelId;
use domain::stock::EquipmentKind;
use domain::views::stock::ModelRow;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{AddEquipmentModel, ArchiveEquipmentModel, EditEquipmentModel, list_equipment_models};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::stock::kind_word,
    surroundings::may,
    ui::{
        button::Variant,
        card::Card,
        empty::EmptyState,
        form::{Choices, Field, Form, FormActions, FormState, Select, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    add: FormState<AddEquipmentModel>,
    edit: FormState<EditEquipmentModel>,
    archive: FormState<ArchiveEquipmentModel>,
}

#[component]
pub fn ModelsPage() -> impl IntoView {
    let t = words();
    let forms = Forms { add: use_form(), edit: use_form(), archive: use_form() };
    let done = (forms.add.done(), forms.edit.done(), forms.archive.done());
    let query = use_query_map();
    let chosen = move || query.read().get_str("edit").and_then(|id| id.parse::<EquipmentModelId>().ok());
    let models = Resource::new_blocking(
        move || (chosen(), done.0.get(), done.1.get(), done.2.get()),
        |(chosen, ..)| async move { Ok::<_, AppError>((chosen, list_equipment_models().await?)) },
    );
    let places = vec![(t.stock.title().to_owned(), "/office/stock".to_owned())];
    view! {
        <PageHeader title=t.stock.models() summary=t.stock.models_hint() places/>
        <Loaded from=models view=move |(chosen, models)| view! { <Models chosen models forms/> }/>
    }
}

/// With the form of the chosen one, or that of a new one.
#[component]
fn Models(chosen: Option<EquipmentModelId>, models: Vec<ModelRow>, forms: Forms) -> impl IntoView {
    let t = words();
    let edits = may("edit_stock");
    let chosen = models.iter().find(|model| edits && Some(model.id) == chosen).cloned();
    let table = if models.is_empty() {
        view! { <EmptyState icon=Icon::Device title=t.stock.no_models() hint=t.stock.no_models_hint()/> }.into_any()
    } else {
        let href = move |model: &ModelRow| match edits {
            true => format!("/office/stock/models?edit={}", model.id),
            false => format!("/office/stock?model={}", model.id),
        };
        view! { <Table columns=columns(t) rows=models label=t.stock.models() href/> }.into_any()
    };
    let form = match chosen {
        Some(model) => view! { <Edit model forms/> }.into_any(),
        None if edits => view! { <Add forms/> }.into_any(),
        None => ().into_any(),
    };
    view! { {table}{form} }
}

#[component]
fn Add(forms: Forms) -> impl IntoView {
    let t = words();
    view! {
        <Card title=t.stock.new_model()>
            <Form state=forms.add>
                {fields(None, t)}
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Plus>{t.stock.add_model()}</Submit>
                </div>
            </Form>
        </Card>
    }
}

fn columns(t: Words) -> Vec<Column<ModelRow>> {
    let name = move |model: &ModelRow| {
        let archived = model.archived.then(|| format!(" ({})", t.stock.archived()));
        format!("{} {}{}", model.maker, model.name, archived.unwrap_or_default())
    };
    vec![
        Column::new(t.stock.model(), name),
        Column::new(t.stock.kind(), move |model: &ModelRow| kind_word(model.kind, t)),
        Column::new(t.stock.state_in_stock(), |model: &ModelRow| format::count(model.in_stock)).number(),
        Column::new(t.stock.state_installed(), |model: &ModelRow| format::count(model.installed)).number(),
        Column::new(t.stock.all(), |model: &ModelRow| {
            let href = format!("/office/stock?model={}", model.id);
            view! { <a href=href>{format::count(model.all)}</a> }.into_any()
        })
        .number(),
    ]
}

/// Of a new model, or of one that is there.
fn fields(model: Option<&ModelRow>, t: Words) -> AnyView {
    let kinds: Choices =
        EquipmentKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_word(*kind, t).to_owned())).collect();
    let kind = model.map(|model| model.kind.word().to_owned()).unwrap_or_default();
    let maker = model.map(|model| model.maker.clone()).unwrap_or_default();
    let name = model.map(|model| model.name.clone()).unwrap_or_default();
    view! {
        <div class="fields">
            <Select name="form[kind]" label=t.stock.kind() choices=kinds value=kind/>
            <Field name="form[maker]" label=t.stock.maker() value=maker most=60/>
            <Field name="form[name]" label=t.stock.model_name() value=name most=60/>
        </div>
    }
    .into_any()
}

/// Its name and kind, and whether it is received any more.
#[component]
fn Edit(model: ModelRow, forms: Forms) -> impl IntoView {
    let t = words();
    let (id, of_archive) = (model.id.to_string(), model.id.to_string());
    let title = format!("{} {}", model.maker, model.name);
    let (archive, archived) =
        if model.archived { (t.stock.receive_again(), "false") } else { (t.stock.archive_model(), "true") };
    view! {
        <Card title>
            <Form state=forms.edit>
                <input type="hidden" name="model" value=id/>
                {fields(Some(&model), t)}
                <FormActions label=t.common.save() back="/office/stock/models"/>
            </Form>
            <Form state=forms.archive>
                <input type="hidden" name="model" value=of_archive/>
                <input type="hidden" name="archived" value=archived/>
                <Submit variant=Variant::Quiet>{archive}</Submit>
            </Form>
        </Card>
    }
}
