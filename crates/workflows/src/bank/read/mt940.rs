//! SWIFT MT940, by the crate `mt940`.

use domain::bank::Movement;
use mt940::{ExtDebitOrCredit, InformationToAccountOwner, Message, StatementLine, parse_mt940, sanitizers::sanitize};

use super::{Damaged, one_line};

pub(super) fn read(content: &str) -> Result<Vec<Movement>, Damaged> {
    let messages = parse(content).ok_or_else(|| Damaged { line: Some(damaged_line(content)) })?;
    let lines = messages.into_iter().flat_map(|message| message.statement_lines);
    Ok(lines.enumerate().map(|(nth, line)| movement(nth + 1, &line)).filter(|it| !it.amount.is_zero()).collect())
}

fn parse(content: &str) -> Option<Vec<Message>> {
    parse_mt940(&sanitize(&with_swift_lines(content))).ok()
}

/// The line of the first field that is damaged by itself; the file's last one when all of them are whole, and something is
/// missing after them. Lines are counted as an editor counts them.
fn damaged_line(content: &str) -> usize {
    let lines: Vec<&str> = content.lines().collect();
    let fields = lines.iter().enumerate().filter(|(_, line)| line.starts_with(':'));
    let damaged = fields.filter(|(nth, _)| !is_whole(&field_at(&lines, *nth))).map(|(nth, _)| nth + 1).next();
    damaged.unwrap_or(lines.len().max(1))
}

/// A field with the lines that go on with it.
fn field_at(lines: &[&str], nth: usize) -> String {
    let first = lines.get(nth).copied().unwrap_or_default();
    let goes_on = |line: &&&str| !line.starts_with([':', '{', '-']);
    let rest = lines.iter().skip(nth + 1).take_while(goes_on);
    std::iter::once(first).chain(rest.copied()).collect::<Vec<_>>().join("\n")
}

/// Whether a field can be read in the place where it belongs, among fields that are right.
fn is_whole(field: &str) -> bool {
    const NUMBER: &str = ":20:1\n:25:1/1\n:28C:1/1";
    const OPENING: &str = ":60F:C260101USD0,00";
    const LINE: &str = ":61:2601010101C1,00NTRFNONREF";
    const CLOSING: &str = ":62F:C260101USD0,00";
    let tag = field.split(':').nth(1).unwrap_or_default();
    let message = match tag {
        "60F" | "60M" => format!("{NUMBER}\n{field}\n{CLOSING}"),
        "61" => format!("{NUMBER}\n{OPENING}\n{field}\n{CLOSING}"),
        "86" => format!("{NUMBER}\n{OPENING}\n{LINE}\n{field}\n{CLOSING}"),
        "62F" | "62M" => format!("{NUMBER}\n{OPENING}\n{field}"),
        "64" | "65" => format!("{NUMBER}\n{OPENING}\n{CLOSING}\n{field}"),
        _ => return true,
    };
    parse(&message).is_some()
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
