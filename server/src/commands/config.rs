//! `ramal config`: every setting, with its value and where that came from.

use crate::failure::Failure;
use crate::settings::{Fallback, Setting, Settings, Sources, TABLE};

pub fn run(sources: &Sources) -> Result<(), Failure> {
    for setting in TABLE {
        println!("{}", describe(setting, sources));
    }
    Settings::read(sources).map(drop).map_err(Failure::usage)
}

fn describe(setting: &Setting, sources: &Sources) -> String {
    let default = match setting.default {
        Fallback::Value(value) | Fallback::Otherwise(value) => value,
    };
    let current = match sources.find(setting) {
        Some(chosen) if setting.secret => format!("(hidden)   [{}]", chosen.origin),
        Some(chosen) => format!("{}   [{}]", chosen.value, chosen.origin),
        None => "not set".to_owned(),
    };
    format!(
        "{name} = {current}\n    {meaning}\n    Variable {variable}; default: {default}.\n",
        name = setting.name,
        meaning = setting.meaning,
        variable = setting.variable,
    )
}
