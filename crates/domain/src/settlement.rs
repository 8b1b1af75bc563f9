//! Which invoices a payment pays, when a person chooses.

use crate::failure::{Failure, FormCheck, Problem};
use crate::form;
use crate::money::{Money, MoneyError};
use crate::views::payments::{AllocationForm, PayableInvoice};

/// The rows that bring what a payment pays from what it is to what the form wants: an amount per invoice, negative where
/// something is taken back. Invoices that the form leaves out stay as they are.
///
/// # Errors
/// `Fields`: `lines.N.amount` is more than the invoice takes, or `total` more than the payment has.
pub fn reallocate(
    form: &AllocationForm,
    payable: &[PayableInvoice],
    unused: Money,
) -> Result<Vec<(PayableInvoice, Money)>, Failure> {
    let mut check = FormCheck::default();
    let mut changes = Vec::new();
    for (nth, line) in form.lines.iter().enumerate() {
        let found = payable.iter().find(|payable| payable.invoice.to_string() == line.invoice);
        let change = found.ok_or(Problem::UnknownChoice).and_then(|found| Ok((found, change(found, &line.amount)?)));
        if let Some((invoice, change)) = check.take(&format!("lines.{nth}.amount"), change) {
            changes.push((invoice.clone(), change));
        }
    }
    check.take("total", within(&changes, payable, unused));
    check.finish()?;
    changes.retain(|(_, change)| !change.is_zero());
    Ok(changes)
}

/// How much more (or less) of an invoice is to be paid.
fn change(invoice: &PayableInvoice, typed: &str) -> Result<Money, Problem> {
    let most = invoice.paid.checked_add(invoice.open).map_err(not_an_amount)?;
    let wanted = match typed.trim() {
        "" | "0" | "0.00" => Money::zero(most.currency()),
        typed => form::amount(typed, most.currency())?,
    };
    if wanted.checked_cmp(most).map_err(not_an_amount)?.is_gt() {
        return Err(Problem::MoreThan { most });
    }
    wanted.checked_sub(invoice.paid).map_err(not_an_amount)
}

/// All changes together take no more than is unused.
fn within(changes: &[(PayableInvoice, Money)], payable: &[PayableInvoice], unused: Money) -> Result<(), Problem> {
    let sum = |amounts: &mut dyn Iterator<Item = Money>| Money::sum(unused.currency(), amounts).map_err(not_an_amount);
    let more = sum(&mut changes.iter().map(|(_, change)| *change))?;
    if more.checked_cmp(unused).map_err(not_an_amount)?.is_le() {
        return Ok(());
    }
    let paid = sum(&mut payable.iter().map(|invoice| invoice.paid))?;
    Err(Problem::MoreThan { most: paid.checked_add(unused).map_err(not_an_amount)? })
}

fn not_an_amount(_: MoneyError) -> Problem {
    Problem::NotAnAmount
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::InvoiceId;
    use crate::money::Currency;
    use crate::views::payments::AllocationLine;

    fn usd(text: &str) -> Money {
        Money::new(text.parse().unwrap(), Currency::USD)
    }

    /// The payment pays 30 of the first; 20 of each are open; 5 are unused.
    fn payable() -> Vec<PayableInvoice> {
        let invoice = |id, paid, open| PayableInvoice {
            invoice: InvoiceId(id),
            number: format!("F-{id}"),
            due_on: "2026-03-01".parse().unwrap(),
            paid: usd(paid),
            open: usd(open),
        };
        vec![invoice(1, "30", "0"), invoice(2, "0", "20"), invoice(3, "0", "20")]
    }

    fn asked(amounts: &[&str]) -> Result<Vec<(i64, String)>, Failure> {
        let lines = amounts
            .iter()
            .enumerate()
            .map(|(nth, amount)| AllocationLine { invoice: (nth + 1).to_string(), amount: (*amount).to_owned() });
        let changes = reallocate(&AllocationForm { lines: lines.collect() }, &payable(), usd("5"))?;
        Ok(changes.iter().map(|(invoice, change)| (invoice.invoice.0, change.to_string())).collect())
    }

    #[test]
    fn what_is_taken_from_one_invoice_pays_another() {
        let moved = vec![(1, "-15.00".to_owned()), (2, "20.00".to_owned())];
        assert_eq!(asked(&["15", "20", ""]).unwrap(), moved);
        assert_eq!(asked(&["30.00", "", "0.00"]).unwrap(), []);
        assert_eq!(asked(&["", "", ""]).unwrap(), [(1, "-30.00".to_owned())]);
    }

    #[test]
    fn neither_an_invoice_nor_a_payment_gives_more_than_it_has() {
        assert_eq!(asked(&["30.01"]), Err(Failure::field("lines.0.amount", Problem::MoreThan { most: usd("30") })));
        assert_eq!(asked(&["30", "20", "20"]), Err(Failure::field("total", Problem::MoreThan { most: usd("35") })));
        assert_eq!(asked(&["-1"]), Err(Failure::field("lines.0.amount", Problem::OutOfRange)));
    }
}
