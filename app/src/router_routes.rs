//! The part of the table of routes that has routers, what is done at them and what they were found to hold.

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::{
    AdoptRows, Adoption, ContractCommands, EditHotspot, EditHotspotProfile, EditHotspotUser, EditPool, EditRouter,
    Hotspot, HotspotProfiles, Hotspots, Job, Jobs, LeaseReports, LeaseScript, Mac, Macs, NetworkSettings, NewHotspot,
    NewHotspotProfile, NewHotspotUser, NewPool, NewRouter, NewVoucherBatch, Onboarding, OnboardingSecrets, Onboardings,
    Pool, Pools, RouterCommands, RouterRecord, Routers, Scan, Scans, VoucherBatch, VoucherBatches, Vouchers,
};

/// Routers, jobs, scans and adoption; hotspots, networks of addresses and routers to be set up.
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
        <Route path=path!("/hotspots") view=Hotspots::route()/>
        <Route path=path!("/hotspots/new") view=NewHotspot::route()/>
        <Route path=path!("/hotspots/profiles") view=HotspotProfiles::route()/>
        <Route path=path!("/hotspots/profiles/new") view=NewHotspotProfile::route()/>
        <Route path=path!("/hotspots/profiles/:id") view=EditHotspotProfile::route()/>
        <Route path=path!("/hotspots/:id") view=Hotspot::route()/>
        <Route path=path!("/hotspots/:id/edit") view=EditHotspot::route()/>
        <Route path=path!("/hotspots/:id/users/new") view=NewHotspotUser::route()/>
        <Route path=path!("/hotspots/:id/users/:user") view=EditHotspotUser::route()/>
        <Route path=path!("/vouchers") view=Vouchers::route()/>
        <Route path=path!("/vouchers/batches") view=VoucherBatches::route()/>
        <Route path=path!("/vouchers/batches/new") view=NewVoucherBatch::route()/>
        <Route path=path!("/vouchers/batches/:id") view=VoucherBatch::route()/>
        <Route path=path!("/pools") view=Pools::route()/>
        <Route path=path!("/pools/new") view=NewPool::route()/>
        <Route path=path!("/pools/:id") view=Pool::route()/>
        <Route path=path!("/pools/:id/edit") view=EditPool::route()/>
        <Route path=path!("/onboarding") view=Onboardings::route()/>
        <Route path=path!("/onboarding/:id") view=Onboarding::route()/>
        <Route path=path!("/onboarding/:id/passwords") view=OnboardingSecrets::route()/>
    }
    .into_inner()
    .into_any_nested_route()
}
