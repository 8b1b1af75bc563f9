//! The two calls of cargo, and the environment they share.

use crate::Profile;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds the workspace: the parent of this crate's own. Asked when running, since a target folder may
/// have moved since it was compiled.
pub fn workspace_root() -> Result<PathBuf> {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").context("start it as `cargo xtask`")?;
    let root = Path::new(&own).parent().context("xtask must lie inside the workspace")?;
    Ok(root.to_path_buf())
}

/// Compiles the browser's part and returns the linked module.
///
/// It has a target folder of its own: what is compiled for WASM shares nothing with the server's build, and neither
/// waits for the other's lock. Only the last link keeps the relocations that the splitter reads (`--emit-relocs`),
/// so dependencies are compiled as always. Nothing is stripped whatever the profile says: wasm-bindgen reads the list of
/// features that would go with it.
pub fn build_frontend(root: &Path, profile: Profile, features: &[&str]) -> Result<PathBuf> {
    let (profile_name, folder) = match profile {
        Profile::Debug => ("dev", "debug"),
        Profile::Release => ("wasm-release", "wasm-release"),
    };
    let mut cargo = cargo(root);
    cargo.args(["rustc", "--package", "frontend", "--lib", "--crate-type=cdylib"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--target-dir", "target/front"]);
    cargo.args(["--features", &features.join(",")]);
    cargo.args(["--profile", profile_name, "--", "-Clink-arg=--emit-relocs", "-Cstrip=none"]);
    run(cargo, "the browser's part does not compile")?;
    Ok(root.join("target/front/wasm32-unknown-unknown").join(folder).join("frontend.wasm"))
}

/// Compiles the program `ramal` into `target/<profile>/`.
pub fn build_server(root: &Path, profile: Profile, features: &[&str]) -> Result<()> {
    let mut cargo = cargo(root);
    cargo.args(["build", "--package", "server", "--bin", "ramal", "--features", &features.join(",")]);
    if profile == Profile::Release {
        cargo.arg("--release");
    }
    run(cargo, "the server does not compile")
}

/// Cargo, without what `cargo run` told about xtask itself: build scripts that watch those variables (ring's does)
/// would be run again and again.
fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command
}

fn run(mut command: Command, otherwise: &str) -> Result<()> {
    if !command.status().context("cargo cannot be started")?.success() {
        bail!("{otherwise}: see above");
    }
    Ok(())
}
