//! Turns `locales/{es,en}/*.toml` into typed functions, so that a missing text, a text in one language only or a
//! forgotten value is a compile error.
//!
//! A file is a namespace and a key a function: `title = "Contratos"` in `contracts.toml` is `t.contracts.title()`.
//! `{name}` in a text makes an argument, in the order of the Spanish text. A table with `one` and `other` is a
//! plural, and its first argument is `count`:
//! ```toml
//! [found]
//! one = "{count} factura"
//! other = "{count} facturas"
//! ```
use std::{collections::BTreeMap, env, error::Error, fmt::Write, fs, path::Path};

use toml::{Table, Value};

const LANGUAGES: [(&str, &str); 2] = [("es", "Es"), ("en", "En")];

/// A key's text in one language: a single one, or one each for one and for many.
type Forms = Vec<String>;

/// A key: its forms by language, Spanish first.
struct Key {
    name: String,
    plural: bool,
    forms: Vec<Forms>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let mut code = String::new();
    let namespaces = namespaces(Path::new("locales/es"))?;
    for other in &LANGUAGES[1..] {
        let found = self::namespaces(&Path::new("locales").join(other.0))?;
        if found != namespaces {
            return Err(format!("locales/es has {namespaces:?}, locales/{} has {found:?}", other.0).into());
        }
    }
    for namespace in &namespaces {
        write_namespace(&mut code, namespace, &read(namespace)?)?;
    }
    write_words(&mut code, &namespaces)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), code)?;
    Ok(())
}

fn namespaces(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            names.extend(path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned));
        }
    }
    names.sort();
    Ok(names)
}

fn read(namespace: &str) -> Result<Vec<Key>, Box<dyn Error>> {
    let mut keys: BTreeMap<String, Key> = BTreeMap::new();
    for (nth, (language, _)) in LANGUAGES.iter().enumerate() {
        let path = format!("locales/{language}/{namespace}.toml");
        let table: Table = fs::read_to_string(&path)?.parse().map_err(|problem| format!("{path}: {problem}"))?;
        for (name, value) in table {
            let (plural, forms) = forms(&value).ok_or_else(|| format!("{path}: `{name}` is no text and no plural"))?;
            let key = keys.entry(name.clone()).or_insert_with(|| Key { name, plural, forms: Vec::new() });
            if key.forms.len() != nth || key.plural != plural {
                return Err(format!("{path}: `{}` is not the same kind of text in all languages", key.name).into());
            }
            key.forms.push(forms);
        }
    }
    for key in keys.values() {
        check(key).map_err(|problem| format!("locales/*/{namespace}.toml: `{}` {problem}", key.name))?;
    }
    Ok(keys.into_values().collect())
}

fn forms(value: &Value) -> Option<(bool, Forms)> {
    match value {
        Value::String(text) => Some((false, vec![text.clone()])),
        Value::Table(table) if table.len() == 2 => {
            let form = |name: &str| table.get(name)?.as_str().map(str::to_owned);
            Some((true, vec![form("one")?, form("other")?]))
        }
        _ => None,
    }
}

/// All languages have the key, and the texts for many name the same values.
fn check(key: &Key) -> Result<(), String> {
    if key.forms.len() != LANGUAGES.len() {
        return Err("is missing in a language".into());
    }
    let sorted = |forms: &Forms| {
        let mut names = forms.last().map(|text| placeholders(text)).unwrap_or_default();
        names.sort();
        names
    };
    match key.forms.iter().all(|forms| sorted(forms) == sorted(&key.forms[0])) {
        true => Ok(()),
        false => Err("does not name the same {values} in all languages".into()),
    }
}

/// The `{names}` in a text, each once, in order.
fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

fn write_namespace(code: &mut String, namespace: &str, keys: &[Key]) -> std::fmt::Result {
    let name = type_name(namespace);
    writeln!(code, "/// The texts of `locales/*/{namespace}.toml`.\n#[derive(Clone, Copy, Debug)]")?;
    writeln!(code, "pub struct {name}(Locale);")?;
    // A key may be called `new`.
    writeln!(code, "#[allow(clippy::new_ret_no_self)]\nimpl {name} {{")?;
    for key in keys {
        write_key(code, key)?;
    }
    writeln!(code, "}}")
}

fn write_key(code: &mut String, key: &Key) -> std::fmt::Result {
    let texts = |n: usize| key.forms[n].last().map(String::as_str).unwrap_or_default();
    writeln!(code, "    /// {}\n    ///\n    /// {}", texts(0).replace('\n', " "), texts(1).replace('\n', " "))?;
    let mut arguments = placeholders(texts(0));
    arguments.retain(|name| !(key.plural && name == "count"));
    let plain = arguments.is_empty() && !key.plural;
    write!(code, "    #[must_use]\n    pub fn {}(self", key.name)?;
    if key.plural {
        write!(code, ", count: i64")?;
    }
    for argument in &arguments {
        write!(code, ", {argument}: impl Display")?;
    }
    writeln!(code, ") -> {} {{", if plain { "&'static str" } else { "String" })?;
    writeln!(code, "        match {} {{", if key.plural { "(self.0, count)" } else { "self.0" })?;
    for ((_, language), forms) in LANGUAGES.iter().zip(&key.forms) {
        for (nth, text) in forms.iter().enumerate() {
            let text = match placeholders(text).is_empty() {
                _ if plain => format!("{text:?}"),
                true => format!("{text:?}.to_owned()"),
                false => format!("format!({text:?})"),
            };
            match (key.plural, nth) {
                (false, _) => writeln!(code, "            Locale::{language} => {text},")?,
                (true, 0) => writeln!(code, "            (Locale::{language}, 1) => {text},")?,
                (true, _) => writeln!(code, "            (Locale::{language}, _) => {text},")?,
            }
        }
    }
    writeln!(code, "        }}\n    }}")
}

fn write_words(code: &mut String, namespaces: &[String]) -> std::fmt::Result {
    writeln!(
        code,
        "/// Every text of the product in one language.\n#[derive(Clone, Copy, Debug)]\npub struct Words {{"
    )?;
    writeln!(code, "    pub locale: Locale,")?;
    for namespace in namespaces {
        writeln!(code, "    pub {namespace}: {},", type_name(namespace))?;
    }
    writeln!(
        code,
        "}}\nimpl Words {{\n    #[must_use]\n    pub const fn of(locale: Locale) -> Self {{\n        Self {{ locale,"
    )?;
    for namespace in namespaces {
        writeln!(code, "            {namespace}: {}(locale),", type_name(namespace))?;
    }
    writeln!(code, "        }}\n    }}\n}}")
}

fn type_name(namespace: &str) -> String {
    let mut letters = namespace.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    format!("{}{}Words", first.map(String::from).unwrap_or_default(), letters.as_str())
}
