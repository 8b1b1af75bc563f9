//! `ramal schedule`: what the billing rules make of terms and a price, without a database.

use std::io::{self, Write};

use chrono::NaiveDate;
use clap::Args;
use domain::{
    calendar::{
        AnchorDay, BillingMode, BillingPeriod, BillingTerms, DateRange, Every, FirstPeriod, LAST_DATE, LastPeriod,
        parse_date,
    },
    discount::Reduction,
    money::{Currency, MoneyError},
    price::{LinePrice, Quantity, UnitPrice},
    tax::TaxRate,
};
use serde::Serialize;

use crate::failure::Failure;

/// Previews billing: one JSON object a line for each period
#[derive(Args, Debug)]
pub struct Schedule {
    /// The first day of service, such as 2026-01-31
    #[arg(long, value_parser = parse_date)]
    start: NaiveDate,
    /// The length of a period: 30d, 2w, 1m, 1y
    #[arg(long, allow_hyphen_values = true)]
    every: Every,
    /// The billing day of the month, 1 to 31; that of the start unless given. Days and weeks ignore it
    #[arg(long, allow_hyphen_values = true)]
    anchor: Option<AnchorDay>,
    /// Invoice at the start of a period (prepaid) or at its end (postpaid)
    #[arg(long, default_value_t = BillingMode::Prepaid)]
    mode: BillingMode,
    /// What the part period up to the first billing day costs: prorate, full or free
    #[arg(long, default_value_t = FirstPeriod::Prorate)]
    first: FirstPeriod,
    /// The price of one for a whole period
    #[arg(long, allow_hyphen_values = true)]
    price: UnitPrice,
    #[arg(long, default_value = "1", allow_hyphen_values = true)]
    quantity: Quantity,
    /// How many periods to show at most
    #[arg(long, default_value_t = 12, allow_hyphen_values = true, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    count: u32,
    /// The first day without service
    #[arg(long, value_parser = parse_date)]
    until: Option<NaiveDate>,
    /// Three letters, such as USD: it decides the decimals of the amounts
    #[arg(long, default_value = "USD")]
    currency: Currency,
}

#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    #[error("--until {until} must be after --start {start}")]
    EndsBeforeItStarts { start: NaiveDate, until: NaiveDate },
    #[error("the periods run past {LAST_DATE}: ask for fewer or shorter ones")]
    PastTheCalendar,
    #[error("--price times --quantity: {0}")]
    Amount(#[from] MoneyError),
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

/// Prints the periods.
pub fn run(schedule: &Schedule) -> Result<(), Failure> {
    schedule.run(&mut io::stdout().lock()).map_err(|error| match error {
        ScheduleError::Output(error) => error.into(),
        error => Failure::usage(vec![error.to_string()]),
    })
}

#[derive(Serialize)]
struct Row {
    period: DateRange,
    invoice_on: NaiveDate,
    days: i32,
    of: i32,
    amount: String,
}

impl Schedule {
    /// Writes the periods to `out`, or nothing when any of them is in error.
    ///
    /// # Errors
    /// See [`ScheduleError`].
    pub fn run(&self, out: &mut impl Write) -> Result<(), ScheduleError> {
        let periods = self.periods()?;
        let rows = periods.iter().map(|period| self.row(period)).collect::<Result<Vec<_>, _>>()?;
        for row in &rows {
            writeln!(out, "{}", serde_json::to_string(row).map_err(io::Error::from)?)?;
        }
        out.flush()?;
        Ok(())
    }

    fn periods(&self) -> Result<Vec<BillingPeriod>, ScheduleError> {
        let (start, until, count) = (self.start, self.until, self.count as usize);
        if let Some(until) = until.filter(|until| *until <= start) {
            return Err(ScheduleError::EndsBeforeItStarts { start, until });
        }
        let terms = BillingTerms {
            every: self.every,
            anchor: self.anchor.unwrap_or(AnchorDay::of(start)),
            mode: self.mode,
            first: self.first,
            last: LastPeriod::Prorate,
        };
        let periods: Vec<_> = terms.periods(start, until).take(count).collect();
        let end = periods.last().map(|period| period.range.end());
        if periods.len() == count || end == until { Ok(periods) } else { Err(ScheduleError::PastTheCalendar) }
    }

    fn row(&self, period: &BillingPeriod) -> Result<Row, MoneyError> {
        let price = LinePrice {
            unit_price: self.price,
            quantity: self.quantity,
            discount: Reduction::NONE,
            tax_rate: TaxRate::NONE,
            currency: self.currency,
        };
        Ok(Row {
            period: period.range,
            invoice_on: period.invoice_on,
            days: period.days(),
            of: period.of,
            amount: price.for_period(period)?.untaxed.to_string(),
        })
    }
}
