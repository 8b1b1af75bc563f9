//! Changes in mid-life, and leased equipment.

use super::{Admin, BILLING, Billing, DESK, Function, May, Noc, STAFF, Support, function};

const MOVERS: May = May::Roles(&[Admin, Noc, Billing, Support]);

pub const FUNCTIONS: &[Function] = &[
    function("office/changes/api/list_changes", STAFF, ""),
    function("office/changes/api/contract_changes", STAFF, "contract=999"),
    function("office/changes/api/contract_plan_options", STAFF, "contract=999"),
    function("office/changes/api/change_plan", DESK, "contract=999&form[plan]="),
    function("office/changes/api/change_quantity", DESK, "contract=999&form[quantity]="),
    function("office/changes/api/pause_contract", DESK, "contract=999&form[until]="),
    function("office/changes/api/end_pause", BILLING, "contract=999"),
    function("office/changes/api/approve_change", BILLING, "change=999"),
    function("office/changes/api/reject_change", BILLING, "change=999&reason=x"),
    function("office/changes/api/withdraw_change", DESK, "change=999"),
    function("office/changes/api/move_contract", MOVERS, "contract=999&form[address]="),
    function("office/changes/api/change_holder", BILLING, "contract=999&form[customer]="),
    function("office/changes/api/list_leases", STAFF, ""),
    function("office/changes/api/contract_leases", STAFF, "contract=999"),
    function("office/changes/api/add_lease", DESK, "contract=999&form[value]="),
    function("office/changes/api/buy_out_lease", BILLING, "lease=999"),
];
