//! What staff ask about who comes into a customer's portal.

use domain::ids::{CustomerId, PortalCodeId, UserId};
use domain::portal::PortalRight;
use domain::views::customers::CustomerDetail;
use domain::views::portal_people::{CodeForm, PersonForm, PortalPeople};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {
    super::new_code,
    crate::api,
    workflows::permit::{EditPortalAccess, SeeCustomers},
    workflows::{customers, portal_people},
};

#[server(input = GetUrl)]
pub async fn show_portal_access(customer: CustomerId) -> Result<(CustomerDetail, PortalPeople), AppError> {
    let (context, permit) = api::permit::<SeeCustomers>()?;
    let detail = customers::show(&context, &permit, customer).await?;
    Ok((detail, portal_people::list(&context, &permit, customer).await?))
}

#[server]
pub async fn invite_to_portal(customer: CustomerId, person: PersonForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPortalAccess>()?;
    portal_people::invite(&context, &permit, customer, &person).await?;
    back(customer, "sent");
    Ok(())
}

#[server]
pub async fn invite_to_portal_again(customer: CustomerId, person: UserId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPortalAccess>()?;
    portal_people::invite_again(&context, &permit, customer, person).await?;
    back(customer, "sent");
    Ok(())
}

#[server]
pub async fn change_portal_right(customer: CustomerId, person: UserId, right: PortalRight) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPortalAccess>()?;
    portal_people::change_right(&context, &permit, customer, person, right).await?;
    back(customer, "saved");
    Ok(())
}

#[server]
pub async fn end_portal_access(customer: CustomerId, person: UserId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPortalAccess>()?;
    portal_people::end_access(&context, &permit, customer, person).await?;
    back(customer, "removed");
    Ok(())
}

#[server]
pub async fn restore_portal_access(customer: CustomerId, person: UserId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPortalAccess>()?;
    portal_people::restore_access(&context, &permit, customer, person).await?;
    back(customer, "saved");
    Ok(())
}

/// The code is shown on the next page, this once.
#[server]
pub async fn make_portal_code(customer: CustomerId, code: CodeForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPortalAccess>()?;
    let made = portal_people::make_code(&context, &permit, customer, &code).await?;
    new_code::keep_for_the_page(&made);
    back(customer, "created");
    Ok(())
}

#[server]
pub async fn withdraw_portal_code(code: PortalCodeId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPortalAccess>()?;
    let customer = portal_people::withdraw_code(&context, &permit, code).await?;
    back(customer, "removed");
    Ok(())
}

#[cfg(feature = "ssr")]
fn back(customer: CustomerId, done: &str) {
    api::go_to(&format!("/office/customers/{customer}/access?done={done}"));
}
