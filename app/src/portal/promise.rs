//! A customer's own promise to pay.

use domain::ids::ContractId;
use domain::views::collections::PromiseTerms;
use leptos::prelude::*;

use super::api::{PromisePayment, my_promise_terms};
use crate::{
    i18n::words,
    parts::amount::money,
    ui::{
        button::LinkButton,
        card::Card,
        form::{Field, Form, FormActions, FormState, Kind, MoneyInput, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn PromisePage() -> impl IntoView {
    let id = use_id::<ContractId>();
    let form = use_form::<PromisePayment>();
    let terms = Resource::new_blocking(move || id.get(), |id| async move { my_promise_terms(id?).await });
    view! { <Loaded from=terms view=move |terms| view! { <Promise terms form/> }/> }
}

#[component]
fn Promise(terms: PromiseTerms, form: FormState<PromisePayment>) -> impl IntoView {
    let t = words();
    let content = match terms.latest.filter(|_| terms.late.is_positive()) {
        Some(latest) => view! {
            <p>{t.collections.promise_own(format::date(latest, t))}</p>
            <Form state=form>
                <input type="hidden" name="contract" value=terms.contract.to_string()/>
                <MoneyInput name="promise[amount]" label=t.collections.amount() currency=terms.late.currency().to_string()
                            hint=t.collections.late_now(money(terms.late)) value=terms.late.amount().normalize().to_string()/>
                <Field name="promise[until]" label=t.collections.until() kind=Kind::Date value=latest.to_string()/>
                <FormActions label=t.collections.cannot_pay() back="/portal" icon=Icon::Check/>
            </Form>
        }
        .into_any(),
        None => {
            let why = match (&terms.open, terms.late.is_positive()) {
                (Some(open), _) => t.collections.own_promise_until(money(open.amount), format::date(open.until, t)),
                (None, true) => t.collections.no_more_own().to_owned(),
                (None, false) => t.collections.nothing_late().to_owned(),
            };
            view! {
                <p>{why}</p>
                <div class="form-actions"><LinkButton href="/portal">{t.portal.home()}</LinkButton></div>
            }
            .into_any()
        }
    };
    view! {
        <PageHeader title=t.collections.promise()/>
        <Card>{content}</Card>
    }
}
