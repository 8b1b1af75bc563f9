//! Whose a contract is and where, on its page.

use chrono::NaiveDate;
use domain::contract::ContractState;
use domain::views::contracts::ContractDetail;
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    parts::place::AddressBlock,
    ui::{
        card::{Card, Fact, Facts},
        format,
    },
};

/// The customer, the place, and the dates of the contract's life.
#[component]
pub(super) fn Who(contract: ContractDetail) -> impl IntoView {
    let t = words();
    let customer = contract.customer;
    let href = format!("/office/customers/{}", customer.id);
    let phone = customer.phone.map(|phone| {
        view! { <Fact label=t.customers.phone()><a href=format!("tel:{phone}")>{phone.clone()}</a></Fact> }
    });
    let email = customer.email.map(|email| {
        view! { <Fact label=t.customers.email()><a href=format!("mailto:{email}")>{email.clone()}</a></Fact> }
    });
    let (signed, activated, closed) = dates(&contract.state, t);
    let date = |label: &'static str, date: Option<String>| date.map(|date| view! { <Fact label=label>{date}</Fact> });
    view! {
        <Card title=t.contracts.who()>
            <Facts>
                <Fact label=t.contracts.customer()><a href=href>{customer.name}</a><p class="muted">{customer.reference}</p></Fact>
                {phone}
                {email}
                <Fact label=t.contracts.installed_at()><AddressBlock facts=contract.address.facts sector=contract.address.sector/></Fact>
                <Fact label=t.contracts.policy()>{contract.policy.name}</Fact>
                {date(t.contracts.signed_on(), signed)}
                {date(t.contracts.activated_on(), activated)}
                {date(t.contracts.closed_on(), closed)}
            </Facts>
        </Card>
    }
}

/// When it was signed, activated and closed.
fn dates(state: &ContractState, t: Words) -> (Option<String>, Option<String>, Option<String>) {
    let (signed, activated, closed) = match state {
        ContractState::Draft => (None, None, None),
        ContractState::Open { signed_on } => (Some(*signed_on), None, None),
        ContractState::Active { signed_on, activated_on } => (Some(*signed_on), Some(*activated_on), None),
        ContractState::Closed { signed_on, activated_on, closed_on, .. } => {
            (*signed_on, *activated_on, Some(*closed_on))
        }
    };
    let word = |date: Option<NaiveDate>| date.map(|date| format::date(date, t));
    (word(signed), word(activated), word(closed))
}
