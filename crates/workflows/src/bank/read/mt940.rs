//! SWIFT MT940, by the crate `mt940`.

use domain::bank::Movement;
use mt940::{ExtDebitOrCredit, InformationToAccountOwner, StatementLine, parse_mt940, sanitizers::sanitize};

use super::{Damaged, one_line};

pub(super) fn read(content: &str) -> Result<Vec<Movement>, Damaged> {
    let messages = parse_mt940(&sanitize(&with_swift_lines(content))).map_err(|_| Damaged { line: None })?;
    let lines = messages.into_iter().flat_map(|message| message.statement_lines);
    Ok(lines.enumerate().map(|(nth, line)| movement(nth + 1, &line)).filter(|it| !it.amount.is_zero()).collect())
}

/// Lines end as SWIFT wants them, and the envelope that some banks leave around a message is taken off.
fn with_swift_lines(content: &str) -> String {
    let lines = content.lines().map(str::trim_end);
    let inside = lines.filter(|line| !line.starts_with('{') && !line.starts_with("-}") && *line != "-");
    let mut text: String = inside.flat_map(|line| [line, "\r\n"]).collect();
    text.push_str("\r\n");
    text
}

fn movement(nth: usize, line: &StatementLine) -> Movement {
    let (name, description) = match &line.information_to_account_owner {
        Some(InformationToAccountOwner::Plain(text)) => (String::new(), one_line(text)),
        Some(InformationToAccountOwner::Structured { applicant_name, purpose, .. }) => {
            (one_line(applicant_name.as_deref().unwrap_or_default()), one_line(purpose.as_deref().unwrap_or_default()))
        }
        None => (String::new(), String::new()),
    };
    let details = line.supplementary_details.as_deref().unwrap_or_default();
    Movement {
        line: nth,
        booked_on: line.entry_date.unwrap_or(line.value_date),
        amount: match line.ext_debit_credit_indicator {
            ExtDebitOrCredit::Credit | ExtDebitOrCredit::ReverseDebit => line.amount,
            ExtDebitOrCredit::Debit | ExtDebitOrCredit::ReverseCredit => -line.amount,
        },
        reference: reference(line),
        name,
        description: one_line(&format!("{description} {details}")),
    }
}

/// The customer's reference, unless there is none: then the bank's.
fn reference(line: &StatementLine) -> String {
    let own = line.customer_ref.trim();
    let banks = line.bank_ref.as_deref().unwrap_or_default().trim();
    if own.is_empty() || own == "NONREF" { banks.to_owned() } else { own.to_owned() }
}
