//! An order by hand: whose, then what. From a contract or a ticket, what is known is filled in.

use domain::ids::CustomerId;
use domain::views::work::WorkOffer;
use domain::work_order::WorkKind;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    BOARD,
    api::{CreateWork, begin_work},
    parts,
};
use crate::{
    i18n::words,
    office::payments::WhoPays,
    parts::work::kind_word,
    ui::{
        button::LinkButton,
        card::Card,
        form::{Field, Form, FormActions, FormState, Kind, Select, Textarea, choices_of, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

const HERE: &str = "/office/work/new";

#[component]
pub fn NewWorkPage() -> impl IntoView {
    let t = words();
    let query = use_query_map();
    let customer = Memo::new(move |_| query.read().get_str("customer").and_then(|id| id.parse::<CustomerId>().ok()));
    move || match customer.get() {
        Some(customer) => view! { <Ordering customer/> }.into_any(),
        None => {
            let places = vec![(t.work.title().to_owned(), BOARD.to_owned())];
            view! { <WhoPays title=t.work.new() hint=t.work.new_hint() places here=HERE/> }.into_any()
        }
    }
}

#[component]
fn Ordering(customer: CustomerId) -> impl IntoView {
    let form = use_form::<CreateWork>();
    let offer = Resource::new_blocking(move || customer, begin_work);
    view! { <Loaded from=offer view=move |offer| view! { <Desk offer form/> }/> }
}

#[component]
fn Desk(offer: WorkOffer, form: FormState<CreateWork>) -> impl IntoView {
    let t = words();
    let places = vec![(t.work.title().to_owned(), BOARD.to_owned())];
    let asked = use_query_map().with_untracked(|query| query.get("contract")).unwrap_or_default();
    let contract = if let [one] = offer.contracts.as_slice() { one.id.to_string() } else { asked };
    let kinds: Vec<_> =
        WorkKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_word(*kind, t).to_owned())).collect();
    view! {
        <PageHeader title=t.work.new() summary=offer.customer.name.clone() places>
            <LinkButton href=HERE icon=Icon::Search>{t.money.other_customer()}</LinkButton>
        </PageHeader>
        <Card>
            <Form state=form>
                <Select name="work[contract]" label=t.work.contract() choices=choices_of(offer.contracts) value=contract/>
                <Select name="work[kind]" label=t.work.kind() choices=kinds value=WorkKind::Repair.word()/>
                <Textarea name="work[note]" label=t.work.note() hint=t.work.note_hint() optional=true most=1000/>
                <div class="fields">
                    <Select name="work[technician]" label=t.work.technician() choices=choices_of(offer.technicians) optional=true/>
                    <Field name="work[on]" label=t.work.day() kind=Kind::Date optional=true/>
                    <Select name="work[part]" label=t.work.part() choices=parts(t) value="any"/>
                </div>
                <FormActions label=t.work.new() back=BOARD icon=Icon::Check/>
            </Form>
        </Card>
    }
}
