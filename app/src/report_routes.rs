//! The part of the table of routes that has reports, and what is done to many rows of a list.

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::{BulkRun, ContractsPreview, EditReport, InvoicesPreview, JobsPreview, NewReport, Report, Reports};

/// Lists that are sent by mail, and previews.
#[component(transparent)]
pub(crate) fn ReportRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/bulk/contracts") view=ContractsPreview::route()/>
        <Route path=path!("/bulk/invoices") view=InvoicesPreview::route()/>
        <Route path=path!("/bulk/jobs") view=JobsPreview::route()/>
        <Route path=path!("/bulk/:id") view=BulkRun::route()/>
        <Route path=path!("/reports") view=Reports::route()/>
        <Route path=path!("/reports/new") view=NewReport::route()/>
        <Route path=path!("/reports/:id") view=Report::route()/>
        <Route path=path!("/reports/:id/edit") view=EditReport::route()/>
    }
    .into_inner()
    .into_any_nested_route()
}
