//! The counter says before what a payment does after.

use domain::ids::CustomerId;
use domain::money::{Currency, Money};
use domain::service::ServiceState;
use domain::views::contracts::{ContractFilter, ContractIs};
use domain::views::counter::{Counter, Preview};
use domain::views::dashboard::DashboardFilter;
use domain::views::invoices::{InvoiceFilter, Standing};
use workflows::permit::{RecordPayments, SeeContracts, SeeDashboard, SeeInvoices, SeePayments};
use workflows::{contracts, dashboard, invoices, payments as paying};

use crate::provider::{Provider, provider, suspension};

fn usd(amount: &str) -> Money {
    Money::new(amount.parse().unwrap(), Currency::USD)
}

async fn counter(provider: &Provider, customer: CustomerId) -> Counter {
    paying::counter(provider, &provider.may::<RecordPayments>(), customer).await.unwrap()
}

#[tokio::test]
async fn what_is_previewed_is_what_the_payment_does() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-05-01").await;
    let customer = provider.customer_of(contract).await;
    let desk = counter(&provider, customer).await;
    assert_eq!(desk.debt(), usd("69.60"));
    assert_eq!(desk.cut.iter().map(|cut| cut.service).collect::<Vec<_>>(), [ServiceState::Suspended]);
    let Preview { paid, rest, services } = desk.preview(usd("40.00"), None);
    assert_eq!((paid, rest), (vec![usd("34.80"), usd("5.20")], usd("0.00")));
    assert_eq!(services, [ServiceState::Active]);

    let taken = provider.pay(contract, "40.00", "counter-1").await;
    let receipt = paying::show(&provider, &provider.may::<SeePayments>(), taken.payment).await.unwrap();
    let paid: Vec<_> = receipt.allocations.iter().map(|paid| paid.amount).collect();
    assert_eq!((paid, receipt.row.unused), (vec![usd("34.80"), usd("5.20")], usd("0.00")));
    assert_eq!(receipt.services.iter().map(|after| after.service).collect::<Vec<_>>(), [ServiceState::Active]);
    assert_eq!(counter(&provider, customer).await.debt(), usd("29.60"));
}

#[tokio::test]
async fn an_abuse_hold_is_told_to_stay_and_stays() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.nights_up_to("2026-04-27").await;
    provider.suspend(contract, &suspension("abuse", "hard_cut")).await.unwrap();
    let desk = counter(&provider, provider.customer_of(contract).await).await;
    assert_eq!(desk.preview(usd("34.80"), None).services, [ServiceState::Disabled]);
    provider.pay(contract, "34.80", "counter-1").await;
    assert_eq!(provider.show(contract).await.service, ServiceState::Disabled);
}

#[tokio::test]
async fn each_showing_of_the_form_has_a_key_of_its_own() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    let customer = provider.customer_of(contract).await;
    let (first, second) = (counter(&provider, customer).await, counter(&provider, customer).await);
    assert_ne!(first.idempotency_key, second.idempotency_key);
}

#[tokio::test]
async fn the_figures_of_the_dashboard_are_the_lists_behind_them() {
    let provider = provider("2026-04-01").await;
    let late = provider.active("ana.lopez").await;
    provider.active("luis.mora").await;
    provider.nights_up_to("2026-04-27").await;
    let half = provider.pay(late, "4.80", "counter-1").await;
    let filter = DashboardFilter::default();
    let figures = dashboard::show(&provider, &provider.may::<SeeDashboard>(), &filter).await.unwrap();
    let of = |is| ContractFilter { is: Some(is), ..ContractFilter::default() };
    let permit = provider.may::<SeeContracts>();
    let counted = async |filter| contracts::list(&provider, &permit, &filter).await.unwrap().total;
    assert_eq!((figures.services.suspended, counted(of(ContractIs::Cut)).await), (2, 2));
    assert_eq!(
        (figures.trouble.out_of_step, counted(of(ContractIs::OutOfStep)).await),
        (2, 2),
        "no device was read yet"
    );
    assert_eq!((figures.trouble.parked, counted(of(ContractIs::Parked)).await), (0, 0));
    let overdue = InvoiceFilter { standing: Some(Standing::Overdue), ..InvoiceFilter::default() };
    let overdue = invoices::list(&provider, &provider.may::<SeeInvoices>(), &overdue).await.unwrap();
    assert_eq!((figures.money.overdue.count, figures.money.overdue.amounts), (overdue.page.total, vec![usd("64.80")]));
    assert_eq!(overdue.owed, [usd("64.80")]);

    let received = paying::list(&provider, &provider.may::<SeePayments>(), &Default::default()).await.unwrap();
    assert_eq!((received.received, received.page.rows[0].id), (vec![usd("4.80")], half.payment));
}
