//! Lists that are sent by mail again and again. A night writes the mails; each one's file is made when it is sent, as its
//! reader may see the list then.

mod file;
mod manage;
mod night;

pub(crate) use file::attachment;
pub use manage::{begin_edit, create, edit, list, offer, pause, resume, send_now, show};
pub(crate) use night::{STEP, expected, retry, run_step};

use chrono::NaiveDate;
use domain::ids::ScheduledReportId;
use domain::message::Purpose;
use domain::views::reports::ReportRow;

use crate::mail::{MailText, texts};
use crate::record::Subject;
use crate::{Context, Result, messages};

/// Writes to everybody who reads a report and did not get it for the period yet; answers to how many. `period`: `None` for
/// what is sent by hand.
async fn write(
    context: &Context,
    transaction: &mut store::Transaction,
    report: &ReportRow,
    date: NaiveDate,
    period: Option<NaiveDate>,
) -> Result<i32> {
    let span = report.facts.frequency.over_before(date);
    let link = format!("{}/office/reports/{}", context.public_url, report.id);
    let mut written = 0;
    for reader in store::scheduled_reports::waiting(transaction, report.id, period).await? {
        let language = report.facts.language;
        let MailText { subject, body } = texts::report(language, &reader.name, &report.facts.name, span, &link);
        let message = messages::mail(context, transaction, Purpose::Alarm, &reader.email, &subject, &body).await?;
        store::scheduled_reports::add_sending(transaction, report.id, reader.id, period, span, message).await?;
        written += 1;
    }
    Ok(written)
}

fn subject(report: ScheduledReportId) -> Subject {
    Subject { kind: "report", id: report.0 }
}
