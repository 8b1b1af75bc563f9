//! From the module that the compiler linked to the modules and the JavaScript that a browser loads.

use crate::stamp::{self, Stamp, files};
use crate::{Profile, say};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;
use wasm_encoder::RawSection;
use wasmparser::{Parser, Payload};

/// The name of the files; the server is compiled with the same (`LEPTOS_OUTPUT_NAME`).
pub const NAME: &str = "ramal";

/// The file that loads chunks; Leptos looks for exactly this name.
const LINK: &str = "./__wasm_split.______________________.js";

/// Refuses to bind with another wasm-bindgen than the one compiled in: the result would fail in the browser.
pub fn check_version(root: &Path) -> Result<()> {
    let product = locked_version(&fs::read_to_string(root.join("Cargo.lock"))?, "wasm-bindgen");
    let own = locked_version(include_str!("../Cargo.lock"), "wasm-bindgen-cli-support");
    if product.is_none() || product != own {
        bail!(
            "wasm-bindgen is {} in Cargo.lock and {} in xtask/Cargo.lock: pin both to the same version",
            product.as_deref().unwrap_or("missing"),
            own.as_deref().unwrap_or("missing"),
        );
    }
    Ok(())
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let named = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != named).skip(1);
    Some(lines.next()?.strip_prefix("version = \"")?.trim_end_matches('"').to_string())
}

/// Splits, binds and, for a release, optimises; returns the folder with the result.
pub fn bind(root: &Path, compiled: &Path, profile: Profile) -> Result<PathBuf> {
    let folder = root.join("target/front/bound").join(profile.folder());
    let note = folder.with_extension("stamp");
    let optimiser = match profile {
        Profile::Debug => None,
        Profile::Release => find_optimiser(root),
    };
    let mut stamp = Stamp::new()?;
    stamp.file_state(compiled)?;
    stamp.text(if optimiser.is_some() { "optimised" } else { "as linked, without names" });
    let stamp = stamp.finish();
    if stamp::is_current(&note, &stamp, &folder) {
        return Ok(folder);
    }

    say("splitting and binding the browser's part");
    // Emptied first: chunks of the build before must not stay.
    let _ = fs::remove_file(&note);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    split_and_bind(compiled, &folder)?;
    for module in modules(&folder)? {
        drop_names(&module).with_context(|| format!("the names stay in {}", module.display()))?;
    }
    match optimiser {
        Some(optimiser) => optimise(&optimiser, &folder)?,
        None if profile == Profile::Release => {
            say("no wasm-opt in end2end/node_modules (`make setup` installs it): the module stays half as large again");
        }
        None => {}
    }
    fs::write(&note, stamp)?;
    Ok(folder)
}

fn split_and_bind(compiled: &Path, folder: &Path) -> Result<()> {
    let module = fs::read(compiled)?;
    let main_module = format!("./{NAME}.js");
    let split_main = folder.join("split-main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&module);
    options.output_dir = folder;
    options.main_out_path = &split_main;
    options.main_module = &main_module;
    options.link_name = LINK;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|problem| anyhow::anyhow!("the module cannot be split: {problem:#}"))?;
    let prefetch: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    fs::write(folder.join("__wasm_split_manifest.json"), serde_json::to_vec(&prefetch)?)?;

    Bindgen::new()
        .input_path(&split_main)
        .out_name(NAME)
        .web(true)?
        .keep_lld_exports(true)
        .demangle(false)
        .typescript(false)
        .generate(folder)
        .context("wasm-bindgen refuses the module")?;
    fs::remove_file(split_main)?;
    // What wasm-bindgen calls `_bg`, Leptos asks for without it.
    fs::rename(folder.join(format!("{NAME}_bg.wasm")), folder.join(format!("{NAME}.wasm")))?;
    Ok(())
}

fn modules(folder: &Path) -> Result<Vec<PathBuf>> {
    Ok(files(folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "wasm")).collect())
}

/// Half of a debug build is what its functions are called, which every page would load again. A panic tells its file and
/// line without it.
fn drop_names(module: &Path) -> Result<()> {
    let bytes = fs::read(module)?;
    let mut slim = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(&bytes) {
        let payload = payload?;
        let names = matches!(&payload, Payload::CustomSection(section) if section.name() == "name");
        if let Some((id, range)) = payload.as_section().filter(|_| !names) {
            let data = &bytes[usize::try_from(range.start)?..usize::try_from(range.end)?];
            slim.section(&RawSection { id, data });
        }
    }
    Ok(fs::write(module, slim.finish())?)
}

/// Binaryen's optimiser as npm brings it. Never the distribution's: version 108 breaks the module without a word.
fn find_optimiser(root: &Path) -> Option<PathBuf> {
    let path = root.join("end2end/node_modules/binaryen/bin/wasm-opt");
    path.exists().then_some(path)
}

fn optimise(optimiser: &Path, folder: &Path) -> Result<()> {
    for module in &modules(folder)? {
        let status = Command::new("node")
            .arg(optimiser)
            .args(["-Oz", "--enable-bulk-memory", "--enable-nontrapping-float-to-int", "-o"])
            .args([module, module])
            .status()
            .context("node cannot be started for wasm-opt")?;
        if !status.success() {
            bail!("wasm-opt fails on {}", module.display());
        }
    }
    Ok(())
}
