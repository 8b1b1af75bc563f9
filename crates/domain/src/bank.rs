//! What a bank's statement says, and how the columns of its CSV files are read.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    pub enum StatementFormat {
        Csv = "csv",
        Mt940 = "mt940",
        Camt053 = "camt053",
    }
}

words! {
    pub enum BankRowState {
        /// Nobody knows yet whose it is.
        Open = "open",
        Booked = "booked",
        /// No payment of a customer: a fee, money that went out, somebody else's.
        NotOurs = "not_ours",
    }
}

words! {
    /// How a file writes dates.
    pub enum DateOrder {
        DayFirst = "day_first",
        MonthFirst = "month_first",
        YearFirst = "year_first",
    }
}

/// A movement as a file tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Where in the file, from 1.
    pub line: usize,
    pub booked_on: NaiveDate,
    /// Money that came in is positive.
    pub amount: Decimal,
    pub reference: String,
    pub name: String,
    pub description: String,
}

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadLine {
    pub line: usize,
    pub text: String,
    pub problem: LineProblem,
}

words! {
    pub enum LineProblem {
        NoDate = "no_date",
        NoAmount = "no_amount",
        TooFewColumns = "too_few_columns",
    }
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    pub movements: Vec<Movement>,
    pub bad: Vec<BadLine>,
}

/// Which column of a CSV file is what, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    pub date: usize,
    pub date_order: DateOrder,
    pub amount: Amounts,
    pub reference: Option<usize>,
    pub name: Option<usize>,
    pub description: Option<usize>,
}

/// One column with a sign, or one for what came in beside one for what went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amounts {
    Signed(usize),
    InAndOut { came_in: usize, went_out: usize },
}

impl Columns {
    /// A guess from the names of the columns, for somebody to look at.
    pub fn guess(heads: &[String]) -> Self {
        let find =
            |words: &[&str]| heads.iter().position(|head| words.iter().any(|word| head.to_lowercase().contains(word)));
        let came_in = find(&["abono", "haber", "credit", "crédito", "credito", "ingreso", "deposit"]);
        let went_out = find(&["cargo", "debe", "debit", "débito", "debito", "egreso", "withdrawal"]);
        let signed = find(&["monto", "importe", "amount", "valor"]);
        let amount = match (came_in, went_out, signed) {
            (Some(came_in), Some(went_out), None) => Amounts::InAndOut { came_in, went_out },
            (_, _, signed) => Amounts::Signed(signed.unwrap_or(1)),
        };
        Self {
            date: find(&["fecha", "date"]).unwrap_or(0),
            date_order: DateOrder::DayFirst,
            amount,
            reference: find(&["referencia", "reference", "ref", "número", "numero"]),
            name: find(&["nombre", "ordenante", "name", "titular", "payer"]),
            description: find(&["descrip", "concepto", "detalle", "detail", "memo"]),
        }
    }

    /// A line of the file.
    ///
    /// # Errors
    /// What is missing in it.
    pub fn read(&self, line: usize, cells: &[&str]) -> Result<Movement, LineProblem> {
        let cell = |nth: usize| cells.get(nth).map(|cell| cell.trim()).ok_or(LineProblem::TooFewColumns);
        let optional = |nth: Option<usize>| nth.map_or(Ok(""), cell).map(str::to_owned);
        let amount = match self.amount {
            Amounts::Signed(nth) => amount(cell(nth)?),
            Amounts::InAndOut { came_in, went_out } => match (amount(cell(came_in)?), amount(cell(went_out)?)) {
                (Some(amount), _) if !amount.is_zero() => Some(amount.abs()),
                (_, amount) => amount.map(|amount| -amount.abs()),
            },
        };
        Ok(Movement {
            line,
            booked_on: date(cell(self.date)?, self.date_order).ok_or(LineProblem::NoDate)?,
            amount: amount.filter(|amount| !amount.is_zero()).ok_or(LineProblem::NoAmount)?,
            reference: optional(self.reference)?,
            name: optional(self.name)?,
            description: optional(self.description)?,
        })
    }
}

/// A date in three numbers, whatever stands between them.
fn date(text: &str, order: DateOrder) -> Option<NaiveDate> {
    let day = text.split_whitespace().next()?;
    let numbers: Vec<i32> =
        day.split(|sign: char| !sign.is_ascii_digit()).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, third] = numbers.as_slice() else { return None };
    let (year, month, day) = match order {
        // However the rest is written, nobody's day has four digits.
        _ if *first > 31 => (*first, *second, *third),
        DateOrder::DayFirst => (*third, *second, *first),
        DateOrder::MonthFirst => (*third, *first, *second),
        DateOrder::YearFirst => (*first, *second, *third),
    };
    let year = if year < 100 { year + 2000 } else { year };
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// An amount as banks write it: `1.234,50`, `1,234.50`, `(12.00)`, `12.00-`, with a currency or without. The last of the
/// two signs is the decimal one; a single sign followed by three digits stands between thousands.
fn amount(text: &str) -> Option<Decimal> {
    let negative = text.contains('-') || (text.contains('(') && text.contains(')'));
    let digits: String = text.chars().filter(|sign| sign.is_ascii_digit() || ",.".contains(*sign)).collect();
    // What stands before the first digit is of the currency, as in `Bs. 0.50`.
    let digits = digits.trim_start_matches([',', '.']);
    let last = digits.rfind([',', '.']);
    let is_decimal = last.is_some_and(|at| {
        let both = digits.contains(',') && digits.contains('.');
        let alone = digits.matches([',', '.']).count() == 1;
        both || (alone && digits.len() - at - 1 != 3)
    });
    let plain: String = digits
        .char_indices()
        .filter_map(|(at, sign)| match sign {
            ',' | '.' if is_decimal && Some(at) == last => Some('.'),
            ',' | '.' => None,
            digit => Some(digit),
        })
        .collect();
    let amount: Decimal = plain.parse().ok()?;
    Some(if negative { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_banks_write_them() {
        let cases = [
            ("1.234,50", "1234.50"),
            ("1,234.50", "1234.50"),
            ("1.234.567", "1234567"),
            ("1.234", "1234"),
            ("34,80", "34.80"),
            ("-34.8", "-34.8"),
            ("(12.00)", "-12.00"),
            ("12.00-", "-12.00"),
            ("Bs. 0.50", "0.50"),
            ("USD 7", "7"),
        ];
        for (text, expected) in cases {
            assert_eq!(
                amount(text).map(|amount| amount.normalize()),
                expected.parse().ok().map(|d: Decimal| d.normalize()),
                "{text}"
            );
        }
        assert_eq!(amount("n/a"), None);
    }

    #[test]
    fn dates_are_read_in_the_order_of_the_file() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        assert_eq!(date("03/04/2026", DateOrder::DayFirst), day("2026-04-03"));
        assert_eq!(date("03-04-26 10:15", DateOrder::MonthFirst), day("2026-03-04"));
        assert_eq!(date("2026-04-03", DateOrder::DayFirst), day("2026-04-03"));
        assert_eq!(date("31/02/2026", DateOrder::DayFirst), None);
        assert_eq!(date("yesterday", DateOrder::DayFirst), None);
    }

    #[test]
    fn a_line_without_a_date_or_an_amount_says_so() {
        let heads = ["Fecha", "Concepto", "Cargo", "Abono"].map(str::to_owned);
        let columns = Columns::guess(&heads);
        assert_eq!(columns.amount, Amounts::InAndOut { came_in: 3, went_out: 2 });
        let read = |cells: &[&str]| columns.read(2, cells).map(|movement| movement.amount.to_string());
        assert_eq!(read(&["01/04/2026", "Ana", "", "34,80"]), Ok("34.80".to_owned()));
        assert_eq!(read(&["01/04/2026", "Fee", "2,00", ""]), Ok("-2.00".to_owned()));
        assert_eq!(read(&["total", "", "", "34,80"]), Err(LineProblem::NoDate));
        assert_eq!(read(&["01/04/2026", "Ana", "", ""]), Err(LineProblem::NoAmount));
        assert_eq!(read(&["01/04/2026"]), Err(LineProblem::TooFewColumns));
    }
}
