//! Payments: the counter, receipts, and what came in.

pub mod api;
mod counter;
mod detail;
mod list;
mod new;

pub use detail::PaymentPage;
pub use list::PaymentsPage;
pub(in crate::office) use list::methods;
pub use new::NewPaymentPage;
