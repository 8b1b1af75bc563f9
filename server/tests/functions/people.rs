//! People: signing in, their own account, and users.

use super::{ADMIN, Function, May, STAFF, function};

/// Signing in and one's own account. `{session}` is the key of an administrator's session.
pub const ACCOUNT: &[Function] = &[
    function("preferences/set_preferences", May::Anybody, "theme=dark"),
    function("public/api/sign_in", May::Anybody, "email=&password="),
    function("public/api/request_reset", May::Anybody, "email="),
    function("public/api/reset_password", May::Anybody, "token=x&password=&repeated_password="),
    function("account/api/sign_out", May::SignedIn, ""),
    function("account/api/my_sessions", May::SignedIn, ""),
    function("account/api/end_session", May::SignedIn, "key=00").anothers("key={session}"),
    function("account/api/end_other_sessions", May::SignedIn, ""),
    function("account/second_factor/api/see_second_factor", STAFF, ""),
    function("account/second_factor/api/enter_code", May::SignedIn, "code="),
    function("account/second_factor/api/propose_second_factor", STAFF, "current_password="),
    function("account/second_factor/api/confirm_second_factor", STAFF, "code="),
    function("account/second_factor/api/turn_off_second_factor", STAFF, "current_password=&code="),
    function("account/api/change_password", May::SignedIn, "current_password=&password=&repeated_password="),
];

pub const USERS: &[Function] = &[
    function("office/finder/api/find", STAFF, "typed=ana"),
    function("office/users/api/list_users", ADMIN, ""),
    function("office/users/api/see_user", ADMIN, "user=999"),
    function("office/users/api/create_user", ADMIN, "user[name]="),
    function("office/users/api/invite_user", ADMIN, "user=999"),
    function("office/users/api/change_user_role", ADMIN, "user=999&role=noc"),
    function("office/users/api/disable_user", ADMIN, "user=999"),
    function("office/users/api/enable_user", ADMIN, "user=999"),
    function("office/users/api/sessions_of_user", ADMIN, "user=999"),
    function("office/users/api/end_session_of_user", ADMIN, "user=999&key=00"),
    function("office/users/api/end_sessions_of_user", ADMIN, "user=999"),
    function("office/users/api/reset_second_factor", ADMIN, "user=999"),
    function("office/users/api/list_permits", ADMIN, ""),
    function("office/users/api/show_access", ADMIN, ""),
    function("office/users/api/require_second_factor", ADMIN, ""),
    function("office/settings/api/see_process_settings", ADMIN, ""),
    function("office/audit/api/list_audit", ADMIN, ""),
    function("office/audit/api/audit_actors", ADMIN, ""),
];
