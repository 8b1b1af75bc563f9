//! The part of the table of routes that has routers, what is done at them and what they were found to hold.

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::{
    AdoptRows, Adoption, ContractCommands, EditRouter, Job, Jobs, LeaseReports, LeaseScript, Mac, Macs,
    NetworkSettings, NewRouter, RouterCommands, RouterRecord, Routers, Scan, Scans,
};

/// Routers, jobs, scans and adoption.
#[component(transparent)]
pub(crate) fn RouterRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/adoptions/:id") view=Adoption::route()/>
        <Route path=path!("/contracts/:id/commands") view=ContractCommands::route()/>
        <Route path=path!("/jobs") view=Jobs::route()/>
        <Route path=path!("/jobs/:id") view=Job::route()/>
        <Route path=path!("/routers") view=Routers::route()/>
        <Route path=path!("/routers/new") view=NewRouter::route()/>
        <Route path=path!("/routers/:id") view=RouterRecord::route()/>
        <Route path=path!("/routers/:id/adopt") view=AdoptRows::route()/>
        <Route path=path!("/routers/:id/commands") view=RouterCommands::route()/>
        <Route path=path!("/routers/:id/edit") view=EditRouter::route()/>
        <Route path=path!("/routers/:id/leases") view=LeaseReports::route()/>
        <Route path=path!("/routers/:id/leases/script") view=LeaseScript::route()/>
        <Route path=path!("/scans") view=Scans::route()/>
        <Route path=path!("/scans/settings") view=NetworkSettings::route()/>
        <Route path=path!("/scans/:id") view=Scan::route()/>
        <Route path=path!("/macs") view=Macs::route()/>
        <Route path=path!("/macs/:id") view=Mac::route()/>
    }
    .into_inner()
    .into_any_nested_route()
}
