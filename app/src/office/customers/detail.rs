//! A customer's page: who it is, what is owed, where, under which contracts, and what happened.

use domain::ids::CustomerId;
use domain::money::Money;
use domain::views::customers::{Address, Contact, CustomerDetail};
use leptos::prelude::*;

use super::{api::show_customer, balance, href, kind_name, language_name};
use crate::{
    i18n::{Words, words},
    office::contracts::ContractsTable,
    parts::{Reader, amount::moneys, place::AddressBlock, story::moments},
    surroundings::{local, may},
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        empty::EmptyState,
        format,
        icon::Icon,
        list::ListQuery,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
        timeline::Timeline,
        tone::Tone,
    },
};

#[component]
pub fn CustomerPage() -> impl IntoView {
    let id = use_id::<CustomerId>();
    let customer = Resource::new_blocking(move || id.get(), |id| async move { show_customer(id?).await });
    view! { <Loaded from=customer view=move |customer| view! { <Customer customer/> }/> }
}

#[component]
fn Customer(customer: CustomerDetail) -> impl IntoView {
    let t = words();
    let places = vec![(t.customers.title().to_owned(), "/office/customers".to_owned())];
    let (state, summary) = standing(&customer, t);
    let own = href(customer.id);
    let pay = format!("/office/payments/new?customer={}", customer.id);
    let draft = format!("/office/contracts/new?customer={}", customer.id);
    let quote = format!("/office/quotes/new?customer={}", customer.id);
    view! {
        <PageHeader title=customer.facts.name.clone() places state summary>
            {may("edit_customers").then(|| view! {
                <LinkButton href=format!("{own}/edit") icon=Icon::Edit>{t.common.edit()}</LinkButton>
            })}
            {may("see_invoices").then(|| view! {
                <LinkButton href=format!("{own}/statement") icon=Icon::Audit>{t.statement.title()}</LinkButton>
            })}
            {may("edit_quotes").then(|| view! {
                <LinkButton href=quote icon=Icon::Plus>{t.quotes.new()}</LinkButton>
            })}
            {may("edit_contracts").then(|| view! {
                <LinkButton href=draft icon=Icon::Contract>{t.customers.new_contract()}</LinkButton>
            })}
            {may("record_payments").then(|| view! {
                <LinkButton href=pay variant=Variant::Primary icon=Icon::Payment>{t.customers.take_payment()}</LinkButton>
            })}
        </PageHeader>
        <Contracts customer=customer.clone()/>
        <div class="columns">
            <div class="stack">
                <Account customer=customer.clone()/>
                <FactsCard customer=customer.clone()/>
            </div>
            <div class="stack">
                <Addresses customer=customer.id reference=customer.reference.clone() addresses=customer.addresses.clone()/>
                <Contacts customer=customer.id contacts=customer.contacts.clone()/>
            </div>
        </div>
        <Card title=t.customers.history()>
            {if customer.timeline.is_empty() {
                view! { <p class="muted">{t.customers.no_history()}</p> }.into_any()
            } else {
                view! { <Timeline moments=moments(&customer.timeline, Reader::Staff, t)/> }.into_any()
            }}
        </Card>
    }
}

/// How the customer stands with their payments: a badge, and in a sentence.
fn standing(customer: &CustomerDetail, t: Words) -> (AnyView, String) {
    let owed = customer.balance.iter().copied().filter(Money::is_positive).collect::<Vec<_>>();
    let (tone, icon, label, summary) = match customer.overdue_since {
        Some(since) => {
            let summary = t.customers.owes_since(moneys(&owed), format::date(since, t));
            (Tone::Danger, Icon::Alert, t.customers.debt_overdue(), summary)
        }
        None if !owed.is_empty() => {
            (Tone::Accent, Icon::Clock, t.customers.debt_owes(), t.customers.owes(moneys(&owed)))
        }
        None if customer.balance.iter().any(|amount| !amount.is_zero()) => {
            let summary = t.customers.has_credit(balance(&customer.balance, t));
            (Tone::Ok, Icon::Check, t.customers.debt_nothing(), summary)
        }
        None => (Tone::Ok, Icon::Check, t.customers.debt_nothing(), t.customers.paid_up().to_owned()),
    };
    (view! { <Badge tone icon label/> }.into_any(), summary)
}

#[component]
fn Contracts(customer: CustomerDetail) -> impl IntoView {
    let t = words();
    let empty = customer.contracts.is_empty();
    view! {
        <Card title=t.customers.contracts()>
            {if empty {
                view! { <EmptyState icon=Icon::Contract title=t.customers.no_contracts() hint=t.customers.no_contracts_hint()/> }.into_any()
            } else {
                view! { <ContractsTable rows=customer.contracts/> }.into_any()
            }}
        </Card>
    }
}

#[component]
fn FactsCard(customer: CustomerDetail) -> impl IntoView {
    let t = words();
    let facts = customer.facts;
    let none = move || t.customers.none_given().to_owned();
    let email = facts.email.map_or_else(
        || none().into_any(),
        |email| view! { <a href=format!("mailto:{email}")>{email.to_string()}</a> }.into_any(),
    );
    view! {
        <Card title=t.customers.facts()>
            <Facts>
                <Fact label=t.customers.reference()>{customer.reference}</Fact>
                <Fact label=t.customers.kind()>{kind_name(facts.kind, t)}</Fact>
                <Fact label=t.customers.tax_id()>{facts.tax_id.unwrap_or_else(none)}</Fact>
                <Fact label=t.customers.email()>{email}</Fact>
                <Fact label=t.customers.phone()>{phone_link(facts.phone.map(|phone| phone.to_string()), t)}</Fact>
                <Fact label=t.customers.language()>{language_name(facts.language, t)}</Fact>
                <Fact label=t.customers.since()>{format::date(local(customer.created_at).date(), t)}</Fact>
            </Facts>
        </Card>
    }
}

fn phone_link(phone: Option<String>, t: Words) -> AnyView {
    match phone {
        Some(phone) => view! { <a href=format!("tel:{phone}")>{phone.clone()}</a> }.into_any(),
        None => t.customers.none_given().into_any(),
    }
}

#[component]
fn Account(customer: CustomerDetail) -> impl IntoView {
    let t = words();
    let (invoices, payments) =
        (format!("/office/invoices?customer={}", customer.id), format!("/office/payments?customer={}", customer.id));
    let messages = format!("/office/messages?customer={}", customer.id);
    let preference = format!("{}/messages", href(customer.id));
    let access = format!("{}/access", href(customer.id));
    let overdue = customer.overdue_since.map(|since| {
        view! { <Fact label=t.customers.overdue_since()>{format::date(since, t)}</Fact> }
    });
    view! {
        <Card title=t.customers.account()>
            <Facts>
                <Fact label=t.customers.balance()>{balance(&customer.balance, t)}</Fact>
                {overdue}
            </Facts>
            <div class="form-actions">
                {may("see_invoices").then(|| view! { <LinkButton href=invoices icon=Icon::Invoice>{t.customers.see_invoices()}</LinkButton> })}
                {may("see_payments").then(|| view! { <LinkButton href=payments icon=Icon::Payment>{t.customers.see_payments()}</LinkButton> })}
                {may("see_messages").then(|| view! { <LinkButton href=messages icon=Icon::Mail>{t.messages.see_all()}</LinkButton> })}
                {may("edit_customers").then(|| view! { <LinkButton href=preference icon=Icon::Edit>{t.messages.preference()}</LinkButton> })}
                <LinkButton href=access icon=Icon::User>{t.people.access()}</LinkButton>
            </div>
        </Card>
    }
}

#[component]
fn Addresses(customer: CustomerId, reference: String, addresses: Vec<Address>) -> impl IntoView {
    let t = words();
    let new = format!("{}/addresses/new", href(customer));
    let none = addresses.is_empty();
    let blocks = addresses.into_iter().map(move |address| {
        let edit = format!("{}/addresses/{}", href(customer), address.id);
        let place = address.facts.street.clone();
        let asked = ListQuery::default().with_filter("at", Some(&reference));
        let asked = asked.with_filter("address", Some(&address.id.to_string())).href();
        let feasible = address.facts.position.is_some().then(|| {
            view! { <p><a href=format!("/office/feasibility{asked}")>{t.plant.feasibility()}</a></p> }
        });
        view! {
            <li class="entry">
                <div>
                    <AddressBlock facts=address.facts sector=address.sector/>
                    {feasible}
                </div>
                {may("edit_customers").then(|| view! { <EditLink href=edit what=place/> })}
            </li>
        }
    });
    view! {
        <Card title=t.customers.addresses() action=add_link(new, t.customers.add_address())>
            {none.then(|| view! { <p class="muted">{t.customers.no_addresses()}</p> })}
            <ul class="entries">{blocks.collect_view()}</ul>
        </Card>
    }
}

#[component]
fn Contacts(customer: CustomerId, contacts: Vec<Contact>) -> impl IntoView {
    let t = words();
    let new = format!("{}/contacts/new", href(customer));
    let none = contacts.is_empty();
    let blocks = contacts.into_iter().map(move |contact| {
        let edit = format!("{}/contacts/{}", href(customer), contact.id);
        let Contact { facts, .. } = contact;
        let role = (!facts.role.is_empty()).then(|| format!(" · {}", facts.role));
        let name = facts.name.clone();
        view! {
            <li class="entry">
                <div>
                    <p><strong>{facts.name}</strong>{role}</p>
                    {facts.phone.map(|phone| view! { <p>{phone_link(Some(phone.to_string()), t)}</p> })}
                    {facts.email.map(|email| view! { <p><a href=format!("mailto:{email}")>{email.to_string()}</a></p> })}
                </div>
                {may("edit_customers").then(|| view! { <EditLink href=edit what=name/> })}
            </li>
        }
    });
    view! {
        <Card title=t.customers.contacts() action=add_link(new, t.customers.add_contact())>
            {none.then(|| view! { <p class="muted">{t.customers.no_contacts()}</p> })}
            <ul class="entries">{blocks.collect_view()}</ul>
        </Card>
    }
}

/// A small link at the side of an entry; for readers of the screen it says what it edits.
#[component]
fn EditLink(href: String, what: String) -> impl IntoView {
    let t = words();
    view! { <a href=href>{t.common.edit()}<span class="visually-hidden">" "{what}</span></a> }
}

/// At the side of a card's title, for those who may.
fn add_link(href: String, label: &'static str) -> ViewFn {
    ViewFn::from(move || {
        let href = href.clone();
        may("edit_customers").then(|| view! { <a class="with-icon" href=href>{Icon::Plus.view()}{label}</a> })
    })
}
