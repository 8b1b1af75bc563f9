//! Where a draft is to be installed, and its policy.

use domain::ids::{AddressId, ContractId, PolicyId};
use domain::views::contract_forms::EditDraftForm;
use serde::Serialize;

use super::{lock, must_be_draft, must_live_at, subject};
use crate::permit::{EditContracts, Permit};
use crate::record::audit;
use crate::refused::unknown_choice;
use crate::{Context, Result};

pub async fn edit_draft(
    context: &Context,
    permit: &Permit<EditContracts>,
    contract: ContractId,
    form: &EditDraftForm,
) -> Result<()> {
    let (address, policy) = form.check()?;
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    must_be_draft(&contract)?;
    must_live_at(&mut transaction, contract.customer, address).await?;
    store::contracts::edit_draft(&mut transaction, contract.id, address, policy)
        .await
        .map_err(|error| unknown_choice(error, &[("contracts_policy_id_fkey", "policy")]))?;
    let before = Edited { address: contract.address, policy: contract.policy };
    let after = Edited { address, policy };
    audit(context, &mut transaction, permit, subject(contract.id), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// As the audit shows it.
#[derive(Serialize)]
struct Edited {
    address: AddressId,
    policy: PolicyId,
}
