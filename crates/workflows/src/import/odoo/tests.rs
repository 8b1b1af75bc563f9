//! The demo's export, as Odoo wrote it, and copies of it with one thing broken.

use std::{collections::BTreeMap, path::PathBuf, sync::LazyLock};

use chrono::NaiveDate;
use domain::{contract::ContractState, money::Currency};

use super::*;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../server/demo/odoo")
}

fn export() -> Files {
    File::ALL.into_iter().map(|file| (file, std::fs::read(folder().join(file.name())).unwrap())).collect()
}

fn planned(files: &Files) -> ImportPlan {
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    plan(&read(files).unwrap(), Options { today, currency: Currency::USD })
}

/// The lines of one of Odoo's own answers, the heading left out.
fn expected(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

mod whole {
    use super::*;

    #[test]
    fn the_next_invoices_are_those_that_odoo_would_make() {
        let plan = planned(&export());
        let mut next = Vec::new();
        for contract in plan.customers.iter().flat_map(|customer| &customer.contracts) {
            if let Some(invoice) = contract.next_invoice().unwrap() {
                next.push(format!("{},{},{},{}", contract.code, invoice.on, invoice.untaxed, invoice.total));
            }
        }
        next.sort();
        assert_eq!(next, expected("expected_next_invoices.csv"));
        let differing = |note: &&Note| matches!(note.kind, NoteKind::NextInvoiceDiffers { .. });
        assert_eq!(plan.preview.notes.iter().find(differing), None);
    }

    /// Odoo lists nobody who was never invoiced.
    #[test]
    fn the_balances_are_odoos_to_the_cent() {
        let mut balances = Vec::new();
        for customer in planned(&export()).customers {
            if let Some(balance) = customer.balances().unwrap().get(&Currency::USD) {
                balances.push(format!("{},{balance}", customer.reference));
            }
        }
        balances.sort();
        assert_eq!(balances, expected("expected_balances.csv"));
    }

    #[test]
    fn the_preview_agrees_with_odoos_control_totals() {
        let totals = std::fs::read(folder().join("control_totals.json")).unwrap();
        let totals: serde_json::Value = serde_json::from_slice(&totals).unwrap();
        let preview = planned(&export()).preview;
        for (tally, key) in
            [(&preview.invoices, "invoices"), (&preview.credit_notes, "credit_notes"), (&preview.payments, "payments")]
        {
            assert_eq!(tally.count as u64, totals[key]["count"].as_u64().unwrap(), "{key}");
            assert_eq!(tally.totals[&Currency::USD].to_string(), totals[key]["total"].as_str().unwrap(), "{key}");
        }
        assert_eq!(preview.receivable[&Currency::USD].to_string(), totals["open_receivable"].as_str().unwrap());
        assert_eq!((preview.customers, preview.contracts, preview.products), (300, 300, 7));
        assert!(preview.skipped.is_empty() && preview.problems.is_empty());
    }

    #[test]
    fn billing_goes_on_from_the_day_to_which_odoo_has_drifted() {
        let plan = planned(&export());
        let contract = find(&plan, "C00209");
        assert_eq!(contract.lines[0].starts_on.to_string(), "2026-01-31");
        assert_eq!(contract.lines[0].terms.anchor.get(), 28);
        assert_eq!(contract.lines[0].billed_through.unwrap().to_string(), "2026-10-28");
        let drifted = plan.preview.notes.iter().filter(|note| note.about == "C00209").count();
        assert_eq!(drifted, 1);
        // It is over: its last period ended on the 19th, and no billing day moved there.
        assert!(!plan.preview.notes.iter().any(|note| note.about == "C00291"));
    }

    #[test]
    fn a_contract_that_ended_is_over_and_one_that_ends_soon_is_billed_in_full_once_more() {
        let plan = planned(&export());
        let over = find(&plan, "C00013");
        assert!(matches!(over.state, ContractState::Closed { closed_on, .. } if closed_on.to_string() == "2026-10-20"));
        let ending = find(&plan, "C00088");
        assert_eq!(ending.lines[0].ends_on.unwrap().to_string(), "2026-12-02");
        assert_eq!(ending.next_invoice().unwrap().unwrap().untaxed.to_string(), "27.50");
    }

    #[test]
    fn periods_and_logins_are_read_from_where_odoo_keeps_them() {
        let plan = planned(&export());
        let first = plan.customers[0].clone();
        assert_eq!(first.phone.as_ref().map(ToString::to_string).as_deref(), Some("+525586298402"));
        let service = first.contracts[0].service.clone().unwrap();
        assert_eq!((service.router.as_str(), service.login.user()), ("MK-LAS-PALMAS", Some("cli00001")));
        let line = &first.documents[0].lines[0];
        assert_eq!(line.description, "Internet 400/200 Mbps");
        assert_eq!(line.period.unwrap().start(), first.contracts[0].lines[0].starts_on);
        let all_lines =
            || plan.customers.iter().flat_map(|customer| &customer.documents).flat_map(|document| &document.lines);
        assert!(all_lines().all(|line| line.period.is_some() && line.contract_line.is_some()));
    }

    fn find(plan: &ImportPlan, code: &str) -> ContractPlan {
        let mut contracts = plan.customers.iter().flat_map(|customer| &customer.contracts);
        contracts.find(|contract| contract.code == code).unwrap().clone()
    }
}

mod damaged {
    use super::*;

    /// The export with one file changed.
    fn with(file: File, change: impl Fn(&str) -> String) -> Files {
        let mut files = export();
        let text = String::from_utf8(files.remove(&file).unwrap()).unwrap();
        files.insert(file, change(&text).into_bytes());
        files
    }

    /// The export with one text in one line (counted from 1) replaced.
    fn with_line(file: File, line: usize, from: &str, to: &str) -> Files {
        with(file, |text| {
            let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
            assert!(lines[line - 1].contains(from), "{}", lines[line - 1]);
            lines[line - 1] = lines[line - 1].replacen(from, to, 1);
            lines.concat()
        })
    }

    /// Who is left out, and where and why: `CLI00001 contract.contract.csv:2 Empty { .. }`.
    fn skipped(plan: &ImportPlan) -> Vec<String> {
        let mut skipped = Vec::new();
        for customer in &plan.preview.skipped {
            let name = customer.known_as.as_ref().map_or("?", |(reference, _)| reference);
            skipped.extend(customer.problems.iter().map(|problem| format!("{name} {}", told(problem))));
        }
        skipped
    }

    fn told(problem: &Problem) -> String {
        let line = problem.line.map_or_else(String::new, |line| line.to_string());
        format!("{}:{line} {:?}", problem.file, problem.what)
    }

    /// One customer is left out for one reason, and nothing else is lost.
    fn only_skips(files: &Files, reference: &str, at: &str, why: &str) {
        let plan = planned(files);
        let reasons = skipped(&plan);
        assert_eq!(reasons.len(), 1, "{reasons:#?}");
        assert!(reasons[0].starts_with(&format!("{reference} {at}")) && reasons[0].contains(why), "{reasons:#?}");
        assert_eq!(plan.preview.problems, []);
        only_loses(&plan, reference);
    }

    /// Everybody but one is planned with all that they have.
    fn only_loses(plan: &ImportPlan, reference: &str) {
        let had = |plan: &ImportPlan| -> BTreeMap<String, [usize; 4]> {
            let has =
                |it: &CustomerPlan| [it.contracts.len(), it.documents.len(), it.payments.len(), it.allocations.len()];
            plan.customers.iter().map(|customer| (customer.reference.clone(), has(customer))).collect()
        };
        let mut expected = had(&UNHARMED);
        assert!(expected.remove(reference).is_some());
        assert_eq!(had(plan), expected);
    }

    static UNHARMED: LazyLock<ImportPlan> = LazyLock::new(|| planned(&export()));

    #[test]
    fn a_file_with_a_byte_order_mark_is_the_same_file() {
        let files = with(File::Partners, |text| format!("\u{feff}{text}"));
        assert_eq!(planned(&files).customers.len(), 300);
    }

    #[test]
    fn a_missing_file_stops_everything() {
        let mut files = export();
        files.remove(&File::Payments);
        let problem = Problem { file: File::Payments, line: None, customer: None, what: What::MissingFile };
        assert_eq!(read(&files).unwrap_err(), [problem]);
        files.insert(File::Payments, Vec::new());
        assert_eq!(read(&files).unwrap_err()[0].what, What::EmptyFile);
    }

    #[test]
    fn without_the_column_that_tells_whose_payments_they_are_no_balance_would_be_right() {
        let files = with(File::Payments, |text| text.replacen("partner_id/id", "partner", 1));
        assert_eq!(read(&files).unwrap_err()[0].what, What::MissingColumn { column: "partner_id/id".to_owned() });
    }

    #[test]
    fn a_missing_column_leaves_out_those_who_need_it() {
        let plan = planned(&with(File::Contracts, |text| text.replacen("x_pppoe_user", "x_user", 1)));
        let with_dhcp = 67;
        assert_eq!(plan.customers.len(), with_dhcp);
        assert_eq!(plan.preview.skipped.len(), 300 - with_dhcp);
        assert!(skipped(&plan)[0].ends_with(r#"contract.contract.csv: MissingColumn { column: "x_pppoe_user" }"#));
    }

    #[test]
    fn a_missing_column_of_records_that_tell_no_customer_is_said_once() {
        let plan = planned(&with(File::Reconciliations, |text| text.replacen("max_date", "date", 1)));
        let told: Vec<_> = plan.preview.problems.iter().map(told).collect();
        assert_eq!(told, [r#"account.partial.reconcile.csv: MissingColumn { column: "max_date" }"#]);
        // Those whose invoices were paid by nobody are as they were.
        assert!(!plan.customers.is_empty() && plan.customers.iter().all(|customer| customer.payments.is_empty()));
    }

    #[test]
    fn a_bad_date_names_its_file_line_and_column() {
        let files = with_line(File::Documents, 2, "2026-02-15", "2026-02-30");
        let why = r#"BadDate { column: "invoice_date_due", value: "2026-02-30" }"#;
        only_skips(&files, "CLI00039", "account.move.csv:2", why);
    }

    #[test]
    fn a_bad_number_in_a_line_that_continues_a_record_names_that_line() {
        let files = with_line(File::Documents, 4, "5.8", "5,8");
        let why = r#"BadNumber { column: "invoice_line_ids/price_total", value: "5,8" }"#;
        only_skips(&files, "CLI00068", "account.move.csv:4", why);
    }

    #[test]
    fn an_unknown_product_leaves_out_the_contract_that_has_it() {
        let files = with_line(File::Contracts, 2, "product_product_5", "product_product_99");
        let why = r#"Unknown { column: "contract_line_ids/product_id/id""#;
        only_skips(&files, "CLI00001", "contract.contract.csv:2", why);
    }

    #[test]
    fn a_product_that_cannot_be_read_is_told_and_leaves_out_who_has_it() {
        let plan = planned(&with_line(File::Products, 8, "8.25", "dear"));
        let told: Vec<_> = plan.preview.problems.iter().map(told).collect();
        assert_eq!(told, [r#"product.product.csv:8 BadNumber { column: "list_price", value: "dear" }"#]);
        assert_eq!((plan.customers.len(), plan.preview.skipped.len()), (259, 41));
    }

    #[test]
    fn a_document_of_an_unknown_customer_is_told() {
        let plan = planned(&with_line(File::Documents, 2, "res_partner_44", "res_partner_4444"));
        let reasons = skipped(&plan);
        assert!(reasons.iter().any(|reason| reason.starts_with("? account.move.csv:2 Unknown")), "{reasons:#?}");
        assert_eq!(plan.customers.len(), 299, "the customer whose invoice it was has a payment that pays nothing");
    }

    #[test]
    fn an_unknown_contract_line_is_told() {
        let files = with_line(File::Documents, 2, "contract_line_51_", "contract_line_5151_");
        only_skips(
            &files,
            "CLI00039",
            "account.move.csv:2",
            "Unknown { column: \"invoice_line_ids/contract_line_id/id\"",
        );
    }

    #[test]
    fn the_second_to_use_a_pppoe_user_is_left_out() {
        let files = with_line(File::Contracts, 3, "cli00002", "cli00001");
        let why = r#"Twice { column: "x_pppoe_user", value: "cli00001", first_line: 2 }"#;
        only_skips(&files, "CLI00002", "contract.contract.csv:3", why);
    }

    #[test]
    fn the_second_to_use_a_mac_address_is_left_out() {
        let files = with_line(File::Contracts, 3, "F4:4E:10:7D:42:C9", "81-61-e5-a4-0f-de");
        let why = r#"Twice { column: "x_mac", value: "81:61:E5:A4:0F:DE", first_line: 2 }"#;
        only_skips(&files, "CLI00002", "contract.contract.csv:3", why);
    }

    #[test]
    fn an_id_that_stands_twice_is_told_with_both_lines() {
        let second = export_line(File::Documents, 5);
        let files = with(File::Documents, |text| {
            let first = text.lines().nth(1).unwrap();
            let id = first.split(',').next().unwrap();
            text.replacen(&second, &second.replacen(second.split(',').next().unwrap(), id, 1), 1)
        });
        only_skips(&files, &owner_of(&second), "account.move.csv:5", "DuplicateId");
    }

    #[test]
    fn half_a_record_at_the_end_of_a_file_is_told() {
        for cut in [3, 40, 200, 280] {
            let files = with(File::Documents, |text| text[..text.len() - cut].to_owned());
            let last = export_line(File::Documents, 2117);
            assert!(last.starts_with("\"__export__"));
            only_skips(&files, &owner_of(&last), "account.move.csv:2117", "BrokenRecord");
        }
    }

    #[test]
    fn half_a_record_that_tells_no_customer_leaves_out_whose_payment_it_was() {
        let files = with(File::Documents, |text| {
            let last = text.trim_end().rfind('\n').unwrap();
            text[..last + 30].to_owned()
        });
        let plan = planned(&files);
        assert_eq!(plan.preview.problems.iter().map(told).collect::<Vec<_>>(), ["account.move.csv:2117 BrokenRecord"]);
        assert_eq!(plan.customers.len(), 299);
        assert!(skipped(&plan)[0].contains("account.partial.reconcile.csv:1296 Unknown"));
    }

    #[test]
    fn a_document_that_lost_its_last_line_does_not_add_up() {
        let fourth = export_line(File::Documents, 4);
        let files = with(File::Documents, |text| text.replacen(&fourth, "", 1));
        only_skips(&files, "CLI00068", "account.move.csv:3", r#"DoesNotAddUp { column: "amount_untaxed""#);
    }

    #[test]
    fn a_payment_that_is_missing_from_its_file_is_noticed() {
        let second = export_line(File::Payments, 2);
        let files = with(File::Payments, |text| text.replacen(&second, "", 1));
        only_skips(&files, &owner_of(&second), "account.partial.reconcile.csv:6", r#"Unknown { column: "credit_move""#);
    }

    #[test]
    fn a_reconciliation_that_is_missing_from_its_file_is_noticed() {
        let second = export_line(File::Reconciliations, 2);
        let files = with(File::Reconciliations, |text| text.replacen(&second, "", 1));
        only_skips(&files, "CLI00039", "account.move.csv:2", r#"DoesNotAddUp { column: "amount_residual""#);
    }

    #[test]
    fn an_unclosed_quotation_mark_costs_one_record_and_not_the_rest_of_the_file() {
        let files = with_line(File::Partners, 10, "\",\"\",\"CLI00009\"", ",\"\",\"CLI00009\"");
        let plan = planned(&files);
        assert_eq!(skipped(&plan), ["? res.partner.csv:10 BrokenRecord"]);
        only_loses(&plan, "CLI00009");
    }

    #[test]
    fn bytes_that_are_no_text_are_told() {
        let mut files = export();
        let partners = files.get_mut(&File::Partners).unwrap();
        let at = partners.windows(6).position(|bytes| bytes == b"Esther").unwrap();
        partners[at] = 0xd1;
        let plan = planned(&files);
        assert_eq!(skipped(&plan), ["? res.partner.csv:2 NotText"]);
        only_loses(&plan, "CLI00001");
    }

    #[test]
    fn a_line_invoiced_twice_for_the_same_days_is_told() {
        let files = with(File::Documents, |text| {
            text.replacen(
                "Internet 100/50 Mbps 01/31/2026 - 02/27/2026",
                "Internet 100/50 Mbps 01/31/2026 - 03/01/2026",
                1,
            )
        });
        only_skips(&files, "CLI00039", "account.move.csv:", "PeriodTwice");
    }

    #[test]
    fn a_period_that_is_none_is_told() {
        let files = with_line(File::Documents, 2, "01/31/2026 - 02/27/2026", "01/31/2026 - 02/30/2026");
        only_skips(&files, "CLI00039", "account.move.csv:2", "BadPeriod");
    }

    #[test]
    fn dates_in_spanish_are_read_as_such() {
        let files = with(File::Documents, |text| {
            let swapped = |word: &str| match word.split('/').collect::<Vec<_>>()[..] {
                [month, day, year] if month.len() == 2 && day.len() == 2 => format!("{day}/{month}/{year}"),
                _ => word.to_owned(),
            };
            text.split(' ').map(swapped).collect::<Vec<_>>().join(" ")
        });
        let (spanish, english) = (planned(&files), planned(&export()));
        assert_eq!(format!("{:?}", spanish.customers), format!("{:?}", english.customers));
    }

    fn export_line(file: File, line: usize) -> String {
        let text = String::from_utf8(export().remove(&file).unwrap()).unwrap();
        text.split_inclusive('\n').nth(line - 1).unwrap().to_owned()
    }

    /// The reference of the customer who is named in a line.
    fn owner_of(line: &str) -> String {
        let partner = line.split('"').find(|cell| cell.contains("res_partner")).unwrap();
        let records = read(&export()).unwrap();
        records.partners.iter().find(|record| record.id.0 == partner).unwrap().reference.clone()
    }
}
