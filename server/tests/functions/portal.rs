//! What customers do with their own records. `{invoice}`, `{contract}` (which is late) and the like are another customer's.

use super::{CUSTOMER, Function, May, OWNER, PAYER, function};

pub const FUNCTIONS: &[Function] = &[
    function("portal/api/my_home", CUSTOMER, ""),
    function("portal/api/my_invoices", CUSTOMER, ""),
    function("portal/api/my_invoice", CUSTOMER, "invoice=999").anothers("invoice={invoice}"),
    function("portal/api/my_statement", CUSTOMER, ""),
    function("portal/api/my_quotes", CUSTOMER, ""),
    function("portal/api/my_quote", CUSTOMER, "quote=999").anothers("quote={quote}"),
    function("portal/api/accept_my_quote", OWNER, "quote=999").anothers("quote={quote}"),
    function("portal/api/my_plan_options", CUSTOMER, "contract=999").anothers("contract={changeable}"),
    function("portal/api/request_my_plan", OWNER, "contract=999&form[plan]=1")
        .anothers("contract={changeable}&form[line]={line}&form[plan]={plan}&form[timing]=now"),
    function("portal/api/withdraw_my_change", OWNER, "change=999").anothers("change={change}"),
    function("portal/api/my_payments", CUSTOMER, ""),
    function("portal/api/my_history", CUSTOMER, ""),
    function("portal/api/my_promise_terms", CUSTOMER, "contract=999").anothers("contract={contract}"),
    function("portal/api/promise_payment", PAYER, "contract=999&promise[amount]=1&promise[until]=2026-03-01")
        .anothers("contract={contract}&promise[amount]=1&promise[until]=2026-03-01"),
    function("portal/people/api/my_people", OWNER, ""),
    function("portal/people/api/invite_person", OWNER, "person[name]="),
    function("portal/people/api/invite_person_again", OWNER, "person=999").anothers("person={person}"),
    function("portal/people/api/change_person_right", OWNER, "person=999&right=payer")
        .anothers("person={person}&right=payer"),
    function("portal/people/api/end_person_access", OWNER, "person=999").anothers("person={person}"),
    function("portal/people/api/restore_person_access", OWNER, "person=999").anothers("person={person}"),
    function("portal/contracts/api/my_papers", CUSTOMER, ""),
    function("portal/contracts/api/my_paper", CUSTOMER, "contract=999").anothers("contract={changeable}"),
    function("portal/contracts/api/accept_my_contract", OWNER, "contract=999&acceptance[name]=Ana")
        .anothers("contract={changeable}&acceptance[name]=Ana&acceptance[agreed]=true&acceptance[sha256]={sha256}"),
    function("portal/profile/api/my_profile", CUSTOMER, ""),
    function("portal/profile/api/edit_my_profile", OWNER, "profile[email]=x"),
    function("portal/profile/api/add_my_contact", OWNER, "contact[name]="),
    function("portal/profile/api/remove_my_contact", OWNER, "contact=999").anothers("contact={contact}"),
    function("portal/notices/api/my_notices", CUSTOMER, ""),
    function("portal/notices/api/my_notice", CUSTOMER, "notice=999").anothers("notice={notice}"),
    function("public/api/come_in", May::Anybody, "code=&contact=&password=&repeated_password="),
];
