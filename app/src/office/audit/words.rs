//! What the audit's lines say in words. A word that is not known here is shown as it is written in the audit.

use crate::i18n::Words;

macro_rules! words {
    ($($word:literal => $text:ident)*) => {
        pub const ALL: &[&str] = &[$($word),*];

        pub fn name(word: &str, t: Words) -> String {
            match word {
                $($word => t.audit.$text().to_owned(),)*
                other => other.to_owned(),
            }
        }
    };
}

/// What was done.
pub mod verb {
    use super::Words;

    words! {
        "edit_customers" => verb_edit_customers
        "edit_portal_access" => verb_edit_portal_access
        "manage_people" => verb_manage_people
        "edit_profile" => verb_edit_profile
        "accept_contract" => verb_accept_contract
        "come_in" => verb_come_in
        "edit_contracts" => verb_edit_contracts
        "sign_contracts" => verb_sign_contracts
        "activate_contracts" => verb_activate_contracts
        "close_contracts" => verb_close_contracts
        "give_discounts" => verb_give_discounts
        "place_holds" => verb_place_holds
        "lift_holds" => verb_lift_holds
        "void_invoices" => verb_void_invoices
        "decide_changes" => verb_decide_changes
        "request_changes" => verb_request_changes
        "move_contracts" => verb_move_contracts
        "change_holders" => verb_change_holders
        "end_lease" => verb_end_lease
        "credit_invoices" => verb_credit_invoices
        "send_invoices" => verb_send_invoices
        "write_to_customers" => verb_write_to_customers
        "record_payments" => verb_record_payments
        "edit_rates" => verb_edit_rates
        "import_statements" => verb_import_statements
        "book_statements" => verb_book_statements
        "allocate_payments" => verb_allocate_payments
        "refund_payments" => verb_refund_payments
        "reverse_payments" => verb_reverse_payments
        "edit_gateway" => verb_edit_gateway
        "repeat_events" => verb_repeat_events
        "pay_by_card" => verb_pay_by_card
        "choose_messages" => verb_choose_messages
        "pay_automatically" => verb_pay_automatically
        "withdraw_automatic_payments" => verb_withdraw_automatic_payments
        "remove_card" => verb_remove_card
        "report_transfers" => verb_report_transfers
        "review_transfers" => verb_review_transfers
        "edit_plans" => verb_edit_plans
        "edit_sectors" => verb_edit_sectors
        "edit_policies" => verb_edit_policies
        "edit_messages" => verb_edit_messages
        "edit_billing" => verb_edit_billing
        "edit_routers" => verb_edit_routers
        "edit_hotspots" => verb_edit_hotspots
        "onboard_routers" => verb_onboard_routers
        "end_hotspot_sessions" => verb_end_hotspot_sessions
        "issue_vouchers" => verb_issue_vouchers
        "sell_vouchers" => verb_sell_vouchers
        "edit_pools" => verb_edit_pools
        "edit_plant" => verb_edit_plant
        "reserve_ports" => verb_reserve_ports
        "scan_routers" => verb_scan_routers
        "adopt_rows" => verb_adopt_rows
        "work_macs" => verb_work_macs
        "edit_services" => verb_edit_services
        "see_service_secrets" => verb_see_service_secrets
        "see_router_secrets" => verb_see_router_secrets
        "manage_jobs" => verb_manage_jobs
        "run_business_day" => verb_run_business_day
        "edit_users" => verb_edit_users
        "approve_cuts" => verb_approve_cuts
        "retry_parked" => verb_retry_parked
        "edit_promises" => verb_edit_promises
        "edit_outages" => verb_edit_outages
        "move_stock" => verb_move_stock
        "edit_stock" => verb_edit_stock
        "sell_equipment" => verb_sell_equipment
        "close_collection_orders" => verb_close_collection_orders
        "open_tickets" => verb_open_tickets
        "answer_tickets" => verb_answer_tickets
        "rate_tickets" => verb_rate_tickets
        "edit_ticket_settings" => verb_edit_ticket_settings
        "edit_work" => verb_edit_work
        "do_work" => verb_do_work
        "edit_quotes" => verb_edit_quotes
        "confirm_quotes" => verb_confirm_quotes
        "invoice_quotes" => verb_invoice_quotes
        "edit_documents" => verb_edit_documents
        "import" => verb_import
        "export_lists" => verb_export_lists
        "save_filters" => verb_save_filters
        "manage_reports" => verb_manage_reports
        "sign_in" => verb_sign_in
        "sign_out" => verb_sign_out
        "request_reset" => verb_request_reset
        "reset_password" => verb_reset_password
        "accept_invitation" => verb_accept_invitation
        "change_password" => verb_change_password
        "change_language" => verb_change_language
        "end_session" => verb_end_session
        "edit_access" => verb_edit_access
        "set_up_second_factor" => verb_set_up_second_factor
        "turn_off_second_factor" => verb_turn_off_second_factor
    }
}

/// What it was done to.
pub mod kind {
    use super::Words;

    words! {
        "address" => kind_address
        "address_pool" => kind_address_pool
        "adoption" => kind_adoption
        "network_settings" => kind_network_settings
        "scan" => kind_scan
        "company" => kind_company
        "bank_row" => kind_bank_row
        "bulk_run" => kind_bulk_run
        "bank_statement" => kind_bank_statement
        "contact" => kind_contact
        "change" => kind_change
        "contract" => kind_contract
        "lease" => kind_lease
        "list" => kind_list
        "saved_filter" => kind_saved_filter
        "report" => kind_report
        "contract_line" => kind_contract_line
        "customer" => kind_customer
        "invoice" => kind_invoice
        "job" => kind_job
        "quote" => kind_quote
        "numbers" => kind_numbers
        "letterhead" => kind_letterhead
        "payment" => kind_payment
        "gateway" => kind_gateway
        "gateway_settings" => kind_gateway_settings
        "gateway_event" => kind_gateway_event
        "payment_intent" => kind_payment_intent
        "plan" => kind_plan
        "plant_settings" => kind_plant_settings
        "nap" => kind_nap
        "nap_import" => kind_nap_import
        "olt" => kind_olt
        "splitter" => kind_splitter
        "policy" => kind_policy
        "rates" => kind_rates
        "router" => kind_router
        "lease_report_settings" => kind_lease_report_settings
        "network_scan" => kind_network_scan
        "onboarding" => kind_onboarding
        "hotspot" => kind_hotspot
        "hotspot_profile" => kind_hotspot_profile
        "hotspot_user" => kind_hotspot_user
        "voucher_batch" => kind_voucher_batch
        "sector" => kind_sector
        "service" => kind_service
        "mac_profile" => kind_mac_profile
        "transfer_report" => kind_transfer_report
        "tax" => kind_tax
        "template" => kind_template
        "quiet_hours" => kind_quiet_hours
        "message_template" => kind_message_template
        "user" => kind_user
        "run" => kind_run
        "promise" => kind_promise
        "outage" => kind_outage
        "collection_order" => kind_collection_order
        "equipment" => kind_equipment
        "equipment_model" => kind_equipment_model
        "stock_place" => kind_stock_place
        "stock_receipt" => kind_stock_receipt
        "interlock" => kind_interlock
        "holiday" => kind_holiday
        "ticket" => kind_ticket
        "ticket_category" => kind_ticket_category
        "ticket_settings" => kind_ticket_settings
        "work_order" => kind_work_order
        "work_checklist" => kind_work_checklist
        "work_route" => kind_work_route
    }
}

/// Each word with its name, by name, for a select.
pub fn choices(words: &[&str], name: fn(&str, Words) -> String, t: Words) -> Vec<(String, String)> {
    let mut choices: Vec<_> = words.iter().map(|word| ((*word).to_owned(), name(word, t))).collect();
    choices.sort_by(|(_, one), (_, other)| one.cmp(other));
    choices
}

/// The page of the record, for those that have one.
pub fn page_of(kind: &str, id: i64) -> Option<String> {
    let list = match kind {
        "contract" => "contracts",
        "equipment" => "stock",
        "customer" => "customers",
        "invoice" => "invoices",
        "job" => "jobs",
        "nap" => "plant/naps",
        "nap_import" => "plant/imports",
        "payment" => "payments",
        "plan" => "plans",
        "quote" => "quotes",
        "report" => "reports",
        "router" => "routers",
        "outage" => "outages",
        "ticket" => "tickets",
        "transfer_report" => "transfers",
        "user" => "users",
        "work_order" => "work",
        _ => return None,
    };
    Some(format!("/office/{list}/{id}"))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    /// These change nothing.
    const LOOKS: [&str; 2] = ["search", "preview_commands"];

    #[test]
    fn whatever_a_permit_lets_somebody_change_has_words() {
        let verbs = workflows::permit::TABLE.iter().map(|(verb, _)| *verb);
        let missing: Vec<_> = verbs
            .filter(|verb| !verb.starts_with("see_") && !LOOKS.contains(verb))
            .filter(|verb| !super::verb::ALL.contains(verb))
            .collect();
        assert!(missing.is_empty(), "add them to locales/*/audit.toml and to the list above: {missing:?}");
    }
}
