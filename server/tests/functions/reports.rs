//! Lists that are kept by a name, and reports.

use super::{Function, STAFF, function};

pub const FUNCTIONS: &[Function] = &[
    function("office/list_tools/api/list_saved_filters", STAFF, "list=invoices"),
    function("office/list_tools/api/save_filter", STAFF, "filter[list]=invoices&filter[query]=?&filter[name]="),
    function("office/list_tools/api/remove_filter", STAFF, "filter=999"),
];
