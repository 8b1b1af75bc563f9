//! What the pages of the stock ask the server.

use domain::ids::{ContractId, EquipmentId, EquipmentModelId, StockPlaceId, StockReceiptId};
use domain::views::list::Choice;
use domain::views::stock::{
    EquipmentDetail, EquipmentRow, ModelRow, ReceiptDetail, ReceiptStart, StockList, StockPlaces,
};
use domain::views::stock_forms::{
    InstallAtForm, InstallHereForm, ModelForm, MoveManyForm, PlaceForm, ReceiptForm, SellForm, ToPlaceForm, WhyForm,
};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::stock::StockFilter,
    workflows::permit::{EditStock, MoveStock, SeeStock, SellEquipment},
    workflows::stock,
};

#[server(input = GetUrl)]
pub async fn list_stock(#[server(default)] query: ListQuery) -> Result<StockList, AppError> {
    let (context, permit) = api::permit::<SeeStock>()?;
    let filter = StockFilter {
        standing: query.filter_as("standing"),
        kind: query.filter_as("kind"),
        place: query.filter_as("place"),
        model: query.filter_as("model"),
        ownership: query.filter_as("ownership"),
        search: Some(query.search),
        page: query.page,
    };
    Ok(stock::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn show_equipment(item: EquipmentId) -> Result<EquipmentDetail, AppError> {
    let (context, permit) = api::permit::<SeeStock>()?;
    Ok(stock::show(&context, &permit, item).await?)
}

/// Where something can be put.
#[server(input = GetUrl)]
pub async fn list_place_choices() -> Result<Vec<Choice<StockPlaceId>>, AppError> {
    let (context, permit) = api::permit::<SeeStock>()?;
    Ok(stock::place_choices(&context, &permit).await?)
}

#[server]
pub async fn transfer_equipment(item: EquipmentId, form: ToPlaceForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<MoveStock>()?;
    stock::transfer(&context, &permit, item, &form).await?;
    api::go_to(&format!("/office/stock/{item}?done=saved"));
    Ok(())
}

#[server]
pub async fn move_many(form: MoveManyForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<MoveStock>()?;
    let place = stock::transfer_many(&context, &permit, &form).await?;
    api::go_to(&format!("/office/stock?place={place}&done=saved"));
    Ok(())
}

#[server]
pub async fn install_equipment(item: EquipmentId, form: InstallAtForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<MoveStock>()?;
    stock::install_at(&context, &permit, item, &form).await?;
    api::go_to(&format!("/office/stock/{item}?done=saved"));
    Ok(())
}

#[server]
pub async fn take_back_equipment(item: EquipmentId, form: ToPlaceForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<MoveStock>()?;
    stock::take_back(&context, &permit, item, &form).await?;
    api::go_to(&format!("/office/stock/{item}?done=saved"));
    Ok(())
}

#[server]
pub async fn leave_equipment(item: EquipmentId, form: WhyForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<MoveStock>()?;
    stock::leave(&context, &permit, item, &form).await?;
    api::go_to(&format!("/office/stock/{item}?done=saved"));
    Ok(())
}

#[server]
pub async fn return_equipment(item: EquipmentId, form: ToPlaceForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::give_back(&context, &permit, item, &form).await?;
    api::go_to(&format!("/office/stock/{item}?done=saved"));
    Ok(())
}

#[server]
pub async fn write_off_equipment(item: EquipmentId, form: WhyForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::write_off(&context, &permit, item, &form).await?;
    api::go_to(&format!("/office/stock/{item}?done=saved"));
    Ok(())
}

#[server]
pub async fn find_equipment(item: EquipmentId, form: ToPlaceForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::find(&context, &permit, item, &form).await?;
    api::go_to(&format!("/office/stock/{item}?done=saved"));
    Ok(())
}

#[server]
pub async fn invoice_equipment(item: EquipmentId, form: SellForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<SellEquipment>()?;
    let invoice = stock::sell(&context, &permit, item, &form).await?;
    api::go_to(&format!("/office/invoices/{invoice}?done=created"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn list_contract_equipment(contract: ContractId) -> Result<Vec<EquipmentRow>, AppError> {
    let (context, permit) = api::permit::<SeeStock>()?;
    Ok(stock::of_contract(&context, &permit, contract).await?)
}

#[server]
pub async fn install_at_contract(contract: ContractId, form: InstallHereForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<MoveStock>()?;
    stock::install_here(&context, &permit, contract, &form).await?;
    api::go_to(&format!("/office/contracts/{contract}?done=saved"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn list_equipment_models() -> Result<Vec<ModelRow>, AppError> {
    let (context, permit) = api::permit::<SeeStock>()?;
    Ok(stock::models(&context, &permit).await?)
}

#[server]
pub async fn add_equipment_model(form: ModelForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::add_model(&context, &permit, &form).await?;
    api::go_to("/office/stock/models?done=created");
    Ok(())
}

#[server]
pub async fn edit_equipment_model(model: EquipmentModelId, form: ModelForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::edit_model(&context, &permit, model, &form).await?;
    api::go_to("/office/stock/models?done=saved");
    Ok(())
}

#[server]
pub async fn archive_equipment_model(
    model: EquipmentModelId,
    #[server(default)] archived: bool,
) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::archive_model(&context, &permit, model, archived).await?;
    api::go_to("/office/stock/models?done=saved");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn list_stock_places() -> Result<StockPlaces, AppError> {
    let (context, permit) = api::permit::<SeeStock>()?;
    Ok(stock::places(&context, &permit).await?)
}

#[server]
pub async fn add_stock_place(form: PlaceForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::add_place(&context, &permit, &form).await?;
    api::go_to("/office/stock/places?done=created");
    Ok(())
}

#[server]
pub async fn edit_stock_place(place: StockPlaceId, form: PlaceForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::edit_place(&context, &permit, place, &form).await?;
    api::go_to("/office/stock/places?done=saved");
    Ok(())
}

#[server]
pub async fn archive_stock_place(place: StockPlaceId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::archive_place(&context, &permit, place).await?;
    api::go_to("/office/stock/places?done=removed");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn begin_receipt(#[server(default)] of_services: bool) -> Result<ReceiptStart, AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    Ok(stock::begin_receipt(&context, &permit, of_services).await?)
}

#[server]
pub async fn draft_receipt(form: ReceiptForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    let receipt = stock::draft(&context, &permit, &form).await?;
    api::go_to(&format!("/office/stock/receipts/{receipt}"));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_receipt(receipt: StockReceiptId) -> Result<ReceiptDetail, AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    Ok(stock::show_receipt(&context, &permit, receipt).await?)
}

#[server]
pub async fn mend_receipt(receipt: StockReceiptId, #[server(default)] lines: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::edit_receipt(&context, &permit, receipt, &lines).await?;
    api::go_to(&format!("/office/stock/receipts/{receipt}?done=saved"));
    Ok(())
}

#[server]
pub async fn receive_receipt(receipt: StockReceiptId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditStock>()?;
    stock::receive(&context, &permit, receipt).await?;
    api::go_to(&format!("/office/stock/receipts/{receipt}?done=recorded"));
    Ok(())
}
