//! A receipt for a payment.

use documents::paper::{Content, Paid, Receipt};
use domain::ids::PaymentId;
use domain::letterhead::TemplateKind;

use super::paper::{Sheet, print, words_of};
use super::words::money;
use super::{Pdf, Reader};
use crate::permit::SeePayments;
use crate::{Context, Result};

/// # Errors
/// `NotFound`, also for another customer's.
pub async fn receipt(context: &Context, reader: &Reader<SeePayments>, payment: PaymentId) -> Result<Pdf> {
    let mut connection = context.connection().await?;
    let detail = store::payments_list::show(&mut connection, payment).await?;
    let row = detail.row;
    reader.may_read_of(row.customer)?;
    let words = words_of(&mut connection, row.customer).await?;
    let paid = detail.allocations.into_iter().map(|paid| Paid {
        number: words.say(&format!("Factura {}", paid.number), &format!("Invoice {}", paid.number)),
        on: words.date(paid.on),
        amount: money(paid.amount),
    });
    let receipt = Receipt {
        number: row.receipt.clone(),
        received_on: words.date(row.received_on),
        method: words.method(row.method),
        reference: row.reference,
        amount: money(row.amount),
        paid: paid.collect(),
        unused: if row.unused.is_positive() { money(row.unused) } else { String::new() },
    };
    let sheet = Sheet {
        kind: TemplateKind::Receipt,
        customer: row.customer,
        address: None,
        number: row.receipt,
        doc: Content::Receipt(receipt),
    };
    print(&mut connection, reader, sheet).await
}
