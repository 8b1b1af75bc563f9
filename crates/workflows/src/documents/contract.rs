//! A contract, to be signed and kept.

use chrono::NaiveDate;
use documents::paper::{Content, Contract, Sold};
use domain::collections::CutoffPolicy;
use domain::contract::ContractState;
use domain::ids::ContractId;
use domain::letterhead::TemplateKind;
use domain::money::Money;
use domain::tax::TaxBasis;
use domain::views::contracts::{ContractDetail, ContractLine};
use domain::views::leases::LeaseRow;

use super::paper::{Sheet, print};
use super::words::{Words, money, speed};
use super::{Pdf, Reader};
use crate::permit::SeeContracts;
use crate::{Context, Result};

/// # Errors
/// `NotFound`, also for another customer's.
pub async fn contract(context: &Context, reader: &Reader<SeeContracts>, contract: ContractId) -> Result<Pdf> {
    let mut connection = context.connection().await?;
    let detail = store::contract_detail::get(&mut connection, contract, context.clock.today()).await?;
    reader.may_read_of(detail.customer.id)?;
    let policy = store::policies::get(&mut connection, detail.policy.id).await?.policy;
    let today = context.clock.today();
    let leases = store::leases::running(&mut connection, contract, today).await?;
    let words = Words(detail.customer.language);
    let facts = &detail.address.facts;
    let sheet = Sheet {
        kind: TemplateKind::Contract,
        customer: detail.customer.id,
        address: Some((facts.street.clone(), facts.city.clone())),
        number: detail.code.clone(),
        doc: Content::Contract(Contract {
            terms: leases.iter().map(|lease| leased(lease, words)).chain(terms(&policy, words)).collect(),
            ..content(&detail, today, words)
        }),
    };
    print(&mut connection, reader, sheet).await
}

fn content(contract: &ContractDetail, today: NaiveDate, words: Words) -> Contract {
    let (signed_on, activated_on) = match &contract.state {
        ContractState::Draft => (None, None),
        ContractState::Open { signed_on } => (Some(*signed_on), None),
        ContractState::Active { signed_on, activated_on } => (Some(*signed_on), Some(*activated_on)),
        ContractState::Closed { signed_on, activated_on, .. } => (*signed_on, *activated_on),
    };
    let facts = &contract.address.facts;
    let parts = [facts.street.as_str(), facts.postal_code.as_str(), facts.city.as_str()];
    Contract {
        code: contract.code.clone(),
        state: contract.state.name().word().to_owned(),
        signed_on: words.optional_date(signed_on),
        activated_on: words.optional_date(activated_on),
        address: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        currency: contract.currency.code().to_owned(),
        lines: contract
            .lines
            .iter()
            .filter(|line| is_sold(contract, line, today))
            .map(|line| sold(line, words))
            .collect(),
        terms: Vec::new(),
    }
}

/// Of a contract that goes on, what is over is not sold any more.
fn is_sold(contract: &ContractDetail, line: &ContractLine, today: NaiveDate) -> bool {
    let over = line.dates.ends_on.is_some_and(|ends| ends <= today);
    !over || matches!(contract.state, ContractState::Closed { .. })
}

fn sold(line: &ContractLine, words: Words) -> Sold {
    let price = &line.price;
    let product = words.product(price.quantity.get(), price.unit_price.get(), price.discount);
    let tax = price.tax_rate.percent;
    let price = match price.tax_rate.basis {
        TaxBasis::Added if tax.is_zero() => product,
        TaxBasis::Added => words.say(&format!("{product} + {tax} % de impuesto"), &format!("{product} + {tax} % tax")),
        TaxBasis::Included => words.say(&format!("{product}, impuesto incluido"), &format!("{product}, tax included")),
    };
    Sold {
        description: line.description.clone(),
        speed: line.speed.map(speed).unwrap_or_default(),
        price,
        terms: words.terms(line.terms.as_ref()),
    }
}

/// Whose the equipment is until when, and what follows.
fn leased(lease: &LeaseRow, words: Words) -> String {
    let serial = lease.serial.as_ref().map(|serial| format!(" ({serial})")).unwrap_or_default();
    let (equipment, end) = (&lease.equipment, words.date(lease.term.commitment_end));
    let plan = &lease.plan_after.name;
    let price = money(Money::new(lease.price_after.get(), lease.term.value.currency()));
    words.say(
        &format!(
            "Equipo en arrendamiento: {equipment}{serial}. Es del proveedor hasta el {end}; desde ese día es del cliente, y el contrato sigue con «{plan}» por {price}. Si el contrato termina antes, el equipo se devuelve o se paga lo que falte de él."
        ),
        &format!(
            "Leased equipment: {equipment}{serial}. It is the provider's until {end}; from that day it is the customer's, and the contract goes on with “{plan}” for {price}. If the contract ends before, the equipment is given back, or what is left of it is paid."
        ),
    )
}

/// When invoices are due, and what happens to those that are late.
fn terms(policy: &CutoffPolicy, words: Words) -> Vec<String> {
    let days = policy.due_days;
    let mut terms = vec![words.say(
        &format!("Cada factura vence {days} días después de su emisión."),
        &format!("Each invoice is due {days} days after its issue."),
    )];
    if let Some(days) = policy.soft_cut_after_days {
        terms.push(words.say(
            &format!(
                "El servicio puede suspenderse {days} días después del vencimiento de una factura que no se pagó."
            ),
            &format!("The service may be suspended {days} days after the due date of an invoice that was not paid."),
        ));
    }
    if let Some(days) = policy.removal_after_days {
        terms.push(words.say(
            &format!("El equipo puede retirarse {days} días después de ese vencimiento."),
            &format!("The equipment may be collected {days} days after that due date."),
        ));
    }
    terms
}
