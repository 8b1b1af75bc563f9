//! The part of the table of routes that has work in the field: as the office arranges it.

use leptos::prelude::*;
use leptos_router::{ChooseView, any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::{office::work, shown};

lazy_pages! { work_pages, __preload_work_pages, WorkPages:
    Board => work::BoardPage;
    WorkList => work::WorkListPage;
    NewWork => work::NewWorkPage;
    Checklists => work::ChecklistsPage;
    Work => work::WorkPage;
}

/// The office's.
#[component(transparent)]
pub(crate) fn WorkRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/work") view=Board::route()/>
        <Route path=path!("/work/list") view=WorkList::route()/>
        <Route path=path!("/work/new") view=NewWork::route()/>
        <Route path=path!("/work/settings") view=Checklists::route()/>
        <Route path=path!("/work/:id") view=Work::route()/>
    }
    .into_inner()
    .into_any_nested_route()
}
