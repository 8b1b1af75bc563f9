//! What a contract owes when: which lines are due, for which period, at what amount. Pure, so that the nightly run, the
//! preview and the import all say the same.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::BillingTerms;
use crate::ids::ContractLineId;
use crate::money::MoneyError;
use crate::price::{LineAmount, LinePrice};

/// A line of an active contract, as far as billing is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillableLine {
    pub id: ContractLineId,
    pub description: String,
    pub price: LinePrice,
    /// `None` is charged once, when the line starts.
    pub terms: Option<BillingTerms>,
    pub starts_on: NaiveDate,
    /// The first day without it.
    pub ends_on: Option<NaiveDate>,
    /// The end of the last billed period; of a line charged once, its start.
    pub billed_through: Option<NaiveDate>,
}

/// A line of an invoice, and where it leaves the contract's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueLine {
    pub line: ContractLineId,
    pub description: String,
    pub amount: LineAmount,
}

/// Lines that are invoiced together because they fall due on the same date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueInvoice {
    pub invoice_on: NaiveDate,
    pub lines: Vec<DueLine>,
}

/// How far a line has been billed after all that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advance {
    pub line: ContractLineId,
    pub billed_through: NaiveDate,
    /// `None`: there is nothing more to bill.
    pub next_invoice_on: Option<NaiveDate>,
}

/// All that a contract is to be invoiced on a date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Oldest first.
    pub invoices: Vec<DueInvoice>,
    pub advances: Vec<Advance>,
}

/// Why a contract was left out of a bill run, to be tried again the next night.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ParkReason {
    /// An amount that does not fit, or a line whose numbers make no sense.
    Amount { detail: String },
    /// A period that was billed already: somebody must look at why the line stands before it.
    PeriodAlreadyBilled,
    /// The database refused; the number is in the log with what happened.
    Incident { number: String },
}

/// One step of a line: what is charged next, and when.
struct Step {
    invoice_on: NaiveDate,
    through: NaiveDate,
    amount: Result<LineAmount, MoneyError>,
}

impl BillableLine {
    /// The date of the line's next invoice; `None` when there is nothing more to bill.
    pub fn next_invoice_on(&self) -> Option<NaiveDate> {
        self.next().map(|step| step.invoice_on)
    }

    fn next(&self) -> Option<Step> {
        let Some(terms) = self.terms else {
            let unbilled = self.billed_through.is_none() && self.ends_on.is_none_or(|end| self.starts_on < end);
            return unbilled.then(|| Step {
                invoice_on: self.starts_on,
                through: self.starts_on,
                amount: self.price.once(),
            });
        };
        let from = self.billed_through.unwrap_or(self.starts_on);
        let period = terms.period_from(self.starts_on, from, self.ends_on)?;
        Some(Step {
            invoice_on: period.invoice_on,
            through: period.range.end(),
            amount: self.price.for_period(&period),
        })
    }
}

/// What is due on or before `today`, for the lines of one contract.
///
/// # Errors
/// `TooLarge` when an amount does not fit: the contract is parked.
pub fn due(lines: &[BillableLine], today: NaiveDate) -> Result<Due, MoneyError> {
    let mut due = Due::default();
    for line in lines {
        let mut line = line.clone();
        let mut advanced = false;
        while let Some(step) = line.next().filter(|step| step.invoice_on <= today) {
            let charged = DueLine { line: line.id, description: line.description.clone(), amount: step.amount? };
            add(&mut due.invoices, step.invoice_on, charged);
            line.billed_through = Some(step.through);
            advanced = true;
        }
        if let Some(billed_through) = line.billed_through.filter(|_| advanced) {
            due.advances.push(Advance { line: line.id, billed_through, next_invoice_on: line.next_invoice_on() });
        }
    }
    due.invoices.sort_by_key(|invoice| invoice.invoice_on);
    Ok(due)
}

fn add(invoices: &mut Vec<DueInvoice>, invoice_on: NaiveDate, line: DueLine) {
    match invoices.iter_mut().find(|invoice| invoice.invoice_on == invoice_on) {
        Some(invoice) => invoice.lines.push(line),
        None => invoices.push(DueInvoice { invoice_on, lines: vec![line] }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::AnchorDay;
    use crate::price::{Percent, Quantity, UnitPrice};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn line(id: i64, price: &str, starts_on: &str) -> BillableLine {
        BillableLine {
            id: ContractLineId(id),
            description: "Internet".to_owned(),
            price: LinePrice {
                unit_price: UnitPrice::new(price.parse().unwrap()).unwrap(),
                quantity: Quantity::ONE,
                discount: Percent::ZERO,
                tax_rate: Percent::new("16".parse().unwrap()).unwrap(),
                currency: "USD".parse().unwrap(),
            },
            terms: Some(BillingTerms::monthly(AnchorDay::FIRST)),
            starts_on: day(starts_on),
            ends_on: None,
            billed_through: None,
        }
    }

    fn totals(due: &Due) -> Vec<(NaiveDate, String)> {
        let lines =
            due.invoices.iter().flat_map(|invoice| invoice.lines.iter().map(move |line| (invoice.invoice_on, line)));
        lines.map(|(on, line)| (on, line.amount.total.to_string())).collect()
    }

    #[test]
    fn the_first_part_month_is_charged_by_its_days() {
        let due = due(&[line(1, "30.00", "2026-04-21")], day("2026-04-21")).unwrap();
        assert_eq!(totals(&due), [(day("2026-04-21"), "11.60".to_owned())]);
        assert_eq!(
            due.advances,
            [Advance {
                line: ContractLineId(1),
                billed_through: day("2026-05-01"),
                next_invoice_on: Some(day("2026-05-01"))
            }]
        );
    }

    #[test]
    fn lines_due_on_one_date_share_an_invoice_and_missed_dates_have_their_own() {
        let lines = [line(1, "30.00", "2026-04-01"), line(2, "5.00", "2026-04-01")];
        let due = due(&lines, day("2026-05-20")).unwrap();
        let counts: Vec<_> = due.invoices.iter().map(|invoice| (invoice.invoice_on, invoice.lines.len())).collect();
        assert_eq!(counts, [(day("2026-04-01"), 2), (day("2026-05-01"), 2)]);
    }

    #[test]
    fn what_was_billed_is_not_due_again() {
        let billed = BillableLine { billed_through: Some(day("2026-05-01")), ..line(1, "30.00", "2026-04-01") };
        assert_eq!(due(&[billed], day("2026-04-30")).unwrap(), Due::default());
    }

    #[test]
    fn a_line_charged_once_is_due_when_it_starts_and_never_again() {
        let once = BillableLine { terms: None, ..line(1, "25.00", "2026-04-10") };
        let first = due(std::slice::from_ref(&once), day("2026-04-10")).unwrap();
        assert_eq!(totals(&first), [(day("2026-04-10"), "29.00".to_owned())]);
        assert_eq!(first.advances[0].next_invoice_on, None);
        let billed = BillableLine { billed_through: Some(first.advances[0].billed_through), ..once };
        assert_eq!(billed.next_invoice_on(), None);
    }

    #[test]
    fn an_ended_line_is_billed_to_its_end_and_no_further() {
        let ended = BillableLine { ends_on: Some(day("2026-04-16")), ..line(1, "30.00", "2026-04-01") };
        let due = due(&[ended], day("2026-12-01")).unwrap();
        assert_eq!(totals(&due), [(day("2026-04-01"), "17.40".to_owned())]);
        assert_eq!(due.advances[0].next_invoice_on, None);
    }
}
