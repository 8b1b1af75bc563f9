//! Routers, what is done at them, and what they are found to hold.

use super::{Function, NETWORK_EDITORS, NETWORK_READERS, function};

pub const FUNCTIONS: &[Function] = &[
    function("office/routers/api/close_breaker", NETWORK_EDITORS, "router=999"),
    function("office/routers/api/preview_router_commands", NETWORK_EDITORS, "router=999"),
    function("office/routers/api/preview_contract_commands", NETWORK_EDITORS, "contract=999"),
    function("office/contracts/api/apply_service", NETWORK_EDITORS, "contract=999"),
    function("office/scans/api/list_scans", NETWORK_READERS, ""),
    function("office/scans/api/show_scan", NETWORK_READERS, "scan=999"),
    function("office/scans/api/scan_router", NETWORK_EDITORS, "router=999&effect=look"),
    function("office/scans/api/scan_all_routers", NETWORK_EDITORS, "effect=look"),
    function("office/scans/api/see_network_settings", NETWORK_READERS, ""),
    function("office/scans/api/edit_network_settings", NETWORK_EDITORS, "settings[keep_days]="),
    function("office/adoptions/api/see_adoptable", NETWORK_EDITORS, "router=999"),
    function("office/adoptions/api/adopt_chosen", NETWORK_EDITORS, "router=999"),
    function("office/adoptions/api/show_adoption", NETWORK_READERS, "adoption=999"),
    function("office/jobs/api/list_jobs", NETWORK_READERS, ""),
    function("office/jobs/api/show_job", NETWORK_READERS, "job=999"),
    function("office/jobs/api/repeat_job", NETWORK_EDITORS, "job=999"),
    function("office/jobs/api/cancel_job", NETWORK_EDITORS, "job=999"),
];
