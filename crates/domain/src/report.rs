//! Lists as files.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    pub enum FileFormat {
        Csv = "csv",
        Xlsx = "xlsx",
    }
}

impl FileFormat {
    pub fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}
