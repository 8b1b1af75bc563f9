//! The part of the table of routes that customers see.

use leptos::prelude::*;
use leptos_router::{
    ChooseView, SsrMode,
    components::{ParentRoute, Route},
    path,
};

use crate::{portal, shown};

// The first screen by itself: whoever comes to see what is owed does not wait for the forms and documents behind it.
lazy_pages! { portal_home, __preload_portal_home, PortalHomePages:
    PortalHome => portal::HomePage;
}

lazy_pages! { portal_pages, __preload_portal_pages, PortalPages:
    MyInvoices => portal::InvoicesPage;
    MyInvoice => portal::InvoicePage;
    MyQuotes => portal::QuotesPage;
    MyQuote => portal::QuotePage;
    MyStatement => portal::StatementPage;
    MyPayments => portal::PaymentsPage;
    Pay => portal::pay::PayPage;
    MyCheckout => portal::pay::CheckoutPage;
    MyCards => portal::pay::CardsPage;
    MyTransfers => portal::transfers::TransfersPage;
    NewMyTransfer => portal::transfers::NewTransferPage;
    MyFaults => portal::faults::FaultsPage;
    NewFault => portal::faults::NewFaultPage;
    MyFault => portal::faults::FaultPage;
    MyHistory => portal::HistoryPage;
    MyPlan => portal::PlanPage;
    MyPromise => portal::PromisePage;
    MyMessages => portal::MessagesPage;
    MyNotices => portal::notices::NoticesPage;
    MyNotice => portal::notices::NoticePage;
    MyDocuments => portal::contracts::DocumentsPage;
    MyDocument => portal::contracts::DocumentPage;
    MyPeople => portal::people::PeoplePage;
    MyProfile => portal::profile::ProfilePage;
    MoreInPortal => portal::MorePage;
}

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
                    <Route path=path!("/notices") view=MyNotices::route()/>
                    <Route path=path!("/notices/:id") view=MyNotice::route()/>
                    <Route path=path!("/documents") view=MyDocuments::route()/>
                    <Route path=path!("/documents/:id") view=MyDocument::route()/>
                    <Route path=path!("/people") view=MyPeople::route()/>
                    <Route path=path!("/profile") view=MyProfile::route()/>
                    <Route path=path!("/more") view=MoreInPortal::route()/>
                </ParentRoute>
    }
    .into_inner()
}
