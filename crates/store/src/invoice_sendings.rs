//! Documents that mails bring.

use domain::ids::{InvoiceId, MessageId};

use crate::{Connection, Result};

/// Writes down that a message brings a document.
pub async fn add(connection: &mut Connection, message: MessageId, invoice: InvoiceId) -> Result<()> {
    sqlx::query!("insert into invoice_sendings (message_id, invoice_id) values ($1, $2)", message.0, invoice.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// `None` for a message that brings none.
pub async fn of_message(connection: &mut Connection, message: MessageId) -> Result<Option<InvoiceId>> {
    let id = sqlx::query_scalar!("select invoice_id from invoice_sendings where message_id = $1", message.0);
    Ok(id.fetch_optional(connection).await?.map(InvoiceId))
}
