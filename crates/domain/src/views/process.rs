//! How the server's process is set: what `ramal config` prints.

use serde::{Deserialize, Serialize};

/// A setting, its value and where that came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessSetting {
    /// As in the settings file, such as `public_url`.
    pub name: String,
    /// The environment variable.
    pub variable: String,
    pub value: ProcessValue,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ProcessValue {
    NotSet,
    /// It is set, and is nobody's business.
    Hidden {
        from: Origin,
    },
    Set {
        value: String,
        from: Origin,
    },
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Origin {
    CommandLine,
    Environment,
    File { path: String },
    Default,
}
