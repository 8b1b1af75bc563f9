//! A command to a router.

use std::fmt;

use crate::network::Attributes;

/// A path as the API writes it, and its arguments. Printing it shows no values: some are passwords.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    pub path: String,
    pub arguments: Vec<(String, String)>,
}

impl Call {
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), arguments: Vec::new() }
    }

    /// Reads a menu.
    pub fn print(menu: &str, columns: &str) -> Self {
        Self::new(format!("{menu}/print")).with(".proplist", columns)
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.arguments.push((name.to_owned(), value.into()));
        self
    }

    /// Changes a row that was read.
    pub fn set(menu: &str, row: &Attributes) -> Self {
        Self::new(format!("{menu}/set")).with(".id", row.get(".id"))
    }

    /// Whether it changes nothing.
    pub fn reads(&self) -> bool {
        self.path.ends_with("/print")
    }

    /// The menu that a print reads.
    pub fn menu(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(menu, _)| menu)
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        self.arguments.iter().try_for_each(|(name, _)| write!(formatter, " {name}=…"))
    }
}
