//! Tax numbers: what a country calls its own, and how one is told from a slip of the pen. The rules are data (the
//! table `tax_ids`); here is what they mean.

use regex_lite::Regex;
use serde::{Deserialize, Serialize};

use crate::failure::{Problem, optional};

/// How tax numbers are in one country.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxIdRule {
    /// RFC, NIT, RIF.
    pub name: String,
    /// A regular expression for the number in capitals without spaces, dots and dashes; `None`: anything goes.
    pub pattern: Option<String>,
    pub example: String,
    /// The last digit checks those before it: weights from the right, modulo 11.
    pub check_weights: Option<Vec<i32>>,
    /// Whether documents carry a second gapless number.
    pub control_numbers: bool,
}

impl TaxIdRule {
    /// A number as somebody typed it; blank is none.
    ///
    /// # Errors
    /// `NotATaxId`, `TooLong`.
    pub fn optional(&self, text: &str) -> Result<Option<String>, Problem> {
        let number = optional(text, 40)?;
        number.as_deref().map_or(Ok(()), |number| self.check(number))?;
        Ok(number)
    }

    /// # Errors
    /// `NotATaxId` with what it should look like.
    pub fn check(&self, text: &str) -> Result<(), Problem> {
        let bare = bare(text);
        let fits = match &self.pattern {
            // A pattern that is none refuses nobody: it is the provider's mistake, and not the customer's.
            Some(pattern) => Regex::new(pattern).map_or(true, |pattern| pattern.is_match(&bare)),
            None => true,
        };
        let checks = self.check_weights.as_deref().is_none_or(|weights| last_digit_checks(&bare, weights));
        if fits && checks {
            Ok(())
        } else {
            Err(Problem::NotATaxId { name: self.name.clone(), example: self.example.clone() })
        }
    }
}

/// In capitals, without what people put between the digits.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '.' | '-'))
        .flat_map(char::to_uppercase)
        .collect()
}

/// The sum of digits times weights, from the right, modulo 11; above one, eleven less it.
fn last_digit_checks(number: &str, weights: &[i32]) -> bool {
    let digits: Option<Vec<i32>> =
        number.chars().map(|sign| sign.to_digit(10).and_then(|digit| digit.try_into().ok())).collect();
    let Some((check, body)) = digits.as_deref().and_then(<[i32]>::split_last) else { return false };
    let sum: i32 = body.iter().rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    let expected = match sum % 11 {
        rest @ (0 | 1) => rest,
        rest => 11 - rest,
    };
    body.len() <= weights.len() && *check == expected
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(pattern: &str, check_weights: Option<Vec<i32>>) -> TaxIdRule {
        TaxIdRule { pattern: Some(pattern.to_owned()), check_weights, ..TaxIdRule::default() }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let rif = rule("^[VEJPGC][0-9]{9}$", None);
        for (number, right) in
            [("J-30599482-0", true), ("j305994820", true), ("J-3059948-0", false), ("X-305994820", false)]
        {
            assert_eq!(rif.check(number).is_ok(), right, "{number}");
        }
    }

    #[test]
    fn the_last_digit_of_a_nit_checks_the_others() {
        let nit = rule("^[0-9]{6,16}$", Some(vec![3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]));
        for (number, right) in
            [("800.197.268-4", true), ("860002964-4", true), ("800.197.268-5", false), ("800.197.286-4", false)]
        {
            assert_eq!(nit.check(number).is_ok(), right, "{number}");
        }
    }

    #[test]
    fn a_country_without_a_rule_takes_anything() {
        assert_eq!(TaxIdRule::default().check("anything at all"), Ok(()));
    }
}
