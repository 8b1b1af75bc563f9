//! The first use of a voucher.
//!
//! A router tells of it, and not a page of the server's: who types a code is let in by the router at once, also while the
//! server cannot be reached. What makes it happen once is one statement of the database, whoever tries, from wherever and
//! however often. A voucher that is used at two places at the same time is the one's whose look comes first; the other's
//! session is ended by a look that then is due at once.

use chrono::{DateTime, Days, Utc};
use domain::contact::Mac;
use domain::hotspot::end_of_use;
use domain::ids::{HotspotId, VoucherId};
use store::vouchers::{Redeemed, Redemption};

use crate::{Context, Result};

/// Writes down that a voucher is used at a hotspot, now, by a device.
///
/// # Errors
/// `NotFound`.
pub async fn redeem(context: &Context, voucher: VoucherId, hotspot: HotspotId, mac: Option<&Mac>) -> Result<Redeemed> {
    let mut transaction = context.begin().await?;
    let redemption = store::vouchers::redemption(&mut transaction, voucher).await?;
    let now = context.clock.now();
    let redeemed = write(context, &mut transaction, voucher, &redemption, hotspot, mac, now).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(redeemed)
}

/// The same for what a look found. Answers the hotspots whose routers must hear of it.
pub(crate) async fn redeem_seen(
    context: &Context,
    transaction: &mut store::Transaction,
    voucher: VoucherId,
    hotspot: HotspotId,
    mac: Option<&Mac>,
    first_used: DateTime<Utc>,
) -> Result<Vec<HotspotId>> {
    let redemption = store::vouchers::redemption(transaction, voucher).await?;
    match write(context, transaction, voucher, &redemption, hotspot, mac, first_used).await? {
        // Taken off everywhere else; here it may have become one device's own, or be over already.
        Redeemed::First => {
            let batch = store::vouchers::batch(transaction, redemption.batch, context.clock.now()).await?;
            let is_here = redemption.locks_to_device || is_over(context, &redemption, first_used);
            let places = batch.hotspots.into_iter().map(|place| place.id);
            Ok(places.filter(|place| *place != hotspot || is_here).collect())
        }
        Redeemed::Here => Ok(Vec::new()),
        Redeemed::Refused => Ok(vec![hotspot]),
    }
}

async fn write(
    context: &Context,
    transaction: &mut store::Transaction,
    voucher: VoucherId,
    redemption: &Redemption,
    hotspot: HotspotId,
    mac: Option<&Mac>,
    first_used: DateTime<Utc>,
) -> Result<Redeemed> {
    let expires_at = expires_at(context, redemption, first_used);
    Ok(store::vouchers::redeem(transaction, voucher, hotspot, mac, first_used, expires_at).await?)
}

fn expires_at(context: &Context, redemption: &Redemption, first_used: DateTime<Utc>) -> DateTime<Utc> {
    let next = redemption.valid_until.and_then(|day| day.checked_add_days(Days::new(1)));
    let day_over = next.map(|day| context.clock.start_of(day));
    end_of_use(first_used, redemption.valid_minutes, day_over)
}

fn is_over(context: &Context, redemption: &Redemption, first_used: DateTime<Utc>) -> bool {
    expires_at(context, redemption, first_used) <= context.clock.now()
}
