//! A draft's charges.

use domain::calendar::{AnchorDay, BillingMode, Every, FirstPeriod, LastPeriod};
use domain::contract_line::Alignment;
use domain::failure::Failure;
use domain::ids::{ContractId, ContractLineId};
use domain::views::contract_forms::{DiscountKind, LastingKind, LineForm};
use domain::views::contracts::{ContractLine, LineChoices};
use leptos::prelude::*;

use super::{
    Cancel,
    api::{AddLine, EditLine, RemoveLine, choices_for_line},
    places,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::terms,
    ui::{
        button::Variant,
        card::Card,
        dialog::Confirm,
        form::{Choices, Field, Form, FormState, Kind, MoneyInput, Select, Submit, use_form},
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
            line.map(|line| (choices, line)).ok_or(AppError::from(Failure::NotFound))
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
    let taxes = choices.taxes.into_iter().map(|tax| (tax.id.to_string(), tax.name));
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
        <DiscountFields values=values.clone()/>
        <TermsFields values billing_day/>
        <div class="form-actions">
            <Submit variant=Variant::Primary>{t.common.save()}</Submit>
            <Cancel contract=contract.id/>
        </div>
    }
}

/// What the first choice does not ask for is not shown, and where it is shown all the same it does not matter.
#[component]
fn DiscountFields(values: LineForm) -> impl IntoView {
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
                        value=values.discount_value kind=Kind::Decimal optional=true/>
                </div>
            </div>
            <div class="form" data-when="percent amount courtesy">
                <Select name="form[discount_lasts]" label=t.contracts.discount_lasts() hint=t.contracts.discount_lasts_hint()
                    choices=lasting.collect() value=lasts/>
                <div data-when="periods">
                    <Field name="form[discount_periods]" label=t.contracts.discount_periods() hint=t.contracts.discount_periods_hint()
                        value=values.discount_periods kind=Kind::Whole optional=true most=3/>
                </div>
                <div data-when="until">
                    <Field name="form[discount_until]" label=t.contracts.discount_until() value=values.discount_until kind=Kind::Date optional=true/>
                </div>
                <Field name="form[discount_reason]" label=t.contracts.discount_reason() hint=t.contracts.discount_reason_hint()
                    value=values.discount_reason optional=true most=100/>
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
