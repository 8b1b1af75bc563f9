//! What customers do with their own records. `{invoice}`, `{contract}` (which is late) and the like are another customer's.

use super::{CUSTOMER, Function, function};

pub const FUNCTIONS: &[Function] = &[
    function("portal/api/my_home", CUSTOMER, ""),
    function("portal/api/my_invoices", CUSTOMER, ""),
    function("portal/api/my_invoice", CUSTOMER, "invoice=999").anothers("invoice={invoice}"),
    function("portal/api/my_statement", CUSTOMER, ""),
    function("portal/api/my_quotes", CUSTOMER, ""),
    function("portal/api/my_quote", CUSTOMER, "quote=999").anothers("quote={quote}"),
    function("portal/api/accept_my_quote", CUSTOMER, "quote=999").anothers("quote={quote}"),
    function("portal/api/my_plan_options", CUSTOMER, "contract=999").anothers("contract={changeable}"),
    function("portal/api/request_my_plan", CUSTOMER, "contract=999&form[plan]=1")
        .anothers("contract={changeable}&form[line]={line}&form[plan]={plan}&form[timing]=now"),
    function("portal/api/withdraw_my_change", CUSTOMER, "change=999").anothers("change={change}"),
    function("portal/api/my_payments", CUSTOMER, ""),
    function("portal/api/my_history", CUSTOMER, ""),
    function("portal/api/my_promise_terms", CUSTOMER, "contract=999").anothers("contract={contract}"),
    function("portal/api/promise_payment", CUSTOMER, "contract=999&promise[amount]=1&promise[until]=2026-03-01")
        .anothers("contract={contract}&promise[amount]=1&promise[until]=2026-03-01"),
];
