//! Where values come from: the command line, the environment, the settings file.

use super::{Fallback, Setting, TABLE};
use domain::views::process::{self, ProcessSetting, ProcessValue};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// The settings file that is read when none is named and it exists.
const USUAL_FILE: &str = "ramal.toml";

/// All values found, before any of them is understood.
#[derive(Default)]
pub struct Sources {
    /// The private cluster is wanted, whatever `database_url` says.
    pub embedded: bool,
    flags: BTreeMap<&'static str, String>,
    environment: BTreeMap<String, String>,
    file: Option<(PathBuf, BTreeMap<String, String>)>,
    problems: Vec<String>,
}

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub value: String,
    pub origin: Origin,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    CommandLine,
    Environment(&'static str),
    File(PathBuf),
    Default,
}

impl From<Origin> for process::Origin {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::CommandLine => Self::CommandLine,
            Origin::Environment(_) => Self::Environment,
            Origin::File(path) => Self::File { path: path.display().to_string() },
            Origin::Default => Self::Default,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CommandLine => f.write_str("command line"),
            Self::Environment(variable) => f.write_str(variable),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

impl Sources {
    /// `environment` as of this process; `file` as named on the command line.
    pub fn collect(environment: impl Iterator<Item = (String, String)>, file: Option<&Path>) -> Self {
        // An empty variable counts as none: compose files and service managers write them.
        let environment: BTreeMap<_, _> = environment.filter(|(_, value)| !value.is_empty()).collect();
        let mut sources = Self { environment, ..Self::default() };
        let named = file.map(Path::to_path_buf).or_else(|| sources.environment.get("RAMAL_CONFIG").map(PathBuf::from));
        let path = named.clone().unwrap_or_else(|| USUAL_FILE.into());
        match std::fs::read_to_string(&path) {
            Ok(text) => sources.read_file(path, &text),
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                sources.problems.push(format!("the settings file {} cannot be read: {error}", path.display()))
            }
        }
        sources.refuse_unknown_variables();
        sources
    }

    /// A value from the command line.
    pub fn set(&mut self, name: &'static str, value: Option<String>) {
        if let Some(value) = value {
            self.flags.insert(name, value);
        }
    }

    /// The value that holds, if there is one.
    pub fn find(&self, setting: &Setting) -> Option<Chosen> {
        if let Some(value) = self.flags.get(setting.name) {
            return Some(Chosen { value: value.clone(), origin: Origin::CommandLine });
        }
        if let Some(value) = self.environment.get(setting.variable) {
            return Some(Chosen { value: value.clone(), origin: Origin::Environment(setting.variable) });
        }
        if let Some((path, values)) = &self.file
            && let Some(value) = values.get(setting.name)
        {
            return Some(Chosen { value: value.clone(), origin: Origin::File(path.clone()) });
        }
        match setting.default {
            Fallback::Value(value) => Some(Chosen { value: value.to_owned(), origin: Origin::Default }),
            Fallback::Otherwise(_) => None,
        }
    }

    /// Every setting with its value and where that came from; secrets stay hidden.
    pub fn described(&self) -> Vec<ProcessSetting> {
        let described = |setting: &&'static Setting| ProcessSetting {
            name: setting.name.to_owned(),
            variable: setting.variable.to_owned(),
            value: match self.find(setting) {
                None => ProcessValue::NotSet,
                Some(chosen) if setting.secret => ProcessValue::Hidden { from: chosen.origin.into() },
                Some(chosen) => ProcessValue::Set { value: chosen.value, from: chosen.origin.into() },
            },
        };
        TABLE.iter().map(described).collect()
    }

    /// What is wrong with the sources themselves.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    fn read_file(&mut self, path: PathBuf, text: &str) {
        let shown = path.display();
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                // Only the place: the line itself may hold a password.
                let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
                self.problems.push(format!("{shown}, line {line}: {}", error.message()));
                return;
            }
        };
        let mut values = BTreeMap::new();
        for (name, value) in table {
            if !TABLE.iter().any(|setting| setting.name == name) {
                self.problems.push(format!("{shown}: there is no setting `{name}` (`ramal config` lists them all)"));
                continue;
            }
            match value {
                toml::Value::String(value) => _ = values.insert(name, value),
                toml::Value::Integer(value) => _ = values.insert(name, value.to_string()),
                _ => self.problems.push(format!("{shown}: `{name}` must be a text in quotes or a whole number")),
            }
        }
        self.file = Some((path, values));
    }

    /// A misspelt variable would otherwise be ignored without a word.
    fn refuse_unknown_variables(&mut self) {
        for name in self.environment.keys().filter(|name| name.starts_with("RAMAL_")) {
            if name != "RAMAL_CONFIG" && !TABLE.iter().any(|setting| setting.variable == name) {
                self.problems.push(format!("there is no setting {name} (`ramal config` lists them all)"));
            }
        }
    }
}
