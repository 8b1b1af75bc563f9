//! From a contract to its faults.

use domain::ids::{ContractId, CustomerId};
use leptos::prelude::*;

use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        icon::Icon,
    },
};

/// The contract's faults, and a new one.
#[component]
pub fn FaultLinks(contract: ContractId, customer: CustomerId) -> impl IntoView {
    let t = words();
    let new = format!("/office/tickets/new?customer={customer}&contract={contract}");
    may("open_tickets").then(|| {
        view! {
            <LinkButton href=new icon=Icon::Alert>{t.tickets.new()}</LinkButton>
            <LinkButton href=format!("/office/tickets?contract={contract}") variant=Variant::Quiet icon=Icon::Phone>
                {t.tickets.title()}
            </LinkButton>
        }
    })
}
