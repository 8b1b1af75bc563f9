//! Files that people send: what is taken, how it is given back, and to whom.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod provider;
#[allow(dead_code, reason = "shared with the walk over server functions")]
mod records;

use domain::ids::TransferReportId;
use domain::role::Role::{self, Admin, Billing, Customer, Noc, Support, Technician};
use domain::views::ticket_forms::MessageForm;
use domain::views::tickets::FileLink;
use http::{Request, StatusCode, header};
use provider::{Answer, ORIGIN, Provider, provider};
use workflows::permit::{AnswerTickets, SeePayments, SeeTickets};
use workflows::tickets;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const EDGE: &str = "----edge";

/// A form as a browser sends it: texts, and then a file.
fn form(texts: &[(&str, &str)], field: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, text) in texts {
        body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n").bytes());
    }
    let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n");
    body.extend(head.bytes());
    body.extend(b"Content-Type: image/png\r\n\r\n");
    body.extend(content);
    body.extend(format!("\r\n--{EDGE}--\r\n").bytes());
    body
}

impl Provider {
    /// Sends a fault with a file, as a page without scripting does.
    async fn report(&self, cookie: &str, key: &str, body: &str, name: &str, content: &[u8]) -> Answer {
        let texts = [("fault[category]", "1"), ("fault[body]", body), ("fault[idempotency_key]", key)];
        self.post("/do/app/portal/faults/api/report_fault", form(&texts, "fault[files]", name, content), cookie).await
    }

    async fn post(&self, function: &str, body: Vec<u8>, cookie: &str) -> Answer {
        let request = Request::post(function)
            .header(header::ORIGIN, ORIGIN)
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, format!("{ORIGIN}/portal/faults/new"))
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .header(header::COOKIE, cookie);
        self.send(request.body(body.into()).unwrap()).await
    }

    /// The files of a ticket, as staff see them.
    async fn files(&self, ticket: i64) -> Vec<FileLink> {
        let desk = tickets::show(&self.story, &self.story.may::<SeeTickets>(), ticket.into()).await.unwrap();
        desk.ticket.entries.into_iter().flat_map(|entry| entry.files).collect()
    }
}

/// The page that a form led to.
fn led_to(answer: &Answer) -> &str {
    assert!(answer.status.is_redirection(), "{answer:?}");
    answer.header("location")
}

fn ticket_of(answer: &Answer) -> i64 {
    let path = led_to(answer).split('?').next().unwrap_or_default();
    path.rsplit('/').next().unwrap().parse().unwrap_or_else(|_| panic!("{answer:?}"))
}

#[tokio::test]
async fn a_photo_comes_back_as_what_it_is_and_runs_nothing() {
    let provider = provider().await;
    let cookie = provider.sign_in(Customer).await;
    // A picture by its first bytes, and a page after them; its name is a path.
    let polyglot = [PNG, b"<html><script>alert(document.cookie)</script>"].concat();
    let ticket = ticket_of(&provider.report(&cookie, "1", "no light", "../../etc/modem roto.html", &polyglot).await);
    let file = provider.files(ticket).await.remove(0);
    assert_eq!(file.name, "modem roto.png", "no path, and the ending of what it is");

    let answer = provider.open(&file.href(), &cookie).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "image/png", "whatever is in it");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(answer.header("content-security-policy").contains("sandbox"), "{answer:?}");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    assert!(answer.header("content-disposition").starts_with("inline; filename=\"modem roto.png\""), "{answer:?}");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");

    let pdf = ticket_of(&provider.report(&cookie, "2", "no light", "recibo.png", b"%PDF-1.7 /JavaScript").await);
    let file = provider.files(pdf).await.remove(0);
    let answer = provider.open(&file.href(), &cookie).await;
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert!(answer.header("content-disposition").starts_with("attachment; filename=\"recibo.pdf\""), "{answer:?}");
}

#[tokio::test]
async fn what_a_browser_would_run_is_refused_and_what_was_typed_stays() {
    let provider = provider().await;
    let cookie = provider.sign_in(Customer).await;
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for (name, content) in [("photo.png", drawing.as_slice()), ("x.html", b"<!doctype html>"), ("a.png", b"MZ\x90\0")] {
        let answer = provider.report(&cookie, name, "the light is red", name, content).await;
        assert_eq!(led_to(&answer), "/portal/faults/new");
        let sent_back = answer.cookie("ramal_form_0").unwrap();
        assert!(sent_back.contains("unknown_kind") && sent_back.contains("red"), "{sent_back}");
    }
}

#[tokio::test]
async fn a_photo_that_was_sent_is_not_lost_when_the_form_comes_back() {
    let provider = provider().await;
    let cookie = provider.sign_in(Customer).await;
    let answer = provider.report(&cookie, "1", "", "modem.png", PNG).await;
    let sent_back = answer.cookie("ramal_form_0").unwrap();
    let typed: Vec<(String, String)> =
        form_urlencoded::parse(sent_back.split_once('=').unwrap().1.as_bytes()).into_owned().collect();
    let file = typed.into_iter().find(|(name, _)| name == "fault[files][0]").unwrap().1;
    assert!(file.ends_with(" modem.png"), "{file}");
    let again = format!(
        "fault[category]=1&fault[body]=now&fault[idempotency_key]=1&{}",
        form_urlencoded::Serializer::new(String::new()).append_pair("fault[files][0]", &file).finish()
    );
    let answer = provider.submit("/do/app/portal/faults/api/report_fault", &again, "/portal/faults/new", &cookie).await;
    assert_eq!(provider.files(ticket_of(&answer)).await.remove(0).name, "modem.png");
    // It belongs to that fault now, and to no other.
    let other = again.replace("key]=1", "key]=2");
    let answer = provider.submit("/do/app/portal/faults/api/report_fault", &other, "/portal/faults/new", &cookie).await;
    assert_eq!(led_to(&answer), "/portal/faults/new");
}

#[tokio::test]
async fn a_file_of_a_hundred_megabytes_is_read_to_its_end_and_forgotten() {
    let provider = provider().await;
    let cookie = provider.sign_in(Customer).await;
    let mut huge = PNG.to_vec();
    huge.resize(100 * 1024 * 1024, 0);
    let answer = provider.report(&cookie, "1", "the light is red", "huge.png", &huge).await;
    let sent_back = answer.cookie("ramal_form_0").unwrap();
    assert!(sent_back.contains("too_large") && sent_back.contains("red"), "{sent_back}");
    let body = provider.post("/do/app/portal/faults/api/report_fault", vec![b'x'; 2 * 1024 * 1024], "").await;
    assert!(!body.status.is_success(), "nobody's files are not even read");
    let plain = "x".repeat(2 * 1024 * 1024);
    let answer = provider.submit("/do/app/portal/faults/api/report_fault", &plain, "/portal/faults/new", &cookie).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "a form without files is as small as ever");
}

#[tokio::test]
async fn files_are_for_those_who_may_see_what_they_hang_at() {
    let provider = provider().await;
    let customer = provider.sign_in(Customer).await;
    let own = ticket_of(&provider.report(&customer, "1", "no light", "modem.png", PNG).await);
    let public = provider.files(own).await.remove(0).href();
    let support = provider.sign_in(Support).await;
    // A note of the staff for each other, with a photo; and the same at another customer's fault.
    let another = records::ticket(&provider, "C00002").await;
    let note = |ticket: i64| {
        let ticket = ticket.to_string();
        let texts = [("ticket", ticket.as_str()), ("message[body]", "tower"), ("message[internal]", "true")];
        form(&texts, "message[files]", "tower.png", PNG)
    };
    let answer_ticket = "/do/app/office/tickets/api/answer_ticket";
    assert!(provider.post(answer_ticket, note(own), &support).await.status.is_redirection());
    let internal = provider.files(own).await.remove(1).href();
    let number = another.to_string();
    let texts = [("ticket", number.as_str()), ("message[body]", "look")];
    let answer = provider.post(answer_ticket, form(&texts, "message[files]", "look.png", PNG), &support).await;
    assert!(answer.status.is_redirection(), "{answer:?}");
    let anothers = provider.files(another.0).await.remove(0).href();

    let status = async |path: &str, cookie: &str| provider.open(path, cookie).await.status;
    assert_eq!(status(&public, &customer).await, StatusCode::OK);
    for hidden in [&internal, &anothers, "/files/999999"] {
        assert_eq!(status(hidden, &customer).await, StatusCode::NOT_FOUND, "{hidden}");
    }
    for role in [Admin, Noc, Billing, Support, Technician] {
        let cookie = provider.sign_in(role).await;
        assert_eq!(status(&internal, &cookie).await, StatusCode::OK, "{role}");
    }
    assert!(provider.open(&public, "").await.header("location").starts_with("/sign-in"));
    // What the customer reads does not even name the note.
    let page = provider.open(&format!("/portal/faults/{own}"), &customer).await;
    assert!(page.text.contains("no light") && !page.text.contains("tower"), "the note is in the page");
}

#[tokio::test]
async fn evidence_of_a_transfer_is_for_its_customer_and_for_those_who_see_payments() {
    let provider = provider().await;
    let customer = provider.sign_in(Customer).await;
    let texts = [
        ("transfer[amount]", "10.00"),
        ("transfer[paid_on]", "2026-03-01"),
        ("transfer[bank]", "Banesco"),
        ("transfer[reference]", "778899"),
        ("transfer[idempotency_key]", "1"),
    ];
    let report = "/do/app/portal/transfers/api/report_my_transfer";
    let answer = provider.post(report, form(&texts, "transfer[files]", "recibo.pdf", b"%PDF-1.7"), &customer).await;
    assert!(led_to(&answer).starts_with("/portal/transfers?"), "{answer:?}");
    let detail = workflows::transfers::show(&provider.story, &provider.story.may::<SeePayments>(), TransferReportId(1))
        .await
        .unwrap();
    let path = detail.evidence.unwrap().href();
    assert_eq!(provider.open(&path, &customer).await.status, StatusCode::OK);
    let may: [(Role, StatusCode); 4] = [
        (Billing, StatusCode::OK),
        (Support, StatusCode::OK),
        (Noc, StatusCode::FORBIDDEN),
        (Technician, StatusCode::FORBIDDEN),
    ];
    for (role, expected) in may {
        let cookie = provider.sign_in(role).await;
        assert_eq!(provider.open(&path, &cookie).await.status, expected, "{role}");
    }
}

#[tokio::test]
async fn a_message_of_somebody_elses_file_is_refused() {
    let provider = provider().await;
    let customer = provider.sign_in(Customer).await;
    let answer = provider.report(&customer, "1", "", "modem.png", PNG).await;
    assert!(answer.cookie("ramal_form_0").unwrap().contains("modem.png"));
    let ticket = records::ticket(&provider, "C00002").await;
    let stolen = MessageForm { body: "x".to_owned(), files: vec!["1 modem.png".to_owned()], ..MessageForm::default() };
    let answer = tickets::answer(&provider.story, &provider.story.may::<AnswerTickets>(), ticket, &stolen).await;
    assert!(answer.is_err(), "{answer:?}");
}
