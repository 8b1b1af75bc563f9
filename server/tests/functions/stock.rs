//! The stock.

use domain::role::Role::{Admin, Billing, Noc, Technician};

use super::{Function, May, STAFF, function};

/// Who receives, writes off, and keeps models and places.
const KEEPERS: May = May::Roles(&[Admin, Noc]);
/// Who carries it.
const MOVERS: May = May::Roles(&[Admin, Noc, Technician]);

pub const FUNCTIONS: &[Function] = &[
    function("office/stock/api/list_stock", STAFF, ""),
    function("office/stock/api/show_equipment", STAFF, "item=999"),
    function("office/stock/api/list_place_choices", STAFF, ""),
    function("office/stock/api/transfer_equipment", MOVERS, "item=999&form[to]="),
    function("office/stock/api/move_many", MOVERS, "form[lines]="),
    function("office/stock/api/install_equipment", MOVERS, "item=999&form[contract]="),
    function("office/stock/api/take_back_equipment", MOVERS, "item=999&form[to]="),
    function("office/stock/api/leave_equipment", MOVERS, "item=999&form[reason]="),
    function("office/stock/api/return_equipment", KEEPERS, "item=999&form[to]="),
    function("office/stock/api/write_off_equipment", KEEPERS, "item=999&form[reason]="),
    function("office/stock/api/find_equipment", KEEPERS, "item=999&form[to]="),
    function("office/stock/api/invoice_equipment", May::Roles(&[Admin, Billing]), "item=999&form[price]="),
    function("office/stock/api/list_contract_equipment", STAFF, "contract=999"),
    function("office/stock/api/install_at_contract", MOVERS, "contract=999&form[serial]="),
    function("office/stock/api/list_equipment_models", STAFF, ""),
    function("office/stock/api/add_equipment_model", KEEPERS, "form[name]="),
    function("office/stock/api/edit_equipment_model", KEEPERS, "model=999&form[name]="),
    function("office/stock/api/archive_equipment_model", KEEPERS, "model=999"),
    function("office/stock/api/list_stock_places", STAFF, ""),
    function("office/stock/api/add_stock_place", KEEPERS, "form[name]="),
    function("office/stock/api/edit_stock_place", KEEPERS, "place=999&form[name]="),
    function("office/stock/api/archive_stock_place", KEEPERS, "place=999"),
    function("office/stock/api/begin_receipt", KEEPERS, ""),
    function("office/stock/api/draft_receipt", KEEPERS, "form[lines]="),
    function("office/stock/api/show_receipt", KEEPERS, "receipt=999"),
    function("office/stock/api/mend_receipt", KEEPERS, "receipt=999"),
    function("office/stock/api/receive_receipt", KEEPERS, "receipt=999"),
];
