//! The functions of sectors, the fibre plant and the map.

use domain::role::Role::{Admin, Billing, Noc, Support};

use super::{Function, May, STAFF, function};

const EDITORS: May = May::Roles(&[Admin, Noc]);
const SELLERS: May = May::Roles(&[Admin, Noc, Billing, Support]);

pub const FUNCTIONS: &[Function] = &[
    function("office/map/api/see_map", STAFF, ""),
    function("office/sectors/api/list_sectors", STAFF, ""),
    function("office/sectors/api/show_sector", STAFF, "sector=999"),
    function("office/sectors/api/create_sector", EDITORS, "sector[name]="),
    function("office/sectors/api/rename_sector", EDITORS, "id=999&sector[name]="),
    function("office/plant/api/list_olts", STAFF, ""),
    function("office/plant/api/see_pon", STAFF, "pon=999"),
    function("office/plant/api/list_naps", STAFF, ""),
    function("office/plant/api/see_nap", STAFF, "nap=999"),
    function("office/plant/api/check_feasibility", STAFF, "at=19.4,-99.1"),
    function("office/plant/api/create_olt", EDITORS, "olt[name]="),
    function("office/plant/api/open_olt", EDITORS, "olt=999"),
    function("office/plant/api/edit_olt", EDITORS, "id=999&olt[name]="),
    function("office/plant/api/add_card", EDITORS, "olt=999&card[slot]="),
    function("office/plant/api/add_splitter", EDITORS, "pon=999&splitter[ways]="),
    function("office/plant/api/remove_splitter", EDITORS, "pon=999&splitter=999"),
    function("office/plant/api/begin_nap", EDITORS, ""),
    function("office/plant/api/open_nap", EDITORS, "nap=999"),
    function("office/plant/api/create_nap", EDITORS, "nap[name]="),
    function("office/plant/api/edit_nap", EDITORS, "id=999&nap[name]="),
    function("office/plant/api/remove_nap", EDITORS, "nap=999"),
    function("office/plant/api/list_nap_imports", EDITORS, ""),
    function("office/plant/api/see_nap_import", EDITORS, "import=999"),
    function("office/plant/api/import_naps", EDITORS, "import=999"),
    function("office/plant/api/reserve_port", SELLERS, "nap=999&form[who]="),
    function("office/plant/api/release_port", SELLERS, "nap=999&port=999"),
    function("office/plant/api/connect_service", EDITORS, "nap=999&form[who]="),
    function("office/plant/api/disconnect_service", EDITORS, "nap=999&contract=999"),
    function("office/plant/api/see_plant_settings", EDITORS, ""),
    function("office/plant/api/change_plant_settings", EDITORS, "form[reservation_days]="),
];
