//! What the pages of contracts ask the server.

use chrono::NaiveDate;
use domain::ids::{ContractId, ContractLineId, CustomerId, PlanId, PolicyId, RouterId, SectorId};
use domain::money::Money;
use domain::views::activation::ActivationPreview;
use domain::views::bulk::{BulkForm, BulkMessageForm, BulkPreview, BulkSectorForm};
use domain::views::contract_forms::{
    CloseForm, DateForm, DiscountForm, DraftForm, EditDraftForm, LineForm, RestoreForm, ServiceForm, SuspendForm,
};
use domain::views::contracts::{ContractChoices, ContractDetail, ContractRow, LineChoices};
use domain::views::list::{Choice, Page};
use domain::views::portal_people::ContractPaper;
use domain::views::timeline::{TimelineEntry, Topic};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::bulk::{BulkAction, Chosen},
    domain::views::contracts::ContractFilter,
    domain::views::plans::PlanFilter,
    workflows::permit::{
        ActivateContracts, CloseContracts, EditContracts, EditCustomers, EditServices, GiveDiscounts, LiftHolds,
        ManageJobs, PlaceHolds, SeeContracts, SeePlans, SeeRouters, SeeSectors, SeeServiceSecrets, SignContracts,
        WriteToCustomers,
    },
    workflows::{bulk, contracts, plans, policies, routers, sectors},
};

#[server(input = GetUrl)]
pub async fn list_contracts(#[server(default)] query: ListQuery) -> Result<Page<ContractRow>, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    Ok(contracts::list(&context, &permit, &filter(query)).await?)
}

/// What would be done to many contracts of the list.
#[server(input = GetUrl)]
pub async fn preview_bulk_contracts(#[server(default)] query: ListQuery) -> Result<BulkPreview, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    let action = (query.filter_as("action").unwrap_or(BulkAction::Hold), query.filter_as("target"));
    Ok(bulk::preview_contracts(&context, &permit, action, &Chosen::of(&query.filters), &filter(query)).await?)
}

#[server]
pub async fn hold_contracts(form: BulkForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<PlaceHolds>()?;
    let run = bulk::hold(&context, &permit, &form).await?;
    api::go_to(&format!("/office/bulk/{run}"));
    Ok(())
}

#[server]
pub async fn lift_contracts(form: BulkForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<LiftHolds>()?;
    let run = bulk::lift(&context, &permit, &form).await?;
    api::go_to(&format!("/office/bulk/{run}"));
    Ok(())
}

#[server]
pub async fn change_sector(form: BulkSectorForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditCustomers>()?;
    let run = bulk::change_sector(&context, &permit, &form).await?;
    api::go_to(&format!("/office/bulk/{run}"));
    Ok(())
}

#[server]
pub async fn message_contracts(form: BulkMessageForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<WriteToCustomers>()?;
    let run = bulk::message_contracts(&context, &permit, &api::permit::<SeeContracts>()?.1, &form).await?;
    api::go_to(&format!("/office/bulk/{run}"));
    Ok(())
}

/// What happened to a contract, of one topic.
#[server(input = GetUrl)]
pub async fn show_contract_story(contract: ContractId, topic: Topic) -> Result<Vec<TimelineEntry>, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    Ok(contracts::story(&context, &permit, contract, topic).await?)
}

/// Who accepted it in the portal.
#[server(input = GetUrl)]
pub async fn show_acceptances(contract: ContractId) -> Result<ContractPaper, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    Ok(contracts::paper(&context, &permit, contract).await?)
}

/// What the list can be narrowed to, by records.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContractFilters {
    pub sectors: Vec<Choice<SectorId>>,
    pub plans: Vec<Choice<PlanId>>,
    pub policies: Vec<Choice<PolicyId>>,
    /// Empty for those who may not see routers.
    pub routers: Vec<Choice<RouterId>>,
}

#[server(input = GetUrl)]
pub async fn records_to_filter_by() -> Result<ContractFilters, AppError> {
    let (context, see_plans) = api::permit::<SeePlans>()?;
    let (_, see_sectors) = api::permit::<SeeSectors>()?;
    let plans = plans::list(&context, &see_plans, &PlanFilter::default()).await?.rows.into_iter();
    let policies = policies::list(&context, &see_plans).await?.into_iter();
    let routers = match api::permit::<SeeRouters>() {
        Ok((_, see_routers)) => routers::choices(&context, &see_routers).await?,
        Err(_) => Vec::new(),
    };
    Ok(ContractFilters {
        sectors: sectors::choices(&context, &see_sectors).await?,
        plans: plans.map(|plan| Choice { id: plan.id, name: plan.facts.name }).collect(),
        policies: policies.map(|policy| Choice { id: policy.id, name: policy.policy.name }).collect(),
        routers,
    })
}

#[server(input = GetUrl)]
pub async fn show_contract(contract: ContractId) -> Result<ContractDetail, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    Ok(contracts::show(&context, &permit, contract).await?)
}

#[server(input = GetUrl)]
pub async fn choices_for_contract(customer: CustomerId) -> Result<ContractChoices, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    Ok(contracts::choices(&context, &permit, customer).await?)
}

#[server(input = GetUrl)]
pub async fn choices_for_line(contract: ContractId) -> Result<LineChoices, AppError> {
    let (context, permit) = api::permit::<SeeContracts>()?;
    Ok(contracts::line_choices(&context, &permit, contract).await?)
}

/// Leads on to the first charge: a contract without one sells nothing.
#[server]
pub async fn draft_contract(form: DraftForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditContracts>()?;
    let contract = contracts::draft(&context, &permit, &form).await?;
    api::go_to(&format!("/office/contracts/{contract}/lines/new?done=created"));
    Ok(())
}

#[server]
pub async fn edit_draft(contract: ContractId, form: EditDraftForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditContracts>()?;
    contracts::edit_draft(&context, &permit, contract, &form).await?;
    go_back(contract, "saved");
    Ok(())
}

#[server]
pub async fn add_line(contract: ContractId, form: LineForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditContracts>()?;
    contracts::add_line(&context, &permit, contract, &form).await?;
    go_back(contract, "saved");
    Ok(())
}

/// `contract` is where to go afterwards.
#[server]
pub async fn edit_line(contract: ContractId, line: ContractLineId, form: LineForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditContracts>()?;
    contracts::edit_line(&context, &permit, line, &form).await?;
    go_back(contract, "saved");
    Ok(())
}

/// `contract` is where to go afterwards.
#[server]
pub async fn remove_line(contract: ContractId, line: ContractLineId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditContracts>()?;
    contracts::remove_line(&context, &permit, line).await?;
    go_back(contract, "removed");
    Ok(())
}

/// `contract` is where to go afterwards.
#[server]
pub async fn set_discount(contract: ContractId, line: ContractLineId, form: DiscountForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<GiveDiscounts>()?;
    contracts::set_discount(&context, &permit, line, &form).await?;
    go_back(contract, "saved");
    Ok(())
}

#[server]
pub async fn set_service(contract: ContractId, form: ServiceForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditServices>()?;
    contracts::set_service(&context, &permit, contract, &form).await?;
    go_back(contract, "saved");
    Ok(())
}

/// Has the router read and set up for this contract now; what comes of it is on its page and among the jobs.
#[server]
pub async fn apply_service(contract: ContractId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ManageJobs>()?;
    contracts::apply_service(&context, &permit, contract).await?;
    go_back(contract, "queued");
    Ok(())
}

#[server]
pub async fn sign_contract(contract: ContractId, form: DateForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<SignContracts>()?;
    contracts::sign(&context, &permit, contract, &form).await?;
    go_back(contract, "saved");
    Ok(())
}

#[server]
pub async fn activate_contract(contract: ContractId, form: DateForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ActivateContracts>()?;
    contracts::activate(&context, &permit, contract, &form).await?;
    go_back(contract, "queued");
    Ok(())
}

/// `on` that is left out, or is no date, is today.
#[server(input = GetUrl)]
pub async fn preview_activation(
    contract: ContractId,
    #[server(default)] on: String,
) -> Result<ActivationPreview, AppError> {
    let (context, permit) = api::permit::<ActivateContracts>()?;
    Ok(contracts::preview_activation(&context, &permit, contract, on.parse().ok()).await?)
}

#[server]
pub async fn suspend_contract(contract: ContractId, form: SuspendForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<PlaceHolds>()?;
    contracts::suspend(&context, &permit, contract, &form).await?;
    go_back(contract, "queued");
    Ok(())
}

#[server]
pub async fn restore_contract(contract: ContractId, form: RestoreForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<LiftHolds>()?;
    contracts::restore(&context, &permit, contract, &form).await?;
    go_back(contract, "queued");
    Ok(())
}

/// What closing on a day would give back of what was paid in advance.
#[server(input = GetUrl)]
pub async fn closing_credit(contract: ContractId, on: Option<NaiveDate>) -> Result<Money, AppError> {
    let (context, permit) = api::permit::<CloseContracts>()?;
    let on = on.unwrap_or_else(|| context.clock.today());
    Ok(contracts::closing_credit(&context, &permit, contract, on).await?)
}

#[server]
pub async fn close_contract(contract: ContractId, form: CloseForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<CloseContracts>()?;
    contracts::close(&context, &permit, contract, &form).await?;
    go_back(contract, "saved");
    Ok(())
}

/// Each showing is written into the audit; nothing on the way keeps the answer.
#[server]
pub async fn reveal_secret(contract: ContractId) -> Result<String, AppError> {
    use secrecy::ExposeSecret;
    let (context, permit) = api::permit::<SeeServiceSecrets>()?;
    let secret = contracts::reveal_secret(&context, &permit, contract).await?;
    api::keep_out_of_caches();
    Ok(secret.expose_secret().to_owned())
}

#[cfg(feature = "ssr")]
fn go_back(contract: ContractId, done: &str) {
    api::go_to(&format!("/office/contracts/{contract}?done={done}"));
}

/// The store's filter for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> ContractFilter {
    ContractFilter {
        state: query.filter_as("state"),
        service: query.filter_as("service"),
        is: query.filter_as("is"),
        sector: query.filter_as("sector"),
        plan: query.filter_as("plan"),
        policy: query.filter_as("policy"),
        router: query.filter_as("router"),
        debt: query.filter_as("debt"),
        event: query.filter_as("event"),
        from: query.filter_as("from"),
        to: query.filter_as("to"),
        sort: query.sort.as_ref().and_then(|(sort, _)| sort.parse().ok()).unwrap_or_default(),
        direction: query.sort.map(|(_, direction)| direction).unwrap_or_default(),
        search: Some(query.search),
        page: query.page,
    }
}
