//! The part of the table of routes that has work in the field: as the office arranges it, and as technicians do it.

use leptos::prelude::*;
use leptos_router::{
    ChooseView, SsrMode,
    any_nested_route::IntoAnyNestedRoute,
    components::{ParentRoute, Route},
    path,
};

use crate::{field, office::work, shown};

lazy_pages! { work_pages, __preload_work_pages, WorkPages:
    Board => work::BoardPage;
    WorkList => work::WorkListPage;
    NewWork => work::NewWorkPage;
    Checklists => work::ChecklistsPage;
    Work => work::WorkPage;
}

// What a phone keeps for a dead spot: nothing of the office is in it.
lazy_pages! { field_pages, __preload_field_pages, FieldPages:
    FieldFrame => field::FieldArea;
    MyDay => field::DayPage;
    FieldOrder => field::OrderPage;
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

/// The technicians'.
#[component(transparent)]
pub(crate) fn FieldRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/field") view=FieldFrame::route() ssr=SsrMode::Async>
            <Route path=path!("") view=MyDay::route()/>
            <Route path=path!("/orders/:id") view=FieldOrder::route()/>
        </ParentRoute>
    }
    .into_inner()
}
