//! PDFs, the preview of a template, and the logo: what is no page and no server function.
//!
//! Who may read what is `workflows::documents`' business; here is only how it is sent: to be shown, never kept.

use app::failure::AppError;
use axum::Router;
use axum::extract::{Extension, Form, Multipart, Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::contact::Language;
use domain::failure::{Failure, Problem};
use domain::ids::{ContractId, CustomerId, InvoiceId, PaymentId, QuoteId};
use domain::letterhead::TemplateKind;
use domain::views::documents::TemplateProblem;
use domain::views::statement::Span;
use http::request::Parts;
use http::{HeaderName, HeaderValue, header};
use serde::Deserialize;
use workflows::Context;
use workflows::auth::SignedIn;
use workflows::documents::{self, Pdf, Reader};
use workflows::permit::EditDocuments;

use super::incident;

/// The browser's own viewer may show it, also in our own pages; nothing else may happen in it.
const ONLY_SHOWN: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; img-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'",
);
const PAGE_OF_SETTINGS: &str = "/office/documents";

pub(super) type Who = Option<Extension<SignedIn>>;

pub fn routes(context: Context) -> Router {
    Router::new()
        .route("/documents/invoices/{file}", get(invoice))
        .route("/documents/receipts/{file}", get(receipt))
        .route("/documents/contracts/{file}", get(contract))
        .route("/documents/quotes/{file}", get(quote))
        .route("/documents/statements/{file}", get(statement))
        .route("/documents/closes/{file}", get(month_close))
        .route("/documents/preview/{kind}", get(preview).post(preview_of_text))
        .route("/documents/logo", get(logo).post(save_logo))
        .route("/documents/logo/remove", post(remove_logo))
        .with_state(context)
}

async fn invoice(State(context): State<Context>, who: Who, Path(file): Path<String>, parts: Parts) -> Response {
    let made = async { documents::invoice(&context, &reader(&who)?, InvoiceId(id(&file)?)).await };
    sent(made.await, &parts)
}

async fn receipt(State(context): State<Context>, who: Who, Path(file): Path<String>, parts: Parts) -> Response {
    let made = async { documents::receipt(&context, &reader(&who)?, PaymentId(id(&file)?)).await };
    sent(made.await, &parts)
}

async fn contract(State(context): State<Context>, who: Who, Path(file): Path<String>, parts: Parts) -> Response {
    let made = async { documents::contract(&context, &reader(&who)?, ContractId(id(&file)?)).await };
    sent(made.await, &parts)
}

async fn quote(State(context): State<Context>, who: Who, Path(file): Path<String>, parts: Parts) -> Response {
    let made = async { documents::quote(&context, &reader(&who)?, QuoteId(id(&file)?)).await };
    sent(made.await, &parts)
}

/// `/documents/statements/7.pdf?from=2026-01-01&to=2026-01-31`, of the customer with that id.
async fn statement(
    State(context): State<Context>,
    who: Who,
    Path(file): Path<String>,
    Query(span): Query<Span>,
    parts: Parts,
) -> Response {
    let made = async { documents::statement_pdf(&context, &reader(&who)?, CustomerId(id(&file)?), &span).await };
    sent(made.await, &parts)
}

/// `/documents/closes/2026-03.pdf`
async fn month_close(State(context): State<Context>, who: Who, Path(file): Path<String>, parts: Parts) -> Response {
    let made = async {
        let permit = signed_in(&who)?.actor().permit()?;
        let month = file.strip_suffix(".pdf").and_then(|month| month.parse().ok()).ok_or(Failure::NotFound)?;
        documents::month_close(&context, &permit, month).await
    };
    sent(made.await, &parts)
}

#[derive(Deserialize)]
struct InLanguage {
    language: Option<Language>,
}

#[derive(Deserialize)]
struct Typed {
    text: String,
    language: Option<Language>,
}

/// The sample document by the template in use.
async fn preview(
    State(context): State<Context>,
    who: Who,
    Path(kind): Path<TemplateKind>,
    Query(query): Query<InLanguage>,
    parts: Parts,
) -> Response {
    preview_by(&context, &who, kind, None, query.language, &parts).await
}

/// The sample document by what somebody has typed and not saved.
async fn preview_of_text(
    State(context): State<Context>,
    who: Who,
    Path(kind): Path<TemplateKind>,
    parts: Parts,
    Form(typed): Form<Typed>,
) -> Response {
    preview_by(&context, &who, kind, Some(typed.text), typed.language, &parts).await
}

async fn preview_by(
    context: &Context,
    who: &Who,
    kind: TemplateKind,
    text: Option<String>,
    language: Option<Language>,
    parts: &Parts,
) -> Response {
    let made = async {
        let permit = signed_in(who)?.actor().permit()?;
        documents::preview(context, &permit, kind, text, language.unwrap_or(Language::Spanish)).await
    };
    match made.await {
        Ok(Ok(pdf)) => shown(pdf),
        Ok(Err(problems)) => (only_shown(), Html(told(&problems))).into_response(),
        Err(error) => refused(error, parts),
    }
}

/// What is wrong, where the document would have been.
fn told(problems: &[TemplateProblem]) -> String {
    let lines = problems.iter().map(|problem| {
        let line = problem.line.map(|line| format!("<b>{line}</b> ")).unwrap_or_default();
        format!("<li>{line}{}</li>", escaped(&problem.message))
    });
    format!("<!DOCTYPE html><meta charset=\"utf-8\"><title>Typst</title><ul>{}</ul>", lines.collect::<String>())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

async fn logo(State(context): State<Context>, who: Who, parts: Parts) -> Response {
    let found = async { documents::show_logo(&context, &permit(&who)?).await };
    match found.await {
        Ok((bytes, mime)) => (only_shown(), [(header::CONTENT_TYPE, mime)], bytes).into_response(),
        Err(error) => refused(error, &parts),
    }
}

async fn save_logo(State(context): State<Context>, who: Who, parts: Parts, mut form: Multipart) -> Response {
    let saved = async {
        let permit = permit(&who)?;
        let mut bytes = None;
        while let Ok(Some(field)) = form.next_field().await {
            if field.name() == Some("logo") {
                bytes = field.bytes().await.ok();
            }
        }
        documents::save_logo(&context, &permit, &bytes.unwrap_or_default()).await
    };
    match saved.await {
        Ok(()) => Redirect::to(&format!("{PAGE_OF_SETTINGS}?done=saved")).into_response(),
        Err(workflows::Error::Refused(Failure::Fields { fields })) => {
            let because = fields.iter().find_map(|field| match field.problem {
                Problem::NotALogo { because } => Some(because.word()),
                _ => None,
            });
            Redirect::to(&format!("{PAGE_OF_SETTINGS}?logo={}", because.unwrap_or_default())).into_response()
        }
        Err(error) => refused(error, &parts),
    }
}

async fn remove_logo(State(context): State<Context>, who: Who, parts: Parts) -> Response {
    match async { documents::remove_logo(&context, &permit(&who)?).await }.await {
        Ok(()) => Redirect::to(&format!("{PAGE_OF_SETTINGS}?done=removed")).into_response(),
        Err(error) => refused(error, &parts),
    }
}

pub(super) fn signed_in(who: &Who) -> Result<&SignedIn, Failure> {
    who.as_ref().map(|Extension(who)| who).ok_or(Failure::NotSignedIn)
}

fn permit(who: &Who) -> Result<workflows::permit::Permit<EditDocuments>, Failure> {
    signed_in(who)?.actor().permit()
}

fn reader<V: workflows::permit::Verb>(who: &Who) -> Result<Reader<V>, Failure> {
    Reader::of(signed_in(who)?.actor())
}

/// `12.pdf`
pub(super) fn id(file: &str) -> Result<i64, Failure> {
    file.strip_suffix(".pdf").and_then(|id| id.parse().ok()).ok_or(Failure::NotFound)
}

pub(super) fn sent(made: workflows::Result<Pdf>, parts: &Parts) -> Response {
    match made {
        Ok(pdf) => shown(pdf),
        Err(error) => refused(error, parts),
    }
}

fn shown(pdf: Pdf) -> Response {
    let name = format!("inline; filename=\"{}\"", pdf.name);
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    (only_shown(), headers, pdf.bytes).into_response()
}

/// Documents are personal: neither the browser nor anything on the way keeps them.
pub(super) fn only_shown() -> [(HeaderName, HeaderValue); 2] {
    [(header::CONTENT_SECURITY_POLICY, ONLY_SHOWN), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))]
}

pub(super) fn refused(error: workflows::Error, parts: &Parts) -> Response {
    incident::answer(&AppError::from(error), parts)
}
