//! What is wrong with an export, as data: it is worded where it is shown.

use std::fmt;

use serde::Serialize;

/// A record's own name in Odoo, such as `__export__.res_partner_6_171bab00`: the same in every export.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct ExternalId(pub String);

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The files of an export, in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum File {
    Partners,
    Products,
    Contracts,
    Documents,
    Payments,
    Reconciliations,
}

impl File {
    pub const ALL: [Self; 6] =
        [Self::Partners, Self::Products, Self::Contracts, Self::Documents, Self::Payments, Self::Reconciliations];

    pub fn name(self) -> &'static str {
        match self {
            Self::Partners => "res.partner.csv",
            Self::Products => "product.product.csv",
            Self::Contracts => "contract.contract.csv",
            Self::Documents => "account.move.csv",
            Self::Payments => "account.payment.csv",
            Self::Reconciliations => "account.partial.reconcile.csv",
        }
    }
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pub file: File,
    /// Counted from 1, the heading's line included. `None` when it is about the file as a whole.
    pub line: Option<u64>,
    /// Who is left out because of it. `None` when it cannot be told whose record it was.
    pub customer: Option<ExternalId>,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    MissingFile,
    EmptyFile,
    MissingColumn {
        column: String,
    },
    /// A record with too few or too many columns, such as where a file was cut off.
    BrokenRecord,
    /// Bytes that are not UTF-8.
    NotText,
    DuplicateId {
        id: ExternalId,
        first_line: u64,
    },
    /// A value that must be unique, such as a contract's code, a PPPoE user or a MAC address, stands twice.
    Twice {
        column: String,
        value: String,
        first_line: u64,
    },
    Empty {
        column: String,
    },
    BadDate {
        column: String,
        value: String,
    },
    BadNumber {
        column: String,
        value: String,
    },
    BadValue {
        column: String,
        value: String,
    },
    /// A date range inside a text that is none.
    BadPeriod {
        text: String,
    },
    /// The record that it refers to is in none of the files, or is itself in error.
    Unknown {
        column: String,
        value: String,
    },
    /// The lines of a document, or what was paid on it, do not come to the sum that the document tells.
    DoesNotAddUp {
        column: String,
        stated: String,
        computed: String,
    },
    /// A contract line was invoiced twice for the same days.
    PeriodTwice {
        document: String,
        other: String,
    },
    /// A document or payment and what it was reconciled with belong to different customers.
    CustomersDiffer {
        debit: String,
        credit: String,
    },
}

impl What {
    pub(super) fn bad_value(column: &str, value: &str) -> Self {
        Self::BadValue { column: column.to_owned(), value: value.to_owned() }
    }
}

/// A [`What`] with its line, before it is known whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) line: u64,
    pub(super) what: What,
}

impl Fault {
    pub(super) fn in_file(self, file: File, customer: Option<ExternalId>) -> Problem {
        let line = (!matches!(self.what, What::MissingColumn { .. })).then_some(self.line);
        Problem { file, line, customer, what: self.what }
    }
}
