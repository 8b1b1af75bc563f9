//! What documents say, and to whom.

use domain::failure::Failure;
use domain::views::documents::LetterheadForm;
use workflows::permit::{EditDocuments, SeeAccounts, SeeContracts, SeeInvoices, SeePayments};
use workflows::{accounts, documents};

use crate::provider::{Provider, problems, provider, refusal, text};
use crate::{said, says};

async fn with_letterhead(provider: &Provider) {
    let form = LetterheadForm {
        legal_name: text("Fibra del Sur, S.A. de C.V."),
        tax_id: text("FSU010203AB4"),
        how_to_pay: text("Banco del Sur 0123\r\nEnvíe su comprobante"),
        ..LetterheadForm::default()
    };
    documents::save_letterhead(provider, &provider.may::<EditDocuments>(), &form).await.unwrap();
}

#[tokio::test]
async fn an_invoice_says_who_issued_it_for_what_days_and_how_to_pay() {
    let provider = provider("2026-03-12").await;
    with_letterhead(&provider).await;
    let contract = provider.active("ana.lopez").await;
    let row = provider.invoices(contract).await.remove(0);
    let pdf = documents::invoice(&provider, &provider.staff::<SeeInvoices>(), row.id).await.unwrap();
    assert_eq!(pdf.name, format!("{}.pdf", row.number.clone().unwrap()));
    let number = row.number.unwrap();
    says(
        &pdf,
        &[
            "Fibra del Sur, S.A. de C.V.",
            "RFC FSU010203AB4",
            &number,
            "12 mar 2026 – 31 mar 2026",
            "20 de 31 días × 30.00",
            "Impuesto 16 % de 19.35",
            "22.45 USD",
            "Banco del Sur 0123",
            "Envíe su comprobante",
        ],
    );
}

#[tokio::test]
async fn a_receipt_says_what_it_paid_and_what_is_left() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    let customer = provider.show(contract).await.customer.id;
    let taken = provider.pay(customer, "30.00").await;
    let number = provider.invoices(contract).await.remove(0).number.unwrap();
    let pdf = documents::receipt(&provider, &provider.staff::<SeePayments>(), taken.payment).await.unwrap();
    let paid = format!("Factura {number}");
    says(&pdf, &[&taken.receipt, "Efectivo", "30.00 USD", &paid, "22.45 USD", "Queda a favor: 7.55 USD"]);
}

#[tokio::test]
async fn the_close_of_a_month_says_what_its_page_says() {
    let provider = provider("2026-03-12").await;
    with_letterhead(&provider).await;
    let contract = provider.active("ana.lopez").await;
    provider.pay(provider.show(contract).await.customer.id, "10.00").await;
    let (permit, month) = (provider.may::<SeeAccounts>(), "2026-03".parse().unwrap());
    let page = accounts::close(&provider, &permit, Some(month)).await.unwrap();
    let pdf = documents::month_close(&provider, &permit, month).await.unwrap();
    assert_eq!(pdf.name, "close-2026-03.pdf");
    says(&pdf, &["Cierre del mes", "marzo de 2026", "Fibra del Sur, S.A. de C.V.", "RFC FSU010203AB4"]);
    says(&pdf, &["Facturado", "22.45 USD", "Efectivo", "10.00 USD", "Deben al final", "12.45 USD", "Cuadra:", "16 %"]);
    let usd = &page.currencies[0];
    let shown = [usd.opening, usd.closing, usd.by_journal, usd.late_fees]
        .into_iter()
        .chain(usd.taxes.iter().map(|tax| tax.tax));
    for amount in shown {
        says(&pdf, &[&format!("{amount} USD")]);
    }
    says(&pdf, &["Cuentas por cobrar (USD)", "Caja (USD)", "Saldos a favor de clientes (USD)"]);

    let quiet = documents::month_close(&provider, &permit, "2025-01".parse().unwrap()).await.unwrap();
    says(&quiet, &["enero de 2025", "No hay movimientos."]);
}

#[tokio::test]
async fn a_contract_says_what_was_sold_and_on_which_terms() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    let pdf = documents::contract(&provider, &provider.staff::<SeeContracts>(), contract).await.unwrap();
    says(&pdf, &["12 mar 2026", "30.00", "cada mes, por adelantado", "Cada factura vence"]);
}

#[tokio::test]
async fn a_customer_reads_their_own_documents_and_no_others() {
    let provider = provider("2026-03-12").await;
    let (hers, his) = (provider.active("ana").await, provider.active("luis").await);
    let ana = provider.show(hers).await.customer.id;
    let (her_invoice, his_invoice) =
        (provider.invoices(hers).await.remove(0).id, provider.invoices(his).await.remove(0).id);
    assert!(documents::invoice(&provider, &provider.own(ana), her_invoice).await.is_ok());
    assert!(documents::contract(&provider, &provider.own(ana), hers).await.is_ok());
    assert_eq!(refusal(documents::invoice(&provider, &provider.own(ana), his_invoice).await), Failure::NotFound);
    assert_eq!(refusal(documents::contract(&provider, &provider.own(ana), his).await), Failure::NotFound);
    let his_payment = provider.pay(provider.show(his).await.customer.id, "5.00").await.payment;
    assert_eq!(refusal(documents::receipt(&provider, &provider.own(ana), his_payment).await), Failure::NotFound);
}

#[tokio::test]
async fn a_tax_number_is_checked_by_the_rules_of_the_companys_country() {
    let provider = provider("2026-03-12").await;
    let form = LetterheadForm { tax_id: text("J-30599482-0"), ..LetterheadForm::default() };
    let refused = documents::save_letterhead(&provider, &provider.may::<EditDocuments>(), &form).await;
    let (field, problem) = problems(refused).remove(0);
    assert_eq!(field, "tax_id");
    assert!(matches!(problem, domain::failure::Problem::NotATaxId { name, .. } if name == "RFC"));
}

#[tokio::test]
async fn a_document_without_letterhead_has_the_companys_name() {
    let provider = provider("2026-03-12").await;
    let contract = provider.active("ana.lopez").await;
    let row = provider.invoices(contract).await.remove(0);
    let pdf = documents::invoice(&provider, &provider.staff::<SeeInvoices>(), row.id).await.unwrap();
    let company = store::company::get(&mut provider.connection().await.unwrap()).await.unwrap().name;
    assert!(said(&pdf).contains(&company));
}
