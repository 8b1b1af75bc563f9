//! Vouchers: made in batches, sold, used once, ended.

mod batches;
mod ends;
mod list;
mod sales;

pub use batches::{NewVoucher, add_batch, batch, batch_price, batches, lock_batch, printed, withdraw};
pub use ends::{Counted, Redeemed, Redemption, count_use, end_due, redeem, redemption};
pub use list::list;
pub use sales::{add_sale, for_sale, sale_by_key};
