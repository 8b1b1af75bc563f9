//! The part of the table of routes that has captive portals and vouchers.

use leptos::prelude::*;
use leptos_router::{components::Route, path};

use crate::{
    EditHotspot, EditHotspotProfile, EditHotspotUser, Hotspot, HotspotProfiles, Hotspots, NewHotspot,
    NewHotspotProfile, NewHotspotUser, NewVoucherBatch, VoucherBatch, VoucherBatches, Vouchers,
};

/// Captive portals and vouchers.
#[component(transparent)]
pub(crate) fn HotspotRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
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
    }
    .into_inner()
}
