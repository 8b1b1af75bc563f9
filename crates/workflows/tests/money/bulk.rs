//! The same done to many: their customers are written to, their invoices are mailed.

use domain::contact::Language;
use domain::failure::Problem;
use domain::message::{Channel, MessageState, Purpose};
use domain::role::Role;
use domain::views::bulk::{BulkAction, BulkMessageForm, BulkOnceForm, BulkPreview, Chosen, SkipReason};
use domain::views::contracts::ContractFilter;
use domain::views::invoices::InvoiceFilter;
use workflows::permit::{Actor, VoidInvoices};
use workflows::{bulk, invoices};

use crate::messages::Outbox;
use crate::provider::{Provider, SQUARE, problems, provider, text};

async fn clerk(provider: &Provider) -> Actor {
    let account = store::users::NewAccount {
        email: &"rosa@example.com".parse().unwrap(),
        name: "Rosa",
        role: Role::Billing,
        customer: None,
        language: Language::Spanish,
        created_at: provider.clock.now(),
    };
    let id = store::users::add(&mut provider.connection().await.unwrap(), account).await.unwrap();
    Actor::User { id, name: text("Rosa"), role: Role::Billing, customer: None }
}

fn ids(preview: &BulkPreview) -> Vec<i64> {
    preview.targets.iter().map(|target| target.id).collect()
}

fn reasons(preview: &BulkPreview) -> Vec<SkipReason> {
    preview.skipped.iter().map(|one| one.because).collect()
}

async fn left_out(provider: &Provider, who: &Actor, run: domain::ids::BulkRunId) -> Vec<Option<SkipReason>> {
    let run = bulk::show(provider, who, run).await.unwrap();
    run.results.iter().map(|result| result.skipped).collect()
}

#[tokio::test]
async fn many_customers_are_written_to_once_each_as_they_chose_and_never_at_night() {
    let mut provider = provider("2026-04-01").await;
    provider.story.context.ringing = vec![Channel::Whatsapp];
    let (ana, eva, luis) = (provider.active("ana").await, provider.active("eva").await, provider.active("luis").await);
    let customer = provider.can_be_reached(ana, "whatsapp").await;
    let address = provider.address(customer, SQUARE).await;
    let second = provider.draft(customer, address).await;
    let unwilling = provider.can_be_reached(eva, "mail").await;
    provider.prefers(unwilling, "mail", true).await;
    let rosa = clerk(&provider).await;
    provider.clock.set("2026-04-02T02:00:00Z".parse().unwrap());

    let chosen = Chosen::Rows(vec![second.0, luis.0, eva.0, ana.0]);
    let (see, action) = (rosa.permit().unwrap(), (BulkAction::Message, None));
    let filter = ContractFilter::default();
    let preview = bulk::preview_contracts(&provider, &see, action, &chosen, &filter).await.unwrap();
    assert_eq!(ids(&preview), [ana.0]);
    let left = [SkipReason::OnlyNecessary, SkipReason::NoWay, SkipReason::SameCustomer];
    assert_eq!(reasons(&preview), left);

    let form = BulkMessageForm {
        rows: format!("{ana},{eva},{luis},{second}"),
        key: preview.key,
        subject: text("Trabajos el sábado"),
        text: text("El sábado, {name}, trabajaremos en la red."),
    };
    let write =
        async |form: &BulkMessageForm| bulk::message_contracts(&provider, &rosa.permit().unwrap(), &see, form).await;
    let silent = BulkMessageForm { text: String::new(), ..form.clone() };
    assert_eq!(problems(write(&silent).await), [(text("text"), Problem::Required)]);
    let run = write(&form).await.unwrap();
    assert_eq!(write(&form).await.unwrap(), run, "confirmed twice, it is done once");
    let outcome: Vec<_> = std::iter::once(None).chain(left.map(Some)).collect();
    assert_eq!(left_out(&provider, &rosa, run).await, outcome, "as the preview said");
    assert_eq!(provider.told().await, [(Purpose::Announcement, Channel::Whatsapp, MessageState::Waiting)]);

    let sent = Outbox::default();
    provider.post(&sent).await;
    assert!(sent.texts.lock().unwrap().is_empty(), "it is night");
    provider.clock.set("2026-04-02T08:00:00Z".parse().unwrap());
    provider.post(&sent).await;
    let texts: Vec<_> = sent.texts.lock().unwrap().iter().map(|sent| sent.text.clone()).collect();
    assert_eq!(texts, ["Fibra del Sur: El sábado, {name}, trabajaremos en la red. https://ramal.test/portal"]);
}

#[tokio::test]
async fn customers_of_invoices_are_written_to_once_however_many_they_have() {
    let provider = provider("2026-04-01").await;
    let ana = provider.active("ana").await;
    provider.can_be_reached(ana, "mail").await;
    provider.nights_up_to("2026-04-02").await;
    provider.pay(ana, "34.80", "counter-1").await;
    provider.nights_up_to("2026-05-02").await;
    let rows: Vec<i64> = provider.invoices(ana).await.iter().map(|invoice| invoice.id.0).collect();
    assert_eq!(rows.len(), 2);
    let rosa = clerk(&provider).await;
    let (see, filter) = (rosa.permit().unwrap(), InvoiceFilter::default());
    let action = BulkAction::MessageOfInvoices;
    let preview = bulk::preview_invoices(&provider, &see, action, &Chosen::Rows(rows), &filter).await.unwrap();
    assert_eq!((preview.targets.len(), reasons(&preview)), (1, vec![SkipReason::SameCustomer]));
    let form = BulkMessageForm {
        rows: preview.targets[0].id.to_string(),
        key: preview.key,
        subject: text("Su deuda"),
        text: text("Llámenos, por favor."),
    };
    let run = bulk::message_invoices(&provider, &rosa.permit().unwrap(), &see, &form).await.unwrap();
    assert_eq!(left_out(&provider, &rosa, run).await, [None]);
    let announced = provider.told().await.into_iter().filter(|(purpose, ..)| *purpose == Purpose::Announcement);
    assert_eq!(announced.count(), 1);
}

#[tokio::test]
async fn an_invoice_is_mailed_once_with_its_pdf_and_not_when_it_was_voided_meanwhile() {
    let provider = provider("2026-04-01").await;
    let (ana, eva, luis) = (provider.active("ana").await, provider.active("eva").await, provider.active("luis").await);
    provider.can_be_reached(ana, "whatsapp").await;
    provider.can_be_reached(luis, "mail").await;
    provider.nights_up_to("2026-04-02").await;
    let mut documents = Vec::new();
    for contract in [ana, eva, luis] {
        documents.push(provider.invoices(contract).await.remove(0));
    }
    let rosa = clerk(&provider).await;
    let (see, filter) = (rosa.permit().unwrap(), InvoiceFilter::default());
    let rows = Chosen::Rows(documents.iter().map(|row| row.id.0).collect());
    let preview = bulk::preview_invoices(&provider, &see, BulkAction::Send, &rows, &filter).await.unwrap();
    assert_eq!(ids(&preview), [documents[0].id.0, documents[2].id.0]);
    assert_eq!(reasons(&preview), [SkipReason::NoEmail]);

    let rows = documents.iter().map(|row| row.id.to_string()).collect::<Vec<_>>().join(",");
    let form = BulkOnceForm { rows, key: preview.key };
    let send = async || bulk::send_invoices(&provider, &rosa.permit().unwrap(), &form).await.unwrap();
    let run = send().await;
    assert_eq!(send().await, run, "confirmed twice, it is done once");
    assert_eq!(left_out(&provider, &rosa, run).await, [None, Some(SkipReason::NoEmail), None]);

    invoices::void(&provider, &provider.may::<VoidInvoices>(), documents[2].id, "se emitió dos veces").await.unwrap();
    let sent = Outbox::default();
    provider.post(&sent).await;
    let told = |state| (Purpose::Document, Channel::Mail, state);
    assert_eq!(provider.told().await, [told(MessageState::Sent), told(MessageState::Dropped)]);
    let mail = sent.mails.lock().unwrap().remove(0);
    let number = documents[0].number.clone().unwrap();
    assert_eq!(mail.subject, format!("{number} from Fibra del Sur"));
    let file = mail.file.unwrap();
    assert_eq!((file.name, file.mime), (format!("{number}.pdf"), "application/pdf"));
    assert!(file.content.starts_with(b"%PDF"));
}
