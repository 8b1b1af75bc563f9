//! A demo lives on days of its own, can live a month in a minute, and has somebody of every role.

mod advance;
mod examples;
mod faults;
mod field;
mod people;
mod plant;
mod portal;
mod provision;
mod reports;
mod stock;

pub use advance::{advance, begin, is_demo};
pub use examples::add_examples;
pub use faults::report_faults;
pub use field::send_technicians;
pub use people::{DemoUser, PASSWORD, add_people, users};
pub use plant::build_plant;
pub use portal::open_portal;
pub use provision::{currency, has_customers, provision_everything};
pub use reports::schedule_reports;
pub use stock::fill_stock;
