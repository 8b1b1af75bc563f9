//! What a draft offers, line by line: things that are charged once.

use domain::discount::Reduction;
use domain::failure::{Failure, Problem};
use domain::ids::QuoteId;
use domain::price::LinePrice;
use domain::views::quotes::QuoteLineForm;
use store::quotes::NewLine;

use super::{lock, must_be_draft, subject};
use crate::permit::{EditQuotes, Permit};
use crate::record::audit;
use crate::{Context, Error, Result};

/// # Errors
/// `Fields`; `Quote` when it is no draft.
pub async fn add_line(
    context: &Context,
    permit: &Permit<EditQuotes>,
    quote: QuoteId,
    form: &QuoteLineForm,
) -> Result<()> {
    let wish = form.check()?;
    let mut transaction = context.begin().await?;
    let quote = lock(&mut transaction, quote).await?;
    must_be_draft(&quote)?;
    let tax = store::taxes::get(&mut transaction, wish.tax).await.map_err(|error| match error {
        store::Error::NotFound => Failure::field("tax", Problem::UnknownChoice).into(),
        error => Error::from(error),
    })?;
    let price = LinePrice {
        unit_price: wish.unit_price,
        quantity: wish.quantity,
        discount: Reduction::Percent(wish.discount),
        tax_rate: tax.rates.on(context.clock.today()),
        currency: quote.currency,
    };
    let amount = price.once().map_err(Error::internal)?;
    let description = wish.description.clone();
    let line = NewLine { contract_line: None, description, amount, discount_reason: String::new() };
    store::quotes::add_line(&mut transaction, quote.id, &line).await?;
    audit(context, &mut transaction, permit, subject(quote.id), None::<&()>, Some(&wish)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// # Errors
/// `NotFound`; `Quote` when it is no draft.
pub async fn remove_line(context: &Context, permit: &Permit<EditQuotes>, quote: QuoteId, line: i64) -> Result<()> {
    let mut transaction = context.begin().await?;
    let quote = lock(&mut transaction, quote).await?;
    must_be_draft(&quote)?;
    let lines = store::quotes_list::show(&mut transaction, quote.id, context.clock.today()).await?.lines;
    let before = lines.iter().find(|found| found.id == line).map(|found| &found.line);
    store::quotes::remove_line(&mut transaction, quote.id, line).await?;
    audit(context, &mut transaction, permit, subject(quote.id), before, None::<&()>).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
