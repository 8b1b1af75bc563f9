//! A transfer that a customer told the staff about: whose, then what.

use domain::ids::CustomerId;
use domain::views::transfers::TransferOffer;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{ReportTransfer, begin_transfer};
use crate::{
    i18n::words,
    office::payments::WhoPays,
    parts::transfer::TransferFields,
    ui::{
        button::LinkButton,
        card::Card,
        form::{FormActions, FormState, UploadForm, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

const HERE: &str = "/office/transfers/new";

#[component]
pub fn NewTransferPage() -> impl IntoView {
    let t = words();
    let query = use_query_map();
    let customer = Memo::new(move |_| query.read().get_str("customer").and_then(|id| id.parse::<CustomerId>().ok()));
    move || match customer.get() {
        Some(customer) => view! { <Reporting customer/> }.into_any(),
        None => {
            let places = vec![(t.transfers.title().to_owned(), "/office/transfers".to_owned())];
            view! { <WhoPays title=t.transfers.report() hint=t.transfers.report_hint() places here=HERE/> }.into_any()
        }
    }
}

#[component]
fn Reporting(customer: CustomerId) -> impl IntoView {
    let form = use_form::<ReportTransfer>();
    let offer = Resource::new_blocking(move || customer, begin_transfer);
    view! { <Loaded from=offer view=move |offer| view! { <Desk offer form/> }/> }
}

#[component]
fn Desk(offer: TransferOffer, form: FormState<ReportTransfer>) -> impl IntoView {
    let t = words();
    let places = vec![(t.transfers.title().to_owned(), "/office/transfers".to_owned())];
    let customer = offer.customer.id.to_string();
    view! {
        <PageHeader title=t.transfers.report() summary=offer.customer.name.clone() places>
            <LinkButton href=HERE icon=Icon::Search>{t.money.other_customer()}</LinkButton>
        </PageHeader>
        <Card>
            <UploadForm state=form>
                <input type="hidden" name="customer" value=customer/>
                <TransferFields offer/>
                <FormActions label=t.transfers.report() back="/office/transfers" icon=Icon::Check/>
            </UploadForm>
        </Card>
    }
}
