//! One tax: its rates through time, and the form that changes it from a day on.

use chrono::NaiveDate;
use domain::tax::{RateChange, Tax};
use domain::views::taxes::TaxDetail;
use leptos::prelude::*;

use super::{
    api::{CancelTaxChange, ChangeTaxRate, show_tax},
    basis_name, rate,
};
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::Variant,
        card::{Card, Fact, Facts},
        form::{Field, Form, FormState, Kind, Submit, use_form},
        format,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

/// They live as long as the page does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
struct Forms {
    change: FormState<ChangeTaxRate>,
    cancel: FormState<CancelTaxChange>,
}

#[component]
pub fn TaxPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms { change: use_form(), cancel: use_form() };
    let done = (forms.change.done(), forms.cancel.done());
    let tax = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get()),
        |(id, ..)| async move { show_tax(id?).await },
    );
    view! { <Loaded from=tax view=move |detail| view! { <TaxView detail forms/> }/> }
}

#[component]
fn TaxView(detail: TaxDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let TaxDetail { today, tax } = detail;
    let places = vec![(t.billing.title().to_owned(), "/office/billing".to_owned())];
    let (id, basis, now) = (tax.id.to_string(), tax.rates.basis, tax.rates.on(today));
    view! {
        <PageHeader title=tax.name.clone() places/>
        <Card>
            <Facts>
                <Fact label=t.billing.basis()>{basis_name(basis, t)}</Fact>
                <Fact label=t.billing.rate_today()><strong>{rate(now)}</strong></Fact>
            </Facts>
        </Card>
        <Card title=t.billing.rates()><Rates tax today forms/></Card>
        {may("edit_billing").then(|| view! {
            <Card title=t.billing.change_rate()>
                <Form state=forms.change>
                    <input type="hidden" name="tax" value=id/>
                    <p class="muted">{t.billing.change_rate_hint()}</p>
                    <div class="fields">
                        <Field name="form[rate]" label=t.billing.rate() kind=Kind::Decimal unit="%"/>
                        <Field name="form[from]" label=t.billing.from() kind=Kind::Date/>
                    </div>
                    <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
                </Form>
            </Card>
        })}
    }
}

/// From the first to the last. What has not come yet can be taken back.
#[component]
fn Rates(tax: Tax, today: NaiveDate, forms: Forms) -> impl IntoView {
    let t = words();
    let id = tax.id;
    let changes = tax.rates.changes.into_iter().map(move |change: RateChange| {
        let cancel = (change.from > today && may("edit_billing")).then(|| {
            view! {
                <Form state=forms.cancel>
                    <input type="hidden" name="tax" value=id.to_string()/>
                    <input type="hidden" name="from" value=change.from.to_string()/>
                    <Submit variant=Variant::Quiet>{t.billing.cancel_change()}</Submit>
                </Form>
            }
        });
        view! {
            <li class="entry">
                <span>{t.billing.rate_from(format!("{} %", change.percent), format::date(change.from, t))}</span>
                {cancel}
            </li>
        }
    });
    view! {
        <ul class="entries">
            <li class="entry"><span>{t.billing.first_rate(format!("{} %", tax.rates.first))}</span></li>
            {changes.collect_view()}
        </ul>
    }
}
