//! Somebody's session: the device as people call it, from where, and when it was last used.

use domain::user_agent::Device;
use domain::views::account::SessionRow;
use leptos::prelude::*;

use crate::{
    i18n::Words,
    surroundings::local,
    ui::{format, list::Column},
};

/// A list of sessions; `end` is what stands in the last column.
pub fn columns(t: Words, end: impl Fn(&SessionRow) -> AnyView + Send + Sync + 'static) -> Vec<Column<SessionRow>> {
    let when = move |at| format::date_time(local(at), t);
    vec![
        Column::new(t.security.device(), move |session: &SessionRow| device(session, t)),
        Column::new(t.account.session_from(), |session: &SessionRow| session.address.clone()),
        Column::new(t.account.session_began(), move |session: &SessionRow| when(session.began_at)).secondary(),
        Column::new(t.account.session_seen(), move |session: &SessionRow| when(session.seen_at)),
        Column::new("", end),
    ]
}

/// In words; what the browser said of itself is there when one points at it.
fn device(session: &SessionRow, t: Words) -> AnyView {
    let words = match Device::of(&session.user_agent) {
        Device { browser: Some(browser), system: Some(system) } => format!("{browser} · {system}"),
        Device { browser: Some(name), system: None } | Device { browser: None, system: Some(name) } => name.to_owned(),
        Device { browser: None, system: None } => t.security.unknown_device().to_owned(),
    };
    view! { <span title=session.user_agent.clone()>{words}</span> }.into_any()
}
