//! Routers, those from the factory, reports of leases and the equipment that they tell of.

use super::{Function, NETWORK_EDITORS, NETWORK_READERS, function};

pub const FUNCTIONS: &[Function] = &[
    function("office/routers/api/list_routers", NETWORK_READERS, ""),
    function("office/routers/api/show_router", NETWORK_READERS, "router=999"),
    function("office/routers/api/begin_edit_router", NETWORK_EDITORS, "router=999"),
    function("office/routers/api/create_router", NETWORK_EDITORS, "router[name]="),
    function("office/routers/api/edit_router", NETWORK_EDITORS, "id=999&router[name]="),
    function("office/routers/api/probe_router", NETWORK_EDITORS, "router=999"),
    function("office/routers/leases/api/show_lease_reports", NETWORK_READERS, "router=999"),
    function("office/routers/leases/api/renew_lease_token", NETWORK_EDITORS, "router=999"),
    function("office/routers/leases/api/install_lease_script", NETWORK_EDITORS, "router=999"),
    function("office/routers/leases/api/save_reporting_settings", NETWORK_EDITORS, "router=999"),
    function("office/routers/leases/api/reveal_lease_script", NETWORK_EDITORS, "router=999"),
    function("office/macs/api/list_macs", NETWORK_READERS, ""),
    function("office/macs/api/show_mac", NETWORK_READERS, "mac=999"),
    function("office/macs/api/assign_mac", NETWORK_EDITORS, "mac=999&form[contract]="),
    function("office/macs/api/draft_for_mac", NETWORK_READERS, "mac=999&form[name]="),
    function("office/macs/api/ignore_mac", NETWORK_READERS, "mac=999"),
    function("office/macs/api/unignore_mac", NETWORK_READERS, "mac=999"),
    function("office/onboarding/api/begin_onboarding", NETWORK_EDITORS, ""),
    function("office/onboarding/api/list_onboardings", NETWORK_EDITORS, ""),
    function("office/onboarding/api/scan_network", NETWORK_EDITORS, "scan[range]=8.8.8.8"),
    function("office/onboarding/api/show_onboarding", NETWORK_EDITORS, "onboarding=999"),
    function("office/onboarding/api/look_at_router", NETWORK_EDITORS, "id=999&router[name]="),
    function("office/onboarding/api/start_onboarding", NETWORK_EDITORS, "onboarding=999"),
    function("office/onboarding/api/forget_onboarding", NETWORK_EDITORS, "onboarding=999"),
    function("office/onboarding/api/reveal_rescue", NETWORK_EDITORS, "onboarding=999"),
];
