//! A call, and its answer.

use std::collections::BTreeMap;

use serde_json::Value;

/// What was asked.
#[derive(Clone, Debug)]
pub struct Call {
    pub is_post: bool,
    /// Below `/v1/`.
    pub path: Vec<String>,
    pub fields: Vec<(String, String)>,
    pub key: Option<String>,
    /// By the key to the API: `sk_live_...`.
    pub is_live: bool,
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Call {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self, name: &str) -> String {
        self.field(name).unwrap_or_default().to_owned()
    }

    /// `metadata[a]=b`, below `within` when that is given.
    pub fn metadata(&self, within: &str) -> BTreeMap<String, String> {
        let start = if within.is_empty() { "metadata[".to_owned() } else { format!("{within}[metadata][") };
        let named = |(field, value): &(String, String)| {
            let name = field.strip_prefix(&start)?.strip_suffix(']')?;
            Some((name.to_owned(), value.clone()))
        };
        self.fields.iter().filter_map(named).collect()
    }

    pub fn expands(&self, part: &str) -> bool {
        self.fields.iter().any(|(field, value)| field.starts_with("expand[") && value == part)
    }

    /// All of it, to be compared.
    pub fn whole(&self) -> String {
        format!("{} {:?}", self.path.join("/"), self.fields)
    }
}
