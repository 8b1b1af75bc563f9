//! Rates of exchange, and how payments in other currencies are taken.

pub mod api;
#[cfg(feature = "ssr")]
pub(super) mod export;

use domain::exchange::Rate;
use domain::views::rates::{PaymentSettingsForm, Rates};
use leptos::prelude::*;

use self::api::{ImportRates, PutRate, SavePaymentSettings, list_rates};
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::amount::payment_method,
    surroundings::may,
    ui::{
        button::Variant,
        card::Card,
        empty::EmptyState,
        form::{Checkbox, Field, Form, FormState, Kind, Submit, Textarea, use_form},
        format,
        icon::Icon,
        list::{Column, ListQuery, Pager, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    put: FormState<PutRate>,
    import: FormState<ImportRates>,
    settings: FormState<SavePaymentSettings>,
}

#[component]
pub fn RatesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let forms = Forms { put: use_form(), import: use_form(), settings: use_form() };
    let (put, import, settings) = (forms.put.done(), forms.import.done(), forms.settings.done());
    let done = move || (put.get(), import.get(), settings.get());
    let rates = Resource::new_blocking(move || (query.get(), done()), |(query, _)| list_rates(query));
    let places = vec![(t.money.payments().to_owned(), "/office/payments".to_owned())];
    view! {
        <PageHeader title=t.rates.title() summary=t.rates.hint() places/>
        <ListTools/>
        <Loaded from=rates view=move |rates| view! { <Parts query rates forms/> }/>
    }
}

#[component]
fn Parts(query: Memo<ListQuery>, rates: Rates, forms: Forms) -> impl IntoView {
    let t = words();
    let table = match rates.page.total {
        0 => view! { <EmptyState icon=Icon::Payment title=t.rates.empty() hint=t.rates.empty_hint()/> }.into_any(),
        total => {
            let number = rates.page.number;
            view! {
                <Table columns=columns(t) rows=rates.page.rows.clone() label=t.rates.title()/>
                <Pager query=query.get_untracked() total number/>
            }
            .into_any()
        }
    };
    let editing = may("edit_rates").then(|| {
        let settings = PaymentSettingsForm::from(&rates.settings);
        let (today, company) = (rates.today.to_string(), rates.company.to_string());
        view! {
            <div class="columns" data-wide="true">
                <Card title=t.rates.put()><Put form=forms.put today company/></Card>
                <Card title=t.rates.settings()><Settings form=forms.settings settings/></Card>
            </div>
            <Card title=t.rates.import()><Import form=forms.import/></Card>
        }
    });
    view! {
        {table}
        {editing}
    }
}

fn columns(t: Words) -> Vec<Column<Rate>> {
    vec![
        Column::new(t.rates.on(), move |rate: &Rate| format::date(rate.on, t)),
        Column::new(t.rates.rate(), |rate: &Rate| format!("1 {} = {} {}", rate.base, rate.rate, rate.quote)),
    ]
}

#[component]
fn Put(form: FormState<PutRate>, today: String, company: String) -> impl IntoView {
    let t = words();
    view! {
        <Form state=form>
            <Field name="rate[base]" label=t.rates.base() hint=t.rates.base_hint() value=company most=3/>
            <Field name="rate[quote]" label=t.rates.quote() hint=t.rates.quote_hint() most=3/>
            <Field name="rate[on]" label=t.rates.on() kind=Kind::Date value=today/>
            <Field name="rate[rate]" label=t.rates.rate() hint=t.rates.rate_hint() kind=Kind::Decimal most=22/>
            <Submit variant=Variant::Primary icon=Icon::Check>{t.common.save()}</Submit>
        </Form>
    }
}

#[component]
fn Import(form: FormState<ImportRates>) -> impl IntoView {
    let t = words();
    view! {
        <Form state=form>
            <Textarea name="lines" label=t.rates.lines() hint=t.rates.lines_hint() rows=6 most=60_000/>
            <Submit icon=Icon::Check>{t.rates.import()}</Submit>
        </Form>
    }
}

#[component]
fn Settings(form: FormState<SavePaymentSettings>, settings: PaymentSettingsForm) -> impl IntoView {
    use domain::invoice::PaymentMethod::{Card, Cash, Other, Transfer};
    let t = words();
    view! {
        <Form state=form>
            <Field name="settings[rate_days]" label=t.rates.rate_days() hint=t.rates.rate_days_hint() kind=Kind::Whole
                   value=settings.rate_days most=2/>
            <Field name="settings[igtf_percent]" label=t.rates.igtf_percent() hint=t.rates.igtf_hint() unit="%"
                   kind=Kind::Decimal value=settings.igtf_percent optional=true most=8/>
            <Field name="settings[igtf_currencies]" label=t.rates.igtf_currencies() hint=t.rates.igtf_currencies_hint()
                   value=settings.igtf_currencies optional=true most=80/>
            <p class="field-label">{t.rates.igtf_methods()}</p>
            <Checkbox name="settings[igtf_cash]" label=payment_method(Cash, t) checked=settings.igtf_cash/>
            <Checkbox name="settings[igtf_card]" label=payment_method(Card, t) checked=settings.igtf_card/>
            <Checkbox name="settings[igtf_transfer]" label=payment_method(Transfer, t) checked=settings.igtf_transfer/>
            <Checkbox name="settings[igtf_other]" label=payment_method(Other, t) checked=settings.igtf_other/>
            <Submit icon=Icon::Check>{t.common.save()}</Submit>
        </Form>
    }
}
