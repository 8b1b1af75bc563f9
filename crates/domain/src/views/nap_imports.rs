//! Boxes from a table: what was sent, and what would become of each of its rows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{NapId, NapImportId};
use crate::nap_import::{BadCell, NapColumn};
use crate::position::Position;

/// A file that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NapImportRow {
    pub id: NapImportId,
    pub file_name: String,
    pub at: DateTime<Utc>,
    pub by: Option<String>,
    /// Boxes that were made of it, once somebody confirmed it.
    pub written: i64,
}

/// A file held against the plant as it is now. Nothing is written by looking at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NapImportDetail {
    pub import: NapImportRow,
    /// Columns that the file needs and has not: none of its rows can be read.
    pub missing: Vec<NapColumn>,
    /// In the order of the file.
    pub lines: Vec<NapLine>,
}

impl NapImportDetail {
    /// How many boxes confirming it would make.
    pub fn new_boxes(&self) -> usize {
        self.lines.iter().filter(|line| matches!(line.becomes, NapBecomes::New { .. })).count()
    }

    pub fn wrong_lines(&self) -> usize {
        self.lines.iter().filter(|line| matches!(line.becomes, NapBecomes::Nothing { .. })).count()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NapLine {
    /// As an editor counts it.
    pub line: usize,
    pub name: String,
    pub becomes: NapBecomes,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NapBecomes {
    /// A box; `behind`: with a splitter on that PON port, `OLT-NORTE 1/0 1:8`.
    New { position: Position, capacity: u32, sector: Option<String>, behind: Option<String> },
    /// It is there as the row says.
    Same { nap: NapId },
    /// What has to be mended first.
    Nothing { bad: Vec<BadCell> },
}
