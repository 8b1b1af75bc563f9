//! One piece of equipment: where it was seen, whose it is, and what to do when it is nobody's.

use domain::views::macs::{MacRow, MacState};
use leptos::prelude::*;

use super::{
    api::{AssignMac, DraftForMac, IgnoreMac, UnignoreMac, show_mac},
    state_badge,
};
use crate::{
    i18n::words,
    surroundings::{local, may},
    ui::{
        button::Variant,
        card::{Card, Fact, Facts},
        form::{Field, Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    assign: FormState<AssignMac>,
    draft: FormState<DraftForMac>,
    ignore: FormState<IgnoreMac>,
    unignore: FormState<UnignoreMac>,
}

#[component]
pub fn MacPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms { assign: use_form(), draft: use_form(), ignore: use_form(), unignore: use_form() };
    let done = (forms.ignore.done(), forms.unignore.done());
    let mac = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get()),
        |(id, ..)| async move { show_mac(id?).await },
    );
    view! { <Loaded from=mac view=move |mac| view! { <Mac mac forms/> }/> }
}

#[component]
fn Mac(mac: MacRow, forms: Forms) -> impl IntoView {
    let t = words();
    let places = vec![(t.macs.title().to_owned(), "/office/macs".to_owned())];
    let summary = match mac.state {
        MacState::Unknown => t.macs.story_unknown(),
        MacState::Known => t.macs.story_known(),
        MacState::Ignored => t.macs.story_ignored(),
    };
    let state = state_badge(mac.state, t);
    let (of_act, of_ignoring, title) = (mac.clone(), mac.clone(), mac.mac.clone());
    let act = (mac.state != MacState::Known).then(|| view! { <Act mac=of_act forms/> });
    view! {
        <PageHeader title summary places state><Ignoring mac=of_ignoring forms/></PageHeader>
        <Card title=t.macs.seen()><Seen mac/></Card>
        {act}
    }
}

#[component]
fn Seen(mac: MacRow) -> impl IntoView {
    let t = words();
    let contract = mac.contract.map(|(id, code)| {
        view! { <Fact label=t.network.contract()><a href=format!("/office/contracts/{id}")>{code}</a></Fact> }
    });
    let customer = mac.customer.map(|(id, name)| {
        view! { <Fact label=t.macs.customer()><a href=format!("/office/customers/{id}")>{name}</a></Fact> }
    });
    let in_stock = may("see_stock").then(|| {
        let href = format!("/office/stock?q={}", mac.mac);
        view! { <Fact label=t.stock.title()><a href=href>{t.stock.see_it()}</a></Fact> }
    });
    view! {
        <Facts>
            {customer}
            {contract}
            <Fact label=t.macs.router()><a href=format!("/office/routers/{}", mac.router)>{mac.router_name}</a></Fact>
            <Fact label=t.macs.address()>{mac.address.unwrap_or_else(|| "—".to_owned())}</Fact>
            <Fact label=t.network.dhcp_server()>{mac.dhcp_server}</Fact>
            <Fact label=t.macs.first_seen()>{format::date_time(local(mac.first_seen_at), t)}</Fact>
            <Fact label=t.macs.last_seen()>{format::date_time(local(mac.last_seen_at), t)}</Fact>
            {in_stock}
        </Facts>
    }
}

#[component]
fn Act(mac: MacRow, forms: Forms) -> impl IntoView {
    let t = words();
    let (id, of_assign) = (mac.id.to_string(), mac.id.to_string());
    let assign = may("edit_services").then(|| {
        view! {
            <Card title=t.macs.assign_title()>
                <Form state=forms.assign>
                    <input type="hidden" name="mac" value=of_assign/>
                    <p class="muted">{t.macs.assign_what()}</p>
                    <Field name="form[contract]" label=t.macs.contract_code() hint=t.macs.contract_code_hint() most=40/>
                    <div class="form-actions"><Submit variant=Variant::Primary>{t.macs.assign()}</Submit></div>
                </Form>
            </Card>
        }
    });
    view! {
        <div class="columns">
            {assign}
            <Card title=t.macs.draft_title()>
                <Form state=forms.draft>
                    <input type="hidden" name="mac" value=id/>
                    <p class="muted">{t.macs.draft_what()}</p>
                    <Field name="form[name]" label=t.macs.new_customer() hint=t.macs.new_customer_hint() optional=true
                           most=200/>
                    <div class="form-actions"><Submit>{t.macs.draft()}</Submit></div>
                </Form>
            </Card>
        </div>
    }
}

#[component]
fn Ignoring(mac: MacRow, forms: Forms) -> impl IntoView {
    let t = words();
    let id = mac.id.to_string();
    match mac.state {
        MacState::Unknown => view! {
            <Form state=forms.ignore>
                <input type="hidden" name="mac" value=id/>
                <Submit icon=Icon::Pause>{t.macs.ignore()}</Submit>
            </Form>
        }
        .into_any(),
        MacState::Ignored => view! {
            <Form state=forms.unignore>
                <input type="hidden" name="mac" value=id/>
                <Submit icon=Icon::Play>{t.macs.unignore()}</Submit>
            </Form>
        }
        .into_any(),
        MacState::Known => ().into_any(),
    }
}
