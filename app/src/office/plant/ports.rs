//! The ports of a box: who has which, and the forms that change it.

use domain::ids::{ContractId, NapId, SplitterPortId};
use domain::views::list::Choice;
use domain::views::plant::{NapPort, PortHolder};
use leptos::prelude::*;

use super::{
    api::{ConnectService, ReservePort},
    nap::NapFormStates,
};
use crate::{
    i18n::{Words, words},
    surroundings::{local, may},
    ui::{
        badge::Badge,
        button::Variant,
        card::Card,
        form::{Choices, Field, Form, FormState, Select, Submit},
        format,
        icon::Icon,
        list::{Column, Table, use_list_query},
        tone::Tone,
    },
};

#[component]
pub(super) fn Ports(nap: NapId, name: String, ports: Vec<NapPort>, forms: NapFormStates) -> impl IntoView {
    let t = words();
    let columns = vec![
        Column::new(t.plant.port(), |port: &NapPort| port.number.to_string()),
        Column::new(t.plant.state(), move |port: &NapPort| state(&port.holder, t)),
        Column::new(t.plant.holder(), move |port: &NapPort| holder(&port.holder, t)),
        Column::new(t.collections.action(), move |port: &NapPort| letting_go(nap, port, forms, t)),
    ];
    (!ports.is_empty()).then(|| {
        view! {
            <Card title=t.plant.ports()>
                <Table columns rows=ports label=t.plant.ports_of(name)/>
            </Card>
        }
    })
}

fn state(holder: &PortHolder, t: Words) -> AnyView {
    let (tone, icon, label) = match holder {
        PortHolder::Nobody => (Tone::Ok, Icon::Check, t.plant.free_port()),
        PortHolder::Service { .. } => (Tone::Accent, Icon::Signal, t.plant.connected_port()),
        PortHolder::Reserved { .. } => (Tone::Warn, Icon::Clock, t.plant.reserved_port()),
    };
    view! { <Badge tone icon label/> }.into_any()
}

fn holder(holder: &PortHolder, t: Words) -> AnyView {
    match holder {
        PortHolder::Nobody => ().into_any(),
        PortHolder::Service { contract, customer } => contract_link(contract, &customer.name),
        PortHolder::Reserved { contract, customer, until, by } => {
            let who = match contract {
                Some(contract) => contract_link(contract, &customer.name),
                None => view! { <a href=format!("/office/customers/{}", customer.id)>{customer.name.clone()}</a> }
                    .into_any(),
            };
            let until = format::date_time(local(*until), t);
            let words =
                if by.is_empty() { t.plant.reserved_until(until) } else { t.plant.reserved_until_by(until, by) };
            view! { {who}<p class="muted">{words}</p> }.into_any()
        }
    }
}

fn contract_link(contract: &Choice<ContractId>, customer: &str) -> AnyView {
    let words = format!("{} · {customer}", contract.name);
    view! { <a href=format!("/office/contracts/{}", contract.id)>{words}</a> }.into_any()
}

fn letting_go(nap: NapId, port: &NapPort, forms: NapFormStates, t: Words) -> AnyView {
    let (id, number) = (port.id, port.number);
    let named = move || view! { {t.plant.release()}<span class="visually-hidden">{format!(" {number}")}</span> };
    match &port.holder {
        PortHolder::Reserved { .. } if may("reserve_ports") => view! {
            <Form state=forms.release>
                <input type="hidden" name="nap" value=nap.to_string()/>
                <input type="hidden" name="port" value=id.to_string()/>
                <Submit variant=Variant::Quiet>{named()}</Submit>
            </Form>
        }
        .into_any(),
        PortHolder::Service { contract, .. } if may("edit_plant") => {
            let contract = contract.id;
            view! {
                <Form state=forms.disconnect>
                    <input type="hidden" name="nap" value=nap.to_string()/>
                    <input type="hidden" name="contract" value=contract.to_string()/>
                    <Submit variant=Variant::Quiet>{named()}</Submit>
                </Form>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

/// Those that nobody has.
fn free(ports: &[NapPort], t: Words) -> Vec<(SplitterPortId, String)> {
    let free = ports.iter().filter(|port| port.holder == PortHolder::Nobody);
    free.map(|port| (port.id, t.plant.port_number(port.number))).collect()
}

#[component]
pub(super) fn Reserve(nap: NapId, ports: Vec<NapPort>, state: FormState<ReservePort>) -> impl IntoView {
    let t = words();
    let for_whom = use_list_query().get_untracked().filter("for").unwrap_or_default().to_owned();
    let any = (String::new(), t.plant.first_free().to_owned());
    let named = free(&ports, t).into_iter().map(|(id, name)| (id.to_string(), name));
    let choices: Choices = std::iter::once(any).chain(named).collect();
    view! {
        <Card title=t.plant.reserve()>
            <p class="muted">{t.plant.reserve_hint()}</p>
            <Form state=state>
                <input type="hidden" name="nap" value=nap.to_string()/>
                <div class="fields">
                    <Field name="form[who]" label=t.plant.for_whom() hint=t.plant.for_whom_hint() value=for_whom most=100/>
                    <Select name="form[port]" label=t.plant.port() choices/>
                </div>
                <div class="form-actions"><Submit variant=Variant::Primary>{t.plant.reserve()}</Submit></div>
            </Form>
        </Card>
    }
}

/// A port that is kept for a contract can be named as well: it is connected to no other.
#[component]
pub(super) fn Connect(nap: NapId, ports: Vec<NapPort>, state: FormState<ConnectService>) -> impl IntoView {
    let t = words();
    let open = ports.iter().filter(|port| !matches!(port.holder, PortHolder::Service { .. }));
    let choices: Choices = open.map(|port| (port.id.to_string(), t.plant.port_number(port.number))).collect();
    (!choices.is_empty()).then(|| {
        view! {
            <Card title=t.plant.connect()>
                <p class="muted">{t.plant.connect_hint()}</p>
                <Form state=state>
                    <input type="hidden" name="nap" value=nap.to_string()/>
                    <div class="fields">
                        <Field name="form[who]" label=t.plant.contract_code() most=100/>
                        <Select name="form[port]" label=t.plant.port() choices/>
                    </div>
                    <div class="form-actions"><Submit>{t.plant.connect()}</Submit></div>
                </Form>
            </Card>
        }
    })
}
