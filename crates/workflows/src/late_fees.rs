//! The late fees of a night: an invoice that stays unpaid costs its customer a fee, once, explained, as the policy says.
//! A fee is an invoice of its own: whoever lets a customer off writes a credit note for it.

mod step;

pub(crate) use step::{STEP, expected, preview, retry, run_step};
