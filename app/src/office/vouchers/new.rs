//! The form for a new batch.

use domain::views::vouchers::BatchChoices;
use leptos::prelude::*;

use super::api::{CreateBatch, begin_batch};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Choices, Field, Form, FormActions, FormState, Kind, MoneyInput, Select, choices_of, use_form},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn NewBatchPage() -> impl IntoView {
    let form = use_form::<CreateBatch>();
    let choices = Resource::new_blocking(|| (), |()| begin_batch());
    view! { <Loaded from=choices view=move |choices| view! { <NewBatch choices form/> }/> }
}

#[component]
fn NewBatch(choices: BatchChoices, form: FormState<CreateBatch>) -> impl IntoView {
    let t = words();
    let places = vec![(t.hotspot.batches().to_owned(), "/office/vouchers/batches".to_owned())];
    let BatchChoices { hotspots, profiles, taxes, currency } = choices;
    let everywhere = (String::new(), t.hotspot.everywhere().to_owned());
    let hotspots: Choices = std::iter::once(everywhere).chain(choices_of(hotspots)).collect();
    let profiles = choices_of(profiles);
    let taxes = choices_of(taxes);
    let units = [("d", t.hotspot.unit_d()), ("h", t.hotspot.unit_h()), ("m", t.hotspot.unit_m())];
    let units: Choices = units.map(|(unit, name)| (unit.to_owned(), name.to_owned())).to_vec();
    view! {
        <PageHeader title=t.hotspot.new_batch() summary=t.hotspot.batches_summary() places/>
        <Card>
            <Form state=form>
                <div class="fields">
                    <Field name="batch[series]" label=t.hotspot.series() hint=t.hotspot.series_hint() most=12/>
                    <Field name="batch[quantity]" label=t.hotspot.quantity() hint=t.hotspot.quantity_hint() kind=Kind::Whole/>
                </div>
                <div class="fields">
                    <Select name="batch[profile]" label=t.hotspot.profile() choices=profiles/>
                    <Select name="batch[hotspot]" label=t.hotspot.where_valid() hint=t.hotspot.everywhere_hint()
                            choices=hotspots/>
                </div>
                <div class="fields">
                    <MoneyInput name="batch[price]" label=t.hotspot.price() currency=currency.code()/>
                    <Select name="batch[tax]" label=t.hotspot.tax() choices=taxes/>
                </div>
                <div class="fields">
                    <Field name="batch[valid_for]" label=t.hotspot.valid_for() hint=t.hotspot.valid_for_hint()
                           kind=Kind::Whole optional=true/>
                    <Select name="batch[valid_unit]" label=t.hotspot.valid_unit() choices=units value="d"/>
                    <Field name="batch[valid_until]" label=t.hotspot.valid_until() kind=Kind::Date optional=true/>
                </div>
                <div class="fields">
                    <Field name="batch[limit_minutes]" label=t.hotspot.limit_minutes() hint=t.hotspot.limit_hint()
                           kind=Kind::Whole optional=true/>
                    <Field name="batch[limit_megabytes]" label=t.hotspot.limit_megabytes() hint=t.hotspot.limit_hint()
                           kind=Kind::Whole optional=true/>
                </div>
                <FormActions label=t.hotspot.make() back="/office/vouchers/batches"/>
            </Form>
        </Card>
    }
}
