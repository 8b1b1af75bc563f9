//! Every server function there is: called by nobody and by each role, and for another's record.
//!
//! A new function needs one line in its area's table below; until then the first test fails. The line says who may call
//! it, in this test's own words and not in those of `workflows::permit`: a slip in that table shows here.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

#[path = "functions/addresses.rs"]
mod addresses;
#[path = "functions/changes.rs"]
mod changes;
#[path = "functions/customers.rs"]
mod customers;
#[path = "functions/gateway.rs"]
mod gateway;
#[path = "functions/hotspots.rs"]
mod hotspots;
#[path = "functions/messages.rs"]
mod messages;
#[path = "functions/network.rs"]
mod network;
#[path = "functions/payments.rs"]
mod payments;
#[path = "functions/people.rs"]
mod people;
#[path = "functions/plant.rs"]
mod plant;
#[path = "functions/portal.rs"]
mod portal;
mod provider;
mod records;
#[path = "functions/reports.rs"]
mod reports;
#[path = "functions/rights.rs"]
mod rights;
#[path = "functions/routers.rs"]
mod routers;
#[path = "functions/stock.rs"]
mod stock;
#[path = "functions/tickets.rs"]
mod tickets;
#[path = "functions/work.rs"]
mod work;

use std::collections::BTreeSet;

use domain::portal::PortalRight;
use domain::role::Role::{self, Admin, Billing, Customer, Noc, Support, Technician};
use http::{Method, Request, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;
use provider::{Answer, provider};
use records::Records;
use rights::{CUSTOMER, OWNER, PAYER};
use server::http::Edge;

/// One function: its address after `/do/app/`, who may call it, and arguments that do no harm. A record of that id does
/// not exist, so that whoever may call is told so, or that the form is incomplete.
struct Function {
    path: &'static str,
    may: May,
    arguments: &'static str,
    /// Arguments that name somebody else's record: whoever may call the function must be told that there is none.
    anothers: Option<&'static str>,
}

#[derive(Clone, Copy)]
enum May {
    Anybody,
    SignedIn,
    Roles(&'static [Role]),
    /// A customer's people with this right, and those with a greater one.
    Customers(PortalRight),
}

const fn function(path: &'static str, may: May, arguments: &'static str) -> Function {
    Function { path, may, arguments, anothers: None }
}

impl Function {
    const fn anothers(self, arguments: &'static str) -> Self {
        Self { anothers: Some(arguments), ..self }
    }
}

const ADMIN: May = May::Roles(&[Admin]);

/// Who deals with money.
const BILLING: May = May::Roles(&[Admin, Billing]);
const MONEY_READERS: May = May::Roles(&[Admin, Billing, Support]);
const STAFF: May = May::Roles(&[Admin, Noc, Billing, Support, Technician]);

const MONEY: &[Function] = &[
    function("office/dashboard/api/show_dashboard", May::Roles(&[Admin, Noc, Billing, Support]), ""),
    function("office/dashboard/api/is_demo", ADMIN, ""),
    function("office/dashboard/api/advance_demo", ADMIN, "days=1"),
    function("office/invoices/api/list_invoices", MONEY_READERS, ""),
    function("office/invoices/api/show_invoice", MONEY_READERS, "invoice=999"),
    function("office/invoices/api/void_invoice", BILLING, "invoice=999&reason=x"),
    function("office/credits/api/open_credit", BILLING, "invoice=999"),
    function("office/credits/api/credit_invoice", BILLING, "invoice=999&form[why]=x"),
];

const CATALOGUE: &[Function] = &[
    function("office/plans/api/list_plans", STAFF, ""),
    function("office/plans/api/show_plan", STAFF, "plan=999"),
    function("office/plans/api/begin_plan", STAFF, ""),
    function("office/plans/api/create_plan", BILLING, "plan[name]="),
    function("office/plans/api/edit_plan", BILLING, "id=999&plan[name]="),
    function("office/plans/api/add_plan_price", BILLING, "plan=999&form[price]="),
    function("office/plans/api/remove_plan_price", BILLING, "plan=999&price=999"),
    function("office/plans/api/archive_plan", BILLING, "plan=999"),
    function("office/plans/api/unarchive_plan", BILLING, "plan=999"),
    function("office/policies/api/list_policies", STAFF, ""),
    function("office/policies/api/show_policy", STAFF, "policy=999"),
    function("office/billing/api/show_billing_settings", STAFF, ""),
    function("office/billing/api/set_billing_day", BILLING, "form[day]="),
    function("office/billing/api/show_tax", STAFF, "tax=999"),
    function("office/billing/api/create_tax", BILLING, "form[name]="),
    function("office/billing/api/change_tax_rate", BILLING, "tax=999&form[rate]="),
    function("office/billing/api/cancel_tax_change", BILLING, "tax=999&from=2099-01-01"),
    function("office/policies/api/create_policy", BILLING, "policy[name]="),
    function("office/policies/api/edit_policy", BILLING, "id=999&policy[name]="),
];

const COLLECTIONS: &[Function] = &[
    function("office/collections/api/see_limits", STAFF, ""),
    function("office/collections/api/change_interlock", BILLING, "interlock[cap_percent]="),
    function("office/collections/api/add_holiday", BILLING, "holiday[on]="),
    function("office/collections/api/remove_holiday", BILLING, "on=2026-01-01"),
    function("office/collections/api/list_promises", MONEY_READERS, ""),
    function("office/collections/api/begin_promise", DESK, "contract=999"),
    function("office/collections/api/make_promise", DESK, "contract=999&promise[amount]=1"),
    function("office/collections/api/cancel_promise", DESK, "contract=999"),
    function("office/collection_orders/api/list_collection_orders", STAFF, ""),
    function("office/collection_orders/api/show_collection_order", STAFF, "order=999"),
    function(
        "office/collection_orders/api/close_collection_order",
        May::Roles(&[Admin, Billing, Support, Technician]),
        "order=999&form[outcome]=collected",
    ),
    function("office/outages/api/list_outages", STAFF, ""),
    function("office/outages/api/show_outage", STAFF, "outage=999"),
    function("office/outages/api/begin_outage", NETWORK_READERS, ""),
    function("office/outages/api/report_outage", NETWORK_READERS, "outage[place]="),
    function("office/outages/api/change_last_day", NETWORK_READERS, "outage=999&ends_on="),
    function("office/outages/api/end_outage", NETWORK_READERS, "outage=999"),
    function("office/runs/api/list_runs", BILLING, ""),
    function("office/runs/api/show_run", BILLING, "date=2026-01-01"),
    function("office/runs/api/preview_run", BILLING, ""),
    function("office/runs/api/make_preview", BILLING, ""),
    function("office/runs/api/approve_run", BILLING, "date=2026-01-01"),
    function("office/runs/api/retry_parked", BILLING, "date=2026-01-01&contract=999&step=billing"),
];

const DOCUMENTS: &[Function] = &[
    function("office/documents/api/show_document_settings", BILLING, ""),
    function("office/documents/api/save_letterhead", BILLING, "letterhead[email]=x"),
    function("office/documents/api/show_template", BILLING, "kind=receipt"),
    function("office/documents/api/save_template", BILLING, "kind=receipt&text="),
    function("office/documents/api/restore_template", BILLING, "kind=receipt&version=999"),
    function("office/numbers/api/show_numbers", BILLING, ""),
    function("office/numbers/api/save_series", BILLING, "series[kind]=quote&series[pattern]="),
    function("office/numbers/api/save_reconnection", BILLING, "terms[fee]="),
    function("office/customers/api/show_statement", MONEY_READERS, "customer=999"),
    function("office/customers/api/see_tax_id_rule", STAFF, ""),
    function("office/quotes/api/list_quotes", MONEY_READERS, ""),
    function("office/quotes/api/show_quote", MONEY_READERS, "quote=999"),
    function("office/quotes/api/begin_quote", DESK, "customer=999"),
    function("office/quotes/api/draft_quote", DESK, "form[customer]="),
    function("office/quotes/api/add_quote_line", DESK, "quote=999&line[description]="),
    function("office/quotes/api/remove_quote_line", DESK, "quote=999&line=999"),
    function("office/quotes/api/send_quote", DESK, "quote=999"),
    function("office/quotes/api/accept_quote", BILLING, "quote=999"),
    function("office/quotes/api/reject_quote", DESK, "quote=999&reason=x"),
    function("office/quotes/api/pay_quote", BILLING, "quote=999&payment[amount]="),
    function("office/quotes/api/reconnect_contract", DESK, "contract=999"),
];

const NETWORK_READERS: May = May::Roles(&[Admin, Noc, Support]);
const NETWORK_EDITORS: May = May::Roles(&[Admin, Noc]);

/// Who talks with customers.
const DESK: May = May::Roles(&[Admin, Billing, Support]);

/// Who puts holds on a service and lifts them.
const CUTTERS: May = May::Roles(&[Admin, Noc, Billing]);
/// Who installs.
const INSTALLERS: May = May::Roles(&[Admin, Noc, Technician]);

const CONTRACTS: &[Function] = &[
    function("office/contracts/api/list_contracts", STAFF, ""),
    function("office/contracts/api/records_to_filter_by", STAFF, ""),
    function("office/contracts/api/show_contract", STAFF, "contract=999"),
    function("office/contracts/api/show_contract_story", STAFF, "contract=999&topic=money"),
    function("office/contracts/api/choices_for_contract", STAFF, "customer=999"),
    function("office/contracts/api/choices_for_line", STAFF, "contract=999"),
    function("office/contracts/api/draft_contract", DESK, "form[customer]="),
    function("office/contracts/api/edit_draft", DESK, "contract=999&form[address]="),
    function("office/contracts/api/add_line", DESK, "contract=999&form[price]="),
    function("office/contracts/api/edit_line", DESK, "contract=999&line=999&form[price]="),
    function("office/contracts/api/remove_line", DESK, "contract=999&line=999"),
    function("office/contracts/api/set_discount", BILLING, "contract=999&line=999&form[discount]="),
    function("office/contracts/api/sign_contract", DESK, "contract=999&form[on]=2026-03-01"),
    function(
        "office/contracts/api/activate_contract",
        May::Roles(&[Admin, Noc, Support, Technician]),
        "contract=999&form[on]=2026-03-01",
    ),
    function(
        "office/contracts/api/preview_activation",
        May::Roles(&[Admin, Noc, Support, Technician]),
        "contract=999&on=2026-03-01",
    ),
    function("office/contracts/api/suspend_contract", CUTTERS, "contract=999&form[why]=x"),
    function("office/contracts/api/restore_contract", CUTTERS, "contract=999&form[why]=x"),
    function("office/contracts/api/closing_credit", BILLING, "contract=999&on=2026-03-01"),
    function("office/contracts/api/close_contract", BILLING, "contract=999&form[reason]=x"),
    function("office/contracts/api/set_service", INSTALLERS, "contract=999&form[pppoe_user]="),
    function("office/contracts/api/reveal_secret", INSTALLERS, "contract=999"),
];

/// All areas.
const TABLE: &[&[Function]] = &[
    people::ACCOUNT,
    people::USERS,
    MONEY,
    CATALOGUE,
    COLLECTIONS,
    DOCUMENTS,
    customers::FUNCTIONS,
    CONTRACTS,
    changes::FUNCTIONS,
    network::FUNCTIONS,
    hotspots::FUNCTIONS,
    routers::FUNCTIONS,
    portal::FUNCTIONS,
    messages::FUNCTIONS,
    addresses::FUNCTIONS,
    plant::FUNCTIONS,
    payments::FUNCTIONS,
    stock::FUNCTIONS,
    tickets::FUNCTIONS,
    work::FUNCTIONS,
    reports::FUNCTIONS,
    gateway::FUNCTIONS,
];

fn functions() -> impl Iterator<Item = &'static Function> {
    TABLE.iter().copied().flatten()
}

fn address(function: &Function) -> String {
    format!("/do/app/{}", function.path)
}

/// Registered functions: those of the edge, which pulls all of `app` in.
fn registered() -> Vec<(String, Method)> {
    let _linked = size_of::<Edge>();
    server_fn_paths().map(|(path, method)| (path.to_owned(), method)).collect()
}

fn method_of(function: &Function) -> Method {
    let found = registered().into_iter().find(|(path, _)| *path == address(function));
    found.unwrap_or_else(|| panic!("{} is not registered", function.path)).1
}

#[test]
fn every_server_function_is_listed_here_and_nothing_else() {
    let registered: BTreeSet<String> = registered().into_iter().map(|(path, _)| path).collect();
    let listed: BTreeSet<String> = functions().map(address).collect();
    let unlisted: Vec<_> = registered.difference(&listed).collect();
    assert!(unlisted.is_empty(), "without a line in this test: {unlisted:#?}");
    let gone: Vec<_> = listed.difference(&registered).collect();
    assert!(gone.is_empty(), "listed, but there is none: {gone:#?}");
}

#[tokio::test]
async fn nobody_gets_further_than_the_door() {
    let provider = provider().await;
    let mut problems = Vec::new();
    for function in functions() {
        let answer = provider.call(&method_of(function), &address(function), function.arguments, "").await;
        let at_the_door = answer.status == StatusCode::UNAUTHORIZED && answer.text.contains("not_signed_in");
        let anybody = matches!(function.may, May::Anybody);
        if at_the_door == anybody || went_wrong(&answer) {
            problems.push(told(function, "nobody", &answer));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[tokio::test]
async fn each_role_may_do_what_is_its_own_and_nothing_else() {
    let provider = provider().await;
    let mut problems = Vec::new();
    for role in Role::ALL.iter().copied() {
        let mut cookie = provider.sign_in(role).await;
        for function in functions() {
            let answer = provider.call(&method_of(function), &address(function), function.arguments, &cookie).await;
            let refused = answer.status == StatusCode::FORBIDDEN && answer.text.contains("forbidden");
            let may = match function.may {
                May::Anybody | May::SignedIn => true,
                May::Roles(roles) => roles.contains(&role),
                // Whoever signs in for the customer here owns the portal.
                May::Customers(_) => role == Customer,
            };
            let at_the_door = answer.text.contains("not_signed_in");
            if refused == may || at_the_door || went_wrong(&answer) {
                problems.push(told(function, role.word(), &answer));
            }
            if function.path.ends_with("sign_out") {
                cookie = provider.sign_in(role).await;
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

/// An incident of ours, or arguments in this test that the function cannot read and that therefore try nothing.
fn went_wrong(answer: &Answer) -> bool {
    answer.status.is_server_error() || answer.status == StatusCode::BAD_REQUEST
}

fn told(function: &Function, who: &str, answer: &Answer) -> String {
    format!("{} as {who}: {} {}", function.path, answer.status, answer.text)
}

#[tokio::test]
async fn what_is_anothers_is_not_found_and_what_is_ones_own_is() {
    let provider = provider().await;
    let anothers = Records::of(&provider, Admin, "C00002").await;
    for function in functions() {
        let Some(arguments) = function.anothers else { continue };
        let cookie = provider.sign_in(Customer).await;
        let call = async |records: &Records| {
            let arguments = records.put_into(&provider, arguments).await;
            provider.call(&method_of(function), &address(function), &arguments, &cookie).await
        };
        let answer = call(&anothers).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", told(function, "another", &answer));
        assert!(answer.text.contains("not_found"), "{}", told(function, "another", &answer));
        let answer = call(&Records::of(&provider, Customer, "C00001").await).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", told(function, "owner", &answer));
    }
}

#[tokio::test]
async fn a_function_of_the_portal_that_names_a_record_is_tried_with_anothers() {
    for function in functions().filter(|function| function.path.starts_with("portal/")) {
        let names_a_record = function.arguments.contains("999");
        assert_eq!(names_a_record, function.anothers.is_some(), "{}: say `.anothers(...)`", function.path);
    }
}

#[tokio::test]
async fn what_changes_something_is_refused_when_another_site_sends_it() {
    let provider = provider().await;
    let cookie = provider.sign_in(Admin).await;
    for function in functions() {
        let method = method_of(function);
        if method == Method::GET {
            continue;
        }
        for (header, value) in [(header::ORIGIN, "https://evil.example"), (header::ORIGIN, "null")] {
            let request = Request::builder().method(&method).uri(address(function)).header(header, value);
            let request = request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::COOKIE, &cookie)
                .body(function.arguments.into());
            let answer = provider.send(request.unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} from {value}", function.path);
            assert_eq!(answer.text, "", "{} from {value}", function.path);
        }
        // Nor can it be had with a link.
        let answer = provider.call(&Method::GET, &address(function), function.arguments, &cookie).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{}", function.path);
    }
    assert_eq!(provider.open("/office/users", &cookie).await.status, StatusCode::OK);
}
