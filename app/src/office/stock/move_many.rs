//! Many to another place at once: a van is loaded by scanning what goes into it.

use domain::ids::StockPlaceId;
use domain::views::list::Choice;
use leptos::prelude::*;

use super::{
    api::{MoveMany, list_place_choices},
    receive::MOST,
};
use crate::{
    i18n::words,
    parts::scan::ScanInto,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, Select, Textarea, choices_of, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn MoveManyPage() -> impl IntoView {
    let t = words();
    let form = use_form::<MoveMany>();
    let found = Resource::new_blocking(|| (), |()| list_place_choices());
    let places = vec![(t.stock.title().to_owned(), "/office/stock".to_owned())];
    let fields = move |found: Vec<Choice<StockPlaceId>>| {
        let places = choices_of(found);
        view! {
            <Card>
                <Form state=form>
                    <Select name="form[to]" label=t.stock.to_place() choices=places/>
                    <Textarea name="form[lines]" label=t.stock.lines() hint=t.stock.move_lines_hint() rows=8 most=MOST/>
                    <ScanInto field="form[lines]" several=true/>
                    <Field name="form[reason]" label=t.stock.note() optional=true most=200/>
                    <FormActions label=t.stock.transfer() back="/office/stock" icon=Icon::Check/>
                </Form>
            </Card>
        }
    };
    view! {
        <PageHeader title=t.stock.move_many() summary=t.stock.move_many_hint() places/>
        <Loaded from=found view=fields/>
    }
}
