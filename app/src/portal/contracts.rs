//! The customer's contracts: to read, to keep, and to accept.

pub mod api;

use domain::contract::ContractStateName;
use domain::ids::ContractId;
use domain::portal::Asking;
use domain::views::portal_people::{ContractPaper, ContractToAccept};
use leptos::prelude::*;

use self::api::{AcceptMyContract, my_paper, my_papers};
use crate::{
    i18n::words,
    parts::{
        acceptance::{AcceptedBy, asking_badge},
        document::PdfButton,
    },
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Checkbox, Field, Form, FormState, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn DocumentsPage() -> impl IntoView {
    let t = words();
    let papers = Resource::new_blocking(|| (), |()| my_papers());
    let places = vec![(t.people.more().to_owned(), "/portal/more".to_owned())];
    view! {
        <PageHeader title=t.people.documents() summary=t.people.documents_hint() places/>
        <Loaded from=papers view=|papers| view! { <Papers papers/> }/>
    }
}

#[component]
fn Papers(papers: Vec<ContractPaper>) -> impl IntoView {
    let t = words();
    if papers.is_empty() {
        return view! {
            <EmptyState icon=Icon::Contract title=t.people.no_contracts() hint=t.people.no_contracts_hint()/>
        }
        .into_any();
    }
    let cards = papers.into_iter().map(move |paper| {
        let href = format!("/portal/documents/{}", paper.contract.id);
        let (variant, label) = match paper.asking {
            Asking::Nothing => (Variant::Secondary, t.people.read()),
            Asking::Accept | Asking::AcceptAgain => (Variant::Primary, t.people.read_and_accept()),
        };
        let title = t.people.accept_title(&paper.contract.name);
        view! {
            <Card title>
                <p>{asking_badge(&paper, t)}</p>
                <p class="form-actions"><LinkButton href variant icon=Icon::Contract>{label}</LinkButton></p>
            </Card>
        }
    });
    cards.collect_view().into_any()
}

#[component]
pub fn DocumentPage() -> impl IntoView {
    let id = use_id::<ContractId>();
    let accept = use_form::<AcceptMyContract>();
    let done = accept.done();
    let paper = Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { my_paper(id?).await });
    view! { <Loaded from=paper view=move |paper| view! { <Document paper accept/> }/> }
}

#[component]
fn Document(paper: ContractToAccept, accept: FormState<AcceptMyContract>) -> impl IntoView {
    let t = words();
    let ContractToAccept { paper, sha256 } = paper;
    let places = vec![(t.people.documents().to_owned(), "/portal/documents".to_owned())];
    let title = t.people.accept_title(&paper.contract.name);
    let pdf = format!("/documents/contracts/{}.pdf", paper.contract.id);
    let accepted = paper.acceptances.iter().any(|acceptance| acceptance.is_current);
    let open = !accepted && paper.state != ContractStateName::Closed;
    let form = open.then(|| view! { <Accept contract=paper.contract.id sha256 accept/> });
    let state = asking_badge(&paper, t);
    let past = paper.acceptances.into_iter().map(|acceptance| view! { <Card><AcceptedBy acceptance/></Card> });
    view! {
        <PageHeader title places state/>
        <Card title=t.people.read()>
            <p>{t.people.read_hint()}</p>
            <p class="form-actions"><PdfButton href=pdf/></p>
        </Card>
        {form}
        {past.collect_view()}
    }
}

#[component]
fn Accept(contract: ContractId, sha256: String, accept: FormState<AcceptMyContract>) -> impl IntoView {
    let t = words();
    if !may("own_portal") {
        return view! { <p class="muted">{t.people.accept_not_yours()}</p> }.into_any();
    }
    view! {
        <Card title=t.people.accept()>
            <Form state=accept>
                <input type="hidden" name="contract" value=contract.to_string()/>
                <input type="hidden" name="acceptance[sha256]" value=sha256/>
                <Field name="acceptance[name]" label=t.people.accept_name() hint=t.people.accept_name_hint() most=200/>
                <Checkbox name="acceptance[agreed]" label=t.people.accept_agree() hint=t.people.accept_kept()/>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Check>{t.people.accept()}</Submit>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}
