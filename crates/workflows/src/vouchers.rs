//! Vouchers: made in batches, printed, sold, looked for, withdrawn. Their first use is `hotspots::redeem`'s.

mod create;
mod list;
mod sell;
mod sheet;

pub use create::{choices, create, withdraw};
pub use list::{list, list_batches, show_batch};
pub use sell::sell;
pub use sheet::sheet;

use domain::ids::VoucherBatchId;

use crate::record::Subject;

fn audited(id: VoucherBatchId) -> Subject {
    Subject { kind: "voucher_batch", id: id.0 }
}
