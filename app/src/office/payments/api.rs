//! What the pages of payments ask the server.

use domain::ids::{CustomerId, PaymentId};
use domain::views::counter::Counter;
use domain::views::customers::CustomerRow;
use domain::views::list::Page;
use domain::views::payments::{
    AllocationForm, AllocationOffer, NewPayment, PaymentDetail, PaymentList, RefundForm, ReversalForm,
};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
use crate::ui::list::ListQuery;
#[cfg(feature = "ssr")]
use {
    crate::api,
    domain::views::customers::CustomerFilter,
    domain::views::list::Direction,
    domain::views::payments::{PaymentFilter, PaymentSort},
    workflows::permit::{AllocatePayments, RecordPayments, RefundPayments, ReversePayments, SeeCustomers, SeePayments},
    workflows::{customers, payments},
};

#[server(input = GetUrl)]
pub async fn list_payments(#[server(default)] query: ListQuery) -> Result<PaymentList, AppError> {
    let (context, permit) = api::permit::<SeePayments>()?;
    Ok(payments::list(&context, &permit, &filter(query)).await?)
}

#[server(input = GetUrl)]
pub async fn show_payment(payment: PaymentId) -> Result<PaymentDetail, AppError> {
    let (context, permit) = api::permit::<SeePayments>()?;
    Ok(payments::show(&context, &permit, payment).await?)
}

/// Who may be standing at the counter.
#[server(input = GetUrl)]
pub async fn find_payers(#[server(default)] query: ListQuery) -> Result<Page<CustomerRow>, AppError> {
    let (context, permit) = api::permit::<SeeCustomers>()?;
    let filter = CustomerFilter { search: Some(query.search), page: query.page, ..CustomerFilter::default() };
    Ok(customers::list(&context, &permit, &filter).await?)
}

#[server(input = GetUrl)]
pub async fn open_counter(customer: CustomerId) -> Result<Counter, AppError> {
    let (context, permit) = api::permit::<RecordPayments>()?;
    Ok(payments::counter(&context, &permit, customer).await?)
}

#[server]
pub async fn record_payment(payment: NewPayment) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RecordPayments>()?;
    let taken = payments::record(&context, &permit, payment).await?;
    api::go_to(&format!("/office/payments/{}?done=recorded", taken.payment));
    Ok(())
}

#[server(input = GetUrl)]
pub async fn begin_allocation(payment: PaymentId) -> Result<AllocationOffer, AppError> {
    let (context, permit) = api::permit::<AllocatePayments>()?;
    Ok(payments::begin_allocation(&context, &permit, payment).await?)
}

#[server]
pub async fn allocate_payment(payment: PaymentId, #[server(default)] form: AllocationForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<AllocatePayments>()?;
    payments::reallocate(&context, &permit, payment, &form).await?;
    api::go_to(&format!("/office/payments/{payment}?done=saved"));
    Ok(())
}

#[server]
pub async fn refund_payment(payment: PaymentId, form: RefundForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<RefundPayments>()?;
    payments::refund(&context, &permit, payment, &form).await?;
    api::go_to(&format!("/office/payments/{payment}?done=recorded"));
    Ok(())
}

#[server]
pub async fn reverse_payment(payment: PaymentId, form: ReversalForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<ReversePayments>()?;
    payments::reverse(&context, &permit, payment, &form).await?;
    api::go_to(&format!("/office/payments/{payment}?done=recorded"));
    Ok(())
}

/// The store's filter for a list's address: the newest first, unless it says otherwise.
#[cfg(feature = "ssr")]
fn filter(query: ListQuery) -> PaymentFilter {
    let (sort, direction) = query.sort.clone().unwrap_or(("received".to_owned(), Direction::Down));
    let sort = match sort.as_str() {
        "amount" => PaymentSort::Amount,
        "customer" => PaymentSort::Customer,
        _ => PaymentSort::Received,
    };
    PaymentFilter {
        method: query.filter_as("method"),
        customer: query.filter_as("customer"),
        sector: query.filter_as("sector"),
        from: query.filter_as("from"),
        to: query.filter_as("to"),
        search: Some(query.search),
        sort,
        direction,
        page: query.page,
    }
}
