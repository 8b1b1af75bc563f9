//! What the page says that customers who are cut are sent to. Anybody may ask: it tells what is owed at the address it
//! was asked from, and nothing of whom.

use std::net::IpAddr;

use domain::views::notice::{Notice, NoticeOfCut, NoticeOfInvoice};

use crate::{Context, Result};

pub async fn show(context: &Context, address: IpAddr) -> Result<Notice> {
    let connection = &mut *context.connection().await?;
    let company = store::company::get(connection).await?;
    let letterhead = store::letterhead::get(connection).await?;
    let cut = match store::notice::cut_at(connection, address).await? {
        None => None,
        Some(cut) => {
            let open = store::payments::open_invoices(connection, cut.contract).await?.into_iter();
            let invoices = open.map(|invoice| NoticeOfInvoice {
                number: invoice.number,
                due_on: invoice.due_on,
                open: invoice.open,
            });
            Some(NoticeOfCut { since: cut.since, reasons: cut.reasons, invoices: invoices.collect() })
        }
    };
    Ok(Notice {
        company: company.name,
        cut,
        how_to_pay: letterhead.how_to_pay,
        phone: letterhead.phone,
        email: letterhead.email,
        portal: context.public_url.clone(),
    })
}
