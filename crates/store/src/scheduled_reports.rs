//! Lists that are sent by mail again and again, and what was sent.

use chrono::{DateTime, NaiveDate, Utc};
use domain::contact::{Email, Language};
use domain::ids::{MessageId, ScheduledReportId, UserId};
use domain::report::FileFormat;
use domain::views::accounts::BookPeriod;
use domain::views::reports::{NewReport, ReportDetail, ReportFacts, ReportRow, SendingRow};

use crate::{Connection, Error, Result};

/// Sendings on a report's page.
const SENDINGS: i64 = 100;

pub async fn add(
    connection: &mut Connection,
    report: &NewReport,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<ScheduledReportId> {
    let facts = &report.facts;
    let id = sqlx::query_scalar!(
        "insert into scheduled_reports (name, list, query, of_period, format, frequency, language, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        facts.name,
        facts.list,
        facts.query,
        facts.of_period,
        facts.format.word(),
        facts.frequency.word(),
        facts.language.word(),
        at,
        by.map(|id| id.0)
    );
    let id = ScheduledReportId(id.fetch_one(&mut *connection).await?);
    add_readers(connection, id, &report.readers).await?;
    Ok(id)
}

/// Nobody else edits it or sends it by hand until the transaction ends.
///
/// # Errors
/// `NotFound`.
pub async fn lock(connection: &mut Connection, report: ScheduledReportId) -> Result<()> {
    sqlx::query_scalar!("select id from scheduled_reports where id = $1 for no key update", report.0)
        .fetch_one(connection)
        .await?;
    Ok(())
}

/// What it is, to be edited.
///
/// # Errors
/// `NotFound`.
pub async fn get(connection: &mut Connection, report: ScheduledReportId) -> Result<NewReport> {
    let row = rows(connection, Some(report)).await?.pop().ok_or(Error::NotFound)?;
    let readers =
        sqlx::query_scalar!("select user_id from report_readers where report_id = $1 order by user_id", report.0);
    let readers = readers.fetch_all(connection).await?.into_iter().map(UserId).collect();
    Ok(NewReport { facts: row.view(None)?.facts, readers })
}

/// # Errors
/// `NotFound`.
pub async fn edit(connection: &mut Connection, report: ScheduledReportId, edited: &NewReport) -> Result<()> {
    let facts = &edited.facts;
    let set = sqlx::query!(
        "update scheduled_reports set name = $2, list = $3, query = $4, of_period = $5, format = $6, frequency = $7,
                                      language = $8
         where id = $1",
        report.0,
        facts.name,
        facts.list,
        facts.query,
        facts.of_period,
        facts.format.word(),
        facts.frequency.word(),
        facts.language.word()
    );
    if set.execute(&mut *connection).await?.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    sqlx::query!("delete from report_readers where report_id = $1", report.0).execute(&mut *connection).await?;
    add_readers(connection, report, &edited.readers).await
}

async fn add_readers(connection: &mut Connection, report: ScheduledReportId, readers: &[UserId]) -> Result<()> {
    let readers: Vec<i64> = readers.iter().map(|reader| reader.0).collect();
    sqlx::query!("insert into report_readers (report_id, user_id) select $1, unnest($2::bigint[])", report.0, &readers)
        .execute(connection)
        .await?;
    Ok(())
}

struct Row {
    id: i64,
    name: String,
    list: String,
    query: String,
    of_period: bool,
    format: String,
    frequency: String,
    language: String,
    paused_at: Option<DateTime<Utc>>,
    readers: Vec<String>,
}

impl Row {
    fn view(self, last: Option<SendingRow>) -> Result<ReportRow> {
        Ok(ReportRow {
            id: ScheduledReportId(self.id),
            facts: ReportFacts {
                name: self.name,
                list: self.list,
                query: self.query,
                of_period: self.of_period,
                format: self.format.parse()?,
                frequency: self.frequency.parse()?,
                language: self.language.parse()?,
            },
            paused_at: self.paused_at,
            readers: self.readers,
            last,
        })
    }
}

/// All of them, by name.
pub async fn list(connection: &mut Connection) -> Result<Vec<ReportRow>> {
    let rows = rows(connection, None).await?;
    let mut reports = Vec::new();
    for row in rows {
        let last = sendings(connection, ScheduledReportId(row.id), 1).await?.pop();
        reports.push(row.view(last)?);
    }
    Ok(reports)
}

/// # Errors
/// `NotFound`.
pub async fn show(connection: &mut Connection, report: ScheduledReportId) -> Result<ReportDetail> {
    let row = rows(connection, Some(report)).await?.pop().ok_or(Error::NotFound)?;
    let sendings = sendings(connection, report, SENDINGS).await?;
    Ok(ReportDetail { report: row.view(sendings.first().cloned())?, sendings })
}

async fn rows(connection: &mut Connection, report: Option<ScheduledReportId>) -> Result<Vec<Row>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, name, list, query, of_period, format, frequency, language, paused_at,
                  array(select u.name from report_readers r join users u on u.id = r.user_id
                        where r.report_id = scheduled_reports.id order by u.name) as "readers!"
           from scheduled_reports where ($1::bigint is null or id = $1) order by lower(name), id"#,
        report.map(|id| id.0)
    );
    Ok(rows.fetch_all(connection).await?)
}

async fn sendings(connection: &mut Connection, report: ScheduledReportId, most: i64) -> Result<Vec<SendingRow>> {
    let rows = sqlx::query!(
        r#"select u.name, s.from_on, s.to_on, s.period is null as "by_hand!", m.created_at, s.rows, s.message_id, m.state,
                  m.answer
           from report_sendings s join messages m on m.id = s.message_id join users u on u.id = s.user_id
           where s.report_id = $1 order by s.id desc limit $2"#,
        report.0,
        most
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(SendingRow {
            reader: row.name,
            from: row.from_on,
            to: row.to_on,
            by_hand: row.by_hand,
            written_at: row.created_at,
            rows: row.rows,
            message: MessageId(row.message_id),
            state: row.state.parse()?,
            answer: row.answer,
        })
    });
    rows.collect()
}

/// Since when it is paused; `None`: it is sent again.
pub async fn set_paused(
    connection: &mut Connection,
    report: ScheduledReportId,
    at: Option<DateTime<Utc>>,
) -> Result<()> {
    let set = sqlx::query!("update scheduled_reports set paused_at = $2 where id = $1", report.0, at);
    if set.execute(connection).await?.rows_affected() == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Somebody who is to get a report.
#[derive(Clone, Debug)]
pub struct Reader {
    pub id: UserId,
    pub name: String,
    pub email: Email,
    pub language: Language,
}

/// Who reads it and can sign in, without those who got it for the period already; by hand, without those to whom one that
/// was asked for by hand has not left yet.
pub async fn waiting(
    connection: &mut Connection,
    report: ScheduledReportId,
    period: Option<NaiveDate>,
) -> Result<Vec<Reader>> {
    let rows = sqlx::query!(
        "select u.id, u.name, u.email, u.language
         from report_readers r join users u on u.id = r.user_id
         where r.report_id = $1 and u.disabled_at is null
           and not exists (select from report_sendings s
                           where s.report_id = $1 and s.user_id = u.id and s.period = $2)
           and not exists (select from report_sendings s join messages m on m.id = s.message_id and m.state = 'waiting'
                           where s.report_id = $1 and s.user_id = u.id and s.period is null and $2::date is null)
         order by u.id",
        report.0,
        period
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let email = row.email.parse().map_err(|_| Error::Unknown(format!("the address {}", row.email)))?;
        Ok(Reader { id: UserId(row.id), name: row.name, email, language: row.language.parse()? })
    });
    rows.collect()
}

/// Writes down that a message brings a report to its reader.
pub async fn add_sending(
    connection: &mut Connection,
    report: ScheduledReportId,
    reader: UserId,
    period: Option<NaiveDate>,
    span: BookPeriod,
    message: MessageId,
) -> Result<()> {
    sqlx::query!(
        "insert into report_sendings (report_id, user_id, period, from_on, to_on, message_id)
         values ($1, $2, $3, $4, $5, $6)",
        report.0,
        reader.0,
        period,
        span.from,
        span.to,
        message.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What a message brings.
#[derive(Clone, Debug)]
pub struct Sending {
    pub reader: UserId,
    pub name: String,
    pub list: String,
    pub query: String,
    /// The days that it is about, when it is about some only.
    pub span: Option<BookPeriod>,
    pub format: FileFormat,
    pub language: Language,
}

/// `None` for a message that brings no report.
pub async fn of_message(connection: &mut Connection, message: MessageId) -> Result<Option<Sending>> {
    let row = sqlx::query!(
        "select s.user_id, s.from_on, s.to_on, r.name, r.list, r.query, r.of_period, r.format, r.language
         from report_sendings s join scheduled_reports r on r.id = s.report_id where s.message_id = $1",
        message.0
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    Ok(Some(Sending {
        reader: UserId(row.user_id),
        name: row.name,
        list: row.list,
        query: row.query,
        span: row.of_period.then_some(BookPeriod { from: row.from_on, to: row.to_on }),
        format: row.format.parse()?,
        language: row.language.parse()?,
    }))
}

/// How many rows were in the file.
pub async fn made(connection: &mut Connection, message: MessageId, rows: i64) -> Result<()> {
    sqlx::query!("update report_sendings set rows = $2 where message_id = $1", message.0, rows)
        .execute(connection)
        .await?;
    Ok(())
}
