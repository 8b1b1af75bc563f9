//! The one way in for files. A form with files is kept and passed on as a form without: each file becomes a value that names
//! it, or says why it was not kept, so that server functions, their errors and what is sent back to a form work as for any
//! other. What a file is, its bytes say (`domain::file`).

use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::file::{FileRefusal, LARGEST, MOST, Sent};
use form_urlencoded::Serializer;
use http::{HeaderValue, StatusCode, header};
use workflows::auth::SignedIn;
use workflows::{Context, files};

/// Text beside the files.
const LARGEST_TEXT: usize = 64 * 1024;
/// What is past a limit is read and forgotten, so that the browser hears why, up to here.
const MOST_READ: usize = 128 * 1024 * 1024;

/// Keeps the files of a form for whoever is signed in. For nobody nothing is even read: the function refuses by itself.
pub async fn receive(State(context): State<Context>, request: Request, next: Next) -> Response {
    if !is_form_with_files(&request) {
        return next.run(request).await;
    }
    let who = request.extensions().get::<SignedIn>().cloned();
    let (mut parts, body) = request.into_parts();
    let form = match who {
        Some(who) => {
            let mut copy = Request::new(body);
            *copy.headers_mut() = parts.headers.clone();
            *copy.extensions_mut() = parts.extensions.clone();
            match read(&context, &who, copy).await {
                Ok(form) => form,
                Err(refused) => return refused.into_response(),
            }
        }
        None => String::new(),
    };
    let plain = HeaderValue::from_static("application/x-www-form-urlencoded");
    parts.headers.insert(header::CONTENT_TYPE, plain);
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(form.len()));
    parts.headers.remove(header::TRANSFER_ENCODING);
    next.run(Request::from_parts(parts, Body::from(form))).await
}

fn is_form_with_files(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("multipart/form-data") && request.uri().path().starts_with("/do/")
}

/// A body that is no form, or never ends.
struct Unreadable(StatusCode);

impl IntoResponse for Unreadable {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

impl From<MultipartError> for Unreadable {
    fn from(error: MultipartError) -> Self {
        Self(error.status())
    }
}

async fn read(context: &Context, who: &SignedIn, request: Request) -> Result<String, Unreadable> {
    let unreadable = |_| Unreadable(StatusCode::BAD_REQUEST);
    let mut multipart = Multipart::from_request(request, &()).await.map_err(unreadable)?;
    let mut form = Form::default();
    while let Some(mut field) = multipart.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            None => {
                let content = whole(&mut field, LARGEST_TEXT, &mut form.read).await?;
                form.text(name, content);
            }
            Some(file_name) => {
                let content = whole(&mut field, LARGEST, &mut form.read).await?;
                // A field in which nothing was chosen.
                if content.as_ref().is_some_and(Vec::is_empty) && file_name.is_empty() {
                    continue;
                }
                let sent = kept(context, who, &file_name, content, form.files).await?;
                form.file(&name, &sent);
            }
        }
    }
    Ok(form.finish())
}

async fn kept(
    context: &Context,
    who: &SignedIn,
    name: &str,
    content: Option<Vec<u8>>,
    before: usize,
) -> Result<Sent, Unreadable> {
    match content {
        None => Ok(files::refused(FileRefusal::TooLarge, name)),
        Some(_) if before >= MOST => Ok(files::refused(FileRefusal::TooMany, name)),
        Some(content) => files::keep(context, who, name, &content).await.map_err(|error| {
            workflows::incident(&error);
            Unreadable(StatusCode::INTERNAL_SERVER_ERROR)
        }),
    }
}

/// What is in a field; `None` when it is longer than `most`, and then it was read to its end all the same.
async fn whole(field: &mut Field<'_>, most: usize, read: &mut usize) -> Result<Option<Vec<u8>>, Unreadable> {
    let mut content = Some(Vec::new());
    while let Some(chunk) = field.chunk().await? {
        *read += chunk.len();
        if *read > MOST_READ {
            return Err(Unreadable(StatusCode::PAYLOAD_TOO_LARGE));
        }
        add(&mut content, &chunk, most);
    }
    Ok(content)
}

fn add(content: &mut Option<Vec<u8>>, chunk: &Bytes, most: usize) {
    match content {
        Some(bytes) if bytes.len() + chunk.len() <= most => bytes.extend_from_slice(chunk),
        _ => *content = None,
    }
}

/// The form that is passed on.
#[derive(Default)]
struct Form {
    pairs: Vec<(String, String)>,
    files: usize,
    read: usize,
}

impl Form {
    fn text(&mut self, name: String, content: Option<Vec<u8>>) {
        let text = content.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        self.pairs.push((name, text));
    }

    /// The next of the field's list, after those that an earlier try brought.
    fn file(&mut self, name: &str, sent: &Sent) {
        let start = format!("{name}[");
        let number = self.pairs.iter().filter(|(known, _)| known.starts_with(&start)).count();
        self.pairs.push((format!("{start}{number}]"), sent.to_string()));
        self.files += 1;
    }

    fn finish(self) -> String {
        Serializer::new(String::new()).extend_pairs(self.pairs).finish()
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::FileId;

    use super::*;

    #[test]
    fn files_follow_those_that_an_earlier_try_brought() {
        let mut form = Form::default();
        form.text("fault[body]".to_owned(), Some(b"no luz".to_vec()));
        form.text("fault[files][0]".to_owned(), Some(b"7 a.png".to_vec()));
        form.file("fault[files]", &Sent::Kept { file: FileId(8), name: "b.png".to_owned() });
        form.file("fault[files]", &files::refused(FileRefusal::UnknownKind, "c.svg"));
        let pairs: Vec<_> = form_urlencoded::parse(form.finish().as_bytes()).into_owned().collect();
        let expected = [
            ("fault[body]", "no luz"),
            ("fault[files][0]", "7 a.png"),
            ("fault[files][1]", "8 b.png"),
            ("fault[files][2]", "!unknown_kind c.svg"),
        ];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn what_is_past_the_limit_is_forgotten_and_not_cut_short() {
        let mut content = Some(Vec::new());
        add(&mut content, &Bytes::from_static(b"1234"), 6);
        assert_eq!(content.as_deref(), Some(b"1234".as_slice()));
        add(&mut content, &Bytes::from_static(b"567"), 6);
        add(&mut content, &Bytes::from_static(b"8"), 6);
        assert_eq!(content, None);
    }
}
