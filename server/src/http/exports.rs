//! Lists as files: `/office/export/invoices.csv?standing=overdue` is what `/office/invoices?standing=overdue` shows, all of
//! it. Who may see the list may take it.

use app::office::exports;
use app::ui::list::ListQuery;
use axum::Router;
use axum::extract::{Extension, Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::failure::Failure;
use domain::report::FileFormat;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use workflows::Context;
use workflows::auth::SignedIn;
use workflows::exports::{Taken, note};

use super::downloads::{Refused, Who};
use crate::exports::{csv_body, xlsx_body};

/// `mark=no`: a CSV for programs that do not know the mark of UTF-8.
const MARK: &str = "mark";

pub(super) fn routes(context: Context) -> Router {
    Router::new().route("/office/export/{*file}", get(export)).with_state(context)
}

async fn export(
    State(context): State<Context>,
    who: Who,
    Path(file): Path<String>,
    RawQuery(address): RawQuery,
) -> Result<Response, Refused> {
    let Extension::<SignedIn>(who) = who.ok_or(Failure::NotSignedIn)?;
    let (list, format) = file.rsplit_once('.').ok_or(Failure::NotFound)?;
    let format: FileFormat = format.parse().map_err(|_| Failure::NotFound)?;
    let pairs = form_urlencoded::parse(address.as_deref().unwrap_or_default().as_bytes()).into_owned();
    let (marks, pairs): (Vec<_>, Vec<_>) = pairs.partition(|(name, _)| name == MARK);
    let query = ListQuery::from_pairs(pairs.into_iter()).on_page(1);
    let filters = query.href();
    let reading = exports::open(&context, &who, list, query, who.language().into()).await.map_err(Refused)?;
    let taken = Taken { list, format, filters: filters.trim_start_matches('?'), rows: reading.total };
    note(&context, who.actor(), &taken).await?;
    let offsets = context.clock.offsets();
    let body = match format {
        FileFormat::Csv => csv_body(reading, offsets, !marks.iter().any(|(_, value)| value == "no")),
        FileFormat::Xlsx => xlsx_body(reading, offsets),
    };
    let name = format!("{}-{}.{format}", list.replace('/', "-"), context.clock.today());
    let headers = [
        (CONTENT_TYPE, format.mime().to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, body).into_response())
}
