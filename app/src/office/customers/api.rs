//! What the pages of customers ask the server.

use domain::ids::{AddressId, ContactId, ContractId, CustomerId, SectorId};
use domain::tax_id::TaxIdRule;
use domain::views::customers::{AddressForm, ContactForm, CustomerDetail, CustomerForm, CustomerRow};
use domain::views::list::{Choice, Page};
use domain::views::statement::StatementView;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::customers::CustomerFilter,
    workflows::permit::{EditCustomers, SeeCustomers, SeeInvoices, SeeSectors},
    workflows::{addresses, customers, documents, sectors},
};

#[server(input = GetUrl)]
pub async fn list_customers(#[server(default)] query: ListQuery) -> Result<Page<CustomerRow>, AppError> {
    let (context, permit) = api::permit::<SeeCustomers>()?;
    Ok(customers::list(&context, &permit, &filter(query)).await?)
}

/// What a list can be narrowed to.
#[server(input = GetUrl)]
pub async fn sectors_to_filter_by() -> Result<Vec<Choice<SectorId>>, AppError> {
    let (context, permit) = api::permit::<SeeSectors>()?;
    Ok(sectors::choices(&context, &permit).await?)
}

#[server(input = GetUrl)]
pub async fn show_customer(customer: CustomerId) -> Result<CustomerDetail, AppError> {
    let (context, permit) = api::permit::<SeeCustomers>()?;
    Ok(customers::show(&context, &permit, customer).await?)
}

#[server(input = GetUrl)]
pub async fn show_statement(
    customer: CustomerId,
    #[server(default)] query: ListQuery,
) -> Result<StatementView, AppError> {
    let (context, permit) = api::permit::<SeeInvoices>()?;
    Ok(documents::statement(&context, &documents::Reader::Staff(permit), customer, &api::span(&query)).await?)
}

/// What the company's country calls a tax number.
#[server(input = GetUrl)]
pub async fn see_tax_id_rule() -> Result<TaxIdRule, AppError> {
    let (context, permit) = api::permit::<SeeCustomers>()?;
    Ok(customers::tax_id_rule(&context, &permit).await?)
}

#[server]
pub async fn create_customer(form: CustomerForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditCustomers>()?;
    let customer = customers::create(&context, &permit, &form).await?;
    api::go_to(&format!("/office/customers/{customer}?done=created"));
    Ok(())
}

#[server]
pub async fn edit_customer(customer: CustomerId, form: CustomerForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditCustomers>()?;
    customers::edit(&context, &permit, customer, &form).await?;
    saved(customer);
    Ok(())
}

#[server]
pub async fn add_contact(customer: CustomerId, form: ContactForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditCustomers>()?;
    customers::add_contact(&context, &permit, customer, &form).await?;
    saved(customer);
    Ok(())
}

/// `customer` is where to go afterwards.
#[server]
pub async fn edit_contact(customer: CustomerId, contact: ContactId, form: ContactForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditCustomers>()?;
    customers::edit_contact(&context, &permit, contact, &form).await?;
    saved(customer);
    Ok(())
}

/// `customer` is where to go afterwards.
#[server]
pub async fn remove_contact(customer: CustomerId, contact: ContactId) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditCustomers>()?;
    customers::remove_contact(&context, &permit, contact).await?;
    api::go_to(&format!("/office/customers/{customer}?done=removed"));
    Ok(())
}

#[server]
pub async fn add_address(customer: CustomerId, form: AddressForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditCustomers>()?;
    addresses::add(&context, &permit, customer, &form).await?;
    saved(customer);
    Ok(())
}

/// `contract`, or else `customer`, is where to go afterwards.
#[server]
pub async fn edit_address(
    customer: CustomerId,
    address: AddressId,
    #[server(default)] contract: Option<ContractId>,
    form: AddressForm,
) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditCustomers>()?;
    addresses::edit(&context, &permit, address, &form).await?;
    match contract {
        Some(contract) => api::go_to(&format!("/office/contracts/{contract}?done=saved")),
        None => saved(customer),
    }
    Ok(())
}

#[cfg(feature = "ssr")]
fn saved(customer: CustomerId) {
    api::go_to(&format!("/office/customers/{customer}?done=saved"));
}

/// The store's filter for a list's address.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> CustomerFilter {
    let (kind, debt, sector) = (query.filter_as("kind"), query.filter_as("debt"), query.filter_as("sector"));
    let (sort, direction) = query.sort.unwrap_or_default();
    CustomerFilter {
        search: Some(query.search),
        kind,
        debt,
        sector,
        sort: sort.parse().unwrap_or_default(),
        direction,
        page: query.page,
    }
}
