//! Typesetting: a template with its inputs becomes a PDF, or a list of what is wrong with the template.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Str, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::Paper;

/// Bytes of a template's text.
pub const LARGEST_TEMPLATE: usize = 64 * 1024;
/// The longest that anybody waits for a document; one page takes a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(8);
/// How many templates that were given up may still be running. A thread cannot be stopped from outside, but Typst ends
/// every loop after ten thousand rounds, so that it comes to an end.
const MOST_GIVEN_UP: usize = 2;

static GIVEN_UP: AtomicUsize = AtomicUsize::new(0);

/// What is wrong with a template, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateError {
    /// Counted from one; `None` when it is no single line's fault.
    pub line: Option<usize>,
    /// In English, as the compiler says it.
    pub message: String,
}

/// The document as a PDF. It waits: call it where waiting is allowed.
///
/// # Errors
/// What is wrong with the template, one entry at least: also when it is too long, or takes too long.
pub fn pdf(template: &str, paper: &Paper, logo: Option<&[u8]>) -> Result<Vec<u8>, Vec<TemplateError>> {
    if template.len() > LARGEST_TEMPLATE {
        return Err(whole(format!("the template is longer than {LARGEST_TEMPLATE} bytes")));
    }
    let inputs = inputs(paper, logo).map_err(|error| whole(error.to_string()))?;
    let desk = Desk::new(template, inputs);
    within(PATIENCE, move || typeset(&desk))
}

/// Runs `work` on a thread of its own, and gives it up when it takes too long.
fn within(
    patience: Duration,
    work: impl FnOnce() -> Result<Vec<u8>, Vec<TemplateError>> + Send + 'static,
) -> Result<Vec<u8>, Vec<TemplateError>> {
    if GIVEN_UP.load(Ordering::Relaxed) >= MOST_GIVEN_UP {
        return Err(whole("templates that take too long are still running: try again later".to_owned()));
    }
    let (done, answer) = mpsc::channel();
    let thread = std::thread::Builder::new().name("typeset".to_owned()).stack_size(16 * 1024 * 1024);
    let started = thread.spawn(move || {
        let result = work();
        if done.send(result).is_err() {
            GIVEN_UP.fetch_sub(1, Ordering::Relaxed);
        }
    });
    if let Err(error) = started {
        return Err(whole(error.to_string()));
    }
    match answer.recv_timeout(patience) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => {
            GIVEN_UP.fetch_add(1, Ordering::Relaxed);
            Err(whole(format!("the template takes longer than {} seconds", patience.as_secs())))
        }
        Err(RecvTimeoutError::Disconnected) => Err(whole("the template made the typesetter fail".to_owned())),
    }
}

fn typeset(desk: &Desk) -> Result<Vec<u8>, Vec<TemplateError>> {
    let told = |errors: &[SourceDiagnostic]| errors.iter().map(|error| desk.told(error)).collect::<Vec<_>>();
    let result = typst::compile::<PagedDocument>(desk)
        .output
        .and_then(|document| typst_pdf::pdf(&document, &PdfOptions::default()))
        .map_err(|errors| told(&errors));
    // Nothing is typeset twice: what the compiler remembered of it is of no use.
    typst::comemo::evict(0);
    result
}

fn whole(message: String) -> Vec<TemplateError> {
    vec![TemplateError { line: None, message }]
}

fn inputs(paper: &Paper, logo: Option<&[u8]>) -> serde_json::Result<Dict> {
    let mut inputs: Dict = serde_json::from_value(serde_json::to_value(paper)?)?;
    let logo = logo.map_or(Value::None, |bytes| Value::Bytes(Bytes::new(bytes.to_vec())));
    inputs.insert(Str::from("logo"), logo);
    Ok(inputs)
}

/// Fonts that are in the program, found once.
static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

/// All that a template can reach: itself, `ramal.typ` and its inputs.
struct Desk {
    library: LazyHash<Library>,
    template: Source,
    shared: Source,
}

impl Desk {
    fn new(template: &str, inputs: Dict) -> Self {
        let source = |name: &str, text: &str| Source::new(file(name), text.to_owned());
        Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            template: source("/template.typ", template),
            shared: source("/ramal.typ", include_str!("../templates/ramal.typ")),
        }
    }

    /// An error in `ramal.typ` is told at the line of the template that led there.
    fn told(&self, error: &SourceDiagnostic) -> TemplateError {
        let calls = error.trace.iter().map(|call| call.span);
        let line = std::iter::once(self.line(error.span)).chain(calls.map(|span| self.line(span))).flatten().next();
        let hints = error.hints.iter().map(|hint| format!(" ({})", hint.v));
        TemplateError { line, message: format!("{}{}", error.message, hints.collect::<String>()) }
    }

    fn line(&self, span: impl Into<typst::syntax::DiagSpan>) -> Option<usize> {
        let span = span.into();
        let here = span.id() == Some(self.template.id());
        let range = here.then(|| self.range(span)).flatten()?;
        self.template.lines().byte_to_line(range.start).map(|line| line + 1)
    }
}

#[expect(clippy::expect_used, reason = "the two names are literals")]
fn file(name: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).expect("a path without dots")).intern()
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.template, &self.shared]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    /// A document's dates are its own: what is printed today says the same tomorrow.
    fn today(&self, _: Option<typst::foundations::Duration>) -> Option<Datetime> {
        None
    }
}
