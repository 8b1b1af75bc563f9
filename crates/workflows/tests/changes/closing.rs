//! What a contract that is over leaves behind: nothing that was promised, asked for, or paid for and not used.

use domain::collections::PromiseOutcome;
use domain::ids::ContractId;
use domain::invoice::DocumentKind;
use domain::plan_change::ChangeState;
use domain::service::ServiceState;
use domain::views::collection_orders::{CollectionOrderFilter, CollectionOrderRow, CollectionOutcome};
use domain::views::collections::{PromiseFilter, PromiseForm};
use domain::views::contract_forms::CloseForm;
use domain::views::payments::NewPayment;
use workflows::permit::{CloseContracts, EditPromises, EditQuotes, RecordPayments, SeeCollectionOrders, SeePromises};
use workflows::testing::date;
use workflows::{collection_orders, contracts, promises, quotes};

use crate::provider::{Provider, provider, suspension, text};

impl Provider {
    pub async fn close(&self, contract: ContractId, form: CloseForm) {
        let form = CloseForm { reason: text("moved away"), ..form };
        contracts::close(self, &self.may::<CloseContracts>(), contract, &form).await.unwrap();
    }

    pub async fn collections(&self) -> Vec<CollectionOrderRow> {
        let permit = self.may::<SeeCollectionOrders>();
        collection_orders::list(self, &permit, &CollectionOrderFilter::default()).await.unwrap().rows
    }
}

#[tokio::test]
async fn a_promise_of_a_closed_contract_ends_with_it() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-04-27").await;
    let form = PromiseForm { amount: text("34.80"), until: text("2026-04-30") };
    promises::make(&provider, &provider.may::<EditPromises>(), contract, &form).await.unwrap();
    provider.close(contract, CloseForm::default()).await;
    let promises = promises::list(&provider, &provider.may::<SeePromises>(), &PromiseFilter::default()).await.unwrap();
    assert_eq!(promises.rows[0].outcome, Some(PromiseOutcome::Cancelled));
}

#[tokio::test]
async fn what_was_asked_for_is_withdrawn() {
    let provider = provider("2026-04-01").await;
    let (contract, faster) = (provider.active("ana.lopez").await, provider.faster().await);
    let change = provider.change_plan(contract, faster, "next_period").await.unwrap();
    provider.close(contract, CloseForm::default()).await;
    assert_eq!(provider.state_of(change).await, ChangeState::Withdrawn);
}

/// A debt is cut step by step: hard on 16 May.
async fn cut(provider: &Provider) {
    provider.nights_up_to("2026-04-26").await;
    provider.nights_up_to("2026-05-16").await;
}

/// Reconnected by paying June in advance.
async fn reconnected(provider: &Provider, contract: ContractId) {
    let quote = quotes::reconnect(provider, &provider.may::<EditQuotes>(), contract).await.unwrap();
    let form = NewPayment {
        amount: text("34.80"),
        method: text("cash"),
        idempotency_key: text("quote"),
        ..NewPayment::default()
    };
    quotes::pay(provider, &provider.may::<RecordPayments>(), quote, form).await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::Active);
}

#[tokio::test]
async fn days_that_a_reconnection_paid_for_are_given_back_even_when_its_invoice_could_not_be_made_yet() {
    for invoiced in [true, false] {
        let provider = provider("2026-04-01").await;
        let contract = provider.active("ana.lopez").await;
        cut(&provider).await;
        let mut connection = provider.connection().await.unwrap();
        if !invoiced {
            store::testing::documents::set_pattern(&mut connection, "invoice", "{n:0}").await.unwrap();
        }
        reconnected(&provider, contract).await;
        let invoices = provider.documents(contract, DocumentKind::Invoice).await.len();
        assert_eq!(invoices, if invoiced { 3 } else { 2 });
        store::testing::documents::set_pattern(&mut connection, "invoice", "F-{year}-{n:6}").await.unwrap();
        provider.it_is("2026-06-11");
        provider.close(contract, CloseForm { credit: true, ..CloseForm::default() }).await;
        let notes = provider.documents(contract, DocumentKind::CreditNote).await;
        let given_back: Vec<_> =
            notes.iter().map(|note| (note.lines[0].time.unwrap().1, note.row.total.to_string())).collect();
        assert_eq!(given_back, [(20, text("23.20"))], "11 to 30 June, of an invoice that was there: {invoiced}");
        assert_eq!(provider.documents(contract, DocumentKind::Invoice).await.len(), 3);
    }
}

#[tokio::test]
async fn whoever_puts_a_contract_on_the_removal_list_its_equipment_is_collected() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.suspend(contract, &suspension("staff", "removal")).await.unwrap();
    assert_eq!(provider.show(contract).await.service, ServiceState::RemovalList);
    assert_eq!(provider.collections().await[0].outcome, None);
    provider.restore(contract, "staff").await.unwrap();
    assert_eq!(provider.collections().await[0].outcome, Some(CollectionOutcome::NotNeeded));
    provider.suspend(contract, &suspension("staff", "removal")).await.unwrap();
    provider.close(contract, CloseForm::default()).await;
    let orders = provider.collections().await;
    assert_eq!((orders.len(), orders[0].outcome), (2, None), "the equipment is still there");
    assert_eq!(orders[0].opened_on, date("2026-04-01"));
}
