//! Accounts with a name and a password, for those who stay.

use domain::failure::{Failure, Problem};
use domain::hotspot::Code;
use domain::ids::{HotspotId, HotspotUserId};
use domain::views::hotspots::{UserFacts, UserForm, UserPage};
use secrecy::SecretString;

use crate::jobs::enqueue_hotspots;
use crate::permit::{EditHotspots, Permit};
use crate::record::Subject;
use crate::{Context, Error, Result, record};

/// Without `id`, for a new one.
///
/// # Errors
/// `NotFound`.
pub async fn begin_user(
    context: &Context,
    _: &Permit<EditHotspots>,
    hotspot: HotspotId,
    id: Option<HotspotUserId>,
) -> Result<UserPage> {
    let mut connection = context.connection().await?;
    let record = store::hotspots::record(&mut connection, hotspot).await?;
    let form = match id {
        None => UserForm::default(),
        Some(id) => {
            let user = store::hotspots::user(&mut connection, hotspot, id).await?;
            UserForm {
                name: user.name,
                password: String::new(),
                profile: user.profile.id.to_string(),
                valid_until: user.valid_until.map(|day| day.to_string()).unwrap_or_default(),
                disabled: user.disabled,
            }
        }
    };
    let profiles = store::hotspots::profile_choices(&mut connection).await?;
    Ok(UserPage { hotspot: record.facts.name, form, profiles })
}

/// # Errors
/// `Fields`; `NotFound`.
pub async fn create_user(
    context: &Context,
    permit: &Permit<EditHotspots>,
    hotspot: HotspotId,
    typed: &UserForm,
) -> Result<HotspotUserId> {
    let (facts, password) = typed.check(true)?;
    not_a_code(&facts)?;
    let password = password.ok_or_else(|| Failure::field("password", Problem::Required))?;
    let sealed = context.vault.seal(&SecretString::from(password))?;
    let mut transaction = context.begin().await?;
    store::hotspots::lock(&mut transaction, hotspot).await?;
    let added = store::hotspots::add_user(&mut transaction, hotspot, &facts, &sealed).await;
    let id = added.map_err(|error| refused(error, &facts))?;
    record::audit(context, &mut transaction, permit, audited(id), None::<&()>, Some(&facts)).await?;
    enqueue_hotspots(context, &mut transaction, &[hotspot], false).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// With an empty password, the one that is stored stays.
///
/// # Errors
/// `Fields`; `NotFound`.
pub async fn edit_user(
    context: &Context,
    permit: &Permit<EditHotspots>,
    hotspot: HotspotId,
    id: HotspotUserId,
    typed: &UserForm,
) -> Result<()> {
    let (facts, password) = typed.check(false)?;
    not_a_code(&facts)?;
    let sealed = password.map(|password| context.vault.seal(&SecretString::from(password))).transpose()?;
    let mut transaction = context.begin().await?;
    let before = store::hotspots::user(&mut transaction, hotspot, id).await?;
    let saved = store::hotspots::edit_user(&mut transaction, id, &facts, sealed.as_deref()).await;
    saved.map_err(|error| refused(error, &facts))?;
    record::audit(context, &mut transaction, permit, audited(id), Some(&before), Some(&facts)).await?;
    enqueue_hotspots(context, &mut transaction, &[hotspot], facts.disabled).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Routers know vouchers and accounts by their names alone.
fn not_a_code(facts: &UserFacts) -> Result<(), Failure> {
    match facts.name.parse::<Code>() {
        Ok(_) => Err(Failure::field("name", Problem::NotAUserName)),
        Err(_) => Ok(()),
    }
}

fn audited(id: HotspotUserId) -> Subject {
    Subject { kind: "hotspot_user", id: id.0 }
}

fn refused(error: store::Error, facts: &UserFacts) -> Error {
    match error {
        store::Error::Taken { .. } => Failure::field("name", Problem::Taken { by: facts.name.clone() }).into(),
        store::Error::Refused { .. } => Failure::field("profile", Problem::UnknownChoice).into(),
        error => error.into(),
    }
}
