//! Builds Ramal.
//!
//! The browser's part is compiled to WASM, split into the chunks that lazy routes load, bound to JavaScript and
//! laid out with the style sheet and the public files as `target/<profile>/site`, beside the program `ramal` that
//! serves it. Program and site find each other by that place alone: no environment is needed to run them.
#![forbid(unsafe_code)]

mod cargo;
mod site;
mod stamp;
mod style;
mod wasm;

use anyhow::{Result, bail};
use std::fs::File;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "\
usage: cargo xtask build [--release]   the browser's part and the program
       cargo xtask web [--release]     the browser's part only
       cargo xtask gallery             both, with the gallery of components at /gallery

Without --release it compiles fast; with it, the result is small and fast.";

/// How to build; the same words as cargo's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Debug,
    Release,
}

impl Profile {
    /// The folder under `target/` where cargo puts programs of this profile.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

enum Task {
    Build(Profile),
    Web(Profile),
    Gallery,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|a| a == "--help" || a == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let task = match parse(&arguments) {
        Ok(task) => task,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("xtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn parse(arguments: &[String]) -> Result<Task> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    Ok(match words[..] {
        ["build"] => Task::Build(Profile::Debug),
        ["build", "--release"] => Task::Build(Profile::Release),
        ["web"] => Task::Web(Profile::Debug),
        ["web", "--release"] => Task::Web(Profile::Release),
        ["gallery"] => Task::Gallery,
        _ => bail!("xtask: what should be built?"),
    })
}

fn run(task: Task) -> Result<()> {
    let started = Instant::now();
    let root = cargo::workspace_root()?;
    let _alone = wait_for_others(&root)?;
    match task {
        Task::Build(profile) => {
            web(&root, profile, &[])?;
            cargo::build_server(&root, profile, &[])?;
        }
        Task::Web(profile) => web(&root, profile, &[])?,
        Task::Gallery => {
            web(&root, Profile::Debug, &["gallery"])?;
            cargo::build_server(&root, Profile::Debug, &["gallery"])?;
        }
    }
    say(&format!("done in {:.1} s", started.elapsed().as_secs_f32()));
    Ok(())
}

/// Two builds at once would empty each other's folders. The lock ends with the process.
fn wait_for_others(root: &Path) -> Result<File> {
    std::fs::create_dir_all(root.join("target"))?;
    let lock = File::create(root.join("target/xtask.lock"))?;
    if lock.try_lock().is_err() {
        say("waiting for another build");
        lock.lock()?;
    }
    Ok(lock)
}

fn web(root: &Path, profile: Profile, features: &[&str]) -> Result<()> {
    wasm::check_version(root)?;
    let compiled = cargo::build_frontend(root, profile, features)?;
    let bound = wasm::bind(root, &compiled, profile)?;
    site::assemble(root, &bound, profile)
}

/// Progress goes where cargo's does.
pub fn say(what: &str) {
    eprintln!("{:>12} {what}", "xtask");
}
