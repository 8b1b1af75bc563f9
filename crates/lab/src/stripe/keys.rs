//! Idempotency: the same key is answered the same, and with other parameters refused.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::call::{Answer, Call};

#[derive(Default)]
pub struct Keys(HashMap<String, (String, Answer)>);

impl Keys {
    /// What was answered before, if this key was used.
    pub fn answered(&self, call: &Call) -> Option<Answer> {
        let (asked, answer) = self.0.get(call.key.as_deref()?)?;
        if *asked == call.whole() {
            return Some(answer.clone());
        }
        let message =
            "Keys for idempotent requests can only be used with the same parameters they were first used with.";
        Some(Answer { status: 400, body: json!({ "error": { "type": "idempotency_error", "message": message } }) })
    }

    /// Answers below 500 are remembered, as the real ones are.
    pub fn remember(&mut self, call: &Call, answer: &Answer) {
        if let Some(key) = &call.key {
            self.0.insert(key.clone(), (call.whole(), answer.clone()));
        }
    }
}

/// An error as the API words it.
pub fn refusal(status: u16, kind: &str, code: Option<&str>, message: &str) -> Answer {
    let code = code.map_or(Value::Null, |code| json!(code));
    Answer { status, body: json!({ "error": { "type": kind, "code": code, "message": message } }) }
}
