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

/// Words to be found in any order; single letters, which are everywhere, are not looked for. Both are for `like` on text that is `plain`, and are made so in SQL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// The longest word's pattern: it decides by an index. `None`: nothing is looked for.
    pub longest: Option<String>,
    /// The patterns of all words, with blanks between; `None` when there is only the one.
    pub all: Option<String>,
}

pub(crate) fn words(typed: Option<&str>) -> Words {
    let words = typed.unwrap_or_default().split_whitespace().filter(|word| word.chars().nth(1).is_some());
    let patterns: Vec<String> = words.filter_map(pattern).collect();
    let longest = patterns.iter().max_by_key(|pattern| pattern.chars().count()).cloned();
    Words { longest, all: (patterns.len() > 1).then(|| patterns.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_decides_and_all_are_asked_for() {
        let found = words(Some(" ana  lópez "));
        assert_eq!((found.longest.as_deref(), found.all.as_deref()), (Some("%lópez%"), Some("%ana% %lópez%")));
        assert_eq!(words(Some("ana")), Words { longest: Some("%ana%".to_owned()), all: None });
        assert_eq!(words(Some("ana m")), words(Some("ana")));
        assert_eq!(words(Some("  ")), Words::default());
    }

    #[test]
    fn a_percent_sign_in_a_search_is_a_percent_sign() {
        assert_eq!(pattern(" 50%_off\\ "), Some(r"%50\%\_off\\%".to_owned()));
        assert_eq!(pattern("  "), None);
    }
}
