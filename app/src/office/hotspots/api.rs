//! What the pages of hotspots ask the server.

use domain::ids::{HotspotBindingId, HotspotId, HotspotProfileId, HotspotUserId, RouterId, WalledGardenId};
use domain::views::hotspots::{
    BindingForm, GardenForm, HotspotDetail, HotspotForm, HotspotRow, ProfileForm, ProfileRow, UserForm, UserPage,
};
use domain::views::list::Choice;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {
    crate::api,
    workflows::hotspots,
    workflows::permit::{EditHotspots, EndHotspotSessions, SeeHotspots},
};

#[server(input = GetUrl)]
pub async fn list_hotspots() -> Result<Vec<HotspotRow>, AppError> {
    let (context, permit) = api::permit::<SeeHotspots>()?;
    Ok(hotspots::list(&context, &permit).await?)
}

#[server(input = GetUrl)]
pub async fn show_hotspot(hotspot: HotspotId) -> Result<HotspotDetail, AppError> {
    let (context, permit) = api::permit::<SeeHotspots>()?;
    Ok(hotspots::show(&context, &permit, hotspot).await?)
}

#[server(input = GetUrl)]
pub async fn begin_hotspot() -> Result<Vec<Choice<RouterId>>, AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    Ok(hotspots::choices(&context, &permit).await?)
}

#[server]
pub async fn create_hotspot(hotspot: HotspotForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    let id = hotspots::create(&context, &permit, &hotspot).await?;
    api::go_to(&format!("/office/hotspots/{id}?done=created"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn begin_edit_hotspot(hotspot: HotspotId) -> Result<HotspotForm, AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    Ok(hotspots::form(&context, &permit, hotspot).await?)
}

#[server]
pub async fn edit_hotspot(id: HotspotId, hotspot: HotspotForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    hotspots::edit(&context, &permit, id, &hotspot).await?;
    api::go_to(&format!("/office/hotspots/{id}?done=saved"));
    Ok(())
}

#[server]
pub async fn install_login_page(hotspot: HotspotId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    hotspots::install(&context, &permit, hotspot).await?;
    api::go_to(&format!("/office/hotspots/{hotspot}?done=queued"));
    Ok(())
}

#[server]
pub async fn end_hotspot_session(hotspot: HotspotId, row: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EndHotspotSessions>()?;
    Ok(hotspots::end_session(&context, &permit, hotspot, &row).await?)
}

#[server]
pub async fn add_garden_entry(hotspot: HotspotId, entry: GardenForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    hotspots::add_garden(&context, &permit, hotspot, &entry).await?;
    api::go_to(&format!("/office/hotspots/{hotspot}?done=saved"));
    Ok(())
}

#[server]
pub async fn remove_garden_entry(hotspot: HotspotId, entry: WalledGardenId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    Ok(hotspots::remove_garden(&context, &permit, hotspot, entry).await?)
}

#[server]
pub async fn add_hotspot_binding(hotspot: HotspotId, binding: BindingForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    hotspots::add_binding(&context, &permit, hotspot, &binding).await?;
    api::go_to(&format!("/office/hotspots/{hotspot}?done=saved"));
    Ok(())
}

#[server]
pub async fn remove_hotspot_binding(hotspot: HotspotId, binding: HotspotBindingId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    Ok(hotspots::remove_binding(&context, &permit, hotspot, binding).await?)
}

#[server(input = GetUrl)]
pub async fn begin_hotspot_user(
    hotspot: HotspotId,
    #[server(default)] user: Option<HotspotUserId>,
) -> Result<UserPage, AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    Ok(hotspots::begin_user(&context, &permit, hotspot, user).await?)
}

#[server]
pub async fn create_hotspot_user(hotspot: HotspotId, user: UserForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    hotspots::create_user(&context, &permit, hotspot, &user).await?;
    api::go_to(&format!("/office/hotspots/{hotspot}?done=created"));
    Ok(())
}

#[server]
pub async fn edit_hotspot_user(hotspot: HotspotId, id: HotspotUserId, user: UserForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    hotspots::edit_user(&context, &permit, hotspot, id, &user).await?;
    api::go_to(&format!("/office/hotspots/{hotspot}?done=saved"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn list_hotspot_profiles() -> Result<Vec<ProfileRow>, AppError> {
    let (context, permit) = api::permit::<SeeHotspots>()?;
    Ok(hotspots::profiles(&context, &permit).await?)
}

#[server]
pub async fn create_hotspot_profile(profile: ProfileForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    hotspots::create_profile(&context, &permit, &profile).await?;
    api::go_to("/office/hotspots/profiles?done=created");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn begin_edit_hotspot_profile(profile: HotspotProfileId) -> Result<ProfileForm, AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    Ok(hotspots::profile_form(&context, &permit, profile).await?)
}

#[server]
pub async fn edit_hotspot_profile(id: HotspotProfileId, profile: ProfileForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditHotspots>()?;
    hotspots::edit_profile(&context, &permit, id, &profile).await?;
    api::go_to("/office/hotspots/profiles?done=saved");
    Ok(())
}
