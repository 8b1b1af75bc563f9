//! Signing and activating: the pages that say what will happen, and do it.

use chrono::NaiveDate;
use domain::contract::ContractStateName;
use domain::ids::ContractId;
use domain::views::activation::{ActivationPreview, InvoicePlan, PlannedInvoice};
use domain::views::contracts::ContractDetail;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{ActivateContract, SignContract, preview_activation},
    href, places,
    summary::{Missing, WhatIsSold, is_signable},
    use_contract, whom,
};
use crate::{
    i18n::words,
    parts::{amount::money, document::line_columns},
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Field, Form, FormActions, FormState, Kind, Submit, use_form},
        format,
        icon::Icon,
        list::Table,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn SignPage() -> impl IntoView {
    let form = use_form::<SignContract>();
    view! { <Loaded from=use_contract() view=move |contract| view! { <Sign contract form/> }/> }
}

#[component]
fn Sign(contract: ContractDetail, form: FormState<SignContract>) -> impl IntoView {
    let t = words();
    let (title, places, summary) = (t.contracts.sign_title(&contract.code), places(&contract, t), whom(&contract));
    let content = if is_signable(&contract) {
        view! {
            <p>{t.contracts.sign_what()}</p>
            <WhatIsSold lines=contract.lines.clone()/>
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Field name="form[on]" label=t.contracts.sign_date() hint=t.contracts.today_hint() kind=Kind::Date optional=true/>
                <FormActions label=t.contracts.sign() back=href(contract.id) icon=Icon::Check/>
            </Form>
        }
        .into_any()
    } else {
        view! { <NotNow contract/> }.into_any()
    };
    view! {
        <PageHeader title places summary/>
        <Card>{content}</Card>
    }
}

/// `?on=DATE` says for which first day of service the page tells what will be billed.
#[component]
pub fn ActivatePage() -> impl IntoView {
    let (id, query) = (use_id::<ContractId>(), use_query_map());
    let form = use_form::<ActivateContract>();
    let found = Resource::new_blocking(
        move || (id.get(), query.read().get("on").unwrap_or_default()),
        |(id, on)| async move { preview_activation(id?, on).await },
    );
    view! { <Loaded from=found view=move |preview| view! { <Activate preview form/> }/> }
}

#[component]
fn Activate(preview: ActivationPreview, form: FormState<ActivateContract>) -> impl IntoView {
    let t = words();
    let ActivationPreview { contract, on, plan } = preview;
    let (title, places, summary) = (t.contracts.activate_title(&contract.code), places(&contract, t), whom(&contract));
    let ready = contract.missing_for_activation().is_empty();
    let content = if contract.state.name() == ContractStateName::Open && ready {
        view! { <WhatActivatingDoes contract on plan form/> }.into_any()
    } else {
        view! {
            <Card>
                <Missing contract=contract.clone()/>
                <NotNow contract/>
            </Card>
        }
        .into_any()
    };
    view! {
        <PageHeader title places summary/>
        {content}
    }
}

/// The day is chosen in a form of its own, so that what is confirmed is what was seen.
#[component]
fn WhatActivatingDoes(
    contract: ContractDetail,
    on: NaiveDate,
    plan: InvoicePlan,
    form: FormState<ActivateContract>,
) -> impl IntoView {
    let t = words();
    let router = contract.network.as_ref().map(|network| network.router.name.clone()).unwrap_or_default();
    let later = plan.at_once.is_empty().then(|| view! { <p class="muted">{t.contracts.nothing_at_once()}</p> });
    let at_once = plan.at_once.into_iter().map(|invoice| view! { <Planned invoice/> }).collect_view();
    let next = plan.next.map(|invoice| view! { <Card title=t.contracts.then_invoice()><Planned invoice/></Card> });
    view! {
        <Card>
            <p>{t.contracts.activate_what(router)}</p>
            <WhatIsSold lines=contract.lines.clone()/>
            <form method="get" class="form">
                <Field name="on" label=t.contracts.activate_date() hint=t.contracts.activate_date_hint() kind=Kind::Date value=on.to_string()/>
                <div><Submit>{t.contracts.see_invoices_for()}</Submit></div>
            </form>
        </Card>
        <Card title=t.contracts.first_invoice()>
            {later}
            {at_once}
        </Card>
        {next}
        <Form state=form>
            <input type="hidden" name="contract" value=contract.id.to_string()/>
            <input type="hidden" name="form[on]" value=on.to_string()/>
            <FormActions label=t.contracts.activate_on(format::date(on, t)) back=href(contract.id) icon=Icon::Play/>
        </Form>
    }
}

#[component]
fn Planned(invoice: PlannedInvoice) -> impl IntoView {
    let t = words();
    let (on, due) = (format::date(invoice.issued_on, t), format::date(invoice.due_on, t));
    view! {
        <p><strong>{t.contracts.planned_invoice(money(invoice.total), on, due)}</strong></p>
        <Table columns=line_columns(t) rows=invoice.lines label=t.contracts.lines()/>
    }
}

/// For an action that came too early or too late: an address typed by hand, or a page that was open for long.
#[component]
pub(super) fn NotNow(contract: ContractDetail, #[prop(optional, into)] hint: String) -> impl IntoView {
    let t = words();
    view! {
        <EmptyState icon=Icon::Info title=t.contracts.not_now() hint>
            <LinkButton href=href(contract.id) variant=Variant::Primary>{t.contracts.back()}</LinkButton>
        </EmptyState>
    }
}
