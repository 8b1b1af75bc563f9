//! Files of the books and of the bank, which have addresses of their own beside the server functions.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod provider;

use axum::body::Body;
use domain::role::Role;
use http::{Request, StatusCode, header};
use provider::{Answer, Provider, provider};

async fn upload(provider: &Provider, file: &str, origin: &str, cookie: &str) -> Answer {
    let part =
        |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"abril.csv\"\r\nContent-Type: text/csv\r\n\r\n";
    let body = format!("{}{head}{file}\r\n--b--\r\n", part("new_account", "Banesco"));
    let request = Request::post("/office/bank/upload-file")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .header(header::ORIGIN, origin)
        .header(header::COOKIE, cookie)
        .body(Body::from(body));
    provider.send(request.unwrap()).await
}

#[tokio::test]
async fn the_books_are_taken_away_by_those_who_may_see_them_and_by_nobody_else() {
    let provider = provider().await;
    let files = ["journal.csv", "journal.ledger", "aged.csv"].map(|file| format!("/office/accounts/{file}"));
    for file in &files {
        assert_ne!(provider.open(file, "").await.status, StatusCode::OK, "{file} as nobody");
    }
    for role in Role::ALL.iter().copied() {
        let cookie = provider.sign_in(role).await;
        for file in &files {
            let answer = provider.open(file, &cookie).await;
            let may = matches!(role, Role::Admin | Role::Billing);
            assert_eq!(answer.status == StatusCode::OK, may, "{file} as {role}: {}", answer.status);
            assert_eq!(answer.header("content-disposition").starts_with("attachment"), may, "{file} as {role}");
        }
    }
}

#[tokio::test]
async fn a_statement_is_taken_from_those_who_may_send_one_and_leads_to_what_is_in_it() {
    let provider = provider().await;
    let file = "Fecha;Referencia;Monto\n01/03/2026;77;10,00\nodd;;\n";
    let own = provider.story.context.public_url.clone();
    assert!(upload(&provider, file, &own, "").await.status != StatusCode::OK);
    for role in Role::ALL.iter().copied().filter(|role| !matches!(role, Role::Admin | Role::Billing)) {
        let answer = upload(&provider, file, &own, &provider.sign_in(role).await).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role}");
    }
    let cookie = provider.sign_in(Role::Billing).await;
    assert_eq!(upload(&provider, file, "https://evil.example", &cookie).await.status, StatusCode::FORBIDDEN);

    let answer = upload(&provider, file, &own, &cookie).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    let page = answer.header("location").to_owned();
    assert!(page.starts_with("/office/bank/statements/"), "{page}");
    assert_eq!(provider.open(&page, &cookie).await.status, StatusCode::OK);
    let bad = provider.open(&format!("{page}/bad.csv"), &cookie).await.text;
    assert!(bad.contains("3,no_date,odd"), "{bad}");

    let answer = upload(&provider, " ", &own, &cookie).await;
    let back = answer.header("location").to_owned();
    assert_eq!(back, "/office/bank/upload?problem=no_file&new_account=Banesco");
    assert!(provider.open(&back, &cookie).await.text.contains("role=\"alert\""));
}
