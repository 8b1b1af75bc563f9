//! Promises to pay, in words.

use chrono::NaiveDate;
use domain::{collections::PromiseOutcome, money::Money, views::collections::PromiseStanding};
use leptos::prelude::*;

use super::amount::money;
use crate::{
    i18n::Words,
    ui::{badge::Badge, format, icon::Icon, tone::Tone},
};

/// `Promesa de pagar 27.50 USD hasta el 20 nov 2026`
#[must_use]
pub fn sentence(amount: Money, until: NaiveDate, t: Words) -> String {
    t.collections.promised(money(amount), format::date(until, t))
}

#[must_use]
pub fn standing(standing: PromiseStanding, t: Words) -> &'static str {
    match standing {
        PromiseStanding::Open => t.collections.open(),
        PromiseStanding::Kept => t.collections.kept(),
        PromiseStanding::Broken => t.collections.broken(),
        PromiseStanding::Cancelled => t.collections.cancelled(),
    }
}

#[must_use]
pub fn outcome_badge(outcome: Option<PromiseOutcome>, t: Words) -> AnyView {
    let (tone, icon, stands) = match outcome {
        None => (Tone::Accent, Icon::Clock, PromiseStanding::Open),
        Some(PromiseOutcome::Kept) => (Tone::Ok, Icon::Check, PromiseStanding::Kept),
        Some(PromiseOutcome::Broken) => (Tone::Danger, Icon::Alert, PromiseStanding::Broken),
        Some(PromiseOutcome::Cancelled) => (Tone::Neutral, Icon::Close, PromiseStanding::Cancelled),
    };
    view! { <Badge tone icon label=standing(stands, t)/> }.into_any()
}
