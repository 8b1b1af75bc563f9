//! Warehouses and vans, with what is in each.

use domain::ids::{StockPlaceId, UserId};
use domain::stock::PlaceKind;
use domain::views::list::Choice;
use domain::views::stock::{PlaceRow, StockPlaces};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{AddStockPlace, ArchiveStockPlace, EditStockPlace, list_stock_places};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Choices, Field, Form, FormActions, FormState, Select, Submit, choices_of, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    add: FormState<AddStockPlace>,
    edit: FormState<EditStockPlace>,
    archive: FormState<ArchiveStockPlace>,
}

#[component]
pub fn PlacesPage() -> impl IntoView {
    let t = words();
    let forms = Forms { add: use_form(), edit: use_form(), archive: use_form() };
    let done = (forms.add.done(), forms.edit.done(), forms.archive.done());
    let query = use_query_map();
    let chosen = move || query.read().get_str("edit").and_then(|id| id.parse::<StockPlaceId>().ok());
    let found = Resource::new_blocking(
        move || (chosen(), done.0.get(), done.1.get(), done.2.get()),
        |(chosen, ..)| async move { Ok::<_, AppError>((chosen, list_stock_places().await?)) },
    );
    let places = vec![(t.stock.title().to_owned(), "/office/stock".to_owned())];
    view! {
        <PageHeader title=t.stock.places() summary=t.stock.places_hint() places/>
        <Loaded from=found view=move |(chosen, found)| view! { <Places chosen found forms/> }/>
    }
}

/// With the form of the chosen one, or that of a new one.
#[component]
fn Places(chosen: Option<StockPlaceId>, found: StockPlaces, forms: Forms) -> impl IntoView {
    let t = words();
    let edits = may("edit_stock");
    let none = found.places.is_empty().then(|| {
        view! { <EmptyState icon=Icon::Sector title=t.stock.no_places() hint=t.stock.no_places_hint()/> }
    });
    let chosen = found.places.iter().find(|place| edits && Some(place.id) == chosen).cloned();
    let technicians = found.technicians;
    let form = match chosen {
        Some(place) => view! { <Edit place technicians forms/> }.into_any(),
        None if edits => view! { <Add technicians forms/> }.into_any(),
        None => ().into_any(),
    };
    let cards = found.places.into_iter().map(|place| view! { <Place place edits/> });
    view! {
        {none}
        <div class="columns">{cards.collect_view()}</div>
        {form}
    }
}

#[component]
fn Place(place: PlaceRow, edits: bool) -> impl IntoView {
    let t = words();
    let total = place.total();
    let kind = match (place.kind, &place.technician) {
        (PlaceKind::Warehouse, _) => t.stock.warehouse().to_owned(),
        (PlaceKind::Van, Some(technician)) => t.stock.van_of(&technician.name),
        (PlaceKind::Van, None) => t.stock.van().to_owned(),
    };
    let kind = if place.archived { format!("{kind} ({})", t.stock.archived()) } else { kind };
    let (id, own) = (place.id, format!("/office/stock?place={}", place.id));
    let models = place.models.into_iter().map(|(model, count)| {
        let href = format!("/office/stock?place={id}&model={}", model.id);
        view! { <li><a href=href>{model.name}</a>" · "{format::count(count)}</li> }
    });
    let models = models.collect_view();
    let edit = (edits && !place.archived).then(|| {
        let href = format!("/office/stock/places?edit={id}");
        view! {
            <div class="form-actions"><LinkButton href icon=Icon::Edit>{t.stock.change_place()}</LinkButton></div>
        }
    });
    view! {
        <Card title=place.name>
            <p class="muted">{kind}</p>
            <p><a href=own>{t.stock.pieces(total)}</a></p>
            <ul>{models}</ul>
            {edit}
        </Card>
    }
}

#[component]
fn Add(technicians: Vec<Choice<UserId>>, forms: Forms) -> impl IntoView {
    let t = words();
    view! {
        <Card title=t.stock.new_place()>
            <Form state=forms.add>
                {fields(None, technicians, t)}
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Plus>{t.stock.add_place()}</Submit>
                </div>
            </Form>
        </Card>
    }
}

/// Of a new place, or of one that is there.
fn fields(place: Option<&PlaceRow>, technicians: Vec<Choice<UserId>>, t: Words) -> AnyView {
    let kinds: Choices = PlaceKind::ALL
        .iter()
        .map(|kind| {
            let words = match kind {
                PlaceKind::Warehouse => t.stock.warehouse(),
                PlaceKind::Van => t.stock.van(),
            };
            (kind.word().to_owned(), words.to_owned())
        })
        .collect();
    let people = choices_of(technicians);
    let kind = place.map_or(PlaceKind::Warehouse, |place| place.kind).word();
    let name = place.map(|place| place.name.clone()).unwrap_or_default();
    let technician = place.and_then(|place| place.technician.as_ref());
    let technician = technician.map(|technician| technician.id.to_string()).unwrap_or_default();
    view! {
        <div class="fields">
            <Select name="form[kind]" label=t.stock.place_kind() choices=kinds value=kind/>
            <Field name="form[name]" label=t.stock.place_name() value=name most=60/>
            <Select name="form[technician]" label=t.stock.technician() hint=t.stock.technician_hint() choices=people
                    value=technician optional=true/>
        </div>
    }
    .into_any()
}

#[component]
fn Edit(place: PlaceRow, technicians: Vec<Choice<UserId>>, forms: Forms) -> impl IntoView {
    let t = words();
    let (id, of_archive) = (place.id.to_string(), place.id.to_string());
    let archive = (place.total() == 0).then(|| {
        view! {
            <Form state=forms.archive>
                <input type="hidden" name="place" value=of_archive/>
                <Submit variant=Variant::Quiet>{t.stock.archive_place()}</Submit>
            </Form>
        }
    });
    let title = place.name.clone();
    view! {
        <Card title>
            <Form state=forms.edit>
                <input type="hidden" name="place" value=id/>
                {fields(Some(&place), technicians, t)}
                <FormActions label=t.common.save() back="/office/stock/places"/>
            </Form>
            {archive}
        </Card>
    }
}
