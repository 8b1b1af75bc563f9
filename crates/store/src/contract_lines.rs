//! What a contract sells, line by line.

use chrono::NaiveDate;
use domain::calendar::BillingTerms;
use domain::contract_line::{LineDates, LineFacts};
use domain::ids::{ContractId, ContractLineId, PlanId, TaxId};
use domain::price::{Quantity, UnitPrice};
use rust_decimal::Decimal;

use crate::{Connection, Error, Result, discounts};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: ContractLineId,
    pub contract: ContractId,
    pub facts: LineFacts,
    pub dates: LineDates,
}

/// # Errors
/// `Refused` with `contract_lines_plan_id_fkey` or `contract_lines_tax_id_fkey`.
pub async fn add(connection: &mut Connection, contract: ContractId, line: &LineFacts) -> Result<ContractLineId> {
    let (terms, discount) = (TermColumns::of(line.terms.as_ref()), discounts::Columns::of(line.discount.as_ref()));
    let id = sqlx::query_scalar!(
        "insert into contract_lines (contract_id, plan_id, description, quantity, unit_price, tax_id, alignment, every,
                                     anchor_day, mode, first_period, last_period, discount_kind, discount_value,
                                     discount_reason, discount_periods, discount_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning id",
        contract.0,
        line.plan.0,
        line.description,
        line.quantity.get(),
        line.unit_price.get(),
        line.tax.0,
        line.alignment.word(),
        terms.every,
        terms.anchor_day,
        terms.mode,
        terms.first_period,
        terms.last_period,
        discount.kind,
        discount.value,
        discount.reason,
        discount.periods,
        discount.until
    );
    Ok(ContractLineId(id.fetch_one(connection).await?))
}

/// # Errors
/// As [`add`].
pub async fn edit(connection: &mut Connection, id: ContractLineId, line: &LineFacts) -> Result<()> {
    let (terms, discount) = (TermColumns::of(line.terms.as_ref()), discounts::Columns::of(line.discount.as_ref()));
    let edited = sqlx::query!(
        "update contract_lines set plan_id = $2, description = $3, quantity = $4, unit_price = $5, tax_id = $6,
                alignment = $7, every = $8, anchor_day = $9, mode = $10, first_period = $11, last_period = $12,
                discount_kind = $13, discount_value = $14, discount_reason = $15, discount_periods = $16,
                discount_until = $17
         where id = $1",
        id.0,
        line.plan.0,
        line.description,
        line.quantity.get(),
        line.unit_price.get(),
        line.tax.0,
        line.alignment.word(),
        terms.every,
        terms.anchor_day,
        terms.mode,
        terms.first_period,
        terms.last_period,
        discount.kind,
        discount.value,
        discount.reason,
        discount.periods,
        discount.until
    );
    found(edited.execute(connection).await?.rows_affected())
}

/// Removes a line that nothing was billed for.
///
/// # Errors
/// `Refused` when something was.
pub async fn remove(connection: &mut Connection, id: ContractLineId) -> Result<()> {
    found(sqlx::query!("delete from contract_lines where id = $1", id.0).execute(connection).await?.rows_affected())
}

/// Writes between which dates a line is billed, and when next.
pub async fn save_dates(connection: &mut Connection, id: ContractLineId, dates: &LineDates) -> Result<()> {
    let saved = sqlx::query!(
        "update contract_lines set starts_on = $2, ends_on = $3, billed_through = $4, next_invoice_on = $5 where id = $1",
        id.0,
        dates.starts_on,
        dates.ends_on,
        dates.billed_through,
        dates.next_invoice_on
    );
    found(saved.execute(connection).await?.rows_affected())
}

fn found(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::NotFound) }
}

pub async fn get(connection: &mut Connection, id: ContractLineId) -> Result<Line> {
    let row = sqlx::query_as!(
        Row,
        "select id, contract_id, plan_id, description, quantity, unit_price, tax_id, alignment, every, anchor_day, mode,
                first_period, last_period, starts_on, ends_on, billed_through, next_invoice_on, discount_kind,
                discount_value, discount_reason, discount_periods, discount_until
         from contract_lines where id = $1",
        id.0
    );
    row.fetch_one(connection).await?.line()
}

/// The lines of a contract, to look at.
pub async fn of_contract(connection: &mut Connection, contract: ContractId) -> Result<Vec<Line>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, contract_id, plan_id, description, quantity, unit_price, tax_id, alignment, every, anchor_day, mode,
                first_period, last_period, starts_on, ends_on, billed_through, next_invoice_on, discount_kind,
                discount_value, discount_reason, discount_periods, discount_until
         from contract_lines where contract_id = $1 order by id",
        contract.0
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::line).collect()
}

/// The lines of a contract, locked: billing waits until the transaction ends. Lock the contract before.
pub async fn lock_of_contract(connection: &mut Connection, contract: ContractId) -> Result<Vec<Line>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, contract_id, plan_id, description, quantity, unit_price, tax_id, alignment, every, anchor_day, mode,
                first_period, last_period, starts_on, ends_on, billed_through, next_invoice_on, discount_kind,
                discount_value, discount_reason, discount_periods, discount_until
         from contract_lines where contract_id = $1 order by id for update",
        contract.0
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::line).collect()
}

/// A line's terms as columns: all of them or none.
#[derive(Default)]
struct TermColumns {
    every: Option<String>,
    anchor_day: Option<i32>,
    mode: Option<&'static str>,
    first_period: Option<&'static str>,
    last_period: Option<&'static str>,
}

impl TermColumns {
    fn of(terms: Option<&BillingTerms>) -> Self {
        let Some(terms) = terms else { return Self::default() };
        Self {
            every: Some(terms.every.to_string()),
            anchor_day: Some(terms.anchor.get().into()),
            mode: Some(terms.mode.word()),
            first_period: Some(terms.first.word()),
            last_period: Some(terms.last.word()),
        }
    }
}

/// The columns of a line's terms as one value.
pub(crate) fn terms(
    every: Option<&str>,
    anchor_day: Option<i32>,
    mode: Option<&str>,
    first: Option<&str>,
    last: Option<&str>,
) -> Result<Option<BillingTerms>> {
    let (Some(every), Some(anchor), Some(mode), Some(first), Some(last)) = (every, anchor_day, mode, first, last)
    else {
        return Ok(None);
    };
    Ok(Some(BillingTerms {
        every: every.parse()?,
        anchor: i64::from(anchor).try_into()?,
        mode: mode.parse()?,
        first: first.parse()?,
        last: last.parse()?,
    }))
}

struct Row {
    id: i64,
    contract_id: i64,
    plan_id: i64,
    description: String,
    quantity: Decimal,
    unit_price: Decimal,
    tax_id: i64,
    alignment: String,
    every: Option<String>,
    anchor_day: Option<i32>,
    mode: Option<String>,
    first_period: Option<String>,
    last_period: Option<String>,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    billed_through: Option<NaiveDate>,
    next_invoice_on: Option<NaiveDate>,
    discount_kind: Option<String>,
    discount_value: Option<Decimal>,
    discount_reason: Option<String>,
    discount_periods: Option<i32>,
    discount_until: Option<NaiveDate>,
}

impl Row {
    fn line(self) -> Result<Line> {
        let (mode, first, last) = (self.mode.as_deref(), self.first_period.as_deref(), self.last_period.as_deref());
        let discount = discounts::discount(
            self.discount_kind.as_deref(),
            self.discount_value,
            self.discount_reason,
            self.discount_periods,
            self.discount_until,
        )?;
        Ok(Line {
            id: ContractLineId(self.id),
            contract: ContractId(self.contract_id),
            facts: LineFacts {
                plan: PlanId(self.plan_id),
                quantity: Quantity::new(self.quantity)?,
                unit_price: UnitPrice::new(self.unit_price)?,
                discount,
                tax: TaxId(self.tax_id),
                alignment: self.alignment.parse()?,
                terms: terms(self.every.as_deref(), self.anchor_day, mode, first, last)?,
                description: self.description,
            },
            dates: LineDates {
                starts_on: self.starts_on,
                ends_on: self.ends_on,
                billed_through: self.billed_through,
                next_invoice_on: self.next_invoice_on,
            },
        })
    }
}
