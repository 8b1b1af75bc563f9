//! PDFs and the logo over the web's edge: as nobody, as each role, one's own and another's.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod provider;

use axum::body::Body;
use domain::ids::InvoiceId;
use domain::role::Role;
use http::{Request, StatusCode, header};
use provider::{Answer, ORIGIN, Provider, provider};

async fn invoice_of(provider: &Provider, reference: &str) -> InvoiceId {
    let mut connection = provider.story.connection().await.unwrap();
    store::testing::documents::issue(&mut connection, &format!("F-{reference}"), reference).await.unwrap()
}

fn address(invoice: InvoiceId) -> String {
    format!("/documents/invoices/{invoice}.pdf")
}

async fn upload(provider: &Provider, file: &[u8], cookie: &str) -> Answer {
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"logo\"\r\n\r\n".to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post("/documents/logo")
        .header(header::ORIGIN, ORIGIN)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::COOKIE, cookie)
        .body(Body::from(body));
    provider.send(request.unwrap()).await
}

#[tokio::test]
async fn a_document_is_shown_and_never_kept() {
    let provider = provider().await;
    let invoice = invoice_of(&provider, "C00001").await;
    let answer = provider.open(&address(invoice), &provider.sign_in(Role::Billing).await).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text.starts_with("%PDF-"));
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("content-disposition"), "inline; filename=\"F-C00001.pdf\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
}

#[tokio::test]
async fn each_role_opens_what_it_may_and_a_customer_what_is_their_own() {
    let provider = provider().await;
    let (own, anothers) = (invoice_of(&provider, "C00001").await, invoice_of(&provider, "C00002").await);
    for (role, status) in [
        (Role::Admin, StatusCode::OK),
        (Role::Billing, StatusCode::OK),
        (Role::Support, StatusCode::OK),
        (Role::Noc, StatusCode::FORBIDDEN),
        (Role::Technician, StatusCode::FORBIDDEN),
        (Role::Customer, StatusCode::OK),
    ] {
        let cookie = provider.sign_in(role).await;
        assert_eq!(provider.open(&address(own), &cookie).await.status, status, "{role}");
    }
    let customer = provider.sign_in(Role::Customer).await;
    assert_eq!(provider.open(&address(anothers), &customer).await.status, StatusCode::NOT_FOUND);
    for missing in ["/documents/invoices/999.pdf", "/documents/invoices/x.pdf", "/documents/invoices/1"] {
        assert_eq!(provider.open(missing, &customer).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn statements_and_quotes_are_ones_own_or_not_found() {
    let provider = provider().await;
    let mut connection = provider.story.connection().await.unwrap();
    let own = store::testing::documents::quote(&mut connection, "P-1", "C00001").await.unwrap();
    let anothers = store::testing::documents::quote(&mut connection, "P-2", "C00002").await.unwrap();
    let customer = provider.sign_in(Role::Customer).await;
    let quote = provider.open(&format!("/documents/quotes/{own}.pdf"), &customer).await;
    assert_eq!((quote.status, quote.header("content-disposition")), (StatusCode::OK, "inline; filename=\"P-1.pdf\""));
    let anothers = provider.open(&format!("/documents/quotes/{anothers}.pdf"), &customer).await;
    assert_eq!(anothers.status, StatusCode::NOT_FOUND);
    // Customers in the order in which they were made: hers is 1.
    for (id, status) in [(1, StatusCode::OK), (2, StatusCode::NOT_FOUND)] {
        let path = format!("/documents/statements/{id}.pdf?from=2026-01-01&to=2026-03-01");
        assert_eq!(provider.open(&path, &customer).await.status, status, "{id}");
    }
    let technician = provider.sign_in(Role::Technician).await;
    assert_eq!(provider.open("/documents/statements/1.pdf", &technician).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_close_of_a_month_is_for_those_who_see_the_books() {
    let provider = provider().await;
    for role in Role::ALL.iter().copied() {
        let cookie = provider.sign_in(role).await;
        let may = matches!(role, Role::Admin | Role::Billing);
        let answer = provider.open("/documents/closes/2026-02.pdf", &cookie).await;
        let status = if may { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!((answer.status, answer.text.starts_with("%PDF-")), (status, may), "{role}");
    }
    let cookie = provider.sign_in(Role::Billing).await;
    for missing in ["2026-13.pdf", "x.pdf", "2026-02"] {
        let answer = provider.open(&format!("/documents/closes/{missing}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn nobody_is_led_to_the_sign_in_page() {
    let provider = provider().await;
    let invoice = invoice_of(&provider, "C00001").await;
    for path in [address(invoice), "/documents/logo".to_owned(), "/documents/preview/invoice".to_owned()] {
        let answer = provider.open(&path, "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(answer.header("location").starts_with("/sign-in?next="), "{path}");
    }
    assert_eq!(upload(&provider, b"", "").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn templates_and_logo_are_for_those_who_may_change_them() {
    let provider = provider().await;
    for (role, status) in [
        (Role::Billing, StatusCode::OK),
        (Role::Support, StatusCode::FORBIDDEN),
        (Role::Customer, StatusCode::FORBIDDEN),
    ] {
        let cookie = provider.sign_in(role).await;
        let preview = provider.open("/documents/preview/receipt?language=en", &cookie).await;
        assert_eq!(preview.status, status, "{role}");
        let logo = upload(&provider, b"\x89PNG\r\n\x1a\n", &cookie).await;
        assert_eq!(logo.status == StatusCode::SEE_OTHER, status == StatusCode::OK, "{role}");
    }
}

#[tokio::test]
async fn a_preview_with_a_mistake_tells_the_line_and_runs_nothing() {
    let provider = provider().await;
    let cookie = provider.sign_in(Role::Billing).await;
    let answer = provider.submit("/documents/preview/invoice", "text=a%0A%23b%3Cscript%3E", "/", &cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert!(answer.text.contains("<b>2</b>") && !answer.text.contains("<script"), "{}", answer.text);
}

#[tokio::test]
async fn a_logo_that_does_more_than_draw_is_refused_in_words() {
    let provider = provider().await;
    let cookie = provider.sign_in(Role::Billing).await;
    let acting = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let answer = upload(&provider, acting, &cookie).await;
    assert_eq!(answer.header("location"), "/office/documents?logo=more_than_a_drawing");
    let page = provider.open("/office/documents?logo=more_than_a_drawing", &cookie).await;
    assert!(page.text.contains("El SVG contiene scripts"), "{}", page.text);
    assert_eq!(provider.open("/documents/logo", &cookie).await.status, StatusCode::NOT_FOUND);
    let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
    assert_eq!(upload(&provider, drawing, &cookie).await.header("location"), "/office/documents?done=saved");
    let logo = provider.open("/documents/logo", &cookie).await;
    assert_eq!(logo.header("content-type"), "image/svg+xml");
    assert!(logo.header("content-security-policy").contains("default-src 'none'"));
}
