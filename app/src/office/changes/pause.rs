//! A customer's holiday.

use domain::views::contracts::ContractDetail;
use leptos::prelude::*;

use super::{api::PauseContract, change_href, places, use_contract, whom};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, FormState, Kind, MoneyInput, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn PausePage() -> impl IntoView {
    let form = use_form::<PauseContract>();
    view! { <Loaded from=use_contract() view=move |contract| view! { <Pause contract form/> }/> }
}

#[component]
fn Pause(contract: ContractDetail, form: FormState<PauseContract>) -> impl IntoView {
    let t = words();
    let (places, summary) = (places(&contract, t), whom(&contract));
    view! {
        <PageHeader title=t.changes.pause() places summary/>
        <Card>
            <p>{t.changes.pause_what()}</p>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <div class="fields">
                    <Field name="form[from]" label=t.changes.pause_from() hint=t.contracts.today_hint() kind=Kind::Date optional=true/>
                    <Field name="form[until]" label=t.changes.pause_until() hint=t.changes.pause_until_hint() kind=Kind::Date/>
                </div>
                <div class="fields">
                    <MoneyInput name="form[fee]" label=t.changes.pause_fee() hint=t.changes.pause_fee_hint()
                        currency=contract.currency.code() optional=true/>
                    <Field name="form[fee_description]" label=t.contracts.description() hint=t.changes.pause_fee_description_hint()
                        value=t.changes.pause_fee_description() optional=true most=200/>
                </div>
                <FormActions label=t.changes.pause() back=change_href(contract.id) icon=Icon::Pause/>
            </Form>
        </Card>
    }
}
