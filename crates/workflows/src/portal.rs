//! What customers do with their own records. Everything takes a `CustomerScope` and no id of a customer; what is not
//! theirs is not found.

mod changes;
mod home;
mod invoices;
mod promise;

pub use changes::{plan_options, request_plan, withdraw_change};
pub use home::{home, timeline};
pub use invoices::{invoice, invoices, payments};
pub use promise::{promise, promise_terms};
