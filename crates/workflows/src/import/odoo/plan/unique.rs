//! What may stand only once among all customers. The first in the file keeps it; whoever comes second is left out.

use std::collections::BTreeMap;

use domain::contract::ContractState;

use super::{CustomerPlan, Note, bundle::Bundle};
use crate::import::odoo::problems::{File, Problem, What};

/// A column, a value and the line where it was seen first.
#[derive(Default)]
pub(super) struct Claims(BTreeMap<(&'static str, String), u64>);

struct Claim {
    file: File,
    line: u64,
    column: &'static str,
    value: String,
}

impl Claims {
    pub(super) fn add(
        &mut self,
        bundle: &Bundle<'_>,
        planned: (CustomerPlan, Vec<Note>),
    ) -> Result<(CustomerPlan, Vec<Note>), Problem> {
        let mut added = BTreeMap::new();
        for Claim { file, line, column, value } in claims(bundle, &planned.0) {
            let key = (column, value);
            if let Some(&first_line) = self.0.get(&key).or(added.get(&key)) {
                let (column, value) = key;
                let what = What::Twice { column: column.to_owned(), value, first_line };
                return Err(Problem { file, line: Some(line), customer: Some(bundle.partner.id.clone()), what });
            }
            added.insert(key, line);
        }
        self.0.append(&mut added);
        Ok(planned)
    }
}

fn claims(bundle: &Bundle<'_>, customer: &CustomerPlan) -> Vec<Claim> {
    let claim = |file, line, column, value: &str| Claim { file, line, column, value: value.to_owned() };
    let mut claims = vec![claim(File::Partners, bundle.partner.line, "ref", &bundle.partner.reference)];
    claims.extend(bundle.documents.iter().map(|record| claim(File::Documents, record.line, "name", &record.number)));
    claims.extend(bundle.payments.iter().map(|record| claim(File::Payments, record.line, "name", &record.number)));
    for (contract, planned) in bundle.contracts.iter().zip(&customer.contracts) {
        let mut add = |column, value: &str| claims.push(claim(File::Contracts, contract.line, column, value));
        add("code", &contract.code);
        // A contract that is over has given back what it held.
        let Some(service) = planned.service.as_ref().filter(|_| !matches!(planned.state, ContractState::Closed { .. }))
        else {
            continue;
        };
        if let Some(user) = service.login.user() {
            add("x_pppoe_user", user);
        }
        if let Some(mac) = service.login.mac() {
            add("x_mac", mac.as_str());
        }
        if let Some(ip) = service.ip {
            add("x_ip", &format!("{ip} ({})", service.router));
        }
        if let Some(serial) = &service.onu_serial {
            add("x_onu_serial", serial);
        }
    }
    claims
}
