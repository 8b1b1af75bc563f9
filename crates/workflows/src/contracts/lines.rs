//! What a draft sells.

use domain::calendar::BillingTerms;
use domain::contract_line::{Alignment, LineFacts};
use domain::failure::{Failure, Problem};
use domain::ids::{ContractId, ContractLineId};
use domain::price::UnitPrice;
use domain::price_list::PriceList;
use domain::views::contract_forms::{LineForm, LineWish};
use domain::views::plans::PlanRow;
use store::contracts::Contract;

use super::{lock, must_be_draft, must_fit};
use crate::permit::{EditContracts, Permit};
use crate::record::{Subject, audit};
use crate::refused::{Fields, unknown_choice};
use crate::{Context, Result};

const CHOICES: Fields = &[("contract_lines_tax_id_fkey", "tax")];

/// # Errors
/// `Fields`, among them a discount larger than the price; `Lifecycle` when the contract is no draft; `CurrencyMismatch` when the plan is priced in another currency
/// and the form names no price.
pub async fn add_line(
    context: &Context,
    permit: &Permit<EditContracts>,
    contract: ContractId,
    form: &LineForm,
) -> Result<ContractLineId> {
    let wish = form.check()?;
    let mut transaction = context.begin().await?;
    let contract = lock(&mut transaction, contract).await?;
    must_be_draft(&contract)?;
    let facts = complete(context, &mut transaction, &contract, wish, None).await?;
    let line = store::contract_lines::add(&mut transaction, contract.id, &facts)
        .await
        .map_err(|error| unknown_choice(error, CHOICES))?;
    audit(context, &mut transaction, permit, subject(line), None::<&()>, Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(line)
}

/// # Errors
/// As [`add_line`].
pub async fn edit_line(
    context: &Context,
    permit: &Permit<EditContracts>,
    line: ContractLineId,
    form: &LineForm,
) -> Result<()> {
    let wish = form.check()?;
    let mut transaction = context.begin().await?;
    let before = store::contract_lines::get(&mut transaction, line).await?;
    let contract = lock(&mut transaction, before.contract).await?;
    must_be_draft(&contract)?;
    let facts = complete(context, &mut transaction, &contract, wish, Some(&before.facts)).await?;
    store::contract_lines::edit(&mut transaction, line, &facts)
        .await
        .map_err(|error| unknown_choice(error, CHOICES))?;
    audit(context, &mut transaction, permit, subject(line), Some(&before.facts), Some(&facts)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// # Errors
/// `Lifecycle` when the contract is no draft.
pub async fn remove_line(context: &Context, permit: &Permit<EditContracts>, line: ContractLineId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::contract_lines::get(&mut transaction, line).await?;
    must_be_draft(&lock(&mut transaction, before.contract).await?)?;
    store::contract_lines::remove(&mut transaction, line).await?;
    audit(context, &mut transaction, permit, subject(line), Some(&before.facts), None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Takes from the plan what the form left blank. A plan that is no longer sold cannot be chosen, only kept.
async fn complete(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: &Contract,
    wish: LineWish,
    before: Option<&LineFacts>,
) -> Result<LineFacts> {
    let unknown = || Failure::field("plan", Problem::UnknownChoice);
    let plan = match store::plans::get(transaction, wish.plan).await {
        Err(store::Error::NotFound) => return Err(unknown().into()),
        plan => plan?,
    };
    let kept = before.is_some_and(|before| before.plan == wish.plan);
    if plan.archived_at.is_some() && !kept {
        return Err(unknown().into());
    }
    let unit_price = match wish.unit_price {
        Some(price) => price,
        None if plan.facts.currency == contract.currency => list_price(context, transaction, contract, &plan).await?,
        None => return Err(Failure::CurrencyMismatch.into()),
    };
    must_fit(wish.discount.as_ref(), unit_price, wish.quantity)?;
    Ok(LineFacts {
        plan: wish.plan,
        description: wish.description.unwrap_or(plan.facts.name),
        quantity: wish.quantity,
        unit_price,
        discount: wish.discount,
        tax: wish.tax.unwrap_or(plan.facts.tax),
        terms: aligned(transaction, wish.terms, wish.alignment).await?,
        alignment: wish.alignment,
    })
}

/// What the plan costs today where the contract is installed.
pub(crate) async fn list_price(
    context: &Context,
    transaction: &mut store::Transaction,
    contract: &Contract,
    plan: &PlanRow,
) -> Result<UnitPrice> {
    let (_, address) = store::addresses::get(transaction, contract.address).await?;
    let entries = store::plan_prices::entries(transaction, plan.id).await?;
    let list = PriceList { base: plan.facts.price, entries };
    Ok(list.price(address.facts.sector, context.clock.today()))
}

/// The terms with the billing day as far as it is known: that of activation is found then.
async fn aligned(
    transaction: &mut store::Transaction,
    terms: Option<BillingTerms>,
    alignment: Alignment,
) -> Result<Option<BillingTerms>> {
    match (terms, alignment) {
        (Some(terms), Alignment::Common) => {
            let anchor = store::company::billing_day(transaction).await?;
            Ok(Some(BillingTerms { anchor, ..terms }))
        }
        (terms, _) => Ok(terms),
    }
}

fn subject(line: ContractLineId) -> Subject {
    Subject { kind: "contract_line", id: line.0 }
}
