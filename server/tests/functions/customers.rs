//! Customers, and who comes into their portal.

use super::{DESK, Function, STAFF, function};

pub const FUNCTIONS: &[Function] = &[
    function("office/customers/api/list_customers", STAFF, ""),
    function("office/customers/api/sectors_to_filter_by", STAFF, ""),
    function("office/customers/api/show_customer", STAFF, "customer=999"),
    function("office/customers/api/create_customer", DESK, "form[name]="),
    function("office/customers/api/edit_customer", DESK, "customer=999&form[name]="),
    function("office/customers/api/add_contact", DESK, "customer=999&form[name]="),
    function("office/customers/api/edit_contact", DESK, "customer=999&contact=999&form[name]="),
    function("office/customers/api/remove_contact", DESK, "customer=999&contact=999"),
    function("office/customers/api/add_address", DESK, "customer=999&form[street]="),
    function("office/customers/api/edit_address", DESK, "customer=999&address=999&form[street]="),
    function("office/portal_access/api/show_portal_access", STAFF, "customer=999"),
    function("office/portal_access/api/invite_to_portal", DESK, "customer=999&person[name]="),
    function("office/portal_access/api/invite_to_portal_again", DESK, "customer=999&person=999"),
    function("office/portal_access/api/change_portal_right", DESK, "customer=999&person=999&right=viewer"),
    function("office/portal_access/api/end_portal_access", DESK, "customer=999&person=999"),
    function("office/portal_access/api/restore_portal_access", DESK, "customer=999&person=999"),
    function("office/portal_access/api/make_portal_code", DESK, "customer=999&code[name]="),
    function("office/portal_access/api/withdraw_portal_code", DESK, "code=999"),
    function("office/contracts/api/show_acceptances", STAFF, "contract=999"),
];
