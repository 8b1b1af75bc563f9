//! Plans, to take away.

use domain::money::Money;
use domain::views::list::Page;
use domain::views::plans::PlanRow;

use super::api::list_plans;
use super::kind_name;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::amount::speed;

pub(in crate::office) fn plans(t: Words) -> Listing {
    let price = |plan: &PlanRow| Money::new(plan.facts.price.get(), plan.facts.currency);
    Columns::<PlanRow>::begin()
        .text(t.catalogue.code(), |plan| plan.facts.code.clone())
        .text(t.catalogue.name(), |plan| plan.facts.name.clone())
        .text(t.catalogue.kind(), move |plan| kind_name(plan.facts.kind, t))
        .text(t.catalogue.speed(), |plan| plan.facts.speed.map(speed))
        .text(t.catalogue.tax(), |plan| plan.tax.name.clone())
        .money(t.catalogue.price(), price)
        .currency(t.accounts.currency(), price)
        .count(t.catalogue.contracts(), |plan| plan.contracts)
        .moment(t.exports.archived(), |plan| plan.archived_at)
        .of(list_plans, |page: Page<PlanRow>| page)
}
