//! How a server function gets at who is asking, and what they may do.
//!
//! A server function is three lines: who, permit, workflow. It stands in `office/<noun>/api.rs` (or `portal/`,
//! `field/`), and the pages beside it call it:
//! ```ignore
//! use domain::{ids::CustomerId, views::customers::{CustomerDetail, CustomerFilter, CustomerRow, NewCustomer}};
//! use domain::views::list::Page;
//! use leptos::prelude::*;
//! use leptos::server_fn::codec::GetUrl;
//!
//! use crate::failure::AppError;
//! #[cfg(feature = "ssr")]
//! use {crate::api, workflows::customers, workflows::permit::{EditCustomers, SeeCustomers}};
//!
//! // What only reads is a GET: `input = GetUrl`.
//! #[server(input = GetUrl)]
//! pub async fn list_customers(filter: CustomerFilter) -> Result<Page<CustomerRow>, AppError> {
//!     let (context, permit) = api::permit::<SeeCustomers>()?;
//!     Ok(customers::list(&context, &permit, &filter).await?)
//! }
//!
//! // What changes something is a POST (the default): only those are guarded against requests from other sites.
//! #[server]
//! pub async fn create_customer(form: NewCustomer) -> Result<(), AppError> {
//!     let (context, permit) = api::permit::<EditCustomers>()?;
//!     let customer = customers::create(&context, &permit, form).await?;
//!     api::go_to(&format!("/office/customers/{customer}"));
//!     Ok(())
//! }
//!
//! // The portal has no ids of customers: the scope is whose records these are.
//! #[server(input = GetUrl)]
//! pub async fn my_invoices() -> Result<Page<InvoiceRow>, AppError> {
//!     let (context, scope) = api::scope()?;
//!     Ok(portal::invoices(&context, &scope).await?)
//! }
//! ```
//! `?` turns a workflow's error into an [`AppError`](crate::failure::AppError): a refusal is told as it is, everything
//! else is logged and becomes an incident number. Nothing else belongs into a server function; in particular no check
//! of roles, since without the permit the workflow cannot be called at all.
//!
//! Then **list the function in `server/tests/functions/<area>.rs`**, one line: the test calls it as nobody, as each
//! role, and for another's record, and it fails for a function that is not in its table.
//!
//! A server function's name is also a type's (`list_customers` makes `ListCustomers`, which a form is used with): name it
//! by its verb, so that it does not meet a view of the same name (`show_customer`, not `customer_detail`).
//!
//! A value that may be absent from the address or the form needs `#[server(default)]` before the argument (or
//! `#[serde(default)]` on the struct), and a page without scripting sends `form[name]=...` for an argument
//! `form: NewCustomer`.

use std::sync::Arc;

use leptos::prelude::*;
use workflows::Context;
use workflows::auth::{Pending, SignedIn, Visitor, Who};
use workflows::permit::{CustomerScope, OwnerScope, PayerScope, Permit, SeeSettings, Verb};
use workflows::ports::{Consoles, Gateway, Routers};

use crate::failure::AppError;
use crate::ui::list::ListQuery;
use domain::failure::Failure;
use domain::views::process::ProcessSetting;
use domain::views::statement::Span;

/// The permit for `V`, when somebody is signed in whose role has it.
pub fn permit<V: Verb>() -> Result<(Context, Permit<V>), AppError> {
    let (context, who) = signed_in()?;
    Ok((context, who.actor().permit()?))
}

/// The signed-in customer's own records.
pub fn scope() -> Result<(Context, CustomerScope), AppError> {
    let (context, who) = signed_in()?;
    Ok((context, who.actor().customer_scope()?))
}

/// The same for those who pay: for what moves the customer's money.
pub fn payer() -> Result<(Context, PayerScope), AppError> {
    let (context, who) = signed_in()?;
    Ok((context, who.actor().payer_scope()?))
}

/// The same for those who decide: for what binds the customer.
pub fn owner() -> Result<(Context, OwnerScope), AppError> {
    let (context, who) = signed_in()?;
    Ok((context, who.actor().owner_scope()?))
}

/// Whoever is signed in: for what everybody may do with their own account.
pub fn signed_in() -> Result<(Context, SignedIn), AppError> {
    let who = use_context::<SignedIn>().ok_or(Failure::NotSignedIn)?;
    Ok((context()?, who))
}

/// Whoever's session it is, in or not yet in.
pub fn person() -> Result<(Context, Who), AppError> {
    let who = use_context::<Who>().ok_or(Failure::NotSignedIn)?;
    Ok((context()?, who))
}

/// Somebody whose password was right and who is not in yet.
pub fn pending() -> Result<(Context, Pending), AppError> {
    match person()? {
        (context, Who::Pending(pending)) => Ok((context, pending)),
        (_, Who::SignedIn(_)) => Err(Failure::NotFound.into()),
    }
}

/// For the few functions that anybody may call, such as signing in: where the request comes from.
pub fn anybody() -> Result<(Context, Visitor), AppError> {
    Ok((context()?, use_context::<Visitor>().ok_or_else(|| AppError::incident(&NoContext))?))
}

fn context() -> Result<Context, AppError> {
    use_context::<Context>().ok_or_else(|| AppError::incident(&NoContext))
}

/// The way to routers, for what somebody waits for.
pub fn routers() -> Result<Arc<dyn Routers>, AppError> {
    use_context::<Arc<dyn Routers>>().ok_or_else(|| AppError::incident(&NoContext))
}

/// The way to routers that are no record yet.
pub fn consoles() -> Result<Arc<dyn Consoles>, AppError> {
    use_context::<Arc<dyn Consoles>>().ok_or_else(|| AppError::incident(&NoContext))
}

/// The card gateway, for what somebody waits for.
pub fn gateway() -> Result<Arc<dyn Gateway>, AppError> {
    use_context::<Arc<dyn Gateway>>().ok_or_else(|| AppError::incident(&NoContext))
}

/// How this process is set.
pub fn process_settings(_: &Permit<SeeSettings>) -> Result<Vec<ProcessSetting>, AppError> {
    let settings = use_context::<Arc<[ProcessSetting]>>().ok_or_else(|| AppError::incident(&NoContext))?;
    Ok(settings.to_vec())
}

/// The days that a list's address asks for.
pub fn span(query: &ListQuery) -> Span {
    Span { from: query.filter_as("from"), to: query.filter_as("to") }
}

/// Sends the browser to another page of ours when the function is done, with scripting and without.
pub fn go_to(path: &str) {
    leptos_axum::redirect(path);
}

/// The answer holds a secret: neither the browser nor anything on the way keeps it.
pub fn keep_out_of_caches() {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.insert_header(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    }
}

/// The server did not give its context to the routes.
#[derive(Debug, thiserror::Error)]
#[error("a server function was called outside the server's routes")]
struct NoContext;
