//! The folder that the server serves: `target/<profile>/site`, beside the program.
//!
//! The files of one build lie together in `pkg/<hash of them all>/`. Their addresses change when, and only when, any
//! of them changes, so browsers may keep them for ever, and a chunk can never be loaded beside another build's module.
//! The names inside stay as they are: nothing has to be rewritten in JavaScript that refers to its neighbours.

use crate::stamp::{self, Stamp, files};
use crate::wasm::NAME;
use crate::{Profile, say, style};
use anyhow::Result;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Below this, a compressed copy saves nothing that a network would notice.
const WORTH_COMPRESSING: u64 = 512;

pub fn assemble(root: &Path, bound: &Path, profile: Profile) -> Result<()> {
    let site = root.join("target").join(profile.folder()).join("site");
    let note = site.with_extension("stamp");
    let mut stamp = Stamp::new()?;
    stamp.text(&fs::read_to_string(bound.with_extension("stamp"))?);
    stamp.folder(&root.join("style"))?;
    stamp.folder(&root.join("public"))?;
    let stamp = stamp.finish();
    if stamp::is_current(&note, &stamp, &site) {
        return Ok(());
    }

    say("laying out the site");
    // Made beside the old one and then exchanged: a failure half-way leaves the old site whole.
    let fresh = site.with_extension("new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    let pkg = fresh.join("pkg/new");
    copy_folder(bound, &pkg)?;
    fs::write(pkg.join(format!("{NAME}.css")), style::bundle(&root.join("style/main.css"), profile)?)?;
    let version = version_of(&pkg)?;
    fs::rename(&pkg, fresh.join("pkg").join(&version))?;
    fs::write(fresh.join("pkg/version"), version)?;
    copy_folder(&root.join("public"), &fresh)?;
    if profile == Profile::Release {
        compress(&fresh)?;
    }
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    fs::rename(&fresh, &site)?;
    fs::write(note, stamp)?;
    Ok(())
}

fn version_of(pkg: &Path) -> Result<String> {
    let mut contents = Stamp::empty();
    contents.folder(pkg)?;
    Ok(contents.finish())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, target)?;
    }
    Ok(())
}

/// Puts a brotli and a gzip copy beside each file that shrinks, for the server to send as they are.
fn compress(site: &Path) -> Result<()> {
    say("compressing");
    for file in files(site)? {
        let shrinks = file.extension().and_then(|e| e.to_str()).is_some_and(|extension| {
            ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"].contains(&extension)
        });
        if !shrinks || fs::metadata(&file)?.len() < WORTH_COMPRESSING {
            continue;
        }
        let plain = fs::read(&file)?;
        let mut brotli = brotli::CompressorWriter::new(File::create(with_suffix(&file, "br"))?, 1 << 16, 11, 24);
        brotli.write_all(&plain)?;
        brotli.flush()?;
        let level = flate2::Compression::best();
        let mut gzip = flate2::write::GzEncoder::new(File::create(with_suffix(&file, "gz"))?, level);
        gzip.write_all(&plain)?;
        gzip.finish()?;
    }
    Ok(())
}

fn with_suffix(file: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}
