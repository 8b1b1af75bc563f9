//! Payments: the counter, receipts, and what came in.

mod allocate;
pub mod api;
mod counter;
mod detail;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod list;
mod new;
mod settled;

pub use allocate::AllocatePage;
pub(crate) use counter::{Typed, WillPay};
pub use detail::PaymentPage;
pub use list::PaymentsPage;
pub(in crate::office) use list::methods;
pub use new::NewPaymentPage;
pub(crate) use new::WhoPays;
pub(in crate::office) use settled::{GivenBack, RefundFields};
