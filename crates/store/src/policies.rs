//! Cut-off policies.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use domain::collections::{
    CutDays, CutHours, CutoffPolicy, FeeCharge, LateFee, PromiseLimits, ProvisionalLimits, ReminderDays,
};
use domain::ids::{PolicyId, TaxId};
use domain::views::list::Choice;
use domain::views::policies::PolicyRow;
use rust_decimal::Decimal;

use crate::{Connection, Error, Result};

/// # Errors
/// `Taken` with `cutoff_policies_name_key`.
pub async fn add(connection: &mut Connection, policy: &CutoffPolicy) -> Result<PolicyId> {
    let fee = FeeColumns::of(policy.late_fee.as_ref());
    let id = sqlx::query_scalar!(
        "insert into cutoff_policies (name, due_days, grace_days, soft_cut_after_days, hard_cut_after_days,
                                      removal_after_days, minimum_debt, cut_on_fridays, cut_on_weekends,
                                      cut_on_holidays, promise_days, promises_a_year, remind_before, remind_after, throttle_after_days,
                                      throttle_percent, cut_from, cut_to, late_fee_after_days, late_fee_amount,
                                      late_fee_percent, late_fee_most, late_fee_tax_id, late_fee_from,
                                      provisional_days, provisionals_a_year)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
                 $24, $25, $26) returning id",
        policy.name,
        i32::from(policy.due_days),
        i32::from(policy.grace_days),
        policy.soft_cut_after_days.map(i32::from),
        policy.hard_cut_after_days.map(i32::from),
        policy.removal_after_days.map(i32::from),
        policy.minimum_debt,
        policy.cut_days.fridays,
        policy.cut_days.weekends,
        policy.cut_days.holidays,
        i32::from(policy.promises.days),
        i32::from(policy.promises.a_year),
        &numbers(&policy.reminders.before),
        &numbers(&policy.reminders.after),
        policy.throttle_after_days.map(i32::from),
        i32::from(policy.throttle_percent),
        policy.cut_hours.map(|hours| hours.from),
        policy.cut_hours.map(|hours| hours.to),
        fee.after_days,
        fee.amount,
        fee.percent,
        fee.most,
        fee.tax,
        fee.from,
        i32::from(policy.provisional.days),
        i32::from(policy.provisional.a_year)
    );
    Ok(PolicyId(id.fetch_one(connection).await?))
}

/// # Errors
/// `Taken` with `cutoff_policies_name_key`.
pub async fn edit(connection: &mut Connection, id: PolicyId, policy: &CutoffPolicy) -> Result<()> {
    let fee = FeeColumns::of(policy.late_fee.as_ref());
    let edited = sqlx::query!(
        "update cutoff_policies set name = $2, due_days = $3, grace_days = $4, soft_cut_after_days = $5,
                hard_cut_after_days = $6, removal_after_days = $7, minimum_debt = $8, cut_on_fridays = $9,
                cut_on_weekends = $10, cut_on_holidays = $11, promise_days = $12, promises_a_year = $13,
                remind_before = $14, remind_after = $15, throttle_after_days = $16, throttle_percent = $17,
                cut_from = $18, cut_to = $19, late_fee_after_days = $20, late_fee_amount = $21,
                late_fee_percent = $22, late_fee_most = $23, late_fee_tax_id = $24, late_fee_from = $25,
                provisional_days = $26, provisionals_a_year = $27
         where id = $1",
        id.0,
        policy.name,
        i32::from(policy.due_days),
        i32::from(policy.grace_days),
        policy.soft_cut_after_days.map(i32::from),
        policy.hard_cut_after_days.map(i32::from),
        policy.removal_after_days.map(i32::from),
        policy.minimum_debt,
        policy.cut_days.fridays,
        policy.cut_days.weekends,
        policy.cut_days.holidays,
        i32::from(policy.promises.days),
        i32::from(policy.promises.a_year),
        &numbers(&policy.reminders.before),
        &numbers(&policy.reminders.after),
        policy.throttle_after_days.map(i32::from),
        i32::from(policy.throttle_percent),
        policy.cut_hours.map(|hours| hours.from),
        policy.cut_hours.map(|hours| hours.to),
        fee.after_days,
        fee.amount,
        fee.percent,
        fee.most,
        fee.tax,
        fee.from,
        i32::from(policy.provisional.days),
        i32::from(policy.provisional.a_year)
    );
    if edited.execute(connection).await?.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

pub async fn get(connection: &mut Connection, id: PolicyId) -> Result<PolicyRow> {
    let row = sqlx::query_as!(
        Row,
        r#"select p.id, p.name, p.due_days, p.grace_days, p.soft_cut_after_days, p.hard_cut_after_days,
                  p.removal_after_days, p.minimum_debt, p.cut_on_fridays, p.cut_on_weekends, p.cut_on_holidays,
                  p.promise_days, p.promises_a_year, p.remind_before, p.remind_after, p.throttle_after_days,
                  p.throttle_percent, p.provisional_days, p.provisionals_a_year, p.cut_from, p.cut_to, p.late_fee_after_days, p.late_fee_amount,
                  p.late_fee_percent, p.late_fee_most, p.late_fee_tax_id, p.late_fee_from,
                  (select count(*) from contracts c where c.policy_id = p.id and c.state <> 'closed') as "contracts!"
           from cutoff_policies p where p.id = $1"#,
        id.0
    );
    row.fetch_one(connection).await?.view()
}

pub async fn list(connection: &mut Connection) -> Result<Vec<PolicyRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select p.id, p.name, p.due_days, p.grace_days, p.soft_cut_after_days, p.hard_cut_after_days,
                  p.removal_after_days, p.minimum_debt, p.cut_on_fridays, p.cut_on_weekends, p.cut_on_holidays,
                  p.promise_days, p.promises_a_year, p.remind_before, p.remind_after, p.throttle_after_days,
                  p.throttle_percent, p.provisional_days, p.provisionals_a_year, p.cut_from, p.cut_to, p.late_fee_after_days, p.late_fee_amount,
                  p.late_fee_percent, p.late_fee_most, p.late_fee_tax_id, p.late_fee_from, coalesce(n.contracts, 0) as "contracts!"
           from cutoff_policies p
           left join (select policy_id, count(*) as contracts from contracts where state <> 'closed' group by policy_id) n
                on n.policy_id = p.id
           order by p.name"#
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::view).collect()
}

/// The policies of these contracts, by contract.
pub(crate) async fn of_contracts(
    connection: &mut Connection,
    contracts: &[i64],
) -> Result<BTreeMap<i64, CutoffPolicy>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select c.id, p.name, p.due_days, p.grace_days, p.soft_cut_after_days, p.hard_cut_after_days,
                  p.removal_after_days, p.minimum_debt, p.cut_on_fridays, p.cut_on_weekends, p.cut_on_holidays,
                  p.promise_days, p.promises_a_year, p.remind_before, p.remind_after, p.throttle_after_days,
                  p.throttle_percent, p.provisional_days, p.provisionals_a_year, p.cut_from, p.cut_to, p.late_fee_after_days, p.late_fee_amount,
                  p.late_fee_percent, p.late_fee_most, p.late_fee_tax_id, p.late_fee_from, 0::bigint as "contracts!"
           from contracts c join cutoff_policies p on p.id = c.policy_id where c.id = any($1)"#,
        contracts
    );
    rows.fetch_all(connection).await?.into_iter().map(|row| Ok((row.id, row.view()?.policy))).collect()
}

/// All of them, to choose from.
pub async fn choices(connection: &mut Connection) -> Result<Vec<Choice<PolicyId>>> {
    let rows = sqlx::query!("select id, name from cutoff_policies order by name");
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| Choice { id: PolicyId(row.id), name: row.name }).collect())
}

struct Row {
    id: i64,
    name: String,
    due_days: i32,
    grace_days: i32,
    soft_cut_after_days: Option<i32>,
    hard_cut_after_days: Option<i32>,
    removal_after_days: Option<i32>,
    minimum_debt: Decimal,
    cut_on_fridays: bool,
    cut_on_weekends: bool,
    cut_on_holidays: bool,
    promise_days: i32,
    promises_a_year: i32,
    remind_before: Vec<i32>,
    remind_after: Vec<i32>,
    throttle_after_days: Option<i32>,
    throttle_percent: i32,
    cut_from: Option<NaiveTime>,
    cut_to: Option<NaiveTime>,
    late_fee_after_days: Option<i32>,
    late_fee_amount: Option<Decimal>,
    late_fee_percent: Option<Decimal>,
    late_fee_most: Option<Decimal>,
    late_fee_tax_id: Option<i64>,
    late_fee_from: Option<NaiveDate>,
    provisional_days: i32,
    provisionals_a_year: i32,
    contracts: i64,
}

/// A late fee as the columns have it.
#[derive(Default)]
struct FeeColumns {
    after_days: Option<i32>,
    amount: Option<Decimal>,
    percent: Option<Decimal>,
    most: Option<Decimal>,
    tax: Option<i64>,
    from: Option<NaiveDate>,
}

impl FeeColumns {
    fn of(fee: Option<&LateFee>) -> Self {
        let Some(fee) = fee else { return Self::default() };
        let (amount, percent) = match fee.charge {
            FeeCharge::Amount(amount) => (Some(amount.get()), None),
            FeeCharge::Percent(percent) => (None, Some(percent.get())),
        };
        Self {
            after_days: Some(fee.after_days.into()),
            amount,
            percent,
            most: fee.most.map(|most| most.get()),
            tax: fee.tax.map(|tax| tax.0),
            from: Some(fee.from),
        }
    }
}

impl Row {
    fn view(self) -> Result<PolicyRow> {
        let step = |days: Option<i32>| days.map(u16::try_from).transpose();
        let late_fee = self.late_fee()?;
        let policy = CutoffPolicy {
            name: self.name,
            due_days: self.due_days.try_into()?,
            grace_days: self.grace_days.try_into()?,
            throttle_after_days: step(self.throttle_after_days)?,
            throttle_percent: self.throttle_percent.try_into()?,
            soft_cut_after_days: step(self.soft_cut_after_days)?,
            hard_cut_after_days: step(self.hard_cut_after_days)?,
            removal_after_days: step(self.removal_after_days)?,
            minimum_debt: self.minimum_debt.normalize(),
            cut_days: CutDays {
                fridays: self.cut_on_fridays,
                weekends: self.cut_on_weekends,
                holidays: self.cut_on_holidays,
            },
            cut_hours: self.cut_from.zip(self.cut_to).map(|(from, to)| CutHours { from, to }),
            late_fee,
            promises: PromiseLimits { days: self.promise_days.try_into()?, a_year: self.promises_a_year.try_into()? },
            provisional: ProvisionalLimits {
                days: self.provisional_days.try_into()?,
                a_year: self.provisionals_a_year.try_into()?,
            },
            reminders: ReminderDays { before: days(self.remind_before)?, after: days(self.remind_after)? },
        };
        Ok(PolicyRow { id: PolicyId(self.id), policy, contracts: self.contracts })
    }

    fn late_fee(&self) -> Result<Option<LateFee>> {
        let charge = match (self.late_fee_amount, self.late_fee_percent) {
            (Some(amount), _) => Some(FeeCharge::Amount(amount.try_into()?)),
            (None, Some(percent)) => Some(FeeCharge::Percent(percent.try_into()?)),
            (None, None) => None,
        };
        let (Some(days), Some(charge), Some(from)) = (self.late_fee_after_days, charge, self.late_fee_from) else {
            return Ok(None);
        };
        let most = self.late_fee_most.map(TryInto::try_into).transpose()?;
        Ok(Some(LateFee { after_days: days.try_into()?, charge, most, tax: self.late_fee_tax_id.map(TaxId), from }))
    }
}

fn numbers(days: &[u16]) -> Vec<i32> {
    days.iter().copied().map(i32::from).collect()
}

fn days(numbers: Vec<i32>) -> Result<Vec<u16>> {
    numbers.into_iter().map(|number| Ok(u16::try_from(number)?)).collect()
}
