//! A promise to pay: made, or taken back.

use domain::ids::ContractId;
use domain::views::collections::PromiseTerms;
use leptos::prelude::*;

use super::api::{CancelPromise, MakePromise, begin_promise};
use crate::{
    i18n::words,
    parts::{amount::money, promise::sentence},
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        form::{Field, Form, FormState, Kind, MoneyInput, Submit, use_form},
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
    let (make, cancel) = (use_form::<MakePromise>(), use_form::<CancelPromise>());
    let terms = Resource::new_blocking(move || id.get(), |id| async move { begin_promise(id?).await });
    view! { <Loaded from=terms view=move |terms| view! { <Promise terms make cancel/> }/> }
}

#[component]
fn Promise(terms: PromiseTerms, make: FormState<MakePromise>, cancel: FormState<CancelPromise>) -> impl IntoView {
    let t = words();
    let own = format!("/office/contracts/{}", terms.contract);
    let places = vec![
        (t.contracts.title().to_owned(), "/office/contracts".to_owned()),
        (t.contracts.back().to_owned(), own.clone()),
    ];
    let contract = terms.contract.to_string();
    let back = view! { <LinkButton href=own variant=Variant::Quiet>{t.contracts.back()}</LinkButton> };
    let content = match (terms.open.as_ref(), terms.late.is_positive(), terms.latest) {
        (Some(open), ..) => view! {
            <p>{sentence(open.amount, open.until, t)}</p>
            <p>{t.collections.cancel_what()}</p>
            <Form state=cancel>
                <input type="hidden" name="contract" value=contract/>
                <div class="form-actions">
                    <Submit variant=Variant::Danger icon=Icon::Close>{t.collections.cancel_promise()}</Submit>
                    {back}
                </div>
            </Form>
        }
        .into_any(),
        (None, true, Some(latest)) => view! {
            <p>{t.collections.promise_what(format::date(latest, t))}</p>
            <Form state=make>
                <input type="hidden" name="contract" value=contract/>
                <div class="fields">
                    <MoneyInput name="promise[amount]" label=t.collections.amount() currency=terms.late.currency().to_string()
                                hint=t.collections.late_now(money(terms.late)) value=terms.late.amount().normalize().to_string()/>
                    <Field name="promise[until]" label=t.collections.until() kind=Kind::Date value=latest.to_string()/>
                </div>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Check>{t.collections.make_promise()}</Submit>
                    {back}
                </div>
            </Form>
        }
        .into_any(),
        (None, true, None) => view! {
            <p>{t.collections.promised_enough(terms.made_in_a_year, terms.a_year)}</p>
            <div class="form-actions">{back}</div>
        }
        .into_any(),
        (None, false, _) => view! {
            <p>{t.collections.nothing_late()}</p>
            <div class="form-actions">{back}</div>
        }
        .into_any(),
    };
    view! {
        <PageHeader title=t.collections.promise() places/>
        <Card>{content}</Card>
    }
}
