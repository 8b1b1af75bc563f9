//! How the network is looked after.

use domain::failure::{FormCheck, Problem};
use domain::form;
use domain::network::{NetworkSettings, ScanEffect};
use domain::views::scans::NetworkSettingsForm;

use crate::permit::{EditRouters, Permit, SeeRouters};
use crate::record::Subject;
use crate::{Context, Result, record};

pub async fn settings(context: &Context, _: &Permit<SeeRouters>) -> Result<NetworkSettings> {
    Ok(store::network_settings::get(&mut *context.connection().await?).await?)
}

pub async fn edit_settings(context: &Context, permit: &Permit<EditRouters>, typed: &NetworkSettingsForm) -> Result<()> {
    let settings = check(typed)?;
    let mut transaction = context.begin().await?;
    let before = store::network_settings::get(&mut transaction).await?;
    store::network_settings::save(&mut transaction, &settings).await?;
    let subject = Subject { kind: "network_settings", id: 1 };
    record::audit(context, &mut transaction, permit, subject, Some(&before), Some(&settings)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn check(typed: &NetworkSettingsForm) -> Result<NetworkSettings> {
    let mut check = FormCheck::default();
    let hour = check.take("scan_hour", hour(&typed.scan_hour));
    let effect: Option<ScanEffect> = check.take("scan_effect", form::choice(&typed.scan_effect));
    let days = check.take("keep_days", form::whole(&typed.keep_days, 7..=3650));
    let value = || {
        let (scan_effect, keep_days) = (effect?, i32::try_from(days?).ok()?);
        Some(NetworkSettings { scan_hour: hour?, scan_effect, keep_days })
    };
    let settings = check.answer(value())?;
    // What nobody looked at is never removed by the clock.
    Ok(NetworkSettings { scan_effect: settings.scan_effect.min(ScanEffect::Mend), ..settings })
}

fn hour(typed: &str) -> Result<Option<u32>, Problem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    form::whole(typed, 0..=23).map(Some)
}
