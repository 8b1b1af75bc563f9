//! Ids in addresses.

use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::failure::AppError;

/// The record that the address names, as in `/office/invoices/:id`. What is no id names nothing.
#[must_use]
pub fn use_id<Id>() -> Memo<Result<Id, AppError>>
where
    Id: FromStr + Clone + PartialEq + Send + Sync + 'static,
{
    use_id_named("id")
}

/// The same for another part of the address, such as `/office/customers/:id/contacts/:contact`.
#[must_use]
pub fn use_id_named<Id>(name: &'static str) -> Memo<Result<Id, AppError>>
where
    Id: FromStr + Clone + PartialEq + Send + Sync + 'static,
{
    let params = use_params_map();
    Memo::new(move |_| {
        let id = params.read().get(name).and_then(|id| id.parse().ok());
        id.ok_or(AppError::NotThere)
    })
}
