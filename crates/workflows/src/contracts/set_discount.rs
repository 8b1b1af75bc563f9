//! A discount on a line that is billed already: what the provider concedes after the signature, or takes back.

use domain::contract::ContractStateName;
use domain::contract_line::LineFacts;
use domain::discount::Discount;
use domain::ids::ContractLineId;
use domain::timeline::Event;
use domain::views::contract_forms::DiscountForm;
use store::contract_lines::Line;

use super::{lock, must_fit, not_allowed};
use crate::permit::{GiveDiscounts, Permit};
use crate::record::{Subject, audit, tell};
use crate::{Context, Result};

/// For the periods that are still to be billed: what was issued is corrected by credit notes. "For three periods" counts
/// from the next one on.
///
/// # Errors
/// `Fields`, among them a discount larger than the price; `Lifecycle` unless the contract is active.
pub async fn set_discount(
    context: &Context,
    permit: &Permit<GiveDiscounts>,
    line: ContractLineId,
    form: &DiscountForm,
) -> Result<()> {
    let wish = form.check()?;
    let mut transaction = context.begin().await?;
    let contract = store::contract_lines::get(&mut transaction, line).await?.contract;
    let contract = lock(&mut transaction, contract).await?;
    if contract.state.name() != ContractStateName::Active {
        return Err(not_allowed(&contract, "discount").into());
    }
    // Read anew: a bill run may have advanced it before the lock.
    let before = store::contract_lines::get(&mut transaction, line).await?;
    must_fit(wish.as_ref(), before.facts.unit_price, before.facts.quantity)?;
    let discount = wish.map(|discount| from_next_period(discount, &before));
    let facts = LineFacts { discount: discount.clone(), ..before.facts.clone() };
    store::contract_lines::edit(&mut transaction, line, &facts).await?;
    let subject = Subject { kind: "contract_line", id: line.0 };
    audit(context, &mut transaction, permit, subject, Some(&before.facts), Some(&facts)).await?;
    let event = Event::DiscountChanged { line: facts.description, discount };
    tell(context, &mut transaction, permit.actor(), contract.customer, contract.id, &event).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn from_next_period(discount: Discount, line: &Line) -> Discount {
    match line.dates.billed_through.or(line.dates.starts_on) {
        Some(next) => discount.started(line.facts.terms.as_ref(), next),
        None => discount,
    }
}
