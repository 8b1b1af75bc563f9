//! What the search asks the server.

use domain::views::finder::Found;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::finder::{OFFERED, SHOWN},
    workflows::finder,
    workflows::permit::Search,
};

/// A few of each kind while somebody types, or many for the page.
#[server(input = GetUrl)]
pub async fn find(#[server(default)] typed: String, #[server(default)] few: bool) -> Result<Found, AppError> {
    let (context, permit) = api::permit::<Search>()?;
    Ok(finder::find(&context, &permit, &typed, if few { OFFERED } else { SHOWN }).await?)
}
