//! What an outage means to those who sit in it.

use domain::credit::CreditBecause;
use domain::failure::{Failure, Problem};
use domain::ids::{ContractId, OutageId};
use domain::invoice::DocumentKind;
use domain::message::Purpose;
use domain::outage::OutageState;
use domain::ticket::TicketState;
use domain::timeline::Event;
use domain::views::audit::AuditFilter;
use domain::views::collections::{OutageFilter, OutageForm, OutageRow};
use domain::views::invoices::InvoiceFilter;
use domain::views::messages::MessageFilter;
use domain::views::ticket_forms::{HoursForm, TriageForm};
use workflows::permit::{
    AnswerTickets, EditCustomers, EditOutages, EditTicketSettings, SeeAudit, SeeCustomers, SeeInvoices, SeeMessages,
    SeeOutages,
};
use workflows::testing::date;
use workflows::{audit, customers, invoices, messages, outages, portal, tickets};

use super::{ABOUT_AN_INVOICE, NO_INTERNET, says};
use crate::provider::{Provider, problems, provider, refusal, text};

impl Provider {
    /// The router is down from `first` on.
    async fn down(&self, first: &str, last: &str) -> OutageId {
        let form = OutageForm {
            place: format!("router-{}", self.router),
            reason: text("fibra rota"),
            starts_on: text(first),
            ends_on: text(last),
        };
        outages::report(self, &self.may::<EditOutages>(), &form).await.unwrap()
    }

    async fn works_again(&self, outage: OutageId) {
        outages::end(self, &self.may::<EditOutages>(), outage).await.unwrap();
    }

    async fn lasts_until(&self, outage: OutageId, last: &str) -> workflows::Result<()> {
        outages::change_last_day(self, &self.may::<EditOutages>(), outage, last).await
    }

    async fn outage(&self, outage: OutageId) -> OutageRow {
        outages::show(self, &self.may::<SeeOutages>(), outage).await.unwrap()
    }

    /// Whether an outage keeps the contract from being cut on `day`.
    async fn is_held(&self, contract: ContractId, day: &str) -> bool {
        let mut connection = self.connection().await.unwrap();
        let cases = store::collections::cases(&mut connection, &[contract], date(day)).await.unwrap();
        cases[0].outage.is_some()
    }

    async fn credit_from(&self, days: &str) {
        let rules = HoursForm { close_after_days: text("3"), credit_from_days: text(days), ..HoursForm::default() };
        tickets::save_rules(self, &self.may::<EditTicketSettings>(), &rules).await.unwrap();
    }

    /// The totals of a contract's credit notes.
    async fn credits(&self, contract: ContractId) -> Vec<String> {
        let filter = InvoiceFilter { contract: Some(contract), ..InvoiceFilter::default() };
        let page = invoices::list(self, &self.may::<SeeInvoices>(), &filter).await.unwrap().page;
        let notes = page.rows.into_iter().filter(|row| row.kind == DocumentKind::CreditNote);
        notes.map(|row| row.total.to_string()).collect()
    }

    /// How many messages say that an outage is over.
    async fn told_that_it_is_over(&self) -> i64 {
        let filter = MessageFilter { purpose: Some(Purpose::OutageOver), ..MessageFilter::default() };
        messages::list(self, &self.may::<SeeMessages>(), &filter).await.unwrap().page.total
    }

    async fn can_be_written_to(&self, contract: ContractId) {
        let customer = self.customer_of(contract).await;
        let detail = customers::show(self, &self.may::<SeeCustomers>(), customer).await.unwrap();
        let form = domain::views::customers::CustomerForm { email: text("ana@example.com"), ..detail.form() };
        customers::edit(self, &self.may::<EditCustomers>(), customer, &form).await.unwrap();
    }
}

#[tokio::test]
async fn faults_of_an_outage_are_answered_and_resolved_as_one_and_each_customer_is_told_once() {
    let provider = provider("2026-04-01").await;
    let (ana, beto) = (provider.active("ana").await, provider.active("beto").await);
    provider.can_be_written_to(ana).await;
    let scope = provider.scope(ana).await;
    let first = provider.fault(&scope, ana, "1").await;
    let outage = provider.down("2026-04-01", "").await;
    assert_eq!(provider.ticket(first).await.row.outage.unwrap().id, outage, "what was open there is part of it");
    let second = provider.fault(&scope, ana, "2").await;
    let third = provider.call(beto, "3").await;
    assert_eq!(provider.ticket(third).await.row.outage.unwrap().id, outage, "and so is what comes after");
    assert_eq!(provider.mine(&scope, second).await.outage.as_deref(), Some("norte"));

    tickets::tell_all(&provider, &provider.may::<AnswerTickets>(), outage, "a truck tore the cable").await.unwrap();
    for ticket in [first, second, third] {
        let ticket = provider.ticket(ticket).await;
        assert_eq!(ticket.entries.iter().filter(|entry| entry.body.contains("truck")).count(), 1);
        assert_eq!(ticket.row.state, TicketState::InProgress);
    }
    provider.works_again(outage).await;
    for ticket in [first, second, third] {
        assert_eq!(provider.state(ticket).await, TicketState::Resolved);
    }
    assert_eq!(provider.told_that_it_is_over().await, 1, "two faults, one mail; who has no address gets none");
    let row = provider.outage(outage).await;
    assert_eq!((row.tickets, row.open_tickets), (3, 0));
}

#[tokio::test]
async fn a_question_about_an_invoice_is_no_part_of_an_outage_and_outlives_it() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.scope(contract).await;
    let before = provider.report(&scope, contract, ABOUT_AN_INVOICE, "1").await;
    let outage = provider.down("2026-04-01", "").await;
    let meanwhile = provider.report(&scope, contract, ABOUT_AN_INVOICE, "2").await;
    provider.works_again(outage).await;
    for question in [before, meanwhile] {
        let question = provider.ticket(question).await.row;
        assert_eq!((question.outage, question.state), (None, TicketState::New));
    }
}

#[tokio::test]
async fn planned_work_takes_the_faults_of_its_days_and_none_from_before() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.scope(contract).await;
    let before = provider.fault(&scope, contract, "1").await;
    let outage = provider.down("2026-04-08", "2026-04-09").await;
    let meanwhile = provider.fault(&scope, contract, "2").await;
    for fault in [before, meanwhile] {
        assert_eq!(provider.ticket(fault).await.row.outage, None, "what does not work today is something else");
    }
    provider.it_is("2026-04-08");
    let during = provider.fault(&scope, contract, "3").await;
    assert_eq!(provider.ticket(during).await.row.outage.unwrap().id, outage);
}

#[tokio::test]
async fn the_portal_says_what_is_down_before_anybody_asks() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.scope(contract).await;
    assert!(portal::home(&provider, &scope).await.unwrap().contracts[0].outage.is_none());
    let outage = provider.down("2026-04-01", "2026-04-02").await;
    let known = portal::home(&provider, &scope).await.unwrap().contracts[0].outage.clone().unwrap();
    assert_eq!((known.place.as_str(), known.until.unwrap().to_string().as_str()), ("norte", "2026-04-02"));
    assert!(tickets::offer_mine(&provider, &scope).await.unwrap().contracts[0].outage.is_some());
    provider.works_again(outage).await;
    assert!(portal::home(&provider, &scope).await.unwrap().contracts[0].outage.is_none());
}

#[tokio::test]
async fn the_days_of_an_outage_come_back_once_with_their_reason() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    provider.credit_from("2").await;
    provider.night("2026-04-01").await;
    let outage = provider.down("2026-04-10", "").await;
    provider.nights_up_to("2026-04-12").await;
    provider.works_again(outage).await;
    assert_eq!(provider.credits(contract).await, Vec::<String>::new(), "a night looks at it");
    let night = provider.night("2026-04-13").await;
    assert!(night.steps.contains(&(text("outages"), 1, 1, 0)), "{night:?}");
    // Three of thirty days of 30.00, with 16 % tax.
    assert_eq!(provider.credits(contract).await, ["3.48"]);
    assert_eq!(provider.show(contract).await.money.owed.to_string(), "31.32", "what is open is less at once");
    let told = provider.show(contract).await.timeline.into_iter().find_map(|entry| match entry.event {
        Event::CreditNoteIssued { because: CreditBecause::Outage { place, days }, .. } => Some((place, days)),
        _ => None,
    });
    let (place, days) = told.unwrap();
    assert_eq!((place.as_str(), days.start().to_string().as_str(), days.days()), ("norte", "2026-04-10", 3));

    // Noted twice, and longer the second time: only what is new comes back.
    provider.nights_up_to("2026-04-15").await;
    provider.down("2026-04-09", "2026-04-13").await;
    provider.nights_up_to("2026-04-16").await;
    let mut credits = provider.credits(contract).await;
    credits.sort();
    assert_eq!(credits, ["1.16", "1.16", "3.48"], "the ninth and the thirteenth");
    provider.nights_up_to("2026-04-20").await;
    assert_eq!(provider.credits(contract).await.len(), 3);
}

#[tokio::test]
async fn an_outage_that_was_over_as_foreseen_does_not_last_until_somebody_says_so() {
    let provider = provider("2026-04-01").await;
    let outage = provider.down("2026-04-02", "2026-04-03").await;
    provider.it_is("2026-04-09");
    assert_eq!(provider.outage(outage).await.state, OutageState::Unconfirmed);
    provider.works_again(outage).await;
    let row = provider.outage(outage).await;
    assert_eq!((row.state, row.ends_on), (OutageState::Over, Some(date("2026-04-03"))));
}

#[tokio::test]
async fn an_outage_that_lasts_longer_than_foreseen_is_prolonged_with_its_faults_and_its_new_days_come_back() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    provider.credit_from("2").await;
    provider.night("2026-04-01").await;
    let outage = provider.down("2026-04-10", "2026-04-11").await;
    provider.nights_up_to("2026-04-12").await;
    assert_eq!(provider.credits(contract).await, ["2.32"], "two of thirty days of 30.00, with 16 % tax");
    let fault = provider.call(contract, "1").await;
    assert_eq!(provider.ticket(fault).await.row.outage, None);

    provider.lasts_until(outage, "2026-04-13").await.unwrap();
    assert_eq!(provider.outage(outage).await.state, OutageState::Down);
    assert!(provider.is_held(contract, "2026-04-12").await);
    assert_eq!(provider.ticket(fault).await.row.outage.unwrap().id, outage);
    provider.nights_up_to("2026-04-14").await;
    assert_eq!(provider.credits(contract).await, ["2.32", "2.32"], "the twelfth and the thirteenth");
    provider.nights_up_to("2026-04-16").await;
    assert_eq!(provider.credits(contract).await.len(), 2);
}

#[tokio::test]
async fn a_last_day_is_changed_until_it_is_over_and_the_days_before_today_stay() {
    let provider = provider("2026-04-01").await;
    let outage = provider.down("2026-04-01", "2026-04-02").await;
    provider.it_is("2026-04-05");
    let passed = problems(provider.lasts_until(outage, "2026-04-04").await);
    assert_eq!(passed, [(text("ends_on"), Problem::InThePast)]);
    provider.lasts_until(outage, "").await.unwrap();
    assert_eq!(provider.outage(outage).await.ends_on, None);
    let told = AuditFilter { subject: Some(text("outage")), ..AuditFilter::default() };
    let told = audit::list(&provider, &provider.may::<SeeAudit>(), &told).await.unwrap();
    let [change] = told.rows[0].changes.as_slice() else { panic!("{:?}", told.rows[0]) };
    assert_eq!((change.field.as_str(), change.before.as_deref()), ("ends_on", Some("2026-04-02")));
    provider.works_again(outage).await;
    assert_eq!(refusal(provider.lasts_until(outage, "2026-04-09").await), Failure::NotFound);
}

#[tokio::test]
async fn planned_work_that_is_called_off_has_no_days_holds_no_cut_and_gives_nothing_back() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    provider.credit_from("1").await;
    provider.night("2026-04-01").await;
    let outage = provider.down("2026-04-10", "2026-04-12").await;
    assert_eq!(provider.outage(outage).await.state, OutageState::Planned);
    assert!(provider.is_held(contract, "2026-04-10").await);

    provider.works_again(outage).await;
    assert_eq!(provider.outage(outage).await.state, OutageState::CalledOff);
    let listed = async |over| {
        let filter = OutageFilter { over, ..OutageFilter::default() };
        outages::list(&provider, &provider.may::<SeeOutages>(), &filter).await.unwrap().total
    };
    assert_eq!((listed(false).await, listed(true).await), (0, 1));
    provider.nights_up_to("2026-04-14").await;
    assert!(!provider.is_held(contract, "2026-04-10").await);
    assert_eq!(provider.credits(contract).await, Vec::<String>::new());
    let twice = refusal(outages::end(&provider, &provider.may::<EditOutages>(), outage).await);
    assert_eq!(twice, Failure::NotFound);
    let story = provider.show(contract).await.timeline;
    assert!(!story.iter().any(|entry| matches!(entry.event, Event::OutageBegan { .. })), "{story:#?}");
}

#[tokio::test]
async fn a_fault_that_was_put_into_planned_work_stays_open_when_that_is_called_off() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.scope(contract).await;
    let fault = provider.fault(&scope, contract, "1").await;
    let outage = provider.down("2026-04-10", "").await;
    let triage = TriageForm {
        priority: text("high"),
        category: text(NO_INTERNET),
        outage: outage.to_string(),
        ..TriageForm::default()
    };
    tickets::triage(&provider, &provider.may::<AnswerTickets>(), fault, &triage).await.unwrap();
    provider.works_again(outage).await;
    let left = provider.ticket(fault).await.row;
    assert_eq!((left.outage, left.state), (None, TicketState::New));
    assert_eq!(provider.told_that_it_is_over().await, 0);
}

#[tokio::test]
async fn an_outage_shorter_than_the_rule_gives_nothing_back_and_neither_does_one_without_a_rule() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    provider.night("2026-04-01").await;
    provider.down("2026-04-02", "2026-04-09").await;
    provider.nights_up_to("2026-04-11").await;
    provider.credit_from("3").await;
    provider.down("2026-04-12", "2026-04-13").await;
    provider.nights_up_to("2026-04-20").await;
    assert_eq!(provider.credits(contract).await, Vec::<String>::new());
}

#[tokio::test]
async fn days_that_are_billed_later_come_back_then() {
    let provider = provider("2026-04-01").await;
    let contract = provider.open("ana", domain::calendar::BillingMode::Postpaid).await;
    provider.activate(contract).await.unwrap();
    provider.credit_from("1").await;
    provider.night("2026-04-01").await;
    provider.down("2026-04-10", "2026-04-12").await;
    provider.nights_up_to("2026-04-30").await;
    assert_eq!(provider.credits(contract).await, Vec::<String>::new(), "April is not billed yet");
    provider.nights_up_to("2026-05-02").await;
    assert_eq!(provider.credits(contract).await, ["3.48"]);
}

#[tokio::test]
async fn a_word_after_the_end_opens_nothing() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let ticket = provider.call(contract, "1").await;
    provider.answer(ticket, &says("done", "resolve")).await.unwrap();
    provider.answer(ticket, &says("call us any time", "")).await.unwrap();
    assert_eq!(provider.state(ticket).await, TicketState::Resolved);
    provider.answer(ticket, &says("it was not", "reopen")).await.unwrap();
    assert_eq!(provider.state(ticket).await, TicketState::InProgress);
}
