//! The invariants of the whole workspace that a compiler does not check. Here, because this crate compiles fastest.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use std::fs;
use std::path::{Path, PathBuf};

/// Which crate may use which: the arrows of ARCHITECTURE.md. Only the server knows stand-ins (`lab`).
const ARROWS: &[(&str, &[&str])] = &[
    ("crates/domain", &[]),
    ("crates/store", &["domain"]),
    ("crates/documents", &[]),
    ("crates/workflows", &["documents", "domain", "store"]),
    ("crates/routeros", &[]),
    ("crates/lab", &["routeros"]),
    ("app", &["domain", "workflows"]),
    ("frontend", &["app"]),
    ("server", &["app", "domain", "lab", "routeros", "store", "workflows"]),
];

/// A file longer than this is two files.
const LONGEST_FILE: usize = 400;
/// `(file, why it cannot be shorter)`.
const LONGER_FILES: &[(&str, &str)] = &[];

/// The only file that asks what time it is.
const CLOCK: &str = "crates/workflows/src/clock.rs";

#[test]
fn crates_use_only_those_below_them() {
    let crates = crates();
    let names: Vec<&str> = crates.iter().map(|folder| folder.rsplit('/').next().unwrap()).collect();
    let mut offences = Vec::new();
    for folder in &crates {
        let Some((_, allowed)) = ARROWS.iter().find(|(listed, _)| listed == folder) else {
            offences.push(format!("{folder} is not in ARROWS"));
            continue;
        };
        let manifest = read(&format!("{folder}/Cargo.toml"));
        for used in dependencies(&manifest).into_iter().filter(|name| names.contains(name) && !allowed.contains(name)) {
            offences.push(format!("{folder}/Cargo.toml uses {used}"));
        }
    }
    none(offences, "Move the code to where the arrow points, or change ARROWS and ARCHITECTURE.md together.");
}

#[test]
fn screens_reach_workflows_on_the_server_only() {
    let manifest = read("app/Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("workflows")).unwrap();
    assert!(line.contains("optional = true"), "app/Cargo.toml: workflows must be optional, enabled by `ssr` alone");
    let hydrate = manifest.lines().find(|line| line.starts_with("hydrate =")).unwrap();
    assert!(!hydrate.contains("workflows"), "app/Cargo.toml: `hydrate` must not enable workflows");
}

#[test]
fn sql_is_in_the_store_alone() {
    let mut offences = mentions(&["sqlx::"], |file| !file.starts_with("crates/store/"));
    for folder in crates().iter().filter(|folder| *folder != "crates/store") {
        if dependencies(&read(&format!("{folder}/Cargo.toml"))).contains(&"sqlx") {
            offences.push(format!("{folder}/Cargo.toml uses sqlx"));
        }
    }
    none(offences, "Write a function in crates/store and call it.");
}

#[test]
fn the_time_is_asked_in_one_place() {
    let asking = ["Utc::now", "Local::now", "SystemTime::now", "clippy::disallowed_methods"];
    let offences = mentions(&asking, |file| file != CLOCK);
    none(offences, "Ask workflows::clock::Clock, so that a story can set the time by hand.");
}

#[test]
fn sql_does_not_ask_the_time() {
    const ASKING: &[&str] = &["now()", "current_date", "current_timestamp", "localtimestamp"];
    let mut offences = mentions(ASKING, |file| file.starts_with("crates/store/src"));
    for file in files(&["sql"]) {
        for line in read(&file).to_lowercase().lines() {
            let statement = line.split("--").next().unwrap_or_default();
            if ASKING.iter().any(|word| statement.contains(word)) {
                offences.push(format!("{file}: {}", line.trim()));
            }
        }
    }
    none(offences, "Pass the time as a parameter: business dates come from the clock.");
}

#[test]
fn files_fit_in_a_head() {
    let mut offences = Vec::new();
    for file in files(&["rs", "css"]) {
        let lines = read(&file).lines().count();
        if lines > LONGEST_FILE && !LONGER_FILES.iter().any(|(longer, _)| *longer == file) {
            offences.push(format!("{file} has {lines} lines, {LONGEST_FILE} at most"));
        }
    }
    none(offences, "Split it by what its parts do.");
}

#[test]
fn clippy_watches_the_length_of_functions_everywhere() {
    let limit = read("clippy.toml").contains("too-many-lines-threshold = 80");
    assert!(limit, "clippy.toml must limit functions to 80 lines");
    let watched = |folder: &String| read(&format!("{folder}/Cargo.toml")).contains("[lints]\nworkspace = true");
    let unwatched: Vec<String> = crates().into_iter().filter(|folder| !watched(folder)).collect();
    none(unwatched, "Add `[lints] workspace = true` to its Cargo.toml.");
    none(mentions(&["clippy::too_many_lines"], |_| true), "Split the function instead.");
}

fn none(offences: Vec<String>, remedy: &str) {
    assert!(offences.is_empty(), "\n{}\n\n{remedy}\n", offences.join("\n"));
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// All files of the project with one of these endings, relative to the root, in order.
fn files(endings: &[&str]) -> Vec<String> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let others =
                name.starts_with('.') || ["target", "node_modules"].contains(&name) || path == root.join("data");
            if path.is_dir() && !others {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    assert!(!found.is_empty());
    found.sort();
    found
}

/// The crates of the workspace, as folders.
fn crates() -> Vec<String> {
    let manifests = files(&["toml"]).into_iter().filter_map(|file| file.strip_suffix("/Cargo.toml").map(str::to_owned));
    manifests.filter(|folder| folder != "xtask").collect()
}

/// The names under `[dependencies]` and its kin in a Cargo.toml, without those for tests.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut section = "";
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
        } else if section.ends_with("dependencies") && !section.ends_with("dev-dependencies") {
            names.extend(line.split(['.', ' ', '=']).next().filter(|name| !name.is_empty() && !name.starts_with('#')));
        }
    }
    names
}

/// `file:line` of each line of Rust that contains one of `words` outside comments, in files that `within` accepts.
fn mentions(words: &[&str], within: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files(&["rs"]).iter().filter(|file| within(file) && !file.ends_with("tests/tidiness.rs")) {
        for (number, line) in read(file).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if words.iter().any(|word| code.contains(word)) {
                found.push(format!("{file}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    found
}
