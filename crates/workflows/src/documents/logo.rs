//! The logo on documents.

use documents::logo::{Format, Refusal, check};
use domain::failure::{Failure, Problem};
use domain::views::documents::LogoRefusal;
use serde::Serialize;

use super::letterhead::SUBJECT;
use crate::permit::{EditDocuments, Permit};
use crate::record::audit;
use crate::{Context, Result};

/// The logo with the type that browsers know it by.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn show_logo(context: &Context, _: &Permit<EditDocuments>) -> Result<(Vec<u8>, &'static str)> {
    let logo = store::letterhead::logo(&mut *context.connection().await?).await?;
    let (bytes, format) = logo.ok_or(Failure::NotFound)?;
    let format = if format == "png" { Format::Png } else { Format::Svg };
    Ok((bytes, format.mime()))
}

/// What the file is, its bytes say.
///
/// # Errors
/// `Fields`: `NotALogo` with why.
pub async fn save_logo(context: &Context, permit: &Permit<EditDocuments>, bytes: &[u8]) -> Result<()> {
    let format =
        check(bytes).map_err(|refusal| Failure::field("logo", Problem::NotALogo { because: told(refusal) }))?;
    let format = match format {
        Format::Png => "png",
        Format::Svg => "svg",
    };
    save(context, permit, Some((bytes, format))).await
}

pub async fn remove_logo(context: &Context, permit: &Permit<EditDocuments>) -> Result<()> {
    save(context, permit, None).await
}

async fn save(context: &Context, permit: &Permit<EditDocuments>, logo: Option<(&[u8], &str)>) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::letterhead::logo(&mut transaction).await?;
    store::letterhead::save_logo(&mut transaction, logo).await?;
    let before = before.map(|(bytes, format)| Audited { bytes: bytes.len(), format });
    let after = logo.map(|(bytes, format)| Audited { bytes: bytes.len(), format: format.to_owned() });
    audit(context, &mut transaction, permit, SUBJECT, before.as_ref(), after.as_ref()).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn told(refusal: Refusal) -> LogoRefusal {
    match refusal {
        Refusal::TooLarge => LogoRefusal::TooLarge,
        Refusal::UnknownFormat => LogoRefusal::UnknownFormat,
        Refusal::MoreThanADrawing => LogoRefusal::MoreThanADrawing,
    }
}

/// As the audit shows it: that there is another logo, not its bytes.
#[derive(Serialize)]
struct Audited {
    bytes: usize,
    format: String,
}
