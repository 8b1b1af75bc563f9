//! A batch is made, with its codes, or withdrawn.

use std::collections::BTreeSet;

use chrono::Days;
use domain::failure::{Blocker, Failure, Problem};
use domain::hotspot::Code;
use domain::ids::{HotspotId, VoucherBatchId};
use domain::views::vouchers::{BatchChoices, BatchForm};
use serde::Serialize;
use store::vouchers::NewVoucher;

use super::audited;
use crate::jobs::enqueue_hotspots;
use crate::permit::{IssueVouchers, Permit};
use crate::{Context, Error, Result, record};

pub async fn choices(context: &Context, _: &Permit<IssueVouchers>) -> Result<BatchChoices> {
    let mut connection = context.connection().await?;
    Ok(BatchChoices {
        hotspots: store::hotspots::choices(&mut connection).await?,
        profiles: store::hotspots::profile_choices(&mut connection).await?,
        taxes: store::taxes::choices(&mut connection).await?,
        currency: store::company::get(&mut connection).await?.currency,
    })
}

/// The vouchers are on their hotspots' routers soon after, and can be used: a shop that has the paper sells them on, and
/// what was used without a sale is told.
///
/// # Errors
/// `Fields`; among them that there is no hotspot yet.
pub async fn create(context: &Context, permit: &Permit<IssueVouchers>, typed: &BatchForm) -> Result<VoucherBatchId> {
    let mut transaction = context.begin().await?;
    let currency = store::company::get(&mut transaction).await?.currency;
    let batch = typed.check(currency, context.clock.today())?;
    let hotspots = places(&mut transaction, batch.hotspot).await?;
    let day_over = batch.terms.valid_until.and_then(|day| day.checked_add_days(Days::new(1)));
    let ends_at = day_over.map(|day| context.clock.start_of(day));
    let vouchers: Vec<NewVoucher> =
        (1..).zip(codes(batch.quantity)).map(|(number, code)| NewVoucher { number, code, ends_at }).collect();
    let (now, by) = (context.clock.now(), permit.actor().user_id());
    let added = store::vouchers::add_batch(&mut transaction, &batch, &hotspots, &vouchers, now, by).await;
    let id = added.map_err(|error| refused(error, &batch.series))?;
    record::audit(context, &mut transaction, permit, audited(id), None::<&()>, Some(&batch)).await?;
    enqueue_hotspots(context, &mut transaction, &hotspots, false).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// One place, or all that there are.
async fn places(transaction: &mut store::Transaction, hotspot: Option<HotspotId>) -> Result<Vec<HotspotId>> {
    let all = store::hotspots::all(transaction).await?;
    let places = match hotspot {
        None => all,
        Some(one) => all.into_iter().filter(|id| *id == one).collect(),
    };
    if places.is_empty() { Err(Failure::field("hotspot", Problem::UnknownChoice).into()) } else { Ok(places) }
}

/// All different, and in no order: one tells nothing of the next. That one is another batch's already, the database would
/// refuse; it does not happen in a lifetime.
fn codes(count: u32) -> Vec<Code> {
    let (mut codes, mut known) = (Vec::new(), BTreeSet::new());
    while codes.len() < count as usize {
        let code = Code::of(rand::random());
        if known.insert(code.clone()) {
            codes.push(code);
        }
    }
    codes
}

fn refused(error: store::Error, series: &str) -> Error {
    let field = |name, problem| Error::Refused(Failure::field(name, problem));
    match &error {
        store::Error::Taken { constraint } if constraint == "voucher_batches_series_key" => {
            field("series", Problem::Taken { by: series.to_owned() })
        }
        store::Error::Refused { constraint, .. } if constraint == "voucher_batches_tax_id_fkey" => {
            field("tax", Problem::UnknownChoice)
        }
        store::Error::Refused { .. } => field("profile", Problem::UnknownChoice),
        _ => error.into(),
    }
}

#[derive(Serialize)]
struct Withdrawn {
    ended: u64,
}

/// Whatever of the batch is not over ends now, also for those who are in. What was sold stays sold: a credit note gives
/// money back.
///
/// # Errors
/// `NotFound`; `Blocked` when it was withdrawn before.
pub async fn withdraw(context: &Context, permit: &Permit<IssueVouchers>, id: VoucherBatchId) -> Result<()> {
    let mut transaction = context.begin().await?;
    if store::vouchers::lock_batch(&mut transaction, id).await?.withdrawn {
        return Err(Failure::Blocked { what: Blocker::AlreadyDecided }.into());
    }
    let ended = store::vouchers::withdraw(&mut transaction, id, context.clock.now()).await?;
    record::audit(context, &mut transaction, permit, audited(id), None::<&()>, Some(&Withdrawn { ended })).await?;
    let places = store::vouchers::batch(&mut transaction, id, context.clock.now()).await?.hotspots;
    let places: Vec<HotspotId> = places.into_iter().map(|place| place.id).collect();
    enqueue_hotspots(context, &mut transaction, &places, true).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
