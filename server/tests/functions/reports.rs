//! Lists that are kept by a name, reports, and what is done to many rows of a list.

use domain::role::Role::{Admin, Billing, Noc, Support};

use super::{Function, May, STAFF, function};

/// Who sends lists to others.
const MANAGERS: May = May::Roles(&[Admin, Noc, Billing, Support]);

/// Who deals with customers and their money.
const CLERKS: May = May::Roles(&[Admin, Billing, Support]);

/// Who places and lifts holds.
const HOLDERS: May = May::Roles(&[Admin, Noc, Billing]);

pub const FUNCTIONS: &[Function] = &[
    function("office/list_tools/api/list_saved_filters", STAFF, "list=invoices"),
    function("office/list_tools/api/save_filter", STAFF, "filter[list]=invoices&filter[query]=?&filter[name]="),
    function("office/list_tools/api/remove_filter", STAFF, "filter=999"),
    function("office/reports/api/list_reports", MANAGERS, ""),
    function("office/reports/api/show_report", MANAGERS, "report=999"),
    function("office/reports/api/begin_report", MANAGERS, ""),
    function("office/reports/api/create_report", MANAGERS, "report[name]="),
    function("office/reports/api/begin_editing_report", MANAGERS, "report=999"),
    function("office/reports/api/edit_report", MANAGERS, "id=999&report[name]="),
    function("office/reports/api/pause_report", MANAGERS, "report=999"),
    function("office/reports/api/resume_report", MANAGERS, "report=999"),
    function("office/contracts/api/preview_bulk_contracts", STAFF, ""),
    function("office/contracts/api/hold_contracts", HOLDERS, "form[rows]=999"),
    function("office/contracts/api/lift_contracts", HOLDERS, "form[rows]=999"),
    function("office/contracts/api/change_sector", CLERKS, "form[rows]=999"),
    function("office/contracts/api/message_contracts", MANAGERS, "form[rows]=999"),
    function("office/invoices/api/preview_bulk_invoices", CLERKS, ""),
    function("office/invoices/api/send_invoices", CLERKS, "form[rows]=999"),
    function("office/invoices/api/message_invoices", CLERKS, "form[rows]=999"),
    function("office/jobs/api/preview_bulk_jobs", May::Roles(&[Admin, Noc, Support]), ""),
    function("office/jobs/api/repeat_jobs", May::Roles(&[Admin, Noc]), "form[rows]=x"),
    function("office/jobs/api/cancel_jobs", May::Roles(&[Admin, Noc]), "form[rows]=x"),
    function("office/bulk/api/show_bulk_run", May::SignedIn, "run=999"),
    function("office/reports/api/send_report", MANAGERS, "report=999"),
];
