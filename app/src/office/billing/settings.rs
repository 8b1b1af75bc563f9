//! The common billing day, and the taxes: few enough for one page.

use domain::calendar::AnchorDay;
use domain::tax::Tax;
use domain::views::taxes::BillingSettings;
use leptos::prelude::*;

use super::{
    api::{SetBillingDay, show_billing_settings},
    basis_name, rate,
};
use crate::{
    i18n::{Words, words},
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Field, Form, FormState, Kind, Submit, use_form},
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn BillingSettingsPage() -> impl IntoView {
    let t = words();
    let form = use_form::<SetBillingDay>();
    let done = form.done();
    let settings = Resource::new_blocking(move || done.get(), |_| show_billing_settings());
    let new = may("edit_billing").then(|| {
        view! {
            <LinkButton href="/office/billing/taxes/new" variant=Variant::Primary icon=Icon::Plus>{t.billing.new_tax()}</LinkButton>
        }
    });
    view! {
        <PageHeader title=t.billing.title() summary=t.billing.summary()>{new}</PageHeader>
        <Loaded from=settings view=move |settings| view! { <Settings settings form/> }/>
    }
}

#[component]
fn Settings(settings: BillingSettings, form: FormState<SetBillingDay>) -> impl IntoView {
    let t = words();
    let day = settings.billing_day;
    view! {
        <Card title=t.billing.billing_day()><BillingDay day form/></Card>
        <Card title=t.billing.taxes()><Taxes settings/></Card>
    }
}

#[component]
fn BillingDay(day: AnchorDay, form: FormState<SetBillingDay>) -> impl IntoView {
    let t = words();
    if !may("edit_billing") {
        return view! { <p>{t.billing.billed_on_day(day.get())}</p> }.into_any();
    }
    view! {
        <Form state=form>
            <Field name="form[day]" label=t.billing.billing_day() hint=t.billing.billing_day_hint() value=day.to_string() kind=Kind::Whole most=2/>
            <div class="form-actions"><Submit>{t.common.save()}</Submit></div>
        </Form>
    }
    .into_any()
}

#[component]
fn Taxes(settings: BillingSettings) -> impl IntoView {
    let t = words();
    if settings.taxes.is_empty() {
        return view! { <EmptyState icon=Icon::Invoice title=t.billing.no_taxes() hint=t.billing.no_taxes_hint()/> }
            .into_any();
    }
    let today = settings.today;
    let next = move |tax: &Tax| {
        let change = tax.rates.changes.iter().find(|change| change.from > today)?;
        Some(next_rate(*change, t))
    };
    let columns = vec![
        Column::new(t.billing.name(), |tax: &Tax| tax.name.clone()),
        Column::new(t.billing.basis(), move |tax: &Tax| basis_name(tax.rates.basis, t)),
        Column::new(t.billing.rate(), move |tax: &Tax| rate(tax.rates.on(today))).number(),
        Column::new(t.billing.next_rate(), next).secondary(),
    ];
    let href = Box::new(|tax: &Tax| format!("/office/billing/taxes/{}", tax.id));
    view! { <Table columns rows=settings.taxes label=t.billing.taxes() href/> }.into_any()
}

fn next_rate(change: domain::tax::RateChange, t: Words) -> String {
    t.billing.rate_from(format!("{} %", change.percent), crate::ui::format::date(change.from, t))
}
