//! Statements of the bank. They are larger than forms may be, so they come by an address of their own, as a plain form
//! sends them; what was wrong stands in the address that leads back to the form.

use app::failure::AppError;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use domain::failure::{Failure, Problem};
use domain::ids::BankStatementId;
use form_urlencoded::Serializer;
use workflows::Context;
use workflows::auth::SignedIn;
use workflows::bank::{self, Upload};
use workflows::permit::{ImportStatements, Permit};

use super::downloads::{Refused, Who, csv};

/// A year of a busy account.
pub(super) const LARGEST_FILE: usize = 8 * 1024 * 1024;

pub(super) fn routes(context: Context) -> Router {
    Router::new()
        .route("/office/bank/upload-file", post(statement).layer(DefaultBodyLimit::max(LARGEST_FILE)))
        .route("/office/bank/statements/{id}/bad.csv", get(bad_lines))
        .with_state(context)
}

async fn statement(State(context): State<Context>, who: Who, form: Multipart) -> Result<Response, Refused> {
    let permit = permit(who)?;
    let upload = match read(form).await {
        Ok(upload) => upload,
        Err(_) => return Ok(back(&Upload::default(), "too_large", None)),
    };
    match bank::upload(&context, &permit, &upload).await {
        Ok(statement) => Ok(Redirect::to(&format!("/office/bank/statements/{statement}")).into_response()),
        Err(workflows::Error::Refused(Failure::Fields { fields })) => {
            let (name, line) = match fields.first().map(|field| (field.field.as_str(), &field.problem)) {
                Some(("file", Problem::Damaged { line })) => ("damaged", *line),
                Some(("file", _)) | None => ("no_file", None),
                Some(_) => ("account", None),
            };
            Ok(back(&upload, name, line))
        }
        Err(error) => Err(error.into()),
    }
}

async fn read(mut form: Multipart) -> Result<Upload, axum::extract::multipart::MultipartError> {
    let mut upload = Upload::default();
    while let Some(field) = form.next_field().await? {
        match field.name().unwrap_or_default() {
            "account" => upload.account = field.text().await?,
            "new_account" => upload.new_account = field.text().await?,
            "currency" => upload.currency = field.text().await?,
            "file" => {
                field.file_name().unwrap_or_default().clone_into(&mut upload.file_name);
                upload.bytes = field.bytes().await?.to_vec();
            }
            _ => {}
        }
    }
    Ok(upload)
}

/// To the form, with what was typed and what was wrong; the browser keeps no file for another try.
fn back(upload: &Upload, problem: &str, line: Option<usize>) -> Response {
    let mut query = Serializer::new(String::new());
    query.append_pair("problem", problem);
    for (name, value) in
        [("account", &upload.account), ("new_account", &upload.new_account), ("currency", &upload.currency)]
    {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    if let Some(line) = line {
        query.append_pair("line", &line.to_string());
    }
    Redirect::to(&format!("/office/bank/upload?{}", query.finish())).into_response()
}

/// What of a file could not be read, to be mended and sent again.
async fn bad_lines(
    State(context): State<Context>,
    who: Who,
    Path(statement): Path<BankStatementId>,
) -> Result<Response, Refused> {
    let lines = bank::bad_lines(&context, &permit(who)?, statement).await?;
    let mut table = ::csv::Writer::from_writer(Vec::new());
    table.write_record(["line", "problem", "text"]).map_err(ours)?;
    for bad in lines {
        table.write_record([bad.line.to_string(), bad.problem.to_string(), bad.text]).map_err(ours)?;
    }
    let bytes = table.into_inner().map_err(|error| ours(error.into_error()))?;
    Ok(csv(&format!("bad-lines-{statement}.csv"), String::from_utf8(bytes).map_err(ours)?))
}

fn ours(error: impl std::error::Error) -> Refused {
    Refused(AppError::incident(&error))
}

fn permit(who: Who) -> Result<Permit<ImportStatements>, Refused> {
    let Extension::<SignedIn>(who) = who.ok_or(Failure::NotSignedIn)?;
    Ok(who.actor().permit()?)
}
