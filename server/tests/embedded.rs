//! The private PostgreSQL cluster, as the commands start, share and stop it.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use tempfile::TempDir;

/// A folder that PostgreSQL's user may pass through, as most are.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
    folder
}

fn ramal(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ramal"));
    command.arg("--data-dir").arg(data_dir).env_remove("DATABASE_URL");
    command
}

fn query(data_dir: &Path, sql: &str) -> String {
    let output = ramal(data_dir).args(["database", "psql", "-tAc", sql]).output().unwrap();
    succeeded(&output);
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn succeeded(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A `ramal` that holds the cluster until it is told to go on.
struct Holder {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Holder {
    fn start(data_dir: &Path) -> Self {
        let script = "echo holding; read go; exec pg_isready --quiet";
        let mut command = ramal(data_dir);
        command.args(["database", "sh", "-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        assert_eq!(line, "holding\n");
        Self { child, lines }
    }

    /// Goes on to its end; tells whether the cluster still answered then.
    fn go_on(mut self) -> bool {
        writeln!(self.child.stdin.take().unwrap()).unwrap();
        self.child.wait().unwrap().success()
    }

    fn killed_by(mut self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        self.child.wait().unwrap();
        // The shell ends with its input.
        drop(self.child.stdin.take());
        let mut rest = String::new();
        self.lines.read_line(&mut rest).unwrap();
    }
}

fn is_running(data_dir: &Path) -> bool {
    data_dir.join("postgres/postmaster.pid").exists()
}

#[test]
fn data_outlives_the_command_and_the_cluster_does_not() {
    let folder = folder();
    query(folder.path(), "create table kept as select 42 as answer");
    assert!(!is_running(folder.path()));
    assert_eq!(query(folder.path(), "select answer from kept"), "42");
}

#[test]
fn two_commands_share_a_cluster_and_the_last_one_stops_it() {
    let folder = folder();
    let first = Holder::start(folder.path());
    let second = Holder::start(folder.path());
    assert!(first.go_on());
    assert!(is_running(folder.path()));
    assert!(second.go_on());
    assert!(!is_running(folder.path()));
}

#[test]
fn a_cluster_whose_ramal_was_killed_is_taken_over_and_stopped() {
    let folder = folder();
    Holder::start(folder.path()).killed_by("-KILL");
    assert!(is_running(folder.path()));
    assert_eq!(query(folder.path(), "select 1"), "1");
    assert!(!is_running(folder.path()));
}

#[test]
fn a_signal_stops_the_cluster_too() {
    let folder = folder();
    Holder::start(folder.path()).killed_by("-TERM");
    assert!(!is_running(folder.path()));
}

#[test]
fn what_a_crash_left_is_recovered() {
    let folder = folder();
    let holder = Holder::start(folder.path());
    let pid = fs::read_to_string(folder.path().join("postgres/postmaster.pid")).unwrap();
    let pid = pid.lines().next().unwrap().to_owned();
    assert!(Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
    assert!(!holder.go_on());
    assert_eq!(query(folder.path(), "select 1"), "1");
}

#[test]
fn a_folder_with_a_long_name_has_room_for_no_socket_and_works() {
    let folder = folder();
    let data_dir = folder.path().join("a-long-name".repeat(12));
    assert_eq!(query(&data_dir, "select 1"), "1");
}

#[test]
fn a_folder_that_is_closed_to_other_users_works() {
    let folder = folder();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    let data_dir = closed.join("data");
    query(&data_dir, "create table kept as select 42 as answer");
    assert_eq!(query(&data_dir, "select answer from kept"), "42");
    // As root it lies elsewhere.
    if let Ok(link) = fs::read_link(data_dir.join("postgres")) {
        fs::remove_dir_all(link.parent().map(PathBuf::from).unwrap()).unwrap();
    }
}

#[test]
fn a_thrown_away_cluster_leaves_nothing() {
    let folder = folder();
    let output = ramal(folder.path())
        .args(["database", "--throw-away", "sh", "-c", "psql -qc 'create table lost (id int)' && echo $PGHOST"])
        .output()
        .unwrap();
    succeeded(&output);
    let socket_folder = String::from_utf8(output.stdout).unwrap();
    assert!(!Path::new(socket_folder.trim()).exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_status_of_the_program_is_passed_on() {
    let folder = folder();
    let output = ramal(folder.path()).args(["database", "--throw-away", "sh", "-c", "exit 7"]).output().unwrap();
    assert_eq!(output.status.code(), Some(7));
}
