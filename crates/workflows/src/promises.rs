//! Payment promises: a customer's word holds the cut until its date.

mod cancel;
mod list;
mod make;
mod terms;

pub use cancel::cancel;
pub(crate) use cancel::end_open;
pub use list::list;
pub use make::make;
pub(crate) use make::make_as;
pub use terms::terms;
pub(crate) use terms::terms_of;

use domain::ids::PromiseId;

use crate::record::Subject;

fn subject(id: PromiseId) -> Subject {
    Subject { kind: "promise", id: id.0 }
}
