//! What the pages of adoption ask the server.

use domain::ids::{AdoptionId, RouterId, ScanRowId};
use domain::views::adoptions::{Adoptable, AdoptionDetail};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::adoptions::AdoptableFilter,
    workflows::adoptions,
    workflows::permit::{AdoptRows, SeeRouters},
};

#[server(input = GetUrl)]
pub async fn see_adoptable(router: RouterId, #[server(default)] query: ListQuery) -> Result<Adoptable, AppError> {
    let (context, permit) = api::permit::<AdoptRows>()?;
    Ok(adoptions::adoptable(&context, &permit, router, &filter(query)).await?)
}

/// The rows whose boxes are ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChosenRows {
    pub rows: Vec<ScanRowId>,
}

#[server]
pub async fn adopt_chosen(router: RouterId, #[server(default)] chosen: ChosenRows) -> Result<(), AppError> {
    let (context, permit) = api::permit::<AdoptRows>()?;
    let adoption = adoptions::adopt(&context, &permit, router, &chosen.rows).await?;
    api::go_to(&format!("/office/adoptions/{adoption}"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_adoption(adoption: AdoptionId) -> Result<AdoptionDetail, AppError> {
    let (context, permit) = api::permit::<SeeRouters>()?;
    Ok(adoptions::show(&context, &permit, adoption).await?)
}

#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> AdoptableFilter {
    AdoptableFilter { certainty: query.filter_as("certainty"), page: query.page, search: Some(query.search) }
}
