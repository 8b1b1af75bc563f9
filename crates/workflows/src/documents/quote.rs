//! A quote on paper.

use documents::paper::{Content, Quote, Sums};
use domain::failure::Failure;
use domain::ids::QuoteId;
use domain::letterhead::TemplateKind;
use domain::quote::QuotePurpose;
use domain::views::invoices::InvoiceLine;

use super::invoice::{line, taxes};
use super::paper::{Sheet, print, words_of};
use super::words::amount;
use super::{Pdf, Reader};
use crate::permit::SeeQuotes;
use crate::{Context, Error, Result};

/// # Errors
/// `NotFound`, also for another customer's, and for a draft that a customer asks for.
pub async fn quote(context: &Context, reader: &Reader<SeeQuotes>, quote: QuoteId) -> Result<Pdf> {
    let mut connection = context.connection().await?;
    let detail = store::quotes_list::show(&mut connection, quote, context.clock.today()).await?;
    let row = detail.row;
    reader.may_read_of(row.customer)?;
    if row.number.is_none() && !reader.is_staff() {
        return Err(Failure::NotFound.into());
    }
    let words = words_of(&mut connection, row.customer).await?;
    let promise = match row.purpose {
        QuotePurpose::Sale => words.say("Se emite la factura.", "The invoice is issued."),
        QuotePurpose::Reconnection => words.say(
            "El servicio vuelve de inmediato y después se emite la factura. El período indicado queda facturado.",
            "The service is back at once, and the invoice follows. The period above counts as billed.",
        ),
    };
    let lines: Vec<InvoiceLine> = detail.lines.into_iter().map(|line| line.line).collect();
    let content = Quote {
        state: row.state.word().to_owned(),
        number: row.number.clone().unwrap_or_default(),
        issued_on: words.optional_date(row.sent_on),
        valid_until: words.date(row.valid_until),
        contract: row.contract.map(|contract| contract.name).unwrap_or_default(),
        lines: lines.iter().map(|charged| line(charged, words)).collect(),
        sums: Sums {
            currency: row.total.currency().code().to_owned(),
            untaxed: amount(detail.untaxed),
            taxes: taxes(&lines).map_err(Error::internal)?,
            total: amount(row.total),
        },
        promise,
        note: detail.note,
    };
    let sheet = Sheet {
        kind: TemplateKind::Quote,
        customer: row.customer,
        address: None,
        number: row.number.unwrap_or_else(|| format!("draft-{quote}")),
        doc: Content::Quote(content),
    };
    print(&mut connection, reader, sheet).await
}
