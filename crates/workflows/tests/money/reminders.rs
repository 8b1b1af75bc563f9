//! Reminders of what falls due, and alarms about nights.

use domain::ids::{ContractId, CustomerId};
use domain::views::collections::PromiseForm;
use domain::views::customers::CustomerForm;
use domain::views::jobs::{JobFilter, JobSubject};
use workflows::permit::{EditCustomers, EditPromises, EditUsers, SeeJobs};
use workflows::testing::date;
use workflows::{customers, demo, jobs, promises, runs};

use crate::provider::{Provider, person, provider, text};

impl Provider {
    /// The contract's customer can be written to, in English.
    async fn has_mail(&self, contract: ContractId) -> CustomerId {
        let customer = self.customer_of(contract).await;
        let form = CustomerForm { email: text("ana@example.com"), language: text("en"), ..person("Ana") };
        customers::edit(self, &self.may::<EditCustomers>(), customer, &form).await.unwrap();
        customer
    }

    /// The subjects of all mails so far, oldest first.
    async fn mails(&self) -> Vec<String> {
        let page = jobs::list(self, &self.may::<SeeJobs>(), &JobFilter::default()).await.unwrap();
        let mut mails: Vec<_> = page
            .rows
            .into_iter()
            .filter_map(|job| match job.subject {
                JobSubject::Message { subject, .. } => Some((job.id.0, subject)),
                _ => None,
            })
            .collect();
        mails.sort();
        mails.into_iter().map(|(_, subject)| subject).collect()
    }
}

const SOON: &str = "Your invoice from Fibra del Sur is due soon";
const LATE: &str = "You have a late payment with Fibra del Sur";

/// Issued on 1 April and due on the 16th; reminded of 7, 3 and 1 days before, and 1 and 7 days after.
async fn reader() -> (Provider, ContractId) {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    provider.has_mail(contract).await;
    provider.nights_up_to("2026-04-08").await;
    (provider, contract)
}

#[tokio::test]
async fn a_customer_is_reminded_on_each_of_the_days() {
    let (provider, _) = reader().await;
    for (day, mails) in [
        ("2026-04-09", vec![SOON]),
        ("2026-04-12", vec![SOON]),
        ("2026-04-13", vec![SOON, SOON]),
        ("2026-04-16", vec![SOON, SOON, SOON]),
        ("2026-04-17", vec![SOON, SOON, SOON, LATE]),
        ("2026-04-23", vec![SOON, SOON, SOON, LATE, LATE]),
        ("2026-04-25", vec![SOON, SOON, SOON, LATE, LATE]),
    ] {
        provider.it_is(day);
        runs::catch_up(&provider, &provider.may()).await.unwrap();
        assert_eq!(provider.mails().await, mails, "{day}");
    }
}

#[tokio::test]
async fn reminders_are_not_lost_when_a_night_is_missed_nor_do_several_come_at_once() {
    let (provider, _) = reader().await;
    // The nights of the 9th to the 12th are made up on the 13th.
    provider.nights_up_to("2026-04-13").await;
    assert_eq!(provider.mails().await, [SOON], "one for the two that were due");
    provider.night("2026-04-16").await;
    assert_eq!(provider.mails().await, [SOON, SOON], "that of the 15th, a day later");
}

#[tokio::test]
async fn several_invoices_are_one_mail() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    provider.has_mail(contract).await;
    let street = crate::provider::street(crate::provider::SQUARE);
    let customer = provider.customer_of(contract).await;
    let address = workflows::addresses::add(&provider, &provider.may(), customer, &street).await.unwrap();
    let second = provider.draft(customer, address).await;
    let line = provider.line(domain::calendar::BillingMode::Prepaid);
    workflows::contracts::add_line(&provider, &provider.may(), second, &line).await.unwrap();
    provider.set_service(second, &provider.pppoe("ana2")).await.unwrap();
    provider.sign(second).await.unwrap();
    provider.activate(second).await.unwrap();
    provider.night("2026-04-09").await;
    assert_eq!(provider.mails().await, [SOON]);
}

#[tokio::test]
async fn who_has_paid_or_promised_is_not_reminded() {
    let (provider, contract) = reader().await;
    provider.it_is("2026-04-17");
    let form = PromiseForm { amount: text("34.80"), until: text("2026-04-20") };
    promises::make(&provider, &provider.may::<EditPromises>(), contract, &form).await.unwrap();
    provider.night("2026-04-17").await;
    provider.pay(contract, "34.80", "counter-1").await;
    provider.night("2026-04-23").await;
    assert_eq!(provider.mails().await, Vec::<String>::new());
}

#[tokio::test]
async fn who_has_no_address_is_left_in_peace() {
    let provider = provider("2026-04-01").await;
    provider.active("ana").await;
    let report = provider.night("2026-04-09").await;
    assert!(report.steps.contains(&("reminders".to_owned(), 1, 1, 0)), "{:?}", report.steps);
    assert_eq!(provider.mails().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_scheduler_that_is_off_is_noticed_once_a_day() {
    let provider = provider("2026-04-01").await;
    demo::add_people(&provider, &provider.may::<EditUsers>(), &provider.reference().await).await.unwrap();
    provider.night("2026-04-01").await;
    runs::raise_alarms(&provider).await.unwrap();
    assert_eq!(provider.mails().await, Vec::<String>::new(), "tonight's has run");
    for day in ["2026-04-05", "2026-04-05", "2026-04-06"] {
        provider.it_is(day);
        runs::raise_alarms(&provider).await.unwrap();
    }
    assert_eq!(provider.mails().await.len(), 2, "one administrator, two days");
    assert_eq!(provider.clock.today(), date("2026-04-06"));
}

impl Provider {
    /// The reference of some customer.
    async fn reference(&self) -> String {
        let customer = self.customer("Eva").await;
        customers::show(self, &self.may(), customer).await.unwrap().reference
    }
}
