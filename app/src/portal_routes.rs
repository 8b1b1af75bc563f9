//! The part of the table of routes that customers see.

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route},
    path,
};

use crate::{
    MyCards, MyCheckout, MyFault, MyFaults, MyHistory, MyInvoice, MyInvoices, MyMessages, MyPayments, MyPlan,
    MyPromise, MyQuote, MyQuotes, MyStatement, MyTransfers, NewFault, NewMyTransfer, Pay, PortalHome, portal,
};

/// The customers'.
#[component(transparent)]
pub(crate) fn PortalRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
                <ParentRoute path=path!("/portal") view=portal::PortalArea ssr=SsrMode::Async>
                    <Route path=path!("") view=PortalHome::route()/>
                    <Route path=path!("/invoices") view=MyInvoices::route()/>
                    <Route path=path!("/invoices/:id") view=MyInvoice::route()/>
                    <Route path=path!("/quotes") view=MyQuotes::route()/>
                    <Route path=path!("/quotes/:id") view=MyQuote::route()/>
                    <Route path=path!("/statement") view=MyStatement::route()/>
                    <Route path=path!("/payments") view=MyPayments::route()/>
                    <Route path=path!("/pay") view=Pay::route()/>
                    <Route path=path!("/checkouts/:id") view=MyCheckout::route()/>
                    <Route path=path!("/cards") view=MyCards::route()/>
                    <Route path=path!("/transfers") view=MyTransfers::route()/>
                    <Route path=path!("/transfers/new") view=NewMyTransfer::route()/>
                    <Route path=path!("/faults") view=MyFaults::route()/>
                    <Route path=path!("/faults/new") view=NewFault::route()/>
                    <Route path=path!("/faults/:id") view=MyFault::route()/>
                    <Route path=path!("/history") view=MyHistory::route()/>
                    <Route path=path!("/contracts/:id/plan") view=MyPlan::route()/>
                    <Route path=path!("/promise/:id") view=MyPromise::route()/>
                    <Route path=path!("/messages") view=MyMessages::route()/>
                </ParentRoute>
    }
    .into_inner()
}
