//! A fault that somebody tells the staff about: whose, then what.

use domain::ids::CustomerId;
use domain::ticket::Priority;
use domain::views::tickets::{FaultOffer, FaultyContract};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{OpenTicket, begin_ticket};
use crate::{
    i18n::words,
    office::payments::WhoPays,
    parts::ticket::{name, priority_word},
    ui::{
        button::LinkButton,
        card::Card,
        form::{Field, FileInput, FormActions, FormState, Select, Textarea, UploadForm, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

const HERE: &str = "/office/tickets/new";

#[component]
pub fn NewTicketPage() -> impl IntoView {
    let t = words();
    let query = use_query_map();
    let customer = Memo::new(move |_| query.read().get_str("customer").and_then(|id| id.parse::<CustomerId>().ok()));
    move || match customer.get() {
        Some(customer) => view! { <Opening customer/> }.into_any(),
        None => {
            let places = vec![(t.tickets.title().to_owned(), "/office/tickets".to_owned())];
            view! { <WhoPays title=t.tickets.new() hint=t.tickets.new_hint() places here=HERE/> }.into_any()
        }
    }
}

#[component]
fn Opening(customer: CustomerId) -> impl IntoView {
    let form = use_form::<OpenTicket>();
    let offer = Resource::new_blocking(move || customer, begin_ticket);
    view! { <Loaded from=offer view=move |offer| view! { <Desk offer form/> }/> }
}

#[component]
fn Desk(offer: FaultOffer, form: FormState<OpenTicket>) -> impl IntoView {
    let t = words();
    let places = vec![(t.tickets.title().to_owned(), "/office/tickets".to_owned())];
    let asked = use_query_map().with_untracked(|query| query.get("contract")).unwrap_or_default();
    let only = if let [one] = offer.contracts.as_slice() { one.id.to_string() } else { asked };
    let contracts: Vec<_> =
        offer.contracts.iter().map(|one| (one.id.to_string(), format!("{} · {}", one.code, one.street))).collect();
    let categories: Vec<_> =
        offer.categories.iter().map(|category| (category.id.to_string(), name(&category.name, t))).collect();
    let priorities: Vec<_> =
        Priority::ALL.iter().map(|word| (word.word().to_owned(), priority_word(*word, t).to_owned())).collect();
    let known = offer.contracts.iter().filter(|one| one.outage.is_some()).cloned();
    let known = known.map(|contract| view! { <Known contract/> }).collect_view();
    view! {
        <PageHeader title=t.tickets.new() summary=offer.customer.name.clone() places>
            <LinkButton href=HERE icon=Icon::Search>{t.money.other_customer()}</LinkButton>
        </PageHeader>
        {known}
        <Card>
            <UploadForm state=form>
                <input type="hidden" name="customer" value=offer.customer.id.to_string()/>
                <input type="hidden" name="fault[idempotency_key]" value=offer.idempotency_key.clone()/>
                <Select name="fault[contract]" label=t.tickets.contract() choices=contracts value=only
                        optional=true hint=t.tickets.contract_hint()/>
                <div class="fields">
                    <Select name="fault[category]" label=t.tickets.category() choices=categories/>
                    <Select name="fault[priority]" label=t.tickets.priority() choices=priorities optional=true
                            hint=t.tickets.by_category()/>
                </div>
                <Field name="fault[subject]" label=t.tickets.subject() hint=t.tickets.subject_hint() most=120 optional=true/>
                <Textarea name="fault[body]" label=t.tickets.what_happens() most=4000/>
                <FileInput name="fault[files]" label=t.tickets.photos() hint=t.tickets.photos_hint() several=true/>
                <FormActions label=t.tickets.new() back="/office/tickets" icon=Icon::Check/>
            </UploadForm>
        </Card>
    }
}

/// The connection is down as a whole: the ticket will be part of that.
#[component]
fn Known(contract: FaultyContract) -> impl IntoView {
    let t = words();
    contract.outage.map(|outage| {
        view! {
            <Notice tone=Tone::Warn icon=Icon::Alert title=t.tickets.known(contract.code, outage.place)>
                <p>{t.tickets.known_hint(format::date(outage.since, t))}</p>
            </Notice>
        }
    })
}
