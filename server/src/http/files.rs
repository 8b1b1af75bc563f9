//! Files that people sent, for those who may see the record that they hang at. They come from somebody's phone: whatever is
//! in them, nothing of it runs here.

use axum::Router;
use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::failure::Failure;
use domain::ids::FileId;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};
use store::files::StoredFile;
use workflows::auth::SignedIn;
use workflows::{Context, files};

use super::downloads::{Refused, Who};

const NOTHING_RUNS: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
);
const ONLY_OUR_PAGES: HeaderValue = HeaderValue::from_static("same-origin");

pub(super) fn routes(context: Context) -> Router {
    Router::new().route("/files/{file}", get(file)).with_state(context)
}

async fn file(State(context): State<Context>, who: Who, Path(file): Path<FileId>) -> Result<Response, Refused> {
    let Extension::<SignedIn>(who) = who.ok_or(Failure::NotSignedIn)?;
    Ok(sent(files::fetch(&context, who.actor(), file).await?))
}

/// As what its bytes were seen to be, and as nothing else (`nosniff` is on every answer). A PDF is kept, not opened: a
/// viewer inside the page would need what is forbidden here.
fn sent(file: StoredFile) -> Response {
    let way = if file.kind.is_image() { "inline" } else { "attachment" };
    let plain: String = file.name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    let disposition = format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{}", escaped(&file.name));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(file.kind.mime())),
        (CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"))),
        (CONTENT_SECURITY_POLICY, NOTHING_RUNS),
        (HeaderName::from_static("cross-origin-resource-policy"), ONLY_OUR_PAGES),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (headers, file.content).into_response()
}

fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.')
}

/// Every byte that is no plain letter as `%41`.
fn escaped(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}
