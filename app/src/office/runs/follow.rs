//! Pages of what is under way ask for its figures anew by themselves.

use std::time::Duration;

use leptos::{leptos_dom::helpers::set_timeout_with_handle, prelude::*};
use serde::{Serialize, de::DeserializeOwned};

use crate::failure::AppError;

const EVERY: Duration = Duration::from_secs(2);

/// Asks once more in a moment. Call it where the figures are shown, for as long as they may change.
pub(super) fn ask_again<T>(resource: Resource<Result<T, AppError>>)
where
    T: Send + Sync + Serialize + DeserializeOwned + 'static,
{
    Effect::new(move || {
        if let Ok(timer) = set_timeout_with_handle(move || resource.refetch(), EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
}
