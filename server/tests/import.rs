//! `ramal import odoo` and `ramal report` as somebody types them.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use std::path::PathBuf;
use std::process::{Command, Output};

use store::testing::Database;
use tempfile::TempDir;

/// Of databases that live as long as a test.
const KEY: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

struct Provider {
    database: Database,
    data_dir: TempDir,
}

impl Provider {
    async fn new() -> Self {
        Self { database: store::testing::fresh().await, data_dir: tempfile::tempdir().unwrap() }
    }

    fn ramal(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ramal"));
        command.arg("--data-dir").arg(self.data_dir.path()).args(arguments);
        command.env("DATABASE_URL", self.database.url()).env("RAMAL_SECRET_KEY", KEY).env("LC_ALL", "C");
        command.output().unwrap()
    }

    fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.ramal(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("demo/odoo")
}

fn expected(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_import_the_reports_are_byte_for_byte_what_odoo_says() {
    let provider = Provider::new().await;
    let odoo = folder();
    let odoo = odoo.to_str().unwrap();

    let preview = provider.succeeds(&["import", "odoo", odoo]);
    assert!(preview.contains("Invoices: 1543 (54392.43 USD)"), "{preview}");
    assert!(preview.contains("Receivable: 9221.44 USD"), "{preview}");
    assert!(preview.contains("C00209: the billing day drifted from 31 to 28; 28 is kept"), "{preview}");
    assert!(preview.ends_with("Nothing was written. Repeat with --yes to import.\n"), "{preview}");
    assert_eq!(provider.succeeds(&["report", "balances"]), "partner_ref,open_balance\r\n");

    let done = provider.succeeds(&["import", "odoo", odoo, "--yes"]);
    assert!(done.ends_with("Customers imported: 300; there before: 0; refused: 0\n"), "{done}");
    assert_eq!(provider.succeeds(&["report", "balances"]), expected("expected_balances.csv"));
    assert_eq!(provider.succeeds(&["report", "next-invoices"]), expected("expected_next_invoices.csv"));

    let again = provider.succeeds(&["import", "odoo", odoo, "--yes"]);
    assert!(again.ends_with("There is nothing to import.\n"), "{again}");
    assert_eq!(provider.succeeds(&["report", "balances"]), expected("expected_balances.csv"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_told_with_its_line_and_costs_one_customer() {
    let provider = Provider::new().await;
    let damaged = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(folder()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), damaged.path().join(file.file_name())).unwrap();
    }
    let contracts = damaged.path().join("contract.contract.csv");
    let text = std::fs::read_to_string(&contracts).unwrap();
    std::fs::write(&contracts, text.replacen("cli00002", "cli00001", 1)).unwrap();
    let done = provider.succeeds(&["import", "odoo", damaged.path().to_str().unwrap(), "--yes"]);
    let told = "contract.contract.csv:3: x_pppoe_user cli00001 stands twice; first in line 2\n";
    assert!(done.contains("Left out: CLI00002 ") && done.contains(told), "{done}");
    assert!(done.ends_with("Customers imported: 299; there before: 0; refused: 0\n"), "{done}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_without_an_export_is_refused_file_by_file() {
    let provider = Provider::new().await;
    let empty = tempfile::tempdir().unwrap();
    let output = provider.ramal(&["import", "odoo", empty.path().to_str().unwrap(), "--yes"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(errors.contains("res.partner.csv: the file is missing"), "{errors}");
}
