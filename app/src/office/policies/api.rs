//! What the pages of cut-off policies ask the server.

use domain::ids::{PolicyId, TaxId};
use domain::views::list::Choice;
use domain::views::policies::{PolicyDetail, PolicyForm, PolicyRow};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {
    crate::api,
    workflows::permit::{EditPolicies, SeePlans},
    workflows::policies,
};

#[server(input = GetUrl)]
pub async fn list_policies() -> Result<Vec<PolicyRow>, AppError> {
    let (context, permit) = api::permit::<SeePlans>()?;
    Ok(policies::list(&context, &permit).await?)
}

#[server(input = GetUrl)]
pub async fn show_policy(policy: PolicyId) -> Result<PolicyDetail, AppError> {
    let (context, permit) = api::permit::<SeePlans>()?;
    Ok(policies::show(&context, &permit, policy).await?)
}

/// What the form of a new policy chooses from.
#[server(input = GetUrl)]
pub async fn begin_policy() -> Result<Vec<Choice<TaxId>>, AppError> {
    let (context, permit) = api::permit::<EditPolicies>()?;
    Ok(policies::offer(&context, &permit).await?)
}

#[server]
pub async fn create_policy(policy: PolicyForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPolicies>()?;
    let id = policies::create(&context, &permit, &policy).await?;
    api::go_to(&format!("/office/policies/{id}?done=created"));
    Ok(())
}

#[server]
pub async fn edit_policy(id: PolicyId, policy: PolicyForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPolicies>()?;
    policies::edit(&context, &permit, id, &policy).await?;
    api::go_to(&format!("/office/policies/{id}?done=saved"));
    Ok(())
}
