//! A line's discount: its fields, and the page that changes it while the contract is active.

use domain::contract::ContractStateName;
use domain::ids::{ContractId, ContractLineId};
use domain::views::contract_forms::{DiscountForm, DiscountKind, LastingKind};
use domain::views::contracts::{ContractDetail, ContractLine};
use leptos::prelude::*;

use super::{
    actions::NotNow,
    api::{SetDiscount, show_contract},
    href, places, whom,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::amount::line_price,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, FormState, Kind, Select, use_form},
        format,
        loaded::Loaded,
        page::PageHeader,
        param::{use_id, use_id_named},
    },
};

#[component]
pub fn DiscountPage() -> impl IntoView {
    let (id, line) = (use_id::<ContractId>(), use_id_named::<ContractLineId>("line"));
    let form = use_form::<SetDiscount>();
    let found = Resource::new_blocking(
        move || (id.get(), line.get()),
        |(id, line)| async move {
            let (contract, id) = (show_contract(id?).await?, line?);
            let line = contract.lines.iter().find(|line| line.id == id).cloned();
            line.map(|line| (contract, line)).ok_or(AppError::NotThere)
        },
    );
    view! { <Loaded from=found view=move |(contract, line)| view! { <Change contract line form/> }/> }
}

#[component]
fn Change(contract: ContractDetail, line: ContractLine, form: FormState<SetDiscount>) -> impl IntoView {
    let t = words();
    let (title, places) = (t.contracts.discount_title(&line.description), places(&contract, t));
    let summary = whom(&contract);
    let content = if contract.state.name() == ContractStateName::Active {
        view! { <ChangeForm contract line form/> }.into_any()
    } else {
        view! { <NotNow contract/> }.into_any()
    };
    view! {
        <PageHeader title places summary/>
        <Card>{content}</Card>
    }
}

#[component]
fn ChangeForm(contract: ContractDetail, line: ContractLine, form: FormState<SetDiscount>) -> impl IntoView {
    let t = words();
    let next = line.dates.billed_through.or(line.dates.starts_on);
    let from = next.map(|next| t.contracts.discount_from(line_price(&line.price), format::date(next, t)));
    let values = line.discount.as_ref().map(DiscountForm::from).unwrap_or_default();
    view! {
        <p>{from}</p>
        <Form state=form>
            <input type="hidden" name="contract" value=contract.id.to_string()/>
            <input type="hidden" name="line" value=line.id.to_string()/>
            <DiscountFields values/>
            <FormActions label=t.common.save() back=href(contract.id)/>
        </Form>
    }
}

/// What the first choice does not ask for is not shown, and where it is shown all the same it does not matter.
#[component]
pub(super) fn DiscountFields(values: DiscountForm) -> impl IntoView {
    let t = words();
    let kinds = DiscountKind::ALL.iter().map(|kind| (kind.to_string(), discount_kind(*kind, t).to_owned()));
    let kinds = [(String::new(), t.contracts.no_discount().to_owned())].into_iter().chain(kinds).collect();
    let lasting = LastingKind::ALL.iter().map(|lasts| (lasts.to_string(), lasting_kind(*lasts, t).to_owned()));
    let lasts = if values.discount_lasts.is_empty() { LastingKind::Always.to_string() } else { values.discount_lasts };
    view! {
        <fieldset class="form">
            <legend class="card-part">{t.contracts.discount()}</legend>
            <div class="fields">
                <Select name="form[discount]" label=t.contracts.discount_kind() choices=kinds value=values.discount/>
                <div data-when="percent amount">
                    <Field name="form[discount_value]" label=t.contracts.discount_value() hint=t.contracts.discount_value_hint()
                        value=values.discount_value kind=Kind::Decimal/>
                </div>
            </div>
            <div class="form" data-when="percent amount courtesy">
                <Select name="form[discount_lasts]" label=t.contracts.discount_lasts() hint=t.contracts.discount_lasts_hint()
                    choices=lasting.collect() value=lasts/>
                <div data-when="periods">
                    <Field name="form[discount_periods]" label=t.contracts.discount_periods() hint=t.contracts.discount_periods_hint()
                        value=values.discount_periods kind=Kind::Whole most=3/>
                </div>
                <div data-when="until">
                    <Field name="form[discount_until]" label=t.contracts.discount_until() value=values.discount_until kind=Kind::Date/>
                </div>
                <Field name="form[discount_reason]" label=t.contracts.discount_reason() hint=t.contracts.discount_reason_hint()
                    value=values.discount_reason most=100/>
            </div>
        </fieldset>
    }
}

fn discount_kind(kind: DiscountKind, t: Words) -> &'static str {
    match kind {
        DiscountKind::Percent => t.contracts.discount_percent(),
        DiscountKind::Amount => t.contracts.discount_amount(),
        DiscountKind::Courtesy => t.contracts.discount_courtesy(),
    }
}

fn lasting_kind(lasting: LastingKind, t: Words) -> &'static str {
    match lasting {
        LastingKind::Always => t.contracts.lasts_always(),
        LastingKind::Periods => t.contracts.lasts_periods(),
        LastingKind::Until => t.contracts.lasts_until(),
    }
}
