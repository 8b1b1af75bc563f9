//! Reminders and notices by the way that each customer chose, in the provider's words, and never at night.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use domain::contact::Language;
use domain::failure::{Failure, Problem};
use domain::ids::{ContractId, CustomerId};
use domain::message::{Channel, MessageState, Purpose, Template};
use domain::views::customers::CustomerForm;
use domain::views::jobs::{JobFilter, JobKind, JobRow, JobState};
use domain::views::messages::{MessageFilter, MessageRow, PreferenceForm, QuietForm, TemplateForm};
use workflows::messages::Ways;
use workflows::permit::{EditCustomers, EditMessages, ManageJobs, RunBusinessDay, SeeJobs, SeeMessages};
use workflows::ports::{Answer, Mail, Mailer, NoLists, SendFailure, Text, Texter};
use workflows::{customers, jobs, messages, runs};

use crate::provider::{Provider, person, problems, provider, refusal, text};

/// Whatever is sent stays here; what rings may be in trouble.
#[derive(Default)]
pub struct Outbox {
    pub mails: Mutex<Vec<Mail>>,
    pub texts: Mutex<Vec<Text>>,
    trouble: Mutex<Option<SendFailure>>,
}

impl Mailer for Outbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> Answer<'a, Result<(), SendFailure>> {
        Box::pin(async {
            self.mails.lock().unwrap().push(mail.clone());
            Ok(())
        })
    }
}

impl Texter for Outbox {
    fn send<'a>(&'a self, text: &'a Text) -> Answer<'a, Result<String, SendFailure>> {
        Box::pin(async {
            if let Some(trouble) = self.trouble.lock().unwrap().take() {
                return Err(trouble);
            }
            self.texts.lock().unwrap().push(text.clone());
            Ok("wa-1".to_owned())
        })
    }
}

impl Provider {
    /// The contract's customer has both addresses and reads English.
    pub async fn can_be_reached(&self, contract: ContractId, by: &str) -> CustomerId {
        let customer = self.customer_of(contract).await;
        let form = CustomerForm {
            email: text("ana@example.com"),
            phone: text("+5215512345678"),
            language: text("en"),
            ..person("Ana")
        };
        customers::edit(self, &self.may::<EditCustomers>(), customer, &form).await.unwrap();
        self.prefers(customer, by, false).await;
        customer
    }

    pub async fn prefers(&self, customer: CustomerId, by: &str, essential_only: bool) {
        let form = PreferenceForm { channel: text(by), essential_only };
        messages::prefer(self, &self.may::<EditCustomers>(), customer, &form).await.unwrap();
    }

    /// What was written to customers, oldest first.
    async fn messages(&self) -> Vec<MessageRow> {
        let filter = MessageFilter::default();
        let mut rows = messages::list(self, &self.may::<SeeMessages>(), &filter).await.unwrap().page.rows;
        rows.reverse();
        rows
    }

    pub async fn told(&self) -> Vec<(Purpose, Channel, MessageState)> {
        self.messages().await.iter().map(|row| (row.purpose, row.channel, row.state)).collect()
    }

    async fn night_at(&self, moment: &str) {
        self.clock.set(moment.parse().unwrap());
        runs::catch_up(self, &self.may::<RunBusinessDay>()).await.unwrap();
    }

    /// Sends whatever is due.
    pub async fn post(&self, sent: &Outbox) {
        let ways = Ways { mailer: sent, texter: sent, lists: &NoLists };
        while jobs::deliver_next(self, ways, "story").await.unwrap() {}
    }

    /// What is to be delivered, or was: the newest.
    async fn delivery(&self) -> JobRow {
        let filter = JobFilter { kind: Some(JobKind::Message), ..JobFilter::default() };
        jobs::list(self, &self.may::<SeeJobs>(), &filter).await.unwrap().rows.remove(0)
    }

    async fn save_words(&self, template: &TemplateForm) -> workflows::Result<()> {
        let permit = self.may::<EditMessages>();
        messages::save_template(self, &permit, Purpose::ReminderSoon, Language::English, template).await
    }
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn words(short: &str) -> TemplateForm {
    TemplateForm { subject: text("Soon, {name}"), body: text("{invoices}"), short: text(short) }
}

/// Issued on 1 April and due on the 16th, with a webhook for both channels; the customer chose `by`.
async fn reader(by: &str) -> (Provider, ContractId, CustomerId, Outbox) {
    let mut provider = provider("2026-04-01").await;
    provider.story.context.ringing = vec![Channel::Whatsapp, Channel::Sms];
    let contract = provider.active("ana").await;
    let customer = provider.can_be_reached(contract, by).await;
    provider.nights_up_to("2026-04-08").await;
    (provider, contract, customer, Outbox::default())
}

#[tokio::test]
async fn a_reminder_by_whatsapp_waits_for_the_morning_and_says_what_is_owed() {
    let (provider, _, _, sent) = reader("whatsapp").await;
    provider.night_at("2026-04-09T02:00:00Z").await;
    provider.post(&sent).await;
    assert_eq!(provider.told().await, [(Purpose::ReminderSoon, Channel::Whatsapp, MessageState::Waiting)]);
    provider.clock.set("2026-04-09T08:00:00Z".parse().unwrap());
    provider.post(&sent).await;
    let texts = sent.texts.lock().unwrap().clone();
    assert_eq!(texts.len(), 1);
    assert_eq!((texts[0].channel, texts[0].to.as_str()), (Channel::Whatsapp, "+5215512345678"));
    assert!(texts[0].text.starts_with("Fibra del Sur: 34.80 USD is due soon. F-2026-000001"), "{}", texts[0].text);
    let row = provider.messages().await.remove(0);
    assert_eq!((row.state, row.answer.as_str()), (MessageState::Sent, "wa-1"));
    assert!(sent.mails.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_fails_in_the_evening_is_tried_again_in_the_morning_and_rings_nobody_at_night() {
    let (provider, _, _, sent) = reader("whatsapp").await;
    provider.night_at("2026-04-09T20:59:50Z").await;
    *sent.trouble.lock().unwrap() = Some(SendFailure::NotNow(text("503: busy")));
    provider.post(&sent).await;
    let job = provider.delivery().await;
    assert_eq!((job.state, job.attempts, job.run_at), (JobState::Waiting, 1, moment("2026-04-10T08:00:00Z")));
    provider.clock.set("2026-04-10T00:30:00Z".parse().unwrap());
    provider.post(&sent).await;
    assert!(sent.texts.lock().unwrap().is_empty());
    provider.clock.set("2026-04-10T08:00:00Z".parse().unwrap());
    provider.post(&sent).await;
    assert_eq!(sent.texts.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_worker_that_comes_back_at_night_leaves_what_rings_for_the_morning_and_that_costs_no_try() {
    let (provider, _, customer, sent) = reader("sms").await;
    provider.night_at("2026-04-09T20:30:00Z").await;
    provider.clock.set("2026-04-09T22:00:00Z".parse().unwrap());
    provider.post(&sent).await;
    let job = provider.delivery().await;
    assert_eq!((job.state, job.attempts, job.run_at), (JobState::Waiting, 0, moment("2026-04-10T08:00:00Z")));
    assert!(sent.texts.lock().unwrap().is_empty());
    // A mail makes no noise.
    provider.prefers(customer, "mail", false).await;
    provider.night_at("2026-04-13T02:00:00Z").await;
    provider.post(&sent).await;
    let soon = |channel| (Purpose::ReminderSoon, channel, MessageState::Sent);
    assert_eq!(sent.mails.lock().unwrap().len(), 1);
    provider.clock.set("2026-04-13T08:00:00Z".parse().unwrap());
    provider.post(&sent).await;
    assert_eq!(provider.told().await, [soon(Channel::Sms), soon(Channel::Mail)]);
}

#[tokio::test]
async fn a_message_that_somebody_takes_off_the_queue_is_cancelled_and_does_not_wait_for_ever() {
    let (provider, _, _, sent) = reader("whatsapp").await;
    provider.night_at("2026-04-09T02:00:00Z").await;
    let (permit, job) = (provider.may::<ManageJobs>(), provider.delivery().await.id);
    jobs::cancel(&provider, &permit, job).await.unwrap();
    let cancelled = [(Purpose::ReminderSoon, Channel::Whatsapp, MessageState::Cancelled)];
    assert_eq!(provider.told().await, cancelled);
    provider.clock.set(moment("2026-04-09T08:00:00Z"));
    provider.post(&sent).await;
    assert_eq!(provider.told().await, cancelled);
    assert!(sent.texts.lock().unwrap().is_empty());
}

#[tokio::test]
async fn who_pays_before_the_quiet_is_over_is_not_reminded() {
    let (provider, contract, _, sent) = reader("sms").await;
    provider.night_at("2026-04-09T02:00:00Z").await;
    provider.clock.set("2026-04-09T07:00:00Z".parse().unwrap());
    provider.pay(contract, "34.80", "counter-1").await;
    provider.clock.set("2026-04-09T08:00:00Z".parse().unwrap());
    provider.post(&sent).await;
    assert_eq!(provider.told().await, [(Purpose::ReminderSoon, Channel::Sms, MessageState::Dropped)]);
    assert!(sent.texts.lock().unwrap().is_empty());
}

#[tokio::test]
async fn without_quiet_hours_it_rings_at_once_and_without_a_webhook_it_is_a_mail() {
    let (mut provider, _, _, sent) = reader("sms").await;
    messages::save_quiet_hours(&provider, &provider.may::<EditMessages>(), &QuietForm::default()).await.unwrap();
    provider.night_at("2026-04-09T02:00:00Z").await;
    provider.post(&sent).await;
    provider.story.context.ringing.clear();
    provider.night_at("2026-04-13T02:00:00Z").await;
    provider.post(&sent).await;
    let soon = |channel| (Purpose::ReminderSoon, channel, MessageState::Sent);
    assert_eq!(provider.told().await, [soon(Channel::Sms), soon(Channel::Mail)]);
}

#[tokio::test]
async fn the_provider_s_own_words_are_used_and_mistakes_are_told_at_their_line() {
    let (provider, _, _, sent) = reader("mail").await;
    let mistaken = TemplateForm { body: text("Hello\n{nombre}"), ..words("{company}") };
    let problem = domain::message::TemplateError::UnknownValue { line: 2, name: text("nombre") };
    assert_eq!(
        problems(provider.save_words(&mistaken).await),
        [(text("body"), Problem::BadTemplate { error: problem })]
    );
    provider.save_words(&words("{company}")).await.unwrap();
    provider.night("2026-04-09").await;
    provider.post(&sent).await;
    let mails = sent.mails.lock().unwrap().clone();
    assert_eq!(
        (mails[0].subject.as_str(), mails[0].body.as_str()),
        ("Soon, Ana", "F-2026-000001: 34.80 USD, due on 16 April 2026")
    );
    let permit = provider.may::<EditMessages>();
    messages::restore_template(&provider, &permit, Purpose::ReminderSoon, Language::English).await.unwrap();
    let shown = messages::template(&provider, &permit, Purpose::ReminderSoon, Language::English).await.unwrap();
    assert!(!shown.is_own && shown.template.body.contains("{link}"));
}

#[tokio::test]
async fn words_that_cannot_be_filled_in_give_way_and_stop_no_run() {
    let (provider, _, _, sent) = reader("mail").await;
    // As an earlier version of the product may have left them.
    let broken = Template { subject: text("{gone}"), body: text("{gone}"), short: text("{gone}") };
    let mut connection = provider.connection().await.unwrap();
    let (purpose, language, now) = (Purpose::ReminderSoon, Language::English, provider.clock.now());
    store::message_templates::save(&mut connection, purpose, language, Some(&broken), now, None).await.unwrap();
    let report = provider.night("2026-04-09").await;
    assert!(report.steps.contains(&(text("reminders"), 1, 1, 0)), "{report:?}");
    provider.post(&sent).await;
    assert_eq!(sent.mails.lock().unwrap()[0].subject, "Your invoice from Fibra del Sur is due soon");
}

#[tokio::test]
async fn who_follows_the_link_is_left_alone_but_for_what_they_must_know() {
    let (provider, _, customer, sent) = reader("mail").await;
    provider.night("2026-04-09").await;
    provider.post(&sent).await;
    let body = sent.mails.lock().unwrap()[0].body.clone();
    let (_, rest) = body.split_once("https://ramal.test/unsubscribe?token=").unwrap();
    let token = rest.split_whitespace().next().unwrap();
    assert_eq!(messages::who_unsubscribes(&provider, token).await.unwrap(), "Fibra del Sur");
    let may = provider.may();
    let before = messages::preference(&provider, &may, customer).await.unwrap().preference;
    assert!(!before.essential_only, "looking at the page changes nothing");
    messages::unsubscribe(&provider, token).await.unwrap();
    assert!(messages::preference(&provider, &may, customer).await.unwrap().preference.essential_only);
    for day in ["2026-04-13", "2026-04-15", "2026-04-17"] {
        provider.night(day).await;
    }
    let told: Vec<_> = provider.messages().await.iter().map(|row| row.purpose).collect();
    assert_eq!(told, [Purpose::ReminderSoon, Purpose::ReminderLate]);
    let forged = format!("00{}", &token[2..]);
    for wrong in ["", "x", "00", forged.as_str()] {
        assert_eq!(refusal(messages::unsubscribe(&provider, wrong).await), Failure::LinkExpired, "{wrong}");
    }
}

#[tokio::test]
async fn a_customer_hears_of_a_cut_and_that_everything_works_again() {
    let (provider, contract, customer, sent) = reader("mail").await;
    provider.prefers(customer, "mail", true).await;
    provider.nights_up_to("2026-04-26").await;
    provider.post(&sent).await;
    let told: Vec<_> = provider.messages().await.iter().map(|row| row.purpose).collect();
    assert_eq!(told.last(), Some(&Purpose::Cut));
    let cut = sent.mails.lock().unwrap().last().unwrap().clone();
    assert_eq!(cut.subject, "Your service from Fibra del Sur is limited");
    assert!(
        cut.body.contains("Because 34.80 USD is late") && cut.body.contains("F-2026-000001: 34.80 USD"),
        "{}",
        cut.body
    );
    provider.prefers(customer, "mail", false).await;
    provider.pay(contract, "34.80", "counter-1").await;
    let told: Vec<_> = provider.messages().await.iter().map(|row| row.purpose).collect();
    assert_eq!(told.last(), Some(&Purpose::Restored));
}

#[tokio::test]
async fn a_webhook_in_trouble_is_tried_again_with_the_same_key_and_its_last_word_is_kept() {
    let (provider, _, _, sent) = reader("whatsapp").await;
    provider.night("2026-04-09").await;
    *sent.trouble.lock().unwrap() = Some(SendFailure::NotNow(text("503: busy")));
    provider.post(&sent).await;
    let row = provider.messages().await.remove(0);
    assert_eq!((row.state, row.answer.as_str()), (MessageState::Waiting, "503: busy"));
    provider.clock.advance(chrono::Duration::minutes(5));
    *sent.trouble.lock().unwrap() = Some(SendFailure::Refused(text("422: not a number")));
    provider.post(&sent).await;
    let row = provider.messages().await.remove(0);
    assert_eq!((row.state, row.answer.as_str()), (MessageState::Failed, "422: not a number"));
    // Somebody mended it, and repeats the job.
    let job = provider.delivery().await;
    jobs::repeat(&provider, &provider.may::<ManageJobs>(), job.id).await.unwrap();
    provider.post(&sent).await;
    assert_eq!(provider.messages().await[0].state, MessageState::Sent);
}
