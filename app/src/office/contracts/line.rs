//! A draft's charges.

use domain::calendar::{AnchorDay, BillingMode, Every, FirstPeriod, LastPeriod};
use domain::contract_line::Alignment;
use domain::ids::{ContractId, ContractLineId};
use domain::views::contract_forms::LineForm;
use domain::views::contracts::{ContractLine, LineChoices};
use leptos::prelude::*;

use super::{
    api::{AddLine, EditLine, RemoveLine, choices_for_line},
    discount::DiscountFields,
    href, places,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::terms,
    ui::{
        button::Variant,
        card::Card,
        dialog::Confirm,
        form::{Choices, Field, Form, FormActions, FormState, Kind, MoneyInput, Select, Submit, choices_of, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::{use_id, use_id_named},
    },
};

/// The intervals that people sell; a line keeps another one that it has.
const INTERVALS: [&str; 7] = ["1m", "2m", "3m", "6m", "1y", "1w", "2w"];

#[component]
pub fn NewLinePage() -> impl IntoView {
    let t = words();
    let id = use_id::<ContractId>();
    let form = use_form::<AddLine>();
    let found = Resource::new_blocking(move || id.get(), |id| async move { choices_for_line(id?).await });
    let page = move |choices: LineChoices| {
        view! {
            <PageHeader title=t.contracts.add_line() places=places(&choices.contract, t)/>
            <Card>
                <Form state=form>
                    <LineFields choices values=as_usual()/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=found view=page/> }
}

/// Monthly in advance on the common billing day, part months by days: what most providers sell.
fn as_usual() -> LineForm {
    LineForm {
        quantity: "1".to_owned(),
        every: "1m".to_owned(),
        alignment: Alignment::Common.to_string(),
        anchor_day: "1".to_owned(),
        mode: BillingMode::Prepaid.to_string(),
        first_period: FirstPeriod::Prorate.to_string(),
        last_period: LastPeriod::Prorate.to_string(),
        ..LineForm::default()
    }
}

#[component]
pub fn LinePage() -> impl IntoView {
    let (id, line) = (use_id::<ContractId>(), use_id_named::<ContractLineId>("line"));
    let (edit, remove) = (use_form::<EditLine>(), use_form::<RemoveLine>());
    let found = Resource::new_blocking(
        move || (id.get(), line.get()),
        |(id, line)| async move {
            let (choices, id) = (choices_for_line(id?).await?, line?);
            let line = choices.contract.lines.iter().find(|line| line.id == id).cloned();
            line.map(|line| (choices, line)).ok_or(AppError::NotThere)
        },
    );
    view! { <Loaded from=found view=move |(choices, line)| view! { <Edit choices line edit remove/> }/> }
}

#[component]
fn Edit(
    choices: LineChoices,
    line: ContractLine,
    edit: FormState<EditLine>,
    remove: FormState<RemoveLine>,
) -> impl IntoView {
    let t = words();
    let (places, id, values) = (places(&choices.contract, t), line.id.to_string(), LineForm::from(&line));
    let choices = with_own_plan(choices, &line);
    let (own, own_line) = (choices.contract.id.to_string(), id.clone());
    view! {
        <PageHeader title=t.contracts.edit_line() places>
            <Confirm id="remove" label=t.contracts.remove_line() title=t.contracts.remove_line() variant=Variant::Danger icon=Icon::Close>
                <p>{t.contracts.remove_line_hint(line.description)}</p>
                <Form state=remove>
                    <input type="hidden" name="contract" value=own/>
                    <input type="hidden" name="line" value=own_line/>
                    <Submit variant=Variant::Danger>{t.contracts.remove_line()}</Submit>
                </Form>
            </Confirm>
        </PageHeader>
        <Card>
            <Form state=edit>
                <input type="hidden" name="line" value=id/>
                <LineFields choices values/>
            </Form>
        </Card>
    }
}

/// A plan that is no longer sold is kept by the line that has it.
fn with_own_plan(mut choices: LineChoices, line: &ContractLine) -> LineChoices {
    if !choices.plans.iter().any(|plan| plan.id == line.plan.id) {
        choices.plans.push(domain::views::contracts::PlanChoice {
            id: line.plan.id,
            name: line.plan.name.clone(),
            kind: line.kind,
            price: line.price.unit_price,
            currency: line.price.currency,
            tax: line.tax.id,
        });
    }
    choices
}

#[component]
fn LineFields(choices: LineChoices, values: LineForm) -> impl IntoView {
    let t = words();
    let (contract, billing_day) = (choices.contract, choices.billing_day);
    let taxes = choices_of(choices.taxes);
    let taxes: Choices = [(String::new(), t.contracts.plan_tax().to_owned())].into_iter().chain(taxes).collect();
    let plans: Choices = choices
        .plans
        .iter()
        .map(|plan| {
            let price = format::money(plan.price.get(), plan.currency.code());
            (plan.id.to_string(), format!("{} · {price}", plan.name))
        })
        .collect();
    view! {
        <input type="hidden" name="contract" value=contract.id.to_string()/>
        <Select name="form[plan]" label=t.contracts.line_plan() choices=plans value=values.plan.clone()/>
        <div class="fields">
            <Field name="form[quantity]" label=t.contracts.quantity() value=values.quantity.clone() kind=Kind::Decimal/>
            <MoneyInput name="form[unit_price]" label=t.contracts.unit_price() hint=t.contracts.unit_price_hint()
                value=values.unit_price.clone() currency=contract.currency.code() optional=true/>
        </div>
        <Select name="form[tax]" label=t.contracts.tax() choices=taxes value=values.tax.clone()/>
        <Field name="form[description]" label=t.contracts.description() hint=t.contracts.line_description_hint()
            value=values.description.clone() optional=true most=200/>
        <DiscountFields values=values.discount.clone()/>
        <TermsFields values billing_day/>
        <FormActions label=t.common.save() back=href(contract.id)/>
    }
}

#[component]
fn TermsFields(values: LineForm, billing_day: AnchorDay) -> impl IntoView {
    let t = words();
    let modes = BillingMode::ALL.iter().map(|mode| (mode.to_string(), terms::billing_mode(*mode, t).to_owned()));
    let firsts = FirstPeriod::ALL.iter().map(|first| (first.to_string(), terms::first_period(*first, t).to_owned()));
    let aligned = Alignment::ALL.iter().map(|choice| (choice.to_string(), terms::alignment(*choice, t).to_owned()));
    let alignment = if values.alignment.is_empty() { Alignment::Chosen.to_string() } else { values.alignment };
    let lasts = LastPeriod::ALL.iter().map(|last| (last.to_string(), terms::last_period(*last, t).to_owned()));
    view! {
        <fieldset class="form">
            <legend class="card-part">{t.contracts.terms()}</legend>
            <Select name="form[every]" label=t.contracts.every() choices=intervals(&values.every, t) value=values.every/>
            <div class="fields">
                <Select name="form[alignment]" label=t.contracts.anchor_day() hint=t.contracts.alignment_hint(billing_day) choices=aligned.collect() value=alignment/>
                <div data-when="chosen">
                    <Field name="form[anchor_day]" label=t.contracts.chosen_day() hint=t.contracts.anchor_day_hint() value=values.anchor_day kind=Kind::Whole optional=true most=2/>
                </div>
            </div>
            <Select name="form[mode]" label=t.contracts.mode() choices=modes.collect() value=values.mode/>
            <div class="fields">
                <Select name="form[first_period]" label=t.contracts.first_period() choices=firsts.collect() value=values.first_period/>
                <Select name="form[last_period]" label=t.contracts.last_period() choices=lasts.collect() value=values.last_period/>
            </div>
        </fieldset>
    }
}

/// Blank is once.
fn intervals(own: &str, t: Words) -> Choices {
    let usual = INTERVALS.iter().copied();
    let own = (!own.is_empty() && !INTERVALS.contains(&own)).then_some(own);
    let named = usual.chain(own).filter_map(|text| {
        let every: Every = text.parse().ok()?;
        Some((text.to_owned(), terms::every(every, t)))
    });
    named.chain([(String::new(), t.parts.once().to_owned())]).collect()
}
