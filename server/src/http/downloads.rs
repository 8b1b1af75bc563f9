//! Files of the books. They change nothing, so they are plain addresses; who may fetch them is asked as everywhere.

use app::failure::AppError;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use chrono::NaiveDate;
use domain::failure::Failure;
use domain::views::accounts::{BookPeriod, JournalFilter};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Deserialize;
use workflows::auth::SignedIn;
use workflows::permit::{Permit, SeeAccounts};
use workflows::{Context, accounts};

pub(super) fn routes(context: Context) -> Router {
    Router::new().route("/office/accounts/journal.ledger", get(journal_ledger)).with_state(context)
}

pub(super) type Who = Option<Extension<SignedIn>>;

#[derive(Deserialize)]
struct Days {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

async fn journal_ledger(
    State(context): State<Context>,
    who: Who,
    Query(days): Query<Days>,
) -> Result<Response, Refused> {
    let period = period(&context, &days);
    let text = accounts::journal_ledger(&context, &permit(who)?, period).await?;
    Ok(file("text/plain; charset=utf-8", &format!("{}.ledger", name(period)), text))
}

fn period(context: &Context, days: &Days) -> BookPeriod {
    JournalFilter { from: days.from, to: days.to, ..JournalFilter::default() }.period(context.clock.today())
}

fn name(period: BookPeriod) -> String {
    format!("journal-{}-{}", period.from, period.to)
}

fn permit(who: Who) -> Result<Permit<SeeAccounts>, Refused> {
    let Extension(who) = who.ok_or(Failure::NotSignedIn)?;
    Ok(who.actor().permit()?)
}

/// A spreadsheet takes text without this mark for that of another century.
pub(super) fn csv(name: &str, text: String) -> Response {
    file("text/csv; charset=utf-8", name, format!("\u{feff}{text}"))
}

fn file(content_type: &'static str, name: &str, content: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (CONTENT_TYPE, content_type.to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, content).into_response()
}

/// Only its status: a file has no page to say more.
pub(super) struct Refused(pub(super) AppError);

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self(failure.into())
    }
}

impl From<workflows::Error> for Refused {
    fn from(error: workflows::Error) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        self.0.status().into_response()
    }
}
