//! Equipment with a serial: its models and places, what came, and where each piece is. A piece changes by a move, and by
//! nothing else: the database copies the last one into its row.

mod items;
mod list;
mod models;
mod places;
mod receipts;

pub use items::{
    Item, NewGoods, NewMove, Serving, add_goods, add_move, add_own, by_serial, by_serial_at, contract_of_service, get,
    lock, ours_at, serves, serving_with, set_onu,
};
pub use list::{detail, list, of_contract};
pub use models::{add_model, archive_model, edit_model, model_choices, models};
pub use places::{add_place, archive_place, edit_place, place_choices, place_is_open, places, technicians, van_of};
pub use receipts::{
    Known, add_receipt, count_unregistered, known, lock_receipt, receipt_rows, save_rest, serves_by_serial,
    unregistered,
};
