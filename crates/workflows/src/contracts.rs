//! The life of a contract: drafted, signed, activated, held and restored, closed.

pub(crate) mod service_state;
