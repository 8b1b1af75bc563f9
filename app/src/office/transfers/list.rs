//! The queue: what waits for a decision, the most urgent first.

use domain::transfer::TransferState;
use domain::views::transfers::{TransferList, TransferRow};
use leptos::prelude::*;

use super::api::list_transfers;
use crate::{
    i18n::{Words, words},
    office::dashboard::Narrowing,
    office::list_tools::ListTools,
    parts::{
        amount::money,
        transfer::{state_word, transfer_badge},
    },
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, ListQuery, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn TransfersPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let transfers = Resource::new_blocking(move || query.get(), list_transfers);
    let states = TransferState::ALL.iter().map(|state| (state.word().to_owned(), state_word(*state, t).to_owned()));
    let filters = vec![Filter { name: "state", label: t.transfers.state().to_owned(), choices: states.collect() }];
    let new = may("report_transfers").then(|| {
        view! { <LinkButton href="/office/transfers/new" icon=Icon::Plus>{t.transfers.report()}</LinkButton> }
    });
    view! {
        <PageHeader title=t.transfers.title() summary=t.transfers.hint()>
            <LinkButton href="/office/transfers?state=in_review" variant=Variant::Primary icon=Icon::Clock>
                {t.transfers.queue()}
            </LinkButton>
            {new}
        </PageHeader>
        <ListControls query search=t.transfers.search() filters><ListTools/></ListControls>
        <Narrowing query/>
        <Loaded from=transfers view=move |transfers| view! { <Transfers query transfers/> }/>
    }
}

#[component]
fn Transfers(query: Memo<ListQuery>, transfers: TransferList) -> impl IntoView {
    let t = words();
    let waiting = match (transfers.in_review, transfers.late) {
        (0, _) => t.transfers.none_waiting().to_owned(),
        (waiting, 0) => t.transfers.waiting(waiting),
        (waiting, late) => format!("{} {}", t.transfers.waiting(waiting), t.transfers.late_ones(late)),
    };
    let href = |row: &TransferRow| format!("/office/transfers/{}", row.id);
    let empty = move || {
        view! { <EmptyState icon=Icon::Payment title=t.transfers.empty() hint=t.transfers.empty_hint()/> }
    };
    view! {
        <p class="list-sum">{waiting}</p>
        <List query page=transfers.page columns=columns(t) label=t.transfers.title() href empty/>
    }
}

fn columns(t: Words) -> Vec<Column<TransferRow>> {
    let reported = move |row: &TransferRow| format::date_time(local(row.reported_at), t);
    vec![
        Column::new(t.transfers.number(), |row: &TransferRow| row.id.code()),
        Column::new(t.money.customer(), |row: &TransferRow| row.customer.name.clone()),
        Column::new(t.transfers.state(), move |row: &TransferRow| transfer_badge(row.state, row.urgency, t)),
        Column::new(t.transfers.bank(), |row: &TransferRow| row.bank.clone()).secondary(),
        Column::new(t.money.reference(), |row: &TransferRow| row.reference.clone()),
        Column::new(t.transfers.paid_on(), move |row: &TransferRow| format::date(row.paid_on, t)).secondary(),
        Column::new(t.transfers.reported(), reported).secondary(),
        Column::new(t.money.amount(), |row: &TransferRow| money(row.amount)).number(),
    ]
}
