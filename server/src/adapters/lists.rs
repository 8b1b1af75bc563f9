//! Files of lists for mails: what the list's page shows its reader, all of it.

use app::failure::AppError;
use app::office::exports::open;
use app::ui::list::ListQuery;
use domain::failure::Failure;
use domain::report::FileFormat;
use workflows::ports::{Answer, Attachment, ListFile, Lists, WantedList};
use workflows::{Context, Error};

use crate::exports::{csv_file, xlsx_file};

pub struct ListFiles;

impl Lists for ListFiles {
    fn make<'a>(&'a self, context: &'a Context, wanted: &'a WantedList) -> Answer<'a, workflows::Result<ListFile>> {
        Box::pin(make(context, wanted))
    }
}

async fn make(context: &Context, wanted: &WantedList) -> workflows::Result<ListFile> {
    let pairs = form_urlencoded::parse(wanted.query.trim_start_matches('?').as_bytes()).into_owned();
    let query = ListQuery::from_pairs(pairs).on_page(1);
    let reading = open(context, &wanted.reader, &wanted.list, query, wanted.language.into()).await.map_err(told)?;
    let (rows, offsets) = (reading.total, context.clock.offsets());
    let content = match wanted.format {
        FileFormat::Csv => csv_file(reading, offsets, wanted.most).await,
        FileFormat::Xlsx => xlsx_file(reading, offsets).await,
    };
    let content = content.map_err(Error::internal)?;
    let name = format!("{}-{}.{}", wanted.list.replace('/', "-"), context.clock.today(), wanted.format);
    Ok(ListFile { attachment: Attachment { name, mime: wanted.format.mime(), content }, rows })
}

/// What is ours is tried again; what the list's page would refuse is refused.
fn told(error: AppError) -> Error {
    match error {
        AppError::Failure(told) => match told.cause {
            incident @ Failure::Incident { .. } => Error::internal(incident),
            failure => Error::Refused(failure),
        },
        AppError::NotThere | AppError::NotDelivered | AppError::NotUnderstood => Error::Refused(Failure::NotFound),
    }
}
