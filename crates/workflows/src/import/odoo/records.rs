//! What Odoo knows, in types: one file per kind of record. Whether records fit together is seen in `plan`.

mod contract;
mod document;
mod partner;
mod payment;
mod product;

use std::collections::BTreeMap;

pub use contract::{Contract, ContractLine, Rule, Service};
pub use document::{Document, DocumentLine, DocumentState};
pub use partner::Partner;
pub use payment::{Payment, PaymentState, Reconciliation};
pub use product::{Product, Tax};

use super::{
    Files,
    problems::{ExternalId, Fault, File, Problem, What},
    table::{Group, Table},
};

/// Everything that could be read, and what could not.
#[derive(Debug, Default)]
pub struct Records {
    pub partners: Vec<Partner>,
    pub products: Vec<Product>,
    pub contracts: Vec<Contract>,
    pub documents: Vec<Document>,
    pub payments: Vec<Payment>,
    pub reconciliations: Vec<Reconciliation>,
    pub problems: Vec<Problem>,
}

/// A record of one file.
trait Record: Sized {
    const FILE: File;
    /// Columns without which nothing can be imported at all.
    const NEEDS: &[&str];
    /// The column that tells whose record it is.
    const OWNER: Option<&str>;

    fn read(group: &Group<'_>) -> Result<Self, Fault>;

    /// The record's own name and its line, for records that are referred to.
    fn id(&self) -> Option<(&ExternalId, u64)>;
}

/// Reads an export.
///
/// # Errors
/// Problems for which nothing at all can be imported: a file is missing, or lacks the column that tells whose its
/// records are. Without all payments, for example, no balance would be right.
pub fn read(files: &Files) -> Result<Records, Vec<Problem>> {
    let mut records = Records::default();
    let mut fatal = Vec::new();
    let problems = &mut records.problems;
    records.partners = read_file(files, problems, &mut fatal);
    records.products = read_file(files, problems, &mut fatal);
    records.contracts = read_file(files, problems, &mut fatal);
    records.documents = read_file(files, problems, &mut fatal);
    records.payments = read_file(files, problems, &mut fatal);
    records.reconciliations = read_file(files, problems, &mut fatal);
    if fatal.is_empty() { Ok(records) } else { Err(fatal) }
}

fn read_file<T: Record>(files: &Files, problems: &mut Vec<Problem>, fatal: &mut Vec<Problem>) -> Vec<T> {
    let missing = Problem { file: T::FILE, line: None, customer: None, what: What::MissingFile };
    let table = files.get(&T::FILE).ok_or(missing).and_then(|bytes| Table::parse(T::FILE, bytes));
    match table.and_then(|table| table.must_have(T::NEEDS).map(|()| table)) {
        Ok(table) => read_table(&table, problems),
        Err(problem) => {
            fatal.push(problem);
            Vec::new()
        }
    }
}

fn read_table<T: Record>(table: &Table, problems: &mut Vec<Problem>) -> Vec<T> {
    let mut first_lines: BTreeMap<ExternalId, u64> = BTreeMap::new();
    let mut records = Vec::new();
    for group in table.groups() {
        match T::read(&group).and_then(|record| refuse_second(record, &mut first_lines)) {
            Ok(record) => records.push(record),
            Err(fault) => {
                let problem = fault.in_file(T::FILE, T::OWNER.and_then(|column| group.owner(column)));
                // A missing column is said once, and once for each customer that is left out because of it.
                if problem.line.is_some() || !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        }
    }
    records
}

/// Two records of the same name: the second is refused, and with it its customer, since they cannot both be right.
fn refuse_second<T: Record>(record: T, first_lines: &mut BTreeMap<ExternalId, u64>) -> Result<T, Fault> {
    let Some((id, line)) = record.id() else { return Ok(record) };
    match first_lines.get(id) {
        Some(&first_line) => Err(Fault { line, what: What::DuplicateId { id: id.clone(), first_line } }),
        None => {
            first_lines.insert(id.clone(), line);
            Ok(record)
        }
    }
}
