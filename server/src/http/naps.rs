//! Tables of boxes on poles: they come as a plain form sends them, and a file to begin with goes out. What was wrong stands in
//! the address that leads back to the form.

use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use domain::contact::Language;
use domain::failure::{Failure, Problem};
use domain::nap_import;
use serde::Deserialize;
use workflows::Context;
use workflows::auth::SignedIn;
use workflows::permit::{EditPlant, Permit};
use workflows::plant::{self, NapFile};

use super::downloads::{Refused, Who, csv};

/// Of two thousand rows.
pub(super) const LARGEST_FILE: usize = 1024 * 1024;

pub(super) fn routes(context: Context) -> Router {
    Router::new()
        .route("/office/plant/imports/send", post(table).layer(DefaultBodyLimit::max(LARGEST_FILE)))
        .route("/office/plant/imports/example.csv", get(example))
        .with_state(context)
}

async fn table(State(context): State<Context>, who: Who, form: Multipart) -> Result<Response, Refused> {
    let permit = permit(who)?;
    let Ok(file) = read(form).await else { return Ok(back("too_large")) };
    match plant::send_naps(&context, &permit, &file).await {
        Ok(import) => Ok(Redirect::to(&format!("/office/plant/imports/{import}")).into_response()),
        Err(workflows::Error::Refused(Failure::Fields { fields })) => {
            let too_many = fields.iter().any(|field| matches!(field.problem, Problem::TooManyLines { .. }));
            Ok(back(if too_many { "too_many" } else { "no_file" }))
        }
        Err(error) => Err(error.into()),
    }
}

async fn read(mut form: Multipart) -> Result<NapFile, axum::extract::multipart::MultipartError> {
    let mut file = NapFile::default();
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("file") {
            field.file_name().unwrap_or_default().clone_into(&mut file.name);
            file.bytes = field.bytes().await?.to_vec();
        }
    }
    Ok(file)
}

fn back(problem: &str) -> Response {
    Redirect::to(&format!("/office/plant/imports?problem={problem}")).into_response()
}

#[derive(Deserialize)]
struct Asked {
    language: Language,
}

async fn example(who: Who, Query(asked): Query<Asked>) -> Result<Response, Refused> {
    permit(who).map(drop)?;
    Ok(csv("nap.csv", nap_import::example(asked.language)))
}

fn permit(who: Who) -> Result<Permit<EditPlant>, Refused> {
    let Extension::<SignedIn>(who) = who.ok_or(Failure::NotSignedIn)?;
    Ok(who.actor().permit()?)
}
