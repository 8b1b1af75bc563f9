//! The audit: who changed what.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::list::PageNumber;
use crate::ids::UserId;

/// The list's address. The newest line comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// Part of a name, or of a value before or after.
    pub search: Option<String>,
    pub actor: Option<UserId>,
    pub verb: Option<String>,
    /// The kind of record, such as `contract`.
    pub subject: Option<String>,
    /// Its id: together with `subject`.
    pub subject_id: Option<i64>,
    /// The first and the last business date, both included.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditRow {
    pub id: i64,
    pub at: DateTime<Utc>,
    /// None: the system itself.
    pub actor: Option<UserId>,
    pub actor_name: String,
    pub verb: String,
    pub subject: String,
    pub subject_id: i64,
    pub changes: Vec<FieldChange>,
}

/// One field of a record before and after; `None` where it was not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What differs between a record before and after, field by field.
pub fn changes(before: Option<&Value>, after: Option<&Value>) -> Vec<FieldChange> {
    let (before, after) = (fields(before), fields(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |name: &String| FieldChange {
        field: name.clone(),
        before: before.get(name).cloned(),
        after: after.get(name).cloned(),
    };
    names.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

/// The fields of a record as texts; those of records within it are named `outer.inner`.
fn fields(record: Option<&Value>) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    if let Some(record) = record {
        collect("", record, &mut fields);
    }
    fields
}

fn collect(name: &str, value: &Value, fields: &mut BTreeMap<String, String>) {
    let text = match value {
        Value::Null => return,
        Value::Object(inner) => {
            for (key, value) in inner {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                collect(&name, value, fields);
            }
            return;
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    fields.insert(name.to_owned(), text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_a_change() {
        let before = json!({ "name": "Ana", "role": "support", "address": { "city": "Mérida", "street": "60" } });
        let after =
            json!({ "name": "Ana", "role": "billing", "address": { "city": "Campeche", "street": "60" }, "n": 1 });
        let change = |field: &str, before: Option<&str>, after: Option<&str>| FieldChange {
            field: field.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        assert_eq!(
            changes(Some(&before), Some(&after)),
            [
                change("address.city", Some("Mérida"), Some("Campeche")),
                change("n", None, Some("1")),
                change("role", Some("support"), Some("billing")),
            ]
        );
    }

    #[test]
    fn a_new_record_is_all_change() {
        assert_eq!(changes(None, Some(&json!({ "name": "Ana", "phone": null }))).len(), 1);
        assert_eq!(changes(None, None), []);
    }
}
