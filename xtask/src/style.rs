//! One style sheet from `style/main.css` and what it imports.

use crate::Profile;
use anyhow::{Result, anyhow, bail};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};
use std::path::Path;

/// Bundles the style sheet and translates what older phones do not know (nesting, for example).
pub fn bundle(main: &Path, profile: Profile) -> Result<String> {
    if !main.exists() {
        bail!("{} is missing", main.display());
    }
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(main)
        .map_err(|problem| anyhow!("style: {problem}"))?;
    let targets = oldest_browsers();
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|problem| anyhow!("style: {problem}"))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: profile == Profile::Release, targets, ..PrinterOptions::default() })
        .map_err(|problem| anyhow!("style: {problem}"))?;
    Ok(printed.code)
}

/// The first versions with cascade layers (2022), which the style is built on.
fn oldest_browsers() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets::from(Browsers {
        android: version(99, 0),
        chrome: version(99, 0),
        edge: version(99, 0),
        firefox: version(97, 0),
        ios_saf: version(15, 4),
        safari: version(15, 4),
        samsung: version(18, 0),
        ..Browsers::default()
    })
}
