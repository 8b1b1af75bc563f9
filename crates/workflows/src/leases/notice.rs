//! The customer learns some days before that the equipment will be theirs, and what the service costs from then on.

use chrono::{Days, NaiveDate};
use domain::billing::BillableLine;
use domain::message::Purpose;
use domain::money::Money;
use domain::price::AgreedPrice;
use domain::timeline::Event;
use domain::views::leases::LeaseRow;
use store::contracts::Contract;

use crate::messages::Notice;
use crate::permit::Actor;
use crate::record::tell;
use crate::{Context, Error, Result, messages};

/// Before the end of the commitment.
pub(crate) const NOTICE: Days = Days::new(15);

/// Tells the customer, in the history and by a message. The contract is locked.
pub(crate) async fn notify(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    contract: &Contract,
    date: NaiveDate,
) -> Result<()> {
    let told = store::leases::mark_notified(transaction, contract.id, date + NOTICE, date).await?;
    let language = store::customers::get(transaction, contract.customer).await?.facts.language;
    let billable = store::billing::billable_lines(transaction, contract.id).await?;
    for lease in store::leases::running(transaction, contract.id, date).await? {
        if !told.contains(&lease.id) {
            continue;
        }
        let notice = Notice {
            purpose: Purpose::LeaseEnds,
            path: "/portal",
            values: vec![
                ("equipment", lease.equipment.clone()),
                ("plan", lease.plan_after.name.clone()),
                ("price", messages::moneys(&[per_period(&billable, &lease)?])),
                ("day", messages::day(language, lease.term.commitment_end)),
            ],
        };
        messages::tell_customer(context, transaction, contract.customer, &notice).await?;
        let (equipment, plan, on) = (lease.equipment, lease.plan_after.name, lease.term.commitment_end);
        let event = Event::LeaseEndsSoon { equipment, on, plan };
        tell(context, transaction, actor, contract.customer, contract.id, &event).await?;
    }
    Ok(())
}

/// What the service alone will come to, with tax.
fn per_period(lines: &[BillableLine], lease: &LeaseRow) -> Result<Money> {
    let without_tax = Money::new(lease.price_after.get(), lease.term.value.currency());
    let Some(line) = lines.iter().find(|line| line.id == lease.line) else { return Ok(without_tax) };
    let on = lease.term.commitment_end;
    let price = AgreedPrice { unit_price: lease.price_after, ..line.price.clone() };
    Ok(price.for_period_from(on, on).once().map_err(Error::internal)?.total)
}
