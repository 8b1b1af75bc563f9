//! The table of who may do what, as it holds.

use domain::role::Role;
use domain::views::users::PermitRow;
use leptos::prelude::*;

use super::{api::list_permits, role_name};
use crate::{
    i18n::{Words, words},
    ui::{
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn PermitsPage() -> impl IntoView {
    let t = words();
    let permits = Resource::new_blocking(|| (), |()| list_permits());
    let places = vec![(t.users.title().to_owned(), "/office/users".to_owned())];
    view! {
        <PageHeader title=t.security.permits_title() summary=t.security.permits_hint() places/>
        <Loaded from=permits view=move |rows| view! {
            <Table columns=columns(t) rows label=t.security.permits_title()/>
        }/>
    }
}

fn columns(t: Words) -> Vec<Column<PermitRow>> {
    let staff = Role::ALL.iter().copied().filter(|role| role.is_staff());
    let has = move |role: Role| {
        Column::new(role_name(role, t), move |row: &PermitRow| match row.roles.contains(&role) {
            true => view! { <span class="with-icon">{Icon::Check.view()}{t.security.yes()}</span> }.into_any(),
            false => view! { <span class="muted">{t.security.no()}</span> }.into_any(),
        })
    };
    let verb = Column::new(t.security.permit(), move |row: &PermitRow| name(&row.verb, t));
    std::iter::once(verb).chain(staff.map(has)).collect()
}

macro_rules! names {
    ($($word:literal => $text:ident)*) => {
        /// A permit in words.
        fn name(verb: &str, t: Words) -> String {
            let words = match verb {
                $($word => t.permits.$text(),)*
                other => other,
            };
            words.to_owned()
        }

        #[cfg(all(test, feature = "ssr"))]
        const NAMED: &[&str] = &[$($word),*];
    };
}

names! {
    "search" => search
    "save_filters" => save_filters
    "manage_reports" => manage_reports
    "see_dashboard" => see_dashboard
    "see_customers" => see_customers
    "edit_customers" => edit_customers
    "edit_portal_access" => edit_portal_access
    "see_contracts" => see_contracts
    "edit_contracts" => edit_contracts
    "sign_contracts" => sign_contracts
    "activate_contracts" => activate_contracts
    "close_contracts" => close_contracts
    "give_discounts" => give_discounts
    "place_holds" => place_holds
    "lift_holds" => lift_holds
    "request_changes" => request_changes
    "decide_changes" => decide_changes
    "move_contracts" => move_contracts
    "change_holders" => change_holders
    "see_invoices" => see_invoices
    "void_invoices" => void_invoices
    "credit_invoices" => credit_invoices
    "send_invoices" => send_invoices
    "see_payments" => see_payments
    "record_payments" => record_payments
    "edit_rates" => edit_rates
    "import_statements" => import_statements
    "book_statements" => book_statements
    "allocate_payments" => allocate_payments
    "refund_payments" => refund_payments
    "reverse_payments" => reverse_payments
    "report_transfers" => report_transfers
    "review_transfers" => review_transfers
    "see_accounts" => see_accounts
    "see_gateway" => see_gateway
    "edit_gateway" => edit_gateway
    "repeat_events" => repeat_events
    "see_plans" => see_plans
    "edit_plans" => edit_plans
    "see_sectors" => see_sectors
    "edit_sectors" => edit_sectors
    "edit_policies" => edit_policies
    "edit_billing" => edit_billing
    "see_routers" => see_routers
    "edit_routers" => edit_routers
    "see_hotspots" => see_hotspots
    "edit_hotspots" => edit_hotspots
    "end_hotspot_sessions" => end_hotspot_sessions
    "issue_vouchers" => issue_vouchers
    "sell_vouchers" => sell_vouchers
    "see_pools" => see_pools
    "edit_pools" => edit_pools
    "work_macs" => work_macs
    "see_plant" => see_plant
    "edit_plant" => edit_plant
    "reserve_ports" => reserve_ports
    "onboard_routers" => onboard_routers
    "see_router_secrets" => see_router_secrets
    "scan_routers" => scan_routers
    "adopt_rows" => adopt_rows
    "preview_commands" => preview_commands
    "edit_services" => edit_services
    "see_service_secrets" => see_service_secrets
    "see_jobs" => see_jobs
    "manage_jobs" => manage_jobs
    "see_runs" => see_runs
    "approve_cuts" => approve_cuts
    "retry_parked" => retry_parked
    "see_promises" => see_promises
    "edit_promises" => edit_promises
    "see_collection_orders" => see_collection_orders
    "close_collection_orders" => close_collection_orders
    "see_stock" => see_stock
    "move_stock" => move_stock
    "edit_stock" => edit_stock
    "sell_equipment" => sell_equipment
    "see_outages" => see_outages
    "edit_outages" => edit_outages
    "see_tickets" => see_tickets
    "open_tickets" => open_tickets
    "answer_tickets" => answer_tickets
    "edit_ticket_settings" => edit_ticket_settings
    "see_work" => see_work
    "edit_work" => edit_work
    "do_work" => do_work
    "run_business_day" => run_business_day
    "see_messages" => see_messages
    "edit_messages" => edit_messages
    "write_to_customers" => write_to_customers
    "see_users" => see_users
    "edit_users" => edit_users
    "edit_access" => edit_access
    "see_settings" => see_settings
    "see_audit" => see_audit
    "see_quotes" => see_quotes
    "edit_quotes" => edit_quotes
    "confirm_quotes" => confirm_quotes
    "edit_documents" => edit_documents
    "import" => import
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    #[test]
    fn every_permit_has_words() {
        let missing: Vec<_> = workflows::permit::TABLE
            .iter()
            .map(|(verb, _)| *verb)
            .filter(|verb| !super::NAMED.contains(verb))
            .collect();
        assert!(missing.is_empty(), "add them to locales/*/permits.toml and to the list above: {missing:?}");
    }
}
