//! The bank's statements: read as they come, matched to customers, and booked when it is certain or somebody decided.

mod book;
mod import;
mod list;
mod not_ours;
mod read;
mod suggest;
mod sure;
mod upload;

pub use book::book;
pub use import::{bad_lines, import, preview, set_columns};
pub use list::{row, statements, work};
pub use not_ours::{not_ours, reopen};
pub use sure::{book_sure, sure_rows};
pub use upload::{Upload, accounts, upload};

use domain::ids::{BankRowId, BankStatementId};

use crate::record::Subject;

fn of_row(row: BankRowId) -> Subject {
    Subject { kind: "bank_row", id: row.0 }
}

fn of_statement(statement: BankStatementId) -> Subject {
    Subject { kind: "bank_statement", id: statement.0 }
}
