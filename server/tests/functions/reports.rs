//! Lists that are kept by a name, and reports.

use domain::role::Role::{Admin, Billing, Noc, Support};

use super::{Function, May, STAFF, function};

/// Who sends lists to others.
const MANAGERS: May = May::Roles(&[Admin, Noc, Billing, Support]);

pub const FUNCTIONS: &[Function] = &[
    function("office/list_tools/api/list_saved_filters", STAFF, "list=invoices"),
    function("office/list_tools/api/save_filter", STAFF, "filter[list]=invoices&filter[query]=?&filter[name]="),
    function("office/list_tools/api/remove_filter", STAFF, "filter=999"),
    function("office/reports/api/list_reports", MANAGERS, ""),
    function("office/reports/api/show_report", MANAGERS, "report=999"),
    function("office/reports/api/begin_report", MANAGERS, ""),
    function("office/reports/api/create_report", MANAGERS, "report[name]="),
    function("office/reports/api/pause_report", MANAGERS, "report=999"),
    function("office/reports/api/resume_report", MANAGERS, "report=999"),
    function("office/reports/api/send_report", MANAGERS, "report=999"),
];
