//! Messages: what was sent, in which words, and how customers want to be reached.

use domain::role::Role::{Admin, Billing, Support};

use super::{BILLING, CUSTOMER, Function, MONEY_READERS, May, OWNER, STAFF, function};

/// Who edits customers.
const EDITORS: May = May::Roles(&[Admin, Billing, Support]);

pub const FUNCTIONS: &[Function] = &[
    function("office/messages/api/list_messages", MONEY_READERS, ""),
    function("office/messages/api/show_message", MONEY_READERS, "message=999"),
    function("office/messages/api/show_message_settings", BILLING, ""),
    function("office/messages/api/save_quiet_hours", BILLING, "quiet[from]=x"),
    function("office/messages/api/show_message_template", BILLING, "key=cut-es"),
    function("office/messages/api/save_message_template", BILLING, "key=cut-es&template[body]="),
    function("office/messages/api/restore_message_template", BILLING, "key=none"),
    function("office/messages/api/show_preference", STAFF, "customer=999"),
    function("office/messages/api/save_preference", EDITORS, "customer=999&preference[channel]=x"),
    function("portal/api/my_preference", CUSTOMER, ""),
    function("portal/api/save_my_preference", OWNER, "preference[channel]=x"),
    function("public/api/who_unsubscribes", May::Anybody, "token=x"),
    function("public/api/unsubscribe", May::Anybody, "token=x"),
];
