//! The reminders step of a night: messages before and after an invoice is due, in the customer's language. One a
//! customer and night, whatever was missed.

mod step;

pub(crate) use step::{STEP, expected, preview, retry, run_step};
