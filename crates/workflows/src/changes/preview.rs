//! What a change of plan will cost, and from when: by the rules that apply it.

use chrono::NaiveDate;
use domain::billing::{BillableLine, due};
use domain::contract_line::LineFacts;
use domain::failure::{Blocker, Failure};
use domain::ids::ContractId;
use domain::money::{Currency, Money};
use domain::plan::PlanKind;
use domain::plan_change::{Change, Succession, Timing, next_period, succeed};
use domain::views::changes::{ChangePreview, PlanOption, PlanOptions};
use domain::views::contracts::PlanChoice;
use domain::views::list::Choice;
use store::contract_lines::Line;

use super::wish;
use crate::contracts::priced_plans;
use crate::permit::{Permit, SeeContracts};
use crate::{Context, Error, Result, invoices};

/// The plans that the contract's connection may be changed to.
///
/// # Errors
/// `Blocked` by `NoRecurringLine` when there is no connection to change.
pub async fn options(context: &Context, _permit: &Permit<SeeContracts>, contract: ContractId) -> Result<PlanOptions> {
    plan_options(context, contract).await
}

pub(crate) async fn plan_options(context: &Context, contract: ContractId) -> Result<PlanOptions> {
    let mut connection = context.connection().await?;
    let today = context.clock.today();
    let detail = store::contract_detail::get(&mut connection, contract, today).await?;
    let lines = store::contract_lines::of_contract(&mut connection, contract).await?;
    let is_connection = |id| detail.lines.iter().any(|line| line.id == id && line.kind == PlanKind::Internet);
    let line = lines
        .iter()
        .find(|line| line.dates.ends_on.is_none() && wish::is_current(line, today) && is_connection(line.id));
    let line = line.ok_or(Failure::Blocked { what: Blocker::NoRecurringLine })?;
    let billable = store::billing::billable_lines(&mut connection, contract).await?;
    let billable = billable.into_iter().find(|found| found.id == line.id);
    let billable = billable.ok_or(Failure::Blocked { what: Blocker::NoRecurringLine })?;
    let choices = priced_plans(context, &mut connection, &detail).await?;
    let own = choices.iter().find(|plan| plan.id == line.facts.plan).map(|plan| plan.name.clone());
    let mut plans = Vec::new();
    for plan in choices {
        let sold = plan.kind == PlanKind::Internet && plan.currency == detail.currency;
        if sold && plan.id != line.facts.plan {
            plans.push(option(context, &mut connection, line, &billable, plan, today).await?);
        }
    }
    let latest = store::changes::latest(&mut connection, contract).await?;
    Ok(PlanOptions {
        contract: Choice { id: contract, name: detail.code },
        line: line.id,
        present: Choice { id: line.facts.plan, name: own.unwrap_or_else(|| line.facts.description.clone()) },
        present_price: per_period(&billable, today)?,
        plans,
        latest,
    })
}

/// A line that might change to a plan, and what would follow it.
struct Pricing<'a> {
    context: &'a Context,
    line: &'a Line,
    next: LineFacts,
    billable: &'a BillableLine,
    currency: Currency,
    today: NaiveDate,
}

async fn option(
    context: &Context,
    connection: &mut store::Connection,
    line: &Line,
    billable: &BillableLine,
    plan: PlanChoice,
    today: NaiveDate,
) -> Result<PlanOption> {
    let change = Change::Plan { line: line.id, plan: plan.id, unit_price: plan.price };
    let next = wish::facts(connection, line, &change).await?;
    let pricing = Pricing { context, line, next, billable, currency: plan.currency, today };
    let now = pricing.preview(connection, Timing::Now).await?;
    let next_period = pricing.preview(connection, Timing::NextPeriod).await?;
    Ok(PlanOption { plan, now, next_period })
}

impl Pricing<'_> {
    async fn preview(&self, connection: &mut store::Connection, timing: Timing) -> Result<ChangePreview> {
        let (facts, dates) = (&self.line.facts, &self.line.dates);
        let on = match timing {
            Timing::Now => Some(self.today),
            Timing::NextPeriod => next_period(facts, dates, self.today),
        };
        let succession = on.and_then(|on| succeed(facts, dates, self.next.clone(), on));
        let succession = succession.ok_or(Failure::Blocked { what: Blocker::NoRecurringLine })?;
        let follows = self.following(&succession);
        let unused = invoices::unused_days(self.context, connection, &[self.line.id], succession.on).await?;
        let credited = unused.iter().flat_map(|(_, lines)| lines).map(|line| line.amounts.total());
        let credited = credited.collect::<Result<Vec<_>, _>>().map_err(Error::internal)?;
        let charged = match timing {
            Timing::Now => charged(&follows, self.today)?,
            Timing::NextPeriod => Money::zero(self.currency),
        };
        Ok(ChangePreview {
            on: succession.on,
            credited: Money::sum(self.currency, credited).map_err(Error::internal)?,
            charged,
            per_period: per_period(&follows, succession.on)?,
        })
    }

    /// The line that follows, as billing sees it.
    fn following(&self, succession: &Succession) -> BillableLine {
        let mut line = self.billable.clone();
        line.price.unit_price = succession.next.0.unit_price;
        line.terms = succession.next.0.terms;
        BillableLine { starts_on: succession.on, ends_on: succession.next.1.ends_on, billed_through: None, ..line }
    }
}

fn charged(line: &BillableLine, on: NaiveDate) -> Result<Money> {
    let due = due(std::slice::from_ref(line), on).map_err(Error::internal)?;
    let totals = due.invoices.iter().flat_map(|invoice| &invoice.lines).map(|line| line.amount.total);
    Money::sum(line.price.currency, totals).map_err(Error::internal)
}

/// What a whole period comes to, with tax.
fn per_period(line: &BillableLine, on: NaiveDate) -> Result<Money> {
    let once = BillableLine { terms: None, starts_on: on, ends_on: None, billed_through: None, ..line.clone() };
    charged(&once, on)
}
