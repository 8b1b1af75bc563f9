//! Lists as files. What is in them is said by `app::office::exports`; here is how it is written.

mod csv;
mod xlsx;

use app::failure::AppError;
use app::office::exports::Reading;
use axum::body::Body;
use domain::zone::Offsets;
use futures::stream::{once, try_unfold};

/// Why a file was not finished.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("the list could not be read to its end: {0:?}")]
    Read(AppError),
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    #[error(transparent)]
    Stopped(#[from] tokio::task::JoinError),
}

impl From<AppError> for Broken {
    fn from(error: AppError) -> Self {
        Self::Read(error)
    }
}

/// A CSV that is sent while it is read: only one stretch of the list is in memory. A spreadsheet takes a text without the
/// `mark` for that of another century.
pub fn csv_body(reading: Reading, offsets: Offsets, mark: bool) -> Body {
    let lines = csv::Lines::new(reading, offsets, mark);
    Body::from_stream(try_unfold(lines, |mut lines| async move {
        let chunk = lines.next().await.inspect_err(tell)?;
        Ok::<_, Broken>(chunk.map(|chunk| (chunk, lines)))
    }))
}

/// A spreadsheet: its rows go to a file on their way, and what is sent is packed.
pub fn xlsx_body(reading: Reading, offsets: Offsets) -> Body {
    Body::from_stream(once(async move { xlsx_file(reading, offsets).await.inspect_err(tell) }))
}

/// The whole CSV, with the mark of UTF-8. It is kept in memory, so that it ends where it has more than `most` bytes.
pub async fn csv_file(reading: Reading, offsets: Offsets, most: usize) -> Result<Vec<u8>, Broken> {
    let mut lines = csv::Lines::new(reading, offsets, true);
    let mut text = Vec::new();
    while let Some(chunk) = lines.next().await? {
        text.extend(chunk);
        if text.len() > most {
            break;
        }
    }
    Ok(text)
}

/// The whole spreadsheet.
pub async fn xlsx_file(reading: Reading, offsets: Offsets) -> Result<Vec<u8>, Broken> {
    xlsx::workbook(reading, offsets).await
}

/// Whoever downloads sees that it ended early, and nothing more.
fn tell(broken: &Broken) {
    tracing::error!(%broken, "a list was not taken to its end");
}
