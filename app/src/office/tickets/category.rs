//! A category of tickets, new or not.

use domain::ids::TicketCategoryId;
use domain::ticket::Priority;
use domain::views::tickets::Category;
use leptos::prelude::*;

use super::api::{AddTicketCategory, EditTicketCategory, show_ticket_settings};
use crate::{
    failure::AppError,
    i18n::words,
    parts::ticket::{name, priority_word},
    ui::{
        card::Card,
        form::{Checkbox, Field, Form, FormActions, FormState, Select, use_form},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

const SETTINGS: &str = "/office/tickets/settings";

#[component]
pub fn NewCategoryPage() -> impl IntoView {
    let t = words();
    let form = use_form::<AddTicketCategory>();
    let places = vec![(t.tickets.settings().to_owned(), SETTINGS.to_owned())];
    view! {
        <PageHeader title=t.tickets.new_category() places/>
        <Card>
            <Form state=form>
                <CategoryFields category=None/>
                <Buttons/>
            </Form>
        </Card>
    }
}

#[component]
pub fn CategoryPage() -> impl IntoView {
    let id = use_id::<TicketCategoryId>();
    let form = use_form::<EditTicketCategory>();
    let category = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let (id, settings) = (id?, show_ticket_settings().await?);
            let found = settings.categories.into_iter().find(|category| category.id == id);
            found.ok_or(AppError::NotThere)
        },
    );
    view! { <Loaded from=category view=move |category| view! { <Edit category form/> }/> }
}

#[component]
fn Edit(category: Category, form: FormState<EditTicketCategory>) -> impl IntoView {
    let t = words();
    let places = vec![(t.tickets.settings().to_owned(), SETTINGS.to_owned())];
    let archived = category.archived;
    view! {
        <PageHeader title=name(&category.name, t) places/>
        <Card>
            <Form state=form>
                <input type="hidden" name="id" value=category.id.to_string()/>
                <CategoryFields category=Some(category)/>
                <Checkbox name="category[archived]" label=t.tickets.archived() hint=t.tickets.archived_hint()
                          checked=archived/>
                <Buttons/>
            </Form>
        </Card>
    }
}

#[component]
fn CategoryFields(category: Option<Category>) -> impl IntoView {
    let t = words();
    let priorities: Vec<_> =
        Priority::ALL.iter().map(|word| (word.word().to_owned(), priority_word(*word, t).to_owned())).collect();
    let for_customers = category.as_ref().is_none_or(|category| category.for_customers);
    let goes_with_outages = category.as_ref().is_some_and(|category| category.goes_with_outages);
    let priority = category.as_ref().map_or(Priority::Normal, |category| category.priority);
    let names = category.map(|category| category.name).unwrap_or_default();
    view! {
        <div class="fields">
            <Field name="category[name_es]" label=t.tickets.name_es() hint=t.tickets.name_hint() most=80 value=names.es/>
            <Field name="category[name_en]" label=t.tickets.name_en() most=80 value=names.en/>
        </div>
        <Select name="category[priority]" label=t.tickets.priority() choices=priorities value=priority.word()/>
        <Checkbox name="category[for_customers]" label=t.tickets.for_customers() checked=for_customers/>
        <Checkbox name="category[goes_with_outages]" label=t.tickets.goes_with_outages() hint=t.tickets.goes_with_outages_hint()
                  checked=goes_with_outages/>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let t = words();
    view! {
        <FormActions label=t.common.save() back=SETTINGS/>
    }
}
