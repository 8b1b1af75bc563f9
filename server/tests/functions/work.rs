//! Work orders, in the office and in the field.

use super::{Function, INSTALLERS, NETWORK_READERS, STAFF, function};

pub const FUNCTIONS: &[Function] = &[
    function("office/work/api/list_work", STAFF, ""),
    function("office/work/api/show_work", STAFF, "order=999"),
    function("office/work/api/show_work_board", STAFF, ""),
    function("office/work/api/begin_work", NETWORK_READERS, "customer=999"),
    function("office/work/api/create_work", NETWORK_READERS, "work[contract]="),
    function("office/work/api/schedule_work", NETWORK_READERS, "order=999&schedule[technician]="),
    function("office/work/api/assign_work", NETWORK_READERS, "assign[technician]="),
    function("office/work/api/unschedule_work", NETWORK_READERS, "order=999"),
    function("office/work/api/cancel_work", NETWORK_READERS, "order=999&why="),
    function("office/work/api/shift_work", NETWORK_READERS, "order=999&to=earlier"),
    function("office/work/api/suggest_route", NETWORK_READERS, "technician=999&on=2026-03-01"),
    function("office/work/api/arrange_route", NETWORK_READERS, "technician=999&on=2026-03-01&route[places][i1]=1"),
    function("office/work/api/show_work_checklists", STAFF, ""),
    function("office/work/api/save_work_checklist", NETWORK_READERS, "checklist[kind]="),
    function("field/api/my_day", INSTALLERS, ""),
    function("field/api/show_field_order", INSTALLERS, "order=999"),
    function("field/api/start_work", INSTALLERS, "order=999"),
    function("field/api/finish_work", INSTALLERS, "order=999&report[outcome]=done"),
    function("field/api/fail_work", INSTALLERS, "order=999&report[outcome]=failed"),
];
