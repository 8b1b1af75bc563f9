//! Every screen of Ramal, and the table of routes that lists them: the map of all screens.
//!
//! A page is a component; `lazy_pages!` makes a route of it. The browser fetches an area's pages when somebody goes
//! there, so that customers never download what only staff use. Every route is rendered whole on the server
//! (`SsrMode::Async`), so that it works without scripting. How to write a page: see [`ui`].

#[macro_use]
mod lazy_pages;

pub mod account;
#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod cookies;
#[cfg(feature = "ssr")]
mod document;
pub mod failure;
pub mod field;
#[cfg(feature = "gallery")]
mod gallery;
pub mod i18n;
#[cfg(feature = "ssr")]
mod notice;
pub mod office;
pub mod parts;
mod place_routes;
pub mod portal;
mod portal_routes;
pub mod preferences;
pub mod public;
mod report_routes;
mod router_routes;
pub mod sent_back;
#[cfg(feature = "ssr")]
pub mod session;
mod settings_routes;
mod stock_routes;
pub mod surroundings;
mod ticket_routes;
pub mod ui;
mod work_routes;

#[cfg(feature = "ssr")]
pub use document::{incident_page, offline_page, shell};
#[cfg(feature = "ssr")]
pub use notice::notice_page;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    ChooseView, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use place_routes::PlaceRoutes;
use portal_routes::PortalRoutes;
use preferences::Preferences;
use public::not_found::NotFoundPage;
use report_routes::ReportRoutes;
use router_routes::RouterRoutes;
use settings_routes::SettingsRoutes;
use stock_routes::StockRoutes;
use ticket_routes::TicketRoutes;
use work_routes::{FieldRoutes, WorkRoutes};

/// Each page on a stack of its own, and not all of them on that of the area.
#[inline(never)]
fn shown<Page: IntoAny>(page: impl FnOnce() -> Page) -> AnyView {
    page().into_any()
}

#[cfg(feature = "gallery")]
use gallery::GalleryPage;
/// The gallery of components is for those who work on them: the product has nothing there.
#[cfg(not(feature = "gallery"))]
use public::not_found::NotFoundPage as GalleryPage;

lazy_pages! { public_pages, __preload_public_pages, PublicPages:
    SignIn => public::sign_in::SignInPage;
    Forgot => public::forgot::ForgotPage;
    Reset => public::reset::ResetPage;
    Unsubscribe => public::unsubscribe::UnsubscribePage;
    Invited => public::invited::InvitedPage;
    SecondFactor => account::second_factor::SecondFactorPage;
}

// The same page for staff and customers, each in their own frame.
lazy_pages! { account_pages, __preload_account_pages, AccountPages:
    Account => account::AccountPage;
}

// The staff's frame, with its menu and its search, is nothing that customers load.
lazy_pages! { office_frame, __preload_office_frame, OfficeFrames:
    Office => office::OfficeArea;
}

lazy_pages! { office_pages, __preload_office_pages, OfficePages:
    Dashboard => office::dashboard::DashboardPage;
    Invoices => office::invoices::InvoicesPage;
    Invoice => office::invoices::InvoicePage;
    Credit => office::credits::CreditPage;
    Payments => office::payments::PaymentsPage;
    NewPayment => office::payments::NewPaymentPage;
    Payment => office::payments::PaymentPage;
    AllocatePayment => office::payments::AllocatePage;
    Gateway => office::gateway::GatewayPage;
    CardPayments => office::gateway::CardPaymentsPage;
    GatewayEvents => office::gateway::EventsPage;
    Disputes => office::gateway::DisputesPage;
    GatewayReport => office::gateway::ReportPage;
    Bank => office::bank::BankPage;
    SureMovements => office::bank::SurePage;
    BankStatements => office::bank::StatementsPage;
    BankStatement => office::bank::StatementPage;
    UploadStatement => office::bank::UploadPage;
    BankMovement => office::bank::BankRowPage;
    Accounts => office::accounts::AccountsPage;
    Journal => office::accounts::JournalPage;
    AgedDebts => office::accounts::AgedPage;
    MonthClose => office::accounts::ClosePage;
    Reports => office::reports::ReportsPage;
    NewReport => office::reports::NewReportPage;
    Report => office::reports::ReportPage;
    EditReport => office::reports::EditReportPage;
    ContractsPreview => office::bulk::ContractsPreviewPage;
    InvoicesPreview => office::bulk::InvoicesPreviewPage;
    JobsPreview => office::bulk::JobsPreviewPage;
    BulkRun => office::bulk::BulkRunPage;
    Rates => office::rates::RatesPage;
    Transfers => office::transfers::TransfersPage;
    NewTransfer => office::transfers::NewTransferPage;
    Transfer => office::transfers::TransferPage;
    Routers => office::routers::RoutersPage;
    NewRouter => office::routers::NewRouterPage;
    RouterRecord => office::routers::RouterPage;
    EditRouter => office::routers::EditRouterPage;
    Hotspots => office::hotspots::HotspotsPage;
    NewHotspot => office::hotspots::NewHotspotPage;
    Hotspot => office::hotspots::HotspotPage;
    EditHotspot => office::hotspots::EditHotspotPage;
    NewHotspotUser => office::hotspots::NewHotspotUserPage;
    EditHotspotUser => office::hotspots::EditHotspotUserPage;
    HotspotProfiles => office::hotspots::ProfilesPage;
    NewHotspotProfile => office::hotspots::NewProfilePage;
    EditHotspotProfile => office::hotspots::EditProfilePage;
    Vouchers => office::vouchers::VouchersPage;
    VoucherBatches => office::vouchers::BatchesPage;
    NewVoucherBatch => office::vouchers::NewBatchPage;
    VoucherBatch => office::vouchers::BatchPage;
    Pools => office::pools::PoolsPage;
    NewPool => office::pools::NewPoolPage;
    Pool => office::pools::PoolPage;
    EditPool => office::pools::EditPoolPage;
    LeaseReports => office::routers::LeaseReportsPage;
    LeaseScript => office::routers::LeaseScriptPage;
    Macs => office::macs::MacsPage;
    Mac => office::macs::MacPage;
    Onboardings => office::onboarding::OnboardingsPage;
    Onboarding => office::onboarding::OnboardingPage;
    OnboardingSecrets => office::onboarding::SecretsPage;
    RouterCommands => office::routers::RouterCommandsPage;
    ContractCommands => office::routers::ContractCommandsPage;
    AdoptRows => office::adoptions::AdoptPage;
    Adoption => office::adoptions::AdoptionPage;
    Scans => office::scans::ScansPage;
    Scan => office::scans::ScanPage;
    NetworkSettings => office::scans::NetworkSettingsPage;
    Jobs => office::jobs::JobsPage;
    Job => office::jobs::JobPage;
    Plans => office::plans::PlansPage;
    NewPlan => office::plans::NewPlanPage;
    Plan => office::plans::PlanPage;
    Sectors => office::sectors::SectorsPage;
    NewSector => office::sectors::NewSectorPage;
    Sector => office::sectors::SectorPage;
    Policies => office::policies::PoliciesPage;
    BillingSettings => office::billing::BillingSettingsPage;
    NewTax => office::billing::NewTaxPage;
    Tax => office::billing::TaxPage;
    NewPolicy => office::policies::NewPolicyPage;
    Policy => office::policies::PolicyPage;
    Limits => office::collections::LimitsPage;
    Promises => office::collections::PromisesPage;
    Promise => office::collections::PromisePage;
    CollectionOrders => office::collection_orders::CollectionOrdersPage;
    CollectionOrder => office::collection_orders::CollectionOrderPage;
    Stock => office::stock::StockPage;
    Equipment => office::stock::EquipmentPage;
    MoveStock => office::stock::MoveManyPage;
    ReceiveStock => office::stock::ReceivePage;
    StockReceipt => office::stock::ReceiptPage;
    StockModels => office::stock::ModelsPage;
    StockPlaces => office::stock::PlacesPage;
    Outages => office::outages::OutagesPage;
    NewOutage => office::outages::NewOutagePage;
    Outage => office::outages::OutagePage;
    Tickets => office::tickets::TicketsPage;
    NewTicket => office::tickets::NewTicketPage;
    TicketSettings => office::tickets::TicketSettingsPage;
    NewTicketCategory => office::tickets::NewCategoryPage;
    TicketCategory => office::tickets::CategoryPage;
    Ticket => office::tickets::TicketPage;
    Runs => office::runs::RunsPage;
    NextRun => office::runs::NextRunPage;
    Run => office::runs::RunPage;

    Messages => office::messages::MessagesPage;
    Message => office::messages::MessagePage;
    MessageSettings => office::messages::MessageSettingsPage;
    MessageTemplate => office::messages::MessageTemplatePage;
    MessagePreference => office::messages::PreferencePage;
    Quotes => office::quotes::QuotesPage;
    NewQuote => office::quotes::NewQuotePage;
    Quote => office::quotes::QuotePage;
    PayQuote => office::quotes::PayQuotePage;
    Numbers => office::numbers::NumbersPage;
    Statement => office::customers::StatementPage;
    Documents => office::documents::DocumentsPage;
    DocumentTemplate => office::documents::TemplatePage;

    Customers => office::customers::CustomersPage;
    NewCustomer => office::customers::NewCustomerPage;
    Customer => office::customers::CustomerPage;
    EditCustomer => office::customers::EditCustomerPage;
    NewContact => office::customers::NewContactPage;
    Contact => office::customers::ContactPage;
    NewAddress => office::customers::NewAddressPage;
    Address => office::customers::AddressPage;
    PortalAccess => office::portal_access::PortalAccessPage;

    Contracts => office::contracts::ContractsPage;
    NewContract => office::contracts::NewContractPage;
    Contract => office::contracts::ContractPage;
    EditDraft => office::contracts::EditDraftPage;
    NewLine => office::contracts::NewLinePage;
    Line => office::contracts::LinePage;
    Discount => office::contracts::DiscountPage;
    Service => office::contracts::ServicePage;
    Secret => office::contracts::SecretPage;
    Sign => office::contracts::SignPage;
    Activate => office::contracts::ActivatePage;
    Suspend => office::contracts::SuspendPage;
    Restore => office::contracts::RestorePage;
    CloseContract => office::contracts::ClosePage;
    Changes => office::changes::ChangesPage;
    Leases => office::changes::LeasesPage;
    Change => office::changes::ChangePage;
    PlanChange => office::changes::PlanChangePage;
    Quantity => office::changes::QuantityPage;
    Pause => office::changes::PausePage;
    Relocate => office::changes::MovePage;
    Holder => office::changes::HolderPage;
    NewLease => office::changes::NewLeasePage;

    Search => office::finder::SearchPage;
    Settings => office::settings::SettingsPage;
    ProcessSettings => office::settings::ProcessPage;
    Access => office::users::AccessPage;
    Permits => office::users::PermitsPage;
    Users => office::users::UsersPage;
    NewUser => office::users::NewUserPage;
    User => office::users::UserPage;
    Audit => office::audit::AuditPage;
}

lazy_pages! { gallery_pages, __preload_gallery_pages, GalleryPages:
    Gallery => GalleryPage;
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Preferences::provide();
    surroundings::provide();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/sign-in") view=SignIn::route() ssr=SsrMode::Async/>
                <Route path=path!("/forgot") view=Forgot::route() ssr=SsrMode::Async/>
                <Route path=path!("/reset") view=Reset::route() ssr=SsrMode::Async/>
                <Route path=path!("/unsubscribe") view=Unsubscribe::route() ssr=SsrMode::Async/>
                <Route path=path!("/invited") view=Invited::route() ssr=SsrMode::Async/>
                <Route path=path!("/account") view=Account::route() ssr=SsrMode::Async/>
                <Route path=path!("/second-factor") view=SecondFactor::route() ssr=SsrMode::Async/>
                <OfficeRoutes/>
                <FieldRoutes/>
                <PortalRoutes/>
                <Route path=path!("/gallery") view=Gallery::route() ssr=SsrMode::Async/>
                <Route path=path!("/gallery/:part") view=Gallery::route() ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}

/// The staff's.
#[component(transparent)]
fn OfficeRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
                <ParentRoute path=path!("/office") view=Office::route() ssr=SsrMode::Async>
                    <Route path=path!("") view=Dashboard::route()/>
                    <Route path=path!("/invoices") view=Invoices::route()/>
                    <Route path=path!("/invoices/:id") view=Invoice::route()/>
                    <Route path=path!("/invoices/:id/credit") view=Credit::route()/>
                    <Route path=path!("/payments") view=Payments::route()/>
                    <Route path=path!("/payments/new") view=NewPayment::route()/>
                    <Route path=path!("/payments/:id") view=Payment::route()/>
                    <Route path=path!("/payments/:id/allocate") view=AllocatePayment::route()/>
                    <Route path=path!("/gateway") view=Gateway::route()/>
                    <Route path=path!("/gateway/payments") view=CardPayments::route()/>
                    <Route path=path!("/gateway/events") view=GatewayEvents::route()/>
                    <Route path=path!("/gateway/disputes") view=Disputes::route()/>
                    <Route path=path!("/gateway/report") view=GatewayReport::route()/>
                    <Route path=path!("/bank") view=Bank::route()/>
                    <Route path=path!("/bank/sure") view=SureMovements::route()/>
                    <Route path=path!("/bank/upload") view=UploadStatement::route()/>
                    <Route path=path!("/bank/statements") view=BankStatements::route()/>
                    <Route path=path!("/bank/statements/:id") view=BankStatement::route()/>
                    <Route path=path!("/bank/rows/:id") view=BankMovement::route()/>
                    <Route path=path!("/accounts") view=Accounts::route()/>
                    <Route path=path!("/accounts/journal") view=Journal::route()/>
                    <Route path=path!("/accounts/aged") view=AgedDebts::route()/>
                    <Route path=path!("/accounts/close") view=MonthClose::route()/>
                    <Route path=path!("/rates") view=Rates::route()/>
                    <Route path=path!("/transfers") view=Transfers::route()/>
                    <Route path=path!("/transfers/new") view=NewTransfer::route()/>
                    <Route path=path!("/transfers/:id") view=Transfer::route()/>
                    <ReportRoutes/>
                    <RouterRoutes/>
                    <PlaceRoutes/>
                    <Route path=path!("/promises") view=Promises::route()/>
                    <Route path=path!("/equipment") view=CollectionOrders::route()/>
                    <Route path=path!("/equipment/:id") view=CollectionOrder::route()/>
                    <StockRoutes/>
                    <TicketRoutes/>
                    <WorkRoutes/>
                    <SettingsRoutes/>
                    <Route path=path!("/runs") view=Runs::route()/>
                    <Route path=path!("/runs/next") view=NextRun::route()/>
                    <Route path=path!("/runs/:id") view=Run::route()/>
                    <Route path=path!("/customers") view=Customers::route()/>
                    <Route path=path!("/customers/new") view=NewCustomer::route()/>
                    <Route path=path!("/customers/:id") view=Customer::route()/>
                    <Route path=path!("/customers/:id/edit") view=EditCustomer::route()/>
                    <Route path=path!("/customers/:id/access") view=PortalAccess::route()/>
                    <Route path=path!("/customers/:id/contacts/new") view=NewContact::route()/>
                    <Route path=path!("/customers/:id/contacts/:contact") view=Contact::route()/>
                    <Route path=path!("/customers/:id/addresses/new") view=NewAddress::route()/>
                    <Route path=path!("/customers/:id/addresses/:address") view=Address::route()/>
                    <Route path=path!("/contracts") view=Contracts::route()/>
                    <Route path=path!("/contracts/new") view=NewContract::route()/>
                    <Route path=path!("/contracts/:id") view=Contract::route()/>
                    <Route path=path!("/contracts/:id/edit") view=EditDraft::route()/>
                    <Route path=path!("/contracts/:id/lines/new") view=NewLine::route()/>
                    <Route path=path!("/contracts/:id/lines/:line") view=Line::route()/>
                    <Route path=path!("/contracts/:id/lines/:line/discount") view=Discount::route()/>
                    <Route path=path!("/contracts/:id/service") view=Service::route()/>
                    <Route path=path!("/contracts/:id/secret") view=Secret::route()/>
                    <Route path=path!("/contracts/:id/sign") view=Sign::route()/>
                    <Route path=path!("/contracts/:id/activate") view=Activate::route()/>
                    <Route path=path!("/contracts/:id/suspend") view=Suspend::route()/>
                    <Route path=path!("/contracts/:id/restore") view=Restore::route()/>
                    <Route path=path!("/contracts/:id/close") view=CloseContract::route()/>
                    <Route path=path!("/contracts/:id/promise") view=Promise::route()/>
                    <Route path=path!("/messages") view=Messages::route()/>
                    <Route path=path!("/messages/settings") view=MessageSettings::route()/>
                    <Route path=path!("/messages/templates/:id") view=MessageTemplate::route()/>
                    <Route path=path!("/messages/:id") view=Message::route()/>
                    <Route path=path!("/customers/:id/messages") view=MessagePreference::route()/>
                    <Route path=path!("/quotes") view=Quotes::route()/>
                    <Route path=path!("/quotes/new") view=NewQuote::route()/>
                    <Route path=path!("/quotes/:id") view=Quote::route()/>
                    <Route path=path!("/quotes/:id/pay") view=PayQuote::route()/>
                    <Route path=path!("/customers/:id/statement") view=Statement::route()/>
                    <Route path=path!("/contracts/:id/change") view=Change::route()/>
                    <Route path=path!("/contracts/:id/change/plan") view=PlanChange::route()/>
                    <Route path=path!("/contracts/:id/change/quantity") view=Quantity::route()/>
                    <Route path=path!("/contracts/:id/change/pause") view=Pause::route()/>
                    <Route path=path!("/contracts/:id/change/move") view=Relocate::route()/>
                    <Route path=path!("/contracts/:id/change/holder") view=Holder::route()/>
                    <Route path=path!("/contracts/:id/change/lease") view=NewLease::route()/>
                    <Route path=path!("/changes") view=Changes::route()/>
                    <Route path=path!("/leases") view=Leases::route()/>
                </ParentRoute>
    }
    .into_inner()
}
