//! What the pages of the billing settings ask the server.

use chrono::NaiveDate;
use domain::ids::TaxId;
use domain::views::taxes::{BillingDayForm, BillingSettings, RateForm, TaxDetail, TaxForm};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {
    crate::api,
    workflows::permit::{EditBilling, SeePlans},
    workflows::taxes,
};

#[server(input = GetUrl)]
pub async fn show_billing_settings() -> Result<BillingSettings, AppError> {
    let (context, permit) = api::permit::<SeePlans>()?;
    Ok(taxes::settings(&context, &permit).await?)
}

#[server]
pub async fn set_billing_day(form: BillingDayForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditBilling>()?;
    taxes::set_billing_day(&context, &permit, &form).await?;
    api::go_to("/office/billing?done=saved");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_tax(tax: TaxId) -> Result<TaxDetail, AppError> {
    let (context, permit) = api::permit::<SeePlans>()?;
    Ok(taxes::show(&context, &permit, tax).await?)
}

#[server]
pub async fn create_tax(form: TaxForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditBilling>()?;
    let id = taxes::create(&context, &permit, &form).await?;
    api::go_to(&format!("/office/billing/taxes/{id}?done=created"));
    Ok(())
}

#[server]
pub async fn change_tax_rate(tax: TaxId, form: RateForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditBilling>()?;
    taxes::change_rate(&context, &permit, tax, &form).await?;
    api::go_to(&format!("/office/billing/taxes/{tax}?done=saved"));
    Ok(())
}

#[server]
pub async fn cancel_tax_change(tax: TaxId, from: NaiveDate) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditBilling>()?;
    taxes::cancel_change(&context, &permit, tax, from).await?;
    api::go_to(&format!("/office/billing/taxes/{tax}?done=removed"));
    Ok(())
}
