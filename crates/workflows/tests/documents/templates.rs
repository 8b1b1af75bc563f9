//! Templates that staff edit.

use domain::contact::Language;
use domain::failure::Problem;
use domain::letterhead::TemplateKind;
use workflows::documents;
use workflows::permit::{EditDocuments, SeeInvoices};

use crate::provider::{Provider, problems, provider, text};
use crate::says;

const OWN: &str = "#import \"/ramal.typ\": *\n#show: paper.with(title: \"Nuestra factura\", number: doc.number)\n";

async fn save(provider: &Provider, template: &str) -> workflows::Result<()> {
    documents::save_template(provider, &provider.may::<EditDocuments>(), TemplateKind::Invoice, template).await
}

async fn first_invoice(provider: &Provider) -> domain::ids::InvoiceId {
    let contract = provider.active("ana.lopez").await;
    provider.invoices(contract).await.remove(0).id
}

#[tokio::test]
async fn a_template_that_makes_no_document_is_not_saved_and_its_line_is_told() {
    let provider = provider("2026-03-12").await;
    let refused = save(&provider, "Factura\n#doc.number").await;
    let (field, problem) = problems(refused).remove(0);
    assert_eq!(field, "text");
    assert!(matches!(problem, Problem::NotATemplate { line: Some(2), .. }), "{problem:?}");
    let shown =
        documents::show_template(&provider, &provider.may::<EditDocuments>(), TemplateKind::Invoice).await.unwrap();
    assert!(shown.built_in && shown.versions.is_empty());
}

#[tokio::test]
async fn the_providers_own_template_is_used_and_an_earlier_one_can_be_restored() {
    let provider = provider("2026-03-12").await;
    let invoice = first_invoice(&provider).await;
    let staff = provider.staff::<SeeInvoices>();
    let permit = provider.may::<EditDocuments>();
    save(&provider, OWN).await.unwrap();
    says(&documents::invoice(&provider, &staff, invoice).await.unwrap(), &["Nuestra factura"]);
    documents::restore_template(&provider, &permit, TemplateKind::Invoice, None).await.unwrap();
    says(&documents::invoice(&provider, &staff, invoice).await.unwrap(), &["Subtotal"]);
    let versions = documents::show_template(&provider, &permit, TemplateKind::Invoice).await.unwrap().versions;
    assert_eq!(versions.iter().map(|version| version.built_in).collect::<Vec<_>>(), [true, false]);
    let own = versions[1].id;
    documents::restore_template(&provider, &permit, TemplateKind::Invoice, Some(own)).await.unwrap();
    says(&documents::invoice(&provider, &staff, invoice).await.unwrap(), &["Nuestra factura"]);
}

#[tokio::test]
async fn a_stored_template_that_fails_stops_no_document_and_only_staff_read_why() {
    let provider = provider("2026-03-12").await;
    let mut connection = provider.connection().await.unwrap();
    let broken = Some("#panic(\"no more\")");
    store::document_templates::save(&mut connection, TemplateKind::Invoice, broken, provider.clock.now(), None)
        .await
        .unwrap();
    // The bill run does not ask for documents.
    let contract = provider.active("ana.lopez").await;
    let row = provider.invoices(contract).await.remove(0);
    let for_staff = documents::invoice(&provider, &provider.staff::<SeeInvoices>(), row.id).await.unwrap();
    says(&for_staff, &["Su plantilla tiene un error", "línea 1", "22.45 USD"]);
    let for_her = documents::invoice(&provider, &provider.own(row.customer), row.id).await.unwrap();
    says(&for_her, &["22.45 USD"]);
    assert!(!crate::said(&for_her).contains("plantilla"));
    let shown =
        documents::show_template(&provider, &provider.may::<EditDocuments>(), TemplateKind::Invoice).await.unwrap();
    assert_eq!(shown.broken[0].line, Some(1));
}

#[tokio::test]
async fn a_preview_shows_what_was_typed_and_saves_nothing() {
    let provider = provider("2026-03-12").await;
    let permit = provider.may::<EditDocuments>();
    let typed = Some(text(OWN));
    let shown = documents::preview(&provider, &permit, TemplateKind::Invoice, typed, Language::English).await.unwrap();
    says(&shown.unwrap(), &["Nuestra factura"]);
    let broken = Some(text("#nothing"));
    let told = documents::preview(&provider, &permit, TemplateKind::Invoice, broken, Language::English).await.unwrap();
    assert_eq!(told.unwrap_err()[0].line, Some(1));
    let saved = documents::show_template(&provider, &permit, TemplateKind::Invoice).await.unwrap();
    assert!(saved.versions.is_empty());
}
