//! Why a late fee was charged, in a sentence.

use domain::collections::{FeeCharge, LateFeeEvidence};
use domain::money::Money;

use super::amount::money;
use crate::{i18n::Words, ui::format};

/// `5 %`, or `2.50`.
#[must_use]
pub fn fee_charge(charge: FeeCharge) -> String {
    match charge {
        FeeCharge::Amount(amount) => format::amount(amount.get()),
        FeeCharge::Percent(percent) => format!("{percent} %"),
    }
}

/// `La F-2026-000123 venció el 1 nov 2026 y llevaba 12 días de atraso: 5 % de 34.80 USD, 10.00 USD como máximo. ...`
#[must_use]
pub fn why_charged(fee: &LateFeeEvidence, t: Words) -> String {
    let currency = fee.open.currency();
    let of = match fee.charge {
        FeeCharge::Amount(amount) => money(Money::new(amount.get(), currency)),
        FeeCharge::Percent(percent) => t.money.share_of(format!("{percent} %"), money(fee.open)),
    };
    let most = fee.most.map(|most| t.money.fee_at_most(money(Money::new(most.get(), currency))));
    let charged = [Some(of), most].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let (due, days) = (format::date(fee.due_on, t), t.parts.days(fee.days_late));
    t.money.late_fee_because(&fee.number, due, days, charged, &fee.policy)
}
