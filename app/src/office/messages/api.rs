//! What the pages of messages ask the server.

use domain::ids::{CustomerId, MessageId};
use domain::views::messages::{
    MessageDetail, MessageList, MessageSettings, PreferenceForm, PreferenceView, QuietForm, TemplateDetail,
    TemplateForm,
};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::failure::Failure,
    domain::views::messages::{MessageFilter, TemplateKey},
    workflows::messages,
    workflows::permit::{EditCustomers, EditMessages, SeeCustomers, SeeMessages},
};

#[server(input = GetUrl)]
pub async fn list_messages(#[server(default)] query: ListQuery) -> Result<MessageList, AppError> {
    let (context, permit) = api::permit::<SeeMessages>()?;
    let filter = MessageFilter {
        state: query.filter_as("state"),
        channel: query.filter_as("channel"),
        purpose: query.filter_as("purpose"),
        customer: query.filter_as("customer"),
        search: Some(query.search),
        page: query.page,
    };
    Ok(messages::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn show_message(message: MessageId) -> Result<MessageDetail, AppError> {
    let (context, permit) = api::permit::<SeeMessages>()?;
    Ok(messages::show(&context, &permit, message).await?)
}

#[server(input = GetUrl)]
pub async fn show_message_settings() -> Result<MessageSettings, AppError> {
    let (context, permit) = api::permit::<EditMessages>()?;
    Ok(messages::settings(&context, &permit).await?)
}

#[server]
pub async fn save_quiet_hours(#[server(default)] quiet: QuietForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditMessages>()?;
    messages::save_quiet_hours(&context, &permit, &quiet).await?;
    api::go_to("/office/messages/settings?done=saved");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_message_template(key: String) -> Result<TemplateDetail, AppError> {
    let (context, permit) = api::permit::<EditMessages>()?;
    let TemplateKey { purpose, language } = key.parse().map_err(|_| Failure::NotFound)?;
    Ok(messages::template(&context, &permit, purpose, language).await?)
}

#[server]
pub async fn save_message_template(key: String, #[server(default)] template: TemplateForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditMessages>()?;
    let TemplateKey { purpose, language } = key.parse().map_err(|_| Failure::NotFound)?;
    messages::save_template(&context, &permit, purpose, language, &template).await?;
    api::go_to(&format!("/office/messages/templates/{key}?done=saved"));
    Ok(())
}

#[server]
pub async fn restore_message_template(key: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditMessages>()?;
    let TemplateKey { purpose, language } = key.parse().map_err(|_| Failure::NotFound)?;
    messages::restore_template(&context, &permit, purpose, language).await?;
    api::go_to(&format!("/office/messages/templates/{key}?done=saved"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_preference(customer: CustomerId) -> Result<PreferenceView, AppError> {
    let (context, permit) = api::permit::<SeeCustomers>()?;
    Ok(messages::preference(&context, &permit, customer).await?)
}

#[server]
pub async fn save_preference(
    customer: CustomerId,
    #[server(default)] preference: PreferenceForm,
) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditCustomers>()?;
    messages::prefer(&context, &permit, customer, &preference).await?;
    api::go_to(&format!("/office/customers/{customer}?done=saved"));
    Ok(())
}
