//! Faults, of the office and of the portal.

use super::{CUSTOMER, Function, NETWORK_EDITORS, STAFF, function};

/// `{ticket}` is another customer's fault, and `{resolved}` one that is resolved.
pub const FUNCTIONS: &[Function] = &[
    function("office/tickets/api/list_tickets", STAFF, ""),
    function("office/tickets/api/show_ticket", STAFF, "ticket=999"),
    function("office/tickets/api/begin_ticket", STAFF, "customer=999"),
    function("office/tickets/api/open_ticket", STAFF, "customer=999&fault[body]="),
    function("office/tickets/api/answer_ticket", STAFF, "ticket=999&message[body]="),
    function("office/tickets/api/triage_ticket", STAFF, "ticket=999&triage[priority]="),
    function("office/tickets/api/answer_outage", STAFF, "outage=999&message=x"),
    function("office/tickets/api/show_ticket_settings", STAFF, ""),
    function("office/tickets/api/save_promises", NETWORK_EDITORS, "promises[low][clock]="),
    function("office/tickets/api/save_ticket_rules", NETWORK_EDITORS, "rules[monday]=x"),
    function("office/tickets/api/add_ticket_category", NETWORK_EDITORS, "category[name_es]="),
    function("office/tickets/api/edit_ticket_category", NETWORK_EDITORS, "id=999&category[name_es]="),
    function("portal/faults/api/my_faults", CUSTOMER, ""),
    function("portal/faults/api/my_fault", CUSTOMER, "ticket=999").anothers("ticket={ticket}"),
    function("portal/faults/api/begin_fault", CUSTOMER, ""),
    function("portal/faults/api/report_fault", CUSTOMER, "fault[body]="),
    function("portal/faults/api/answer_fault", CUSTOMER, "ticket=999&message[body]=x")
        .anothers("ticket={ticket}&message[body]=x"),
    function("portal/faults/api/reopen_fault", CUSTOMER, "ticket=999&message[body]=x")
        .anothers("ticket={resolved}&message[body]=x"),
    function("portal/faults/api/rate_fault", CUSTOMER, "ticket=999&rating[stars]=5")
        .anothers("ticket={resolved}&rating[stars]=5"),
];
