//! The customer moves.

use domain::views::contracts::{ContractChoices, ContractDetail};
use leptos::prelude::*;

use super::{api::MoveContract, change_href, contracts::use_contract_and_choices, places, whom};
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::LinkButton,
        card::Card,
        form::{Form, FormActions, FormState, Select, choices_of, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn MovePage() -> impl IntoView {
    let form = use_form::<MoveContract>();
    view! { <Loaded from=use_contract_and_choices() view=move |(contract, choices)| view! { <Move contract choices form/> }/> }
}

#[component]
fn Move(contract: ContractDetail, choices: ContractChoices, form: FormState<MoveContract>) -> impl IntoView {
    let t = words();
    let (places, summary) = (places(&contract, t), whom(&contract));
    let present = contract.address.id;
    let others = choices.addresses.into_iter().filter(|address| address.id != present);
    let addresses = choices_of(others);
    let routers = choices_of(choices.routers);
    let router = contract.network.as_ref().map(|network| network.router.id.to_string()).unwrap_or_default();
    let new = format!("/office/customers/{}/addresses/new?contract={}", contract.customer.id, contract.id);
    view! {
        <PageHeader title=t.changes.relocate() places summary/>
        <Card>
            <p>{t.changes.relocate_what()}</p>
            {may("edit_customers").then(|| view! {
                <div><LinkButton href=new icon=Icon::Plus>{t.customers.add_address()}</LinkButton></div>
            })}
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Select name="form[address]" label=t.changes.new_address() hint=t.changes.new_address_hint() choices=addresses/>
                <Select name="form[router]" label=t.contracts.router() choices=routers value=router optional=true/>
                <FormActions label=t.changes.relocate() back=change_href(contract.id) icon=Icon::Check/>
            </Form>
        </Card>
    }
}
