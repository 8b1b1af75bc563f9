//! Why a cut that is due is not made.

use chrono::NaiveTime;
use domain::{
    collections::{ForbiddenDay, HeldBack, OverdueEvidence, Stop},
    service::HoldEffect,
    views::{contracts::HeldBackCut, runs::LaterCuts},
};

use super::{amount::money, cut, promise};
use crate::{i18n::Words, ui::format};

/// `Se suspendería desde el 12 nov 2026: la F-2026-000123 llevaba ...`
#[must_use]
pub fn would_be_cut(evidence: &OverdueEvidence, t: Words) -> String {
    let since = format::date(evidence.due_since().unwrap_or(evidence.seen_on), t);
    let why = cut::overdue(evidence, t);
    match evidence.effect {
        HoldEffect::Throttle => t.collections.would_throttle(since, why),
        HoldEffect::SoftCut => t.collections.would_suspend(since, why),
        HoldEffect::HardCut => t.collections.would_disable(since, why),
        HoldEffect::Removal => t.collections.would_remove(since, why),
    }
}

/// Everything that speaks against it, a sentence each.
#[must_use]
pub fn because(cut: &HeldBackCut, t: Words) -> Vec<String> {
    cut.because.iter().map(|reason| reason_in_words(reason, t)).collect()
}

fn reason_in_words(reason: &HeldBack, t: Words) -> String {
    match reason {
        HeldBack::Promise { amount, until } => promise::sentence(*amount, *until, t),
        HeldBack::Transfer { transfer } => {
            t.collections.transfer_in_review(money(transfer.amount), format::date(transfer.paid_on, t))
        }
        HeldBack::Outage { outage } => {
            t.collections.outage_since(&outage.place, format::date(outage.since, t), &outage.reason)
        }
        HeldBack::Day { day: ForbiddenDay::Friday } => t.collections.not_on_fridays().to_owned(),
        HeldBack::Day { day: ForbiddenDay::Weekend } => t.collections.not_on_weekends().to_owned(),
        HeldBack::Day { day: ForbiddenDay::Holiday { name } } => t.collections.not_on_holidays(name),
        HeldBack::Hours { hours } => t.collections.only_between(clock(hours.from), clock(hours.to)),
        HeldBack::Approval { night } => t.collections.waits_for_approval(format::date(*night, t)),
    }
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// `12 cortes de la política «Estándar» esperan: ...`, said before anybody approves them.
#[must_use]
pub fn later(cuts: &LaterCuts, t: Words) -> String {
    match cuts.from {
        Some(from) if from.time() == NaiveTime::MIN => {
            t.collections.later_day(cuts.cuts, &cuts.policy, format::long_date(from.date(), t))
        }
        Some(from) => {
            let (date, hour) = (format::long_date(from.date(), t), clock(from.time()));
            t.collections.later_hour(cuts.cuts, &cuts.policy, date, hour)
        }
        None => t.collections.later_never(cuts.cuts, &cuts.policy),
    }
}

/// Why a night cut nobody.
#[must_use]
pub fn stop(stop: &Stop, t: Words) -> String {
    match stop {
        Stop::OverTheCap { cuts, most, active } => {
            t.collections.over_the_cap(format::count(*cuts), format::count(*most), format::count(*active))
        }
        Stop::SilentFeed { since } => t.collections.silent_feed(format::date(*since, t)),
    }
}
