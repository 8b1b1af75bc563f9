//! The customer's first screen, and the story.

use std::collections::BTreeMap;

use domain::billing::due;
use domain::contract::ContractStateName;
use domain::gateway::answered_since;
use domain::ids::ContractId;
use domain::money::{Currency, Money};
use domain::plan::PlanKind;
use domain::portal::Asking;
use domain::service::HoldEvidence;
use domain::views::contracts::{ContractDetail, ContractLine, ContractNetwork, Hold};
use domain::views::portal::{CutReason, PortalContract, PortalHome, PortalNetwork};
use domain::views::tickets::KnownOutage;
use domain::views::timeline::TimelineEntry;

use crate::permit::CustomerScope;
use crate::{Context, Error, Result, contracts, promises};

/// How much of the story is shown.
const ENTRIES: i64 = 100;

/// What is owed, and each connection with its state.
pub async fn home(context: &Context, scope: &CustomerScope) -> Result<PortalHome> {
    let mut connection = context.connection().await?;
    let today = context.clock.today();
    let customer = store::customers::get(&mut connection, scope.customer()).await?;
    let owed = store::payments::owed(&mut connection, &[scope.customer()]).await?;
    let credits = store::payments::credits(&mut connection, &[scope.customer()]).await?;
    let on_its_way = store::payments::on_its_way(&mut connection, scope.customer(), answered_since(today)).await?;
    let overdue = owed.iter().filter(|(_, item)| item.due_on < today);
    let mut contracts = Vec::new();
    for contract in store::contracts::of_customer(&mut connection, scope.customer()).await? {
        contracts.push(portal_contract(context, &mut connection, contract).await?);
    }
    note_outages(context, &mut connection, scope, &mut contracts).await?;
    contracts.sort_by_key(|contract| contract.state == ContractStateName::Closed);
    Ok(PortalHome {
        name: customer.facts.name,
        owed: sums(owed.iter().map(|(_, item)| item.open))?,
        overdue: sums(overdue.map(|(_, item)| item.open))?,
        on_its_way: sums(on_its_way.into_iter())?,
        credit: sums(credits.iter().map(|(_, credit)| credit.unused))?,
        due_on: owed.iter().map(|(_, item)| item.due_on).min(),
        contracts,
    })
}

/// What is down where the customer is, before they ask.
async fn note_outages(
    context: &Context,
    connection: &mut store::Connection,
    scope: &CustomerScope,
    contracts: &mut [PortalContract],
) -> Result<()> {
    for place in store::outages::places_of(connection, scope.customer(), context.clock.today()).await? {
        let Some(contract) = contracts.iter_mut().find(|contract| contract.id == place.contract) else { continue };
        contract.outage = place.outage.map(|(_, outage)| KnownOutage {
            place: outage.place,
            since: outage.since,
            until: place.until,
        });
    }
    Ok(())
}

/// The newest of what happened, as far as customers read it.
pub async fn timeline(context: &Context, scope: &CustomerScope) -> Result<Vec<TimelineEntry>> {
    let mut connection = context.connection().await?;
    let entries = store::timeline::for_customer(&mut connection, scope.customer(), ENTRIES).await?;
    Ok(entries
        .into_iter()
        .map(|entry| TimelineEntry { event: entry.event.without_notes(), actor: String::new(), ..entry })
        .collect())
}

/// A sum for each currency.
fn sums(amounts: impl Iterator<Item = Money>) -> Result<Vec<Money>> {
    let mut sums: BTreeMap<Currency, Money> = BTreeMap::new();
    for amount in amounts {
        let sum = sums.entry(amount.currency()).or_insert(Money::zero(amount.currency()));
        *sum = sum.checked_add(amount).map_err(Error::internal)?;
    }
    Ok(sums.into_values().filter(|sum| sum.is_positive()).collect())
}

async fn portal_contract(
    context: &Context,
    connection: &mut store::Connection,
    contract: ContractId,
) -> Result<PortalContract> {
    let detail = store::contract_detail::get(connection, contract, context.clock.today()).await?;
    let next_invoice_on = detail.lines.iter().filter_map(|line| line.dates.next_invoice_on).min();
    let next_amount = match next_invoice_on {
        Some(date) => {
            let lines = store::billing::billable_lines(connection, contract).await?;
            let due = due(&lines, date).map_err(Error::internal)?;
            let totals = due.invoices.iter().flat_map(|invoice| invoice.lines.iter().map(|line| line.amount.total));
            Some(Money::sum(detail.currency, totals).map_err(Error::internal)?)
        }
        None => None,
    };
    let asking = contracts::asking_about(connection, &detail, context.clock.today()).await?;
    let terms = promises::terms_of(context, connection, contract).await?;
    let promised = terms.open.map(|promise| (promise.amount, promise.until));
    let may_promise = terms.late.is_positive() && terms.latest.is_some();
    let today = context.clock.today();
    let cases = store::collections::cases(connection, &[contract], today).await?;
    let provisional_until = cases.first().and_then(|case| case.provisional_until(today));
    Ok(PortalContract {
        asking,
        promised,
        may_promise,
        provisional_until,
        ..in_plain_words(detail, next_invoice_on, next_amount, today)
    })
}

fn in_plain_words(
    mut detail: ContractDetail,
    next_invoice_on: Option<chrono::NaiveDate>,
    next_amount: Option<Money>,
    today: chrono::NaiveDate,
) -> PortalContract {
    let over = |line: &ContractLine| line.dates.ends_on.is_some_and(|ends| ends <= today);
    detail.lines.retain(|line| !over(line));
    detail.lines.sort_by_key(|line| line.kind != PlanKind::Internet);
    let cut = detail.service.is_limited();
    PortalContract {
        id: detail.id,
        code: detail.code,
        street: detail.address.facts.street,
        city: detail.address.facts.city,
        plans: names(&detail.lines),
        speed: detail.lines.iter().find_map(|line| line.speed),
        state: detail.state.name(),
        service: detail.service,
        service_since: detail.service_since,
        cut_because: detail.holds.into_iter().filter(|_| cut).map(reason).collect(),
        network: detail.network.map(network),
        next_invoice_on,
        next_amount,
        asking: Asking::Nothing,
        promised: None,
        may_promise: false,
        outage: None,
        provisional_until: None,
    }
}

/// Each once: what is charged during a pause is the same plan.
fn names(lines: &[ContractLine]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in lines {
        if !names.contains(&line.plan.name) {
            names.push(line.plan.name.clone());
        }
    }
    names
}

fn reason(hold: Hold) -> CutReason {
    match hold.evidence {
        HoldEvidence::Overdue(evidence) => CutReason::Overdue { evidence },
        HoldEvidence::Pause { until, .. } => CutReason::Paused { until },
        HoldEvidence::Decision { .. } | HoldEvidence::Imported { .. } => {
            CutReason::Other { reason: hold.reason, since: hold.placed_on }
        }
    }
}

fn network(network: ContractNetwork) -> PortalNetwork {
    let technical = network.technical;
    PortalNetwork { state: technical.state, wanted: technical.wanted, read_at: technical.read_at }
}
