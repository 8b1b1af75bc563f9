//! The official example objects, to be filled in.

use serde_json::{Map, Value};

const EXAMPLES: &str = include_str!("../../data/stripe/objects.json");

/// The example of this name, without what it tells of somebody else.
pub fn example(name: &str) -> Value {
    let all: Map<String, Value> = serde_json::from_str(EXAMPLES).unwrap_or_default();
    all.get(name).cloned().unwrap_or_default()
}

/// The object with these fields set.
pub fn with<const N: usize>(mut object: Value, fields: [(&str, Value); N]) -> Value {
    set(&mut object, fields);
    object
}

pub fn set<const N: usize>(object: &mut Value, fields: [(&str, Value); N]) {
    if let Some(object) = object.as_object_mut() {
        for (name, value) in fields {
            object.insert(name.to_owned(), value);
        }
    }
}

pub fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

pub fn number(object: &Value, name: &str) -> i64 {
    object.get(name).and_then(Value::as_i64).unwrap_or_default()
}
