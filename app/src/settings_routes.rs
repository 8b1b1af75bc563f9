//! The part of the table of routes that has the search, and what the provider decides once: its catalogue, its rules, its
//! people.

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::{
    Access, Audit, BillingSettings, DocumentTemplate, Documents, Limits, NewPlan, NewPolicy, NewSector, NewTax,
    NewUser, Numbers, Permits, Plan, Plans, Policies, Policy, ProcessSettings, Search, Sector, Sectors, Settings, Tax,
    User, Users,
};

/// The search, settings, users and the audit.
#[component(transparent)]
pub(crate) fn SettingsRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/search") view=Search::route()/>
        <Route path=path!("/settings") view=Settings::route()/>
        <Route path=path!("/settings/access") view=Access::route()/>
        <Route path=path!("/settings/process") view=ProcessSettings::route()/>
        <Route path=path!("/plans") view=Plans::route()/>
        <Route path=path!("/plans/new") view=NewPlan::route()/>
        <Route path=path!("/plans/:id") view=Plan::route()/>
        <Route path=path!("/sectors") view=Sectors::route()/>
        <Route path=path!("/sectors/new") view=NewSector::route()/>
        <Route path=path!("/sectors/:id") view=Sector::route()/>
        <Route path=path!("/policies") view=Policies::route()/>
        <Route path=path!("/policies/new") view=NewPolicy::route()/>
        <Route path=path!("/policies/:id") view=Policy::route()/>
        <Route path=path!("/billing") view=BillingSettings::route()/>
        <Route path=path!("/billing/taxes/new") view=NewTax::route()/>
        <Route path=path!("/billing/taxes/:id") view=Tax::route()/>
        <Route path=path!("/collections") view=Limits::route()/>
        <Route path=path!("/numbering") view=Numbers::route()/>
        <Route path=path!("/documents") view=Documents::route()/>
        <Route path=path!("/documents/:id") view=DocumentTemplate::route()/>
        <Route path=path!("/users") view=Users::route()/>
        <Route path=path!("/users/new") view=NewUser::route()/>
        <Route path=path!("/users/permits") view=Permits::route()/>
        <Route path=path!("/users/:id") view=User::route()/>
        <Route path=path!("/audit") view=Audit::route()/>
    }
    .into_inner()
    .into_any_nested_route()
}
