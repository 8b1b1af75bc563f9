//! Rates of exchange, to take away.

use domain::exchange::Rate;
use domain::views::rates::Rates;

use super::api::list_rates;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn rates(t: Words) -> Listing {
    Columns::<Rate>::begin()
        .date(t.rates.on(), |rate| rate.on)
        .text(t.rates.base(), |rate| rate.base.to_string())
        .text(t.rates.quote(), |rate| rate.quote.to_string())
        .count(t.rates.rate(), |rate| rate.rate)
        .of(list_rates, |rates: Rates| rates.page)
}
