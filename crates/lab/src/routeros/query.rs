//! Queries as RouterOS evaluates them: a stack of truth values.

use super::table::{Attributes, truth};

/// Whether the row is wanted: whatever is left on the stack must all be true.
pub(crate) fn matches(words: &[Vec<u8>], row: &Attributes) -> bool {
    let mut stack = Vec::new();
    for word in words {
        let word = String::from_utf8_lossy(word);
        let word = word.strip_prefix('?').unwrap_or(&word);
        match word.strip_prefix('#') {
            Some(operations) => operations.chars().for_each(|operation| apply(operation, &mut stack)),
            None => stack.push(holds(word, row)),
        }
    }
    stack.into_iter().all(|value| value)
}

fn apply(operation: char, stack: &mut Vec<bool>) {
    match operation {
        '!' => {
            if let Some(top) = stack.last_mut() {
                *top = !*top;
            }
        }
        '&' | '|' => {
            if let (Some(right), Some(left)) = (stack.pop(), stack.pop()) {
                stack.push(if operation == '&' { left && right } else { left || right });
            }
        }
        _ => {}
    }
}

fn holds(test: &str, row: &Attributes) -> bool {
    let (kind, rest) = match test.chars().next() {
        Some(kind @ ('-' | '<' | '>' | '=')) => (kind, test.get(1..).unwrap_or_default()),
        _ => ('=', test),
    };
    let Some((name, wanted)) = rest.split_once('=') else {
        return row.contains_key(rest) != (kind == '-');
    };
    let Some(value) = row.get(name) else {
        return false;
    };
    let value = String::from_utf8_lossy(value);
    match kind {
        '<' => less(&value, wanted),
        '>' => less(wanted, &value),
        _ => value == wanted || truth(&value).is_some_and(|value| truth(wanted) == Some(value)),
    }
}

/// Numbers by value, all else by its bytes.
fn less(left: &str, right: &str) -> bool {
    match (left.parse::<i64>(), right.parse::<i64>()) {
        (Ok(left), Ok(right)) => left < right,
        _ => left < right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(words: &[&str]) -> bool {
        let row = [("name", "ana"), ("bytes", "9"), ("disabled", "false")];
        let row = row.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()));
        let words: Vec<Vec<u8>> = words.iter().map(|word| word.as_bytes().to_vec()).collect();
        matches(&words, &row.into())
    }

    #[test]
    fn values_are_compared() {
        assert!(wanted(&["?name=ana"]));
        assert!(wanted(&["?=name=ana"]));
        assert!(!wanted(&["?name=eva"]));
        assert!(wanted(&["?<bytes=10"]));
        assert!(!wanted(&["?>bytes=10"]));
        assert!(wanted(&["?disabled=no"]));
    }

    #[test]
    fn attributes_are_looked_for() {
        assert!(wanted(&["?name"]));
        assert!(!wanted(&["?comment"]));
        assert!(wanted(&["?-comment"]));
        assert!(!wanted(&["?-name"]));
    }

    #[test]
    fn several_tests_must_all_hold_unless_joined_otherwise() {
        assert!(wanted(&["?name=ana", "?bytes=9"]));
        assert!(!wanted(&["?name=eva", "?bytes=9"]));
        assert!(wanted(&["?name=eva", "?bytes=9", "?#|"]));
        assert!(wanted(&["?name=eva", "?#!"]));
        assert!(wanted(&["?name=eva", "?name=ana", "?bytes=9", "?#&|"]));
        assert!(!wanted(&["?name=ana", "?name=eva", "?#&"]));
    }
}
