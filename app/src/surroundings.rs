//! What every page knows without asking: who looks at it, and what the company's clocks show.
//!
//! The server writes it into the page and the browser reads it there, so that the two cannot disagree. It is fixed for
//! the life of a page: signing in and out load the page anew (`ui::form::PlainForm`).

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::views::account::Viewer;
use domain::zone::Offsets;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Surroundings {
    viewer: Option<Viewer>,
    offsets: Offsets,
}

/// Makes them known to every component below.
pub fn provide() {
    let surroundings = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return Surroundings {
            viewer: use_context::<workflows::auth::SignedIn>().map(|who| who.viewer().clone()),
            offsets: use_context::<workflows::Context>().map(|context| context.clock.offsets()).unwrap_or_default(),
        };
        #[cfg(not(feature = "ssr"))]
        return Surroundings::default();
    });
    provide_context(StoredValue::new(surroundings.into_inner()));
}

fn with<T>(read: impl FnOnce(&Surroundings) -> T) -> Option<T> {
    use_context::<StoredValue<Surroundings>>().map(|surroundings| surroundings.with_value(read))
}

/// Who looks at the page, if they are signed in.
#[must_use]
pub fn viewer() -> Option<Viewer> {
    with(|surroundings| surroundings.viewer.clone()).flatten()
}

/// Whether the viewer's role has the permit of this name, such as `edit_users`: to leave out what would be refused.
#[must_use]
pub fn may(verb: &str) -> bool {
    with(|surroundings| surroundings.viewer.as_ref().is_some_and(|viewer| viewer.may(verb))).unwrap_or_default()
}

/// A moment as the company's clocks showed it, for `ui::format::date_time`. Call it in a component or its view, not in
/// an event's handler.
#[must_use]
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    with(|surroundings| surroundings.offsets.local(at)).unwrap_or_else(|| at.naive_utc())
}
