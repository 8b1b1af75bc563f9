//! What the pages of the fibre plant ask the server.

use domain::ids::{AddressId, ContractId, NapId, NapImportId, OltId, PonPortId, SectorId, SplitterId, SplitterPortId};
use domain::views::list::{Choice, Page};
use domain::views::nap_imports::{NapImportDetail, NapImportRow};
use domain::views::plant::{Feasibility, NapDetail, NapRow, OltRow, PlantSettings, PonDetail};
use domain::views::plant_forms::{
    CardForm, ConnectForm, NapForm, NapStart, OltForm, PlantSettingsForm, ReserveForm, SplitterForm,
};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::plant::{FeasibilityQuestion, NapFilter, NapSort},
    workflows::permit::{EditPlant, ReservePorts, SeePlant},
    workflows::plant,
};

#[server(input = GetUrl)]
pub async fn list_olts() -> Result<Vec<OltRow>, AppError> {
    let (context, permit) = api::permit::<SeePlant>()?;
    Ok(plant::list_olts(&context, &permit).await?)
}

#[server(input = GetUrl)]
pub async fn see_pon(pon: PonPortId) -> Result<PonDetail, AppError> {
    let (context, permit) = api::permit::<SeePlant>()?;
    Ok(plant::show_pon(&context, &permit, pon).await?)
}

#[server(input = GetUrl)]
pub async fn list_naps(#[server(default)] query: ListQuery) -> Result<(Page<NapRow>, Vec<Choice<SectorId>>), AppError> {
    let (context, permit) = api::permit::<SeePlant>()?;
    Ok(plant::list_naps(&context, &permit, &filter(query)).await?)
}

#[server(input = GetUrl)]
pub async fn see_nap(nap: NapId) -> Result<NapDetail, AppError> {
    let (context, permit) = api::permit::<SeePlant>()?;
    Ok(plant::show_nap(&context, &permit, nap).await?)
}

#[server(input = GetUrl)]
pub async fn check_feasibility(
    #[server(default)] at: String,
    #[server(default)] address: Option<AddressId>,
) -> Result<Feasibility, AppError> {
    let (context, permit) = api::permit::<SeePlant>()?;
    Ok(plant::feasibility(&context, &permit, &FeasibilityQuestion { at, address }).await?)
}

#[server]
pub async fn create_olt(olt: OltForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    let id = plant::create_olt(&context, &permit, &olt).await?;
    api::go_to(&format!("/office/plant/olts/{id}?done=created"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn open_olt(olt: OltId) -> Result<OltForm, AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    Ok(plant::olt_form(&context, &permit, olt).await?)
}

#[server]
pub async fn edit_olt(id: OltId, olt: OltForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    plant::edit_olt(&context, &permit, id, &olt).await?;
    api::go_to("/office/plant?done=saved");
    Ok(())
}

#[server]
pub async fn add_card(olt: OltId, card: CardForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    plant::add_card(&context, &permit, olt, &card).await?;
    api::go_to("/office/plant?done=created");
    Ok(())
}

#[server]
pub async fn add_splitter(pon: PonPortId, splitter: SplitterForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    plant::add_splitter(&context, &permit, pon, &splitter).await?;
    api::go_to(&format!("/office/plant/pons/{pon}?done=created"));
    Ok(())
}

#[server]
pub async fn remove_splitter(pon: PonPortId, splitter: SplitterId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    plant::remove_splitter(&context, &permit, splitter).await?;
    api::go_to(&format!("/office/plant/pons/{pon}?done=removed"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn begin_nap() -> Result<NapStart, AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    Ok(plant::new_nap(&context, &permit).await?)
}

#[server(input = GetUrl)]
pub async fn open_nap(nap: NapId) -> Result<NapStart, AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    Ok(plant::nap_form(&context, &permit, nap).await?)
}

#[server]
pub async fn create_nap(nap: NapForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    let id = plant::create_nap(&context, &permit, &nap).await?;
    api::go_to(&format!("/office/plant/naps/{id}?done=created"));
    Ok(())
}

#[server]
pub async fn edit_nap(id: NapId, nap: NapForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    plant::edit_nap(&context, &permit, id, &nap).await?;
    api::go_to(&format!("/office/plant/naps/{id}?done=saved"));
    Ok(())
}

#[server]
pub async fn remove_nap(nap: NapId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    plant::remove_nap(&context, &permit, nap).await?;
    api::go_to("/office/plant/naps?done=removed");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn list_nap_imports() -> Result<Vec<NapImportRow>, AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    Ok(plant::nap_imports(&context, &permit).await?)
}

#[server(input = GetUrl)]
pub async fn see_nap_import(import: NapImportId) -> Result<NapImportDetail, AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    Ok(plant::show_nap_import(&context, &permit, import).await?)
}

#[server]
pub async fn import_naps(import: NapImportId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    plant::import_naps(&context, &permit, import).await?;
    api::go_to(&format!("/office/plant/imports/{import}?done=recorded"));
    Ok(())
}

#[server]
pub async fn reserve_port(nap: NapId, form: ReserveForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ReservePorts>()?;
    plant::reserve(&context, &permit, nap, &form).await?;
    api::go_to(&format!("/office/plant/naps/{nap}?done=recorded"));
    Ok(())
}

#[server]
pub async fn release_port(nap: NapId, port: SplitterPortId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ReservePorts>()?;
    plant::release(&context, &permit, port).await?;
    api::go_to(&format!("/office/plant/naps/{nap}?done=removed"));
    Ok(())
}

#[server]
pub async fn connect_service(nap: NapId, form: ConnectForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    plant::connect(&context, &permit, &form).await?;
    api::go_to(&format!("/office/plant/naps/{nap}?done=recorded"));
    Ok(())
}

#[server]
pub async fn disconnect_service(nap: NapId, contract: ContractId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    plant::disconnect(&context, &permit, contract).await?;
    api::go_to(&format!("/office/plant/naps/{nap}?done=removed"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn see_plant_settings() -> Result<PlantSettings, AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    Ok(plant::settings(&context, &permit).await?)
}

#[server]
pub async fn change_plant_settings(form: PlantSettingsForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditPlant>()?;
    plant::change_settings(&context, &permit, &form).await?;
    api::go_to("/office/plant?done=saved");
    Ok(())
}

/// The store's filter for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> NapFilter {
    let (sector, fill) = (query.filter_as("sector"), query.filter_as("fill"));
    let (sort, direction) = query.sort.unwrap_or_default();
    NapFilter {
        search: Some(query.search),
        sector,
        fill,
        sort: sort.parse().unwrap_or(NapSort::Name),
        direction,
        page: query.page,
    }
}
