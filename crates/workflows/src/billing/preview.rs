//! What a night would bill: the night's own code, in transactions that are rolled back.

use chrono::NaiveDate;
use domain::ids::ContractId;
use domain::views::runs::{InvoicesPreview, PREVIEWED};

use super::issue::bill_contracts;
use crate::runs::Progress;
use crate::{Context, Result};

/// Contracts in one transaction: few, since it keeps the number series from others for as long as it lasts.
const CHUNK: i64 = 200;

/// The invoices that would be issued on `date`, and how many contracts would be left out.
pub(crate) async fn preview(
    context: &Context,
    date: NaiveDate,
    progress: &mut Progress<'_>,
) -> Result<(InvoicesPreview, i64)> {
    let (mut preview, mut left_out) = (InvoicesPreview::default(), 0);
    let mut after = ContractId(0);
    loop {
        let chunk = store::billing::due_after(&mut *context.connection().await?, date, after, CHUNK).await?;
        let Some(last) = chunk.last().copied() else { return Ok((preview, left_out)) };
        match bill(context, &chunk, date).await {
            Ok((invoices, parked)) => {
                preview.add(invoices, PREVIEWED);
                left_out += parked;
            }
            Err(_) => {
                for contract in &chunk {
                    match bill(context, &[*contract], date).await {
                        Ok((invoices, parked)) => {
                            preview.add(invoices, PREVIEWED);
                            left_out += parked;
                        }
                        Err(_) => left_out += 1,
                    }
                }
            }
        }
        progress.add(chunk.len()).await?;
        after = last;
    }
}

/// The invoices of these contracts, and how many contracts have none because something is wrong with them. Nothing stays.
async fn bill(context: &Context, contracts: &[ContractId], date: NaiveDate) -> Result<(InvoicesPreview, i64)> {
    let mut transaction = context.begin().await?;
    let before = store::runs::newest_invoice(&mut transaction).await?;
    let issued = bill_contracts(context, &mut transaction, contracts, date).await?;
    let invoices = store::runs::invoices_after(&mut transaction, before, contracts).await?;
    transaction.rollback().await.map_err(store::Error::from)?;
    let parked = i64::try_from(issued.parked.len()).map_err(crate::Error::internal)?;
    Ok((invoices, parked))
}
