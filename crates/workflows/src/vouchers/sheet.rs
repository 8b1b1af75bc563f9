//! Vouchers on paper: cards to be cut apart.

use documents::paper::{Content, Paper, Party, Voucher, Vouchers};
use domain::contact::Language;
use domain::failure::Failure;
use domain::hotspot::Limits;
use domain::ids::VoucherBatchId;
use domain::money::Money;
use domain::views::vouchers::{BatchDetail, voucher_name};

use super::audited;
use super::sell::line;
use crate::documents::{NoDocument, Pdf, Words, amount, issuer, off_the_threads};
use crate::invoices::charge;
use crate::permit::{IssueVouchers, Permit};
use crate::{Context, Error, Result, record};

/// Cards of one file: more take too long to wait for.
const CARDS: usize = 240;

/// A file of cards, of those that nobody used yet; `part` counts from one. Codes are money: who prints them is written
/// down.
///
/// # Errors
/// `NotFound`, also for a part that is not there.
pub async fn sheet(context: &Context, permit: &Permit<IssueVouchers>, id: VoucherBatchId, part: usize) -> Result<Pdf> {
    let mut transaction = context.begin().await?;
    let (listed, tax) = store::vouchers::batch_price(&mut transaction, id).await?;
    // What the buyer pays, with the tax that may come on top of the price.
    let one = charge(context, &mut transaction, &line("", 1, listed, tax)?).await?.total;
    let batch = store::vouchers::batch(&mut transaction, id, context.clock.now()).await?;
    let vouchers = store::vouchers::printed(&mut transaction, id).await?;
    let vouchers = vouchers.chunks(CARDS).nth(part.saturating_sub(1)).ok_or(Failure::NotFound)?;
    let company = store::company::get(&mut transaction).await?;
    let words = Words(company.language);
    let rule = store::letterhead::tax_id_rule(&mut transaction).await?;
    let portal = portal(&mut transaction, &batch).await?;
    let series = &batch.row.series;
    let cards = vouchers.iter().map(|(number, code)| Voucher {
        name: voucher_name(series, *number),
        code: code.grouped(),
        link: format!("http://{portal}/login?username={code}"),
    });
    let content =
        Vouchers { price: price(one), terms: terms(&batch, words), portal: portal.clone(), cards: cards.collect() };
    let paper = Paper {
        language: words.code(),
        issuer: issuer(&mut transaction, &rule).await?,
        customer: Party::default(),
        notice: String::new(),
        doc: Content::Vouchers(content),
    };
    let logo = store::letterhead::logo(&mut transaction).await?.map(|(bytes, _)| bytes);
    let printed = (part, vouchers.len());
    record::audit(context, &mut transaction, permit, audited(id), None::<&()>, Some(&printed)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    let bytes = off_the_threads(move || {
        documents::pdf(documents::VOUCHERS, &paper, logo.as_deref())
            .or_else(|_| documents::pdf(documents::VOUCHERS, &paper, None))
    })
    .await?;
    let bytes = bytes.map_err(|errors| Error::internal(NoDocument(errors)))?;
    Ok(Pdf { name: format!("{series}-{part}.pdf"), bytes })
}

/// The name by which the QR code finds the portal: that of the first of its places.
async fn portal(connection: &mut store::Connection, batch: &BatchDetail) -> Result<String> {
    let place = batch.hotspots.first().ok_or(Failure::NotFound)?;
    Ok(store::hotspots::record(connection, place.id).await?.facts.dns_name)
}

fn price(one: Money) -> String {
    format!("{} {}", amount(one), one.currency())
}

/// What the buyer gets, a sentence each.
fn terms(batch: &BatchDetail, words: Words) -> Vec<String> {
    let terms = &batch.terms;
    let spanish = words.0 == Language::Spanish;
    let mut told = Vec::new();
    if let Some(minutes) = terms.valid_minutes {
        let span = span(minutes, words);
        told.push(if spanish { format!("{span} desde el primer uso") } else { format!("{span} from the first use") });
    }
    if let Some(day) = terms.valid_until {
        let day = words.date(day);
        told.push(if spanish { format!("Hasta el {day}") } else { format!("Until {day}") });
    }
    let Limits { minutes, megabytes } = terms.limits;
    if let Some(minutes) = minutes {
        let span = span(minutes, words);
        told.push(if spanish { format!("{span} de uso") } else { format!("{span} of use") });
    }
    if let Some(megabytes) = megabytes {
        let size = if megabytes % 1024 == 0 { format!("{} GB", megabytes / 1024) } else { format!("{megabytes} MB") };
        told.push(if spanish { format!("{size} de datos") } else { format!("{size} of data") });
    }
    told
}

/// In the largest unit that says it exactly.
fn span(minutes: u32, words: Words) -> String {
    let (number, one, many) = match minutes {
        days if days % 1440 == 0 => (days / 1440, ("día", "day"), ("días", "days")),
        hours if hours % 60 == 0 => (hours / 60, ("hora", "hour"), ("horas", "hours")),
        minutes => (minutes, ("minuto", "minute"), ("minutos", "minutes")),
    };
    let (spanish, english) = if number == 1 { one } else { many };
    format!("{number} {}", words.say(spanish, english))
}
