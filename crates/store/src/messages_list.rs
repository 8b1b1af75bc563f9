//! Messages to look at.

use chrono::{DateTime, Utc};
use domain::ids::{CustomerId, JobId, MessageId};
use domain::views::list::{Choice, Page};
use domain::views::messages::{MessageFilter, MessageRow};

use crate::search::pattern;
use crate::{Connection, Result};

struct Row {
    id: i64,
    created_at: DateTime<Utc>,
    customer_id: Option<i64>,
    customer_name: Option<String>,
    channel: String,
    purpose: String,
    to_address: String,
    subject: String,
    state: String,
    sent_at: Option<DateTime<Utc>>,
    answer: String,
}

impl Row {
    fn view(self) -> Result<MessageRow> {
        let customer = self.customer_id.map(CustomerId).zip(self.customer_name);
        Ok(MessageRow {
            id: MessageId(self.id),
            at: self.created_at,
            customer: customer.map(|(id, name)| Choice { id, name }),
            channel: self.channel.parse()?,
            purpose: self.purpose.parse()?,
            to: self.to_address,
            subject: self.subject,
            state: self.state.parse()?,
            sent_at: self.sent_at,
            answer: self.answer,
        })
    }
}

/// The newest first.
pub async fn list(connection: &mut Connection, filter: &MessageFilter) -> Result<Page<MessageRow>> {
    let search = filter.search.as_deref().and_then(pattern);
    let (state, channel) = (filter.state.map(|state| state.word()), filter.channel.map(|channel| channel.word()));
    let (purpose, customer) = (filter.purpose.map(|purpose| purpose.word()), filter.customer.map(|id| id.0));
    let total = sqlx::query_scalar!(
        r#"select count(*) as "count!" from messages m left join customers k on k.id = m.customer_id
           where ($1::text is null or k.search like plain($1) or m.to_address ilike $1)
             and ($2::text is null or m.state = $2) and ($3::text is null or m.channel = $3)
             and ($4::text is null or m.purpose = $4) and ($5::bigint is null or m.customer_id = $5)"#,
        search,
        state,
        channel,
        purpose,
        customer
    );
    let total = total.fetch_one(&mut *connection).await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, m.created_at, m.customer_id, k.name as "customer_name?", m.channel, m.purpose, m.to_address,
                  m.subject, m.state, m.sent_at, m.answer
           from messages m left join customers k on k.id = m.customer_id
           where ($1::text is null or k.search like plain($1) or m.to_address ilike $1)
             and ($2::text is null or m.state = $2) and ($3::text is null or m.channel = $3)
             and ($4::text is null or m.purpose = $4) and ($5::bigint is null or m.customer_id = $5)
           order by m.id desc limit $6 offset $7"#,
        search,
        state,
        channel,
        purpose,
        customer,
        filter.page.rows(),
        filter.page.offset()
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(Row::view).collect::<Result<_>>()?;
    Ok(Page { rows, total, number: filter.page.0.max(1) })
}

/// One message: its row, when it may leave, its sealed text, and its newest job.
pub async fn show(
    connection: &mut Connection,
    id: MessageId,
) -> Result<(MessageRow, Option<DateTime<Utc>>, Vec<u8>, Option<JobId>)> {
    let row = sqlx::query_as!(
        Row,
        r#"select m.id, m.created_at, m.customer_id, k.name as "customer_name?", m.channel, m.purpose, m.to_address,
                  m.subject, m.state, m.sent_at, m.answer
           from messages m left join customers k on k.id = m.customer_id where m.id = $1"#,
        id.0
    );
    let row = row.fetch_one(&mut *connection).await?.view()?;
    let rest = sqlx::query!(
        r#"select not_before, body,
                  (select max(id) from jobs where kind = 'message' and subject_id = m.id) as "job?"
           from messages m where id = $1"#,
        id.0
    );
    let rest = rest.fetch_one(connection).await?;
    Ok((row, rest.not_before, rest.body, rest.job.map(JobId)))
}
