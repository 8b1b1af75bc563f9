//! The customer's reports of transfers, and the form for one.

pub mod api;

use domain::transfer::TransferState;
use domain::views::list::Page;
use domain::views::transfers::{TransferOffer, TransferRow};
use leptos::prelude::*;

use self::api::{ReportMyTransfer, begin_my_transfer, my_transfers};
use crate::{
    i18n::{Words, words},
    parts::{
        amount::money,
        transfer::{TransferFields, transfer_badge},
    },
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{FormActions, FormState, UploadForm, use_form},
        format,
        icon::Icon,
        list::{Column, ListQuery, Pager, Table, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn TransfersPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let transfers = Resource::new_blocking(move || query.get(), my_transfers);
    view! {
        <PageHeader title=t.portal.transfers() summary=t.portal.transfers_hint()>
            {may("pay_in_portal").then(|| view! {
                <LinkButton href="/portal/transfers/new" variant=Variant::Primary icon=Icon::Plus>
                    {t.portal.report_transfer()}
                </LinkButton>
            })}
        </PageHeader>
        <Loaded from=transfers view=move |page| view! { <Transfers query page/> }/>
    }
}

#[component]
fn Transfers(query: Memo<ListQuery>, page: Page<TransferRow>) -> impl IntoView {
    let t = words();
    if page.total == 0 {
        return view! { <EmptyState icon=Icon::Payment title=t.portal.no_transfers() hint=t.portal.transfers_hint()/> }
            .into_any();
    }
    view! {
        <Table columns=columns(t) rows=page.rows label=t.portal.transfers()/>
        <Pager query=query.get_untracked() total=page.total number=page.number/>
    }
    .into_any()
}

fn columns(t: Words) -> Vec<Column<TransferRow>> {
    let state = move |row: &TransferRow| {
        let reason = row.reject_reason.clone().map(|reason| view! { <p class="muted">{reason}</p> });
        // How urgent it is is the provider's matter.
        let until = row.provisional_until.filter(|_| row.state == TransferState::InReview);
        let until = until.map(|until| view! { <p class="muted">{t.faults.provisional(format::date(until, t))}</p> });
        view! { {transfer_badge(row.state, None, t)}{reason}{until} }
    };
    vec![
        Column::new(t.transfers.number(), |row: &TransferRow| row.id.code()),
        Column::new(t.transfers.paid_on(), move |row: &TransferRow| format::date(row.paid_on, t)),
        Column::new(t.money.reference(), |row: &TransferRow| row.reference.clone()),
        Column::new(t.transfers.state(), state),
        Column::new(t.money.amount(), |row: &TransferRow| money(row.amount)).number(),
    ]
}

#[component]
pub fn NewTransferPage() -> impl IntoView {
    let form = use_form::<ReportMyTransfer>();
    let offer = Resource::new_blocking(|| (), |()| begin_my_transfer());
    view! { <Loaded from=offer view=move |offer| view! { <Reporting offer form/> }/> }
}

#[component]
fn Reporting(offer: TransferOffer, form: FormState<ReportMyTransfer>) -> impl IntoView {
    let t = words();
    let places = vec![(t.portal.transfers().to_owned(), "/portal/transfers".to_owned())];
    view! {
        <PageHeader title=t.portal.report_transfer() summary=t.portal.report_transfer_hint() places/>
        <Card>
            <UploadForm state=form>
                <TransferFields offer/>
                <FormActions label=t.portal.send_report() back="/portal/transfers" icon=Icon::Check/>
            </UploadForm>
        </Card>
    }
}
