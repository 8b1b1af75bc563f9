//! Terms that continue what Odoo did: the next period, its date and its amount are the same.

use chrono::NaiveDate;
use domain::{
    calendar::{AnchorDay, BillingTerms, Every, FirstPeriod, LastPeriod, Unit},
    contract::ContractState,
    discount::{Discount, Lasting, Reduction},
    money::{Currency, Money, MoneyError},
    price::{AgreedPrice, Percent},
    service::HoldReason,
    tax::{TaxRate, TaxRates},
};

use super::{
    Shared,
    preview::{Note, NoteKind},
    types::{ContractPlan, LinePlan},
};
use crate::import::odoo::{
    problems::{Fault, What},
    records::{Contract, ContractLine, Partner, Rule},
};

pub(super) fn plan(
    contract: &Contract,
    partner: &Partner,
    currency: Currency,
    shared: &Shared<'_>,
    notes: &mut Vec<Note>,
) -> Result<ContractPlan, Fault> {
    let nowhere = || Fault { line: contract.line, what: What::Empty { column: "x_installation_address".to_owned() } };
    let street =
        [contract.address.as_ref(), Some(&partner.street)].into_iter().flatten().find(|street| !street.is_empty());
    let lines = contract
        .lines
        .iter()
        .map(|record| line(record, contract, currency, shared))
        .collect::<Result<Vec<LinePlan>, Fault>>()?;
    let state = state(contract, &lines, shared.options.today);
    let is_active = matches!(state, ContractState::Active { .. });
    let plan = ContractPlan {
        id: contract.id.clone(),
        code: contract.code.clone(),
        currency,
        state,
        street: street.ok_or_else(nowhere)?.clone(),
        position: contract.position,
        sector: contract.sector.clone(),
        service: contract.service.clone(),
        // Which reason is seen once the debts are known.
        hold: (is_active && contract.suspended).then_some(HoldReason::Staff),
        lines,
    };
    if is_active && plan.position.is_none() {
        notes.push(Note::on_contract(contract, NoteKind::WithoutPosition));
    }
    let compared = note_differences(contract, &plan, notes);
    compared.map_err(|_| Fault { line: contract.line, what: too_large(contract) })?;
    Ok(plan)
}

fn line(line: &ContractLine, contract: &Contract, currency: Currency, shared: &Shared<'_>) -> Result<LinePlan, Fault> {
    let unknown =
        || What::Unknown { column: "contract_line_ids/product_id/id".to_owned(), value: line.product.to_string() };
    let product = shared.products.get(&line.product).ok_or_else(|| Fault { line: line.line, what: unknown() })?;
    let billed_through = line.last_date_invoiced.map(day_after);
    let ends_on = [line.date_end, contract.date_end].into_iter().flatten().min().map(day_after);
    Ok(LinePlan {
        id: line.id.clone(),
        product: line.product.clone(),
        description: line.name.replace("#START# - #END#", "").trim().to_owned(),
        price: AgreedPrice {
            unit_price: line.price,
            quantity: line.quantity,
            currency,
            discount: discount(line.discount),
            tax: TaxRates::always(TaxRate::added(product.tax.rate)),
        },
        tax: product.tax.clone(),
        terms: terms(line, billed_through.unwrap_or(line.date_start))?,
        starts_on: line.date_start,
        ends_on: ends_on.map(|end| end.max(line.date_start)),
        billed_through,
    })
}

/// Odoo's has neither an end nor a reason.
fn discount(percent: Percent) -> Option<Discount> {
    let (reduction, lasting) = (Reduction::Percent(percent), Lasting::Always);
    (!percent.is_zero()).then(|| Discount { reduction, lasting, reason: String::new() })
}

/// Odoo counts each period from the last one's end, so its billing day drifts: a line that started on the 31st is
/// billed on the 28th after its first February. The day that it has drifted to is kept, or the next invoice would not
/// be the one that the customer expects. Odoo charges a part of a period in full.
fn terms(line: &ContractLine, billed_through: NaiveDate) -> Result<BillingTerms, Fault> {
    let (times, unit) = match line.rule {
        Rule::Days => (1, Unit::Days),
        Rule::Weeks => (1, Unit::Weeks),
        Rule::Months | Rule::MonthsToTheLastDay => (1, Unit::Months),
        Rule::Quarters => (3, Unit::Months),
        Rule::Semesters => (6, Unit::Months),
        Rule::Years => (1, Unit::Years),
    };
    let bad_interval = || Fault {
        line: line.line,
        what: What::BadNumber {
            column: "contract_line_ids/recurring_interval".to_owned(),
            value: line.interval.to_string(),
        },
    };
    let count = line.interval.checked_mul(times).ok_or_else(bad_interval)?;
    let anchor = if line.rule == Rule::MonthsToTheLastDay { AnchorDay::FIRST } else { AnchorDay::of(billed_through) };
    Ok(BillingTerms {
        every: Every::new(count, unit).map_err(|_| bad_interval())?,
        anchor,
        mode: line.mode,
        first: FirstPeriod::Full,
        last: LastPeriod::Full,
    })
}

/// Over when its end has passed and Odoo has nothing left to bill for it.
fn state(contract: &Contract, lines: &[LinePlan], today: NaiveDate) -> ContractState {
    let start = lines.iter().map(|line| line.starts_on).min().unwrap_or(today);
    let ends: Option<Vec<NaiveDate>> = lines.iter().map(|line| line.ends_on).collect();
    match ends.and_then(|ends| ends.into_iter().max()) {
        Some(end) if end <= today && contract.next_date.is_none() => ContractState::Closed {
            signed_on: Some(start),
            activated_on: Some(start),
            closed_on: end,
            reason: format!("Odoo: {}", contract.date_end.map_or_else(String::new, |date| date.to_string())),
        },
        _ => ContractState::Active { signed_on: start, activated_on: start },
    }
}

fn note_differences(contract: &Contract, plan: &ContractPlan, notes: &mut Vec<Note>) -> Result<(), MoneyError> {
    for (line, planned) in contract.lines.iter().zip(&plan.lines) {
        let (started, kept) = (AnchorDay::of(line.date_start), planned.terms.anchor);
        // Where nothing is left to bill, the last period ended with the service and not on a billing day.
        let goes_on = line.next_date.is_some() && planned.terms.every.is_anchored();
        let drifted = goes_on && line.rule != Rule::MonthsToTheLastDay && started != kept;
        let note = Note::on_contract(contract, NoteKind::BillingDayDrifted { from: started, kept });
        if drifted && notes.last() != Some(&note) {
            notes.push(note);
        }
    }
    let (odoo, ours) = (odoos_next(contract, plan)?, plan.next_invoice()?.map(|next| (next.on, next.untaxed)));
    if matches!(plan.state, ContractState::Active { .. }) && odoo != ours {
        notes.push(Note::on_contract(contract, NoteKind::NextInvoiceDiffers { odoo, ours }));
    }
    Ok(())
}

/// What Odoo would bill next: all lines that are due on the contract's next date, in full.
fn odoos_next(contract: &Contract, plan: &ContractPlan) -> Result<Option<(NaiveDate, Money)>, MoneyError> {
    let Some(next) = contract.next_date else { return Ok(None) };
    let due = contract.lines.iter().zip(&plan.lines).filter(|(line, _)| line.next_date == Some(next));
    let amounts = due
        .map(|(_, planned)| Ok(planned.price.for_period_from(next, next).once()?.untaxed))
        .collect::<Result<Vec<_>, MoneyError>>()?;
    Ok(Some((next, Money::sum(plan.currency, amounts)?)))
}

fn too_large(contract: &Contract) -> What {
    let price = contract.lines.iter().map(|line| line.price.get()).max().unwrap_or_default();
    What::BadNumber { column: "contract_line_ids/price_unit".to_owned(), value: price.to_string() }
}

/// Odoo's dates are the last day of something, Ramal's the first day after it.
fn day_after(date: NaiveDate) -> NaiveDate {
    date.succ_opt().unwrap_or(date)
}
