//! Showing the PPPoE password, to somebody who is named in the audit for it.

use domain::failure::Failure;
use domain::ids::ContractId;
use secrecy::SecretString;

use super::subject;
use crate::permit::{Permit, SeeServiceSecrets};
use crate::record::audit;
use crate::{Context, Error, Result};

/// # Errors
/// `NotFound` for a contract without a service, or whose service has no password.
pub async fn reveal_secret(
    context: &Context,
    permit: &Permit<SeeServiceSecrets>,
    contract: ContractId,
) -> Result<SecretString> {
    let mut transaction = context.begin().await?;
    let (_, sealed) = store::service_settings::sealed_password(&mut transaction, contract).await?;
    let sealed = sealed.ok_or(Failure::NotFound)?;
    let password = context.vault.open(&sealed).map_err(Error::internal)?;
    audit(context, &mut transaction, permit, subject(contract), None::<&()>, None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(password)
}
