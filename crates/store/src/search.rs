//! What people type into a search box, as SQL understands it.

/// A pattern for `ilike` that finds the text anywhere; none for an empty box. `%`, `_` and `\` mean themselves.
pub(crate) fn pattern(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let literal = typed.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    Some(format!("%{literal}%"))
}

/// A pattern for `like` on a reversed column: finds what ends with the text, such as the last digits of a number.
pub(crate) fn ending(typed: &str) -> Option<String> {
    pattern(&typed.trim().to_uppercase().chars().rev().collect::<String>())
        .map(|pattern| pattern.trim_start_matches('%').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_in_a_search_is_a_percent_sign() {
        assert_eq!(pattern(" 50%_off\\ "), Some(r"%50\%\_off\\%".to_owned()));
        assert_eq!(pattern("  "), None);
    }
}
