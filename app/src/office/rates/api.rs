//! What the page of rates asks the server.

use domain::views::rates::{PaymentSettingsForm, RateForm, Rates};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    workflows::permit::{EditRates, SeePayments},
    workflows::rates,
};

#[server(input = GetUrl)]
pub async fn list_rates(#[server(default)] query: ListQuery) -> Result<Rates, AppError> {
    let (context, permit) = api::permit::<SeePayments>()?;
    Ok(rates::list(&context, &permit, query.page).await?)
}

#[server]
pub async fn put_rate(rate: RateForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRates>()?;
    rates::put(&context, &permit, &rate).await?;
    api::go_to("/office/rates?done=saved");
    Ok(())
}

#[server]
pub async fn import_rates(#[server(default)] lines: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRates>()?;
    rates::import(&context, &permit, &lines).await?;
    api::go_to("/office/rates?done=saved");
    Ok(())
}

#[server]
pub async fn save_payment_settings(settings: PaymentSettingsForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditRates>()?;
    rates::save_settings(&context, &permit, &settings).await?;
    api::go_to("/office/rates?done=saved");
    Ok(())
}
