//! How the service reaches the network.

use domain::service::Access;
use domain::views::contract_forms::ServiceForm;
use domain::views::contracts::{ContractChoices, ContractDetail};
use domain::views::pools::PoolOffer;
use leptos::prelude::*;

use super::{api::SetService, href, places, use_contract_and_choices};
use crate::{
    i18n::{Words, words},
    parts::here::input_named,
    ui::{
        card::Card,
        empty::EmptyState,
        form::{Choices, Field, Form, FormActions, FormState, Select, choices_of, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn ServicePage() -> impl IntoView {
    let form = use_form::<SetService>();
    view! { <Loaded from=use_contract_and_choices() view=move |(contract, choices)| view! { <Service contract choices form/> }/> }
}

#[component]
fn Service(contract: ContractDetail, choices: ContractChoices, form: FormState<SetService>) -> impl IntoView {
    let t = words();
    let (id, places) = (contract.id, places(&contract, t));
    let content = if choices.routers.is_empty() {
        view! { <EmptyState icon=Icon::Router title=t.contracts.no_routers_title() hint=t.contracts.no_routers_hint()/> }.into_any()
    } else {
        view! {
            <Form state=form>
                <ServiceFields contract choices/>
                <FormActions label=t.common.save() back=href(id)/>
            </Form>
        }
        .into_any()
    };
    view! {
        <PageHeader title=t.contracts.set_service() summary=t.contracts.set_service_hint() places/>
        <Card>{content}</Card>
    }
}

/// As it is, or what is offered for a new one: DHCP, and for PPPoE the contract's code.
fn values(contract: &ContractDetail, choices: &ContractChoices) -> ServiceForm {
    contract.network.as_ref().map_or_else(
        || ServiceForm {
            router: match choices.routers.as_slice() {
                [only] => only.id.to_string(),
                _ => String::new(),
            },
            access: Access::Dhcp.to_string(),
            pppoe_user: contract.code.to_lowercase(),
            ..ServiceForm::default()
        },
        ServiceForm::from,
    )
}

#[component]
fn ServiceFields(contract: ContractDetail, choices: ContractChoices) -> impl IntoView {
    let t = words();
    let values = values(&contract, &choices);
    let has_password = contract.network.as_ref().is_some_and(|network| network.access == Access::Pppoe);
    let hint = if has_password { t.contracts.password_hint_kept() } else { t.contracts.password_hint_new() };
    let routers = choices_of(choices.routers);
    let pools = pool_choices(choices.pools, t);
    let accesses = Access::ALL.iter().map(|access| (access.to_string(), access_name(*access, t).to_owned())).collect();
    view! {
        <input type="hidden" name="contract" value=contract.id.to_string()/>
        <div class="fields">
            <Select name="form[router]" label=t.contracts.router() choices=routers value=values.router/>
            <Select name="form[access]" label=t.contracts.access() choices=accesses value=values.access/>
        </div>
        <Field name="form[pppoe_user]" label=t.contracts.user() hint=t.contracts.user_hint() value=values.pppoe_user optional=true most=64/>
        <Field name="form[pppoe_password]" label=t.contracts.password() hint optional=true most=64/>
        <Generate field="form[pppoe_password]"/>
        <Field name="form[mac]" label=t.contracts.mac() hint=t.contracts.mac_hint() value=values.mac optional=true/>
        <Select name="form[pool]" label=t.access.take_from() hint=t.access.take_from_hint() choices=pools
                value=values.pool/>
        <div class="fields">
            <Field name="form[ip]" label=t.contracts.ip() hint=t.contracts.ip_hint() value=values.ip optional=true/>
            <Field name="form[ipv6_prefix]" label=t.access.ipv6_prefix() hint=t.access.ipv6_prefix_hint()
                   value=values.ipv6_prefix optional=true/>
            <Field name="form[onu_serial]" label=t.contracts.onu() value=values.onu_serial optional=true most=40/>
        </div>
    }
}

/// Networks that have an address left, each with the one that would be given now.
fn pool_choices(offers: Vec<PoolOffer>, t: Words) -> Choices {
    let offers = offers.into_iter().filter_map(|offer| {
        let words = t.access.offer(offer.router.name, offer.name, offer.next?);
        Some((offer.id.to_string(), words))
    });
    std::iter::once((String::new(), t.access.no_pool().to_owned())).chain(offers).collect()
}

pub(super) fn access_name(access: Access, t: Words) -> &'static str {
    match access {
        Access::Pppoe => t.contracts.access_pppoe(),
        Access::Dhcp => t.contracts.access_dhcp(),
    }
}

/// Writes a new password into the field of this name. Without scripting a blank field does the same on the server.
#[component]
fn Generate(field: &'static str) -> impl IntoView {
    let t = words();
    let write = move |_| {
        if let (Some(input), Some(password)) = (input_named(field), new_password()) {
            input.set_value(&password);
        }
    };
    view! {
        <div class="needs-scripting">
            <button type="button" class="button" data-variant="secondary" on:click=write>{t.contracts.generate()}</button>
        </div>
    }
}

/// Twelve letters and digits that are not mistaken for each other when they are read aloud.
fn new_password() -> Option<String> {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567892";
    let mut bytes = [0_u8; 12];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect())
}
