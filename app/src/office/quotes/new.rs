//! The form of a new quote, for the customer that the address names.

use domain::ids::CustomerId;
use domain::views::quotes::QuoteChoices;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{DraftQuote, begin_quote};
use crate::{
    failure::AppError,
    i18n::words,
    ui::{
        card::Card,
        form::{Choices, Field, Form, FormActions, FormState, Kind, Select, Textarea, choices_of, use_form},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn NewQuotePage() -> impl IntoView {
    let form = use_form::<DraftQuote>();
    let query = use_query_map();
    let customer = Memo::new(move |_| query.read().get("customer").and_then(|id| id.parse::<CustomerId>().ok()));
    let found = Resource::new_blocking(
        move || customer.get(),
        |customer| async move { begin_quote(customer.ok_or(AppError::NotThere)?).await },
    );
    view! { <Loaded from=found view=move |choices| view! { <NewQuote choices form/> }/> }
}

#[component]
fn NewQuote(choices: QuoteChoices, form: FormState<DraftQuote>) -> impl IntoView {
    let t = words();
    let places = vec![(t.quotes.title().to_owned(), "/office/quotes".to_owned())];
    let back = format!("/office/customers/{}", choices.customer.id);
    let none = (String::new(), t.quotes.no_contract().to_owned());
    let contracts: Choices = [none].into_iter().chain(choices_of(choices.contracts)).collect();
    view! {
        <PageHeader title=t.quotes.new() summary=t.quotes.new_for(&choices.customer.name) places/>
        <Card>
            <Form state=form>
                <input type="hidden" name="form[customer]" value=choices.customer.id.to_string()/>
                <Select name="form[contract]" label=t.money.contract() choices=contracts value=""/>
                <Field name="form[valid_until]" label=t.quotes.valid_until() hint=t.quotes.valid_until_hint()
                       kind=Kind::Date value=choices.valid_until.to_string()/>
                <Textarea name="form[note]" label=t.quotes.note() hint=t.quotes.note_hint() optional=true most=500/>
                <FormActions label=t.catalogue.create() back/>
            </Form>
        </Card>
    }
}
