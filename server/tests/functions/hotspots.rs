//! The functions of captive portals and vouchers.

use super::{Function, May, NETWORK_EDITORS, NETWORK_READERS, function};
use domain::role::Role::{Admin, Billing, Noc, Support};

const READERS: May = May::Roles(&[Admin, Noc, Billing, Support]);
const ISSUERS: May = May::Roles(&[Admin, Noc, Billing]);

pub const FUNCTIONS: &[Function] = &[
    function("office/hotspots/api/list_hotspots", READERS, ""),
    function("office/hotspots/api/show_hotspot", READERS, "hotspot=999"),
    function("office/hotspots/api/begin_hotspot", NETWORK_EDITORS, ""),
    function("office/hotspots/api/create_hotspot", NETWORK_EDITORS, "hotspot[name]="),
    function("office/hotspots/api/begin_edit_hotspot", NETWORK_EDITORS, "hotspot=999"),
    function("office/hotspots/api/edit_hotspot", NETWORK_EDITORS, "id=999&hotspot[name]="),
    function("office/hotspots/api/install_login_page", NETWORK_EDITORS, "hotspot=999"),
    function("office/hotspots/api/end_hotspot_session", NETWORK_READERS, "hotspot=999&row=*1"),
    function("office/hotspots/api/add_garden_entry", NETWORK_EDITORS, "hotspot=999&entry[to]="),
    function("office/hotspots/api/remove_garden_entry", NETWORK_EDITORS, "hotspot=999&entry=999"),
    function("office/hotspots/api/add_hotspot_binding", NETWORK_EDITORS, "hotspot=999&binding[mac]="),
    function("office/hotspots/api/remove_hotspot_binding", NETWORK_EDITORS, "hotspot=999&binding=999"),
    function("office/hotspots/api/begin_hotspot_user", NETWORK_EDITORS, "hotspot=999"),
    function("office/hotspots/api/create_hotspot_user", NETWORK_EDITORS, "hotspot=999&user[name]="),
    function("office/hotspots/api/edit_hotspot_user", NETWORK_EDITORS, "hotspot=999&id=999&user[name]="),
    function("office/hotspots/api/list_hotspot_profiles", READERS, ""),
    function("office/hotspots/api/create_hotspot_profile", NETWORK_EDITORS, "profile[name]="),
    function("office/hotspots/api/begin_edit_hotspot_profile", NETWORK_EDITORS, "profile=999"),
    function("office/hotspots/api/edit_hotspot_profile", NETWORK_EDITORS, "id=999&profile[name]="),
    function("office/vouchers/api/list_vouchers", READERS, ""),
    function("office/vouchers/api/list_batches", READERS, ""),
    function("office/vouchers/api/show_batch", READERS, "batch=999"),
    function("office/vouchers/api/begin_batch", ISSUERS, ""),
    function("office/vouchers/api/create_batch", ISSUERS, "batch[series]="),
    function("office/vouchers/api/withdraw_batch", ISSUERS, "batch=999"),
    function("office/vouchers/api/record_voucher_sale", May::Roles(&[Admin, Billing]), "batch=999&sale[quantity]="),
];
