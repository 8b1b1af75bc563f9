//! The fields of a policy, new or not.

use domain::ids::TaxId;
use domain::views::list::Choice;
use domain::views::policies::PolicyForm;
use leptos::prelude::*;

use crate::{
    i18n::words,
    ui::form::{Checkbox, Field, Kind, Select, choices_of},
};

#[component]
pub(super) fn PolicyFields(policy: PolicyForm, taxes: Vec<Choice<TaxId>>) -> impl IntoView {
    let t = words();
    let unit = t.catalogue.days_unit();
    let late_fee = policy.clone();
    view! {
        <Field name="policy[name]" label=t.catalogue.name() value=policy.name most=100/>
        <div class="fields">
            <Field name="policy[due_days]" label=t.catalogue.due_days() hint=t.catalogue.due_days_hint() kind=Kind::Whole
                   unit value=policy.due_days/>
            <Field name="policy[grace_days]" label=t.catalogue.grace() hint=t.catalogue.grace_hint() kind=Kind::Whole
                   unit value=policy.grace_days/>
        </div>
        <div class="fields">
            <Field name="policy[throttle_after_days]" label=t.catalogue.throttle() hint=t.catalogue.throttle_hint()
                   kind=Kind::Whole unit optional=true value=policy.throttle_after_days/>
            <Field name="policy[throttle_percent]" label=t.catalogue.throttle_percent() hint=t.catalogue.throttle_percent_hint()
                   kind=Kind::Whole unit="%" optional=true value=policy.throttle_percent/>
        </div>
        <div class="fields">
            <Field name="policy[soft_cut_after_days]" label=t.catalogue.soft_cut() hint=t.catalogue.soft_cut_hint()
                   kind=Kind::Whole unit optional=true value=policy.soft_cut_after_days/>
            <Field name="policy[hard_cut_after_days]" label=t.catalogue.hard_cut() hint=t.catalogue.hard_cut_hint()
                   kind=Kind::Whole unit optional=true value=policy.hard_cut_after_days/>
        </div>
        <div class="fields">
            <Field name="policy[removal_after_days]" label=t.catalogue.removal() hint=t.catalogue.removal_hint()
                   kind=Kind::Whole unit optional=true value=policy.removal_after_days/>
            <Field name="policy[minimum_debt]" label=t.catalogue.minimum_debt() hint=t.catalogue.minimum_debt_hint()
                   kind=Kind::Decimal optional=true value=policy.minimum_debt/>
        </div>
        <fieldset class="field">
            <legend>{t.catalogue.cut_days()}</legend>
            <Checkbox name="policy[cut_on_fridays]" label=t.catalogue.fridays() checked=policy.cut_on_fridays/>
            <Checkbox name="policy[cut_on_weekends]" label=t.catalogue.weekends() checked=policy.cut_on_weekends/>
            <Checkbox name="policy[cut_on_holidays]" label=t.catalogue.holidays() hint=t.catalogue.cut_days_hint()
                      checked=policy.cut_on_holidays/>
        </fieldset>
        <div class="fields">
            <Field name="policy[cut_from]" label=t.catalogue.cut_from() hint=t.catalogue.cut_hours_hint() kind=Kind::Time
                   optional=true value=policy.cut_from/>
            <Field name="policy[cut_to]" label=t.catalogue.cut_to() kind=Kind::Time optional=true value=policy.cut_to/>
        </div>
        <div class="fields">
            <Field name="policy[remind_before]" label=t.catalogue.remind_before() hint=t.catalogue.remind_hint()
                   unit optional=true value=policy.remind_before/>
            <Field name="policy[remind_after]" label=t.catalogue.remind_after() hint=t.catalogue.remind_hint()
                   unit optional=true value=policy.remind_after/>
        </div>
        <div class="fields">
            <Field name="policy[promise_days]" label=t.catalogue.promise_days() hint=t.catalogue.promise_days_hint()
                   kind=Kind::Whole unit optional=true value=policy.promise_days/>
            <Field name="policy[promises_a_year]" label=t.catalogue.promises_a_year() hint=t.catalogue.promises_a_year_hint()
                   kind=Kind::Whole optional=true value=policy.promises_a_year/>
        </div>
        <div class="fields">
            <Field name="policy[provisional_days]" label=t.catalogue.provisional_days() hint=t.catalogue.provisional_days_hint()
                   kind=Kind::Whole unit optional=true value=policy.provisional_days/>
            <Field name="policy[provisionals_a_year]" label=t.catalogue.provisionals_a_year()
                   hint=t.catalogue.provisionals_a_year_hint() kind=Kind::Whole optional=true
                   value=policy.provisionals_a_year/>
        </div>
        <LateFee policy=late_fee taxes/>
    }
}

#[component]
fn LateFee(policy: PolicyForm, taxes: Vec<Choice<TaxId>>) -> impl IntoView {
    let t = words();
    let unit = t.catalogue.days_unit();
    let taxes = choices_of(taxes);
    view! {
        <fieldset class="field">
            <legend>{t.catalogue.late_fee()}</legend>
            <p class="field-hint">{t.catalogue.late_fee_hint()}</p>
            <div class="fields">
                <Field name="policy[late_fee_after_days]" label=t.catalogue.late_fee_after()
                       hint=t.catalogue.late_fee_after_hint() kind=Kind::Whole unit optional=true
                       value=policy.late_fee_after_days/>
                <Field name="policy[late_fee_from]" label=t.catalogue.late_fee_from() hint=t.catalogue.late_fee_from_hint()
                       kind=Kind::Date optional=true value=policy.late_fee_from/>
            </div>
            <div class="fields">
                <Field name="policy[late_fee_amount]" label=t.catalogue.late_fee_amount()
                       hint=t.catalogue.late_fee_amount_hint() kind=Kind::Decimal optional=true value=policy.late_fee_amount/>
                <Field name="policy[late_fee_percent]" label=t.catalogue.late_fee_percent()
                       hint=t.catalogue.late_fee_percent_hint() kind=Kind::Decimal unit="%" optional=true
                       value=policy.late_fee_percent/>
            </div>
            <div class="fields">
                <Field name="policy[late_fee_most]" label=t.catalogue.late_fee_most() hint=t.catalogue.late_fee_most_hint()
                       kind=Kind::Decimal optional=true value=policy.late_fee_most/>
                <Select name="policy[late_fee_tax]" label=t.catalogue.late_fee_tax() hint=t.catalogue.late_fee_tax_hint()
                        choices=taxes optional=true value=policy.late_fee_tax/>
            </div>
        </fieldset>
    }
}
