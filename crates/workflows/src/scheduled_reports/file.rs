//! Making the file that a message brings.

use domain::failure::Failure;
use domain::ids::MessageId;
use domain::views::accounts::BookPeriod;

use crate::exports::{Taken, note};
use crate::ports::{Attachment, Lists, SendFailure, WantedList};
use crate::{Context, Error, Result, auth};

/// What mail servers usually take.
const LARGEST: usize = 15 * 1024 * 1024;

/// The file of a message that brings a report; the inner result says why there is none.
pub(crate) async fn attachment(
    context: &Context,
    lists: &dyn Lists,
    message: MessageId,
) -> Result<std::result::Result<Option<Attachment>, SendFailure>> {
    let sending = store::scheduled_reports::of_message(&mut *context.connection().await?, message).await?;
    let Some(sending) = sending else { return Ok(Ok(None)) };
    let Some(reader) = auth::for_mail(context, sending.reader).await? else {
        return Ok(Err(SendFailure::Refused("the reader cannot sign in any more".to_owned())));
    };
    let query = sending.span.map_or_else(|| sending.query.clone(), |span| narrowed(&sending.query, span));
    let wanted = WantedList {
        reader: reader.clone(),
        name: sending.name,
        list: sending.list,
        query,
        format: sending.format,
        language: sending.language,
        most: LARGEST,
    };
    let file = match lists.make(context, &wanted).await {
        Ok(file) => file,
        Err(Error::Refused(Failure::Forbidden { verb })) => return Ok(Err(SendFailure::Refused(verb))),
        Err(Error::Refused(failure)) => return Ok(Err(SendFailure::Refused(failure.to_string()))),
        Err(error) => return Err(error),
    };
    if file.attachment.content.len() > LARGEST {
        let megabytes = LARGEST / (1024 * 1024);
        return Ok(Err(SendFailure::Refused(format!("the file has more than {megabytes} MB: narrow the report"))));
    }
    let filters = wanted.query.trim_start_matches('?');
    let taken = Taken { list: &wanted.list, format: wanted.format, filters, rows: file.rows };
    note(context, reader.actor(), &taken).await?;
    store::scheduled_reports::made(&mut *context.connection().await?, message, file.rows).await?;
    Ok(Ok(Some(file.attachment)))
}

/// Lists take the days as `from` and `to`; the closing of a month takes the month.
fn narrowed(query: &str, span: BookPeriod) -> String {
    let others = query.trim_start_matches('?').split('&');
    let others =
        others.filter(|pair| !pair.is_empty() && !["from=", "to=", "month="].iter().any(|own| pair.starts_with(own)));
    let month = span.from.format("%Y-%m");
    let days = format!("from={}&to={}&month={month}", span.from, span.to);
    let pairs = others.map(str::to_owned).chain([days]).collect::<Vec<_>>().join("&");
    format!("?{pairs}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_the_report_take_the_place_of_those_in_the_address() {
        let span = BookPeriod { from: "2026-03-01".parse().unwrap(), to: "2026-03-31".parse().unwrap() };
        let days = "from=2026-03-01&to=2026-03-31&month=2026-03";
        assert_eq!(narrowed("?", span), format!("?{days}"));
        assert_eq!(narrowed("?kind=invoice&from=2020-01-01&to=2020-02-01", span), format!("?kind=invoice&{days}"));
    }
}
