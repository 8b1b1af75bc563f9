//! What stands above a contract's page: holds, a cut that was held back, equipment to be collected.

use domain::service::HoldReason;
use domain::views::collection_orders::CollectionOrderRow;
use domain::views::contracts::{ContractDetail, HeldBackCut, Hold};
use leptos::prelude::*;

use super::href;
use crate::{
    i18n::words,
    parts::{
        Reader, cut, held_back,
        state::{collection_outcome, hold_effect_hint, hold_reason},
        story::capitalized,
    },
    surroundings::{local, may},
    ui::{card::Card, format, icon::Icon, notice::Notice, tone::Tone},
};

/// A cut that is due and not made, and everything that speaks against it.
#[component]
pub(super) fn HeldBack(cut: HeldBackCut) -> impl IntoView {
    let t = words();
    let reasons = held_back::because(&cut, t).into_iter().map(|reason| view! { <li>{capitalized(&reason)}</li> });
    view! {
        <Notice tone=Tone::Accent icon=Icon::Pause title=t.collections.held_back_title()>
            <p>{held_back::would_be_cut(&cut.evidence, t)}</p>
            <ul>{reasons.collect_view()}</ul>
        </Notice>
    }
}

/// The equipment that is to be collected, or was.
#[component]
pub(super) fn Equipment(order: CollectionOrderRow) -> impl IntoView {
    let t = words();
    let (title, tone) = match order.outcome {
        None => (t.collections.ordered().to_owned(), Tone::Warn),
        Some(outcome) => (t.collections.order_closed(collection_outcome(outcome, t)), Tone::Neutral),
    };
    view! {
        <Notice tone icon=Icon::Device title>
            <p>{order.equipment}" "<a href=format!("/office/equipment/{}", order.id)>{t.collections.see_order()}</a></p>
        </Notice>
    }
}

/// Why the customer is cut: each hold with its evidence, who placed it, and how it is lifted.
#[component]
pub(super) fn Holds(contract: ContractDetail) -> impl IntoView {
    let t = words();
    let own = href(contract.id);
    let entries = contract.holds.into_iter().map(move |hold| {
        let reason = hold.reason;
        let lift = (reason != HoldReason::Overdue && may("lift_holds")).then(|| {
            let what = hold_reason(reason, Reader::Staff, t);
            view! {
                <a href=format!("{own}/restore?reason={reason}")>{t.contracts.restore()}<span class="visually-hidden">" "{what}</span></a>
            }
        });
        view! { <li class="entry"><HoldWords hold/>{lift}</li> }
    });
    view! {
        <Card title=t.contracts.holds()>
            <ul class="entries">{entries.collect_view()}</ul>
        </Card>
    }
}

#[component]
fn HoldWords(hold: Hold) -> impl IntoView {
    let t = words();
    let who = hold.placed_by.clone().unwrap_or_else(|| t.contracts.automatic().to_owned());
    let when = format::date_time(local(hold.placed_at), t);
    view! {
        <div>
            <p><strong>{hold_reason(hold.reason, Reader::Staff, t)}</strong></p>
            <p>{capitalized(&cut::evidence(&hold.evidence, Reader::Staff, t))}</p>
            <p class="muted">
                {hold_effect_hint(hold.effect, t)}
                {(hold.reason == HoldReason::Overdue).then(|| view! { ". "{t.contracts.lift_by_paying()} })}
            </p>
            <p class="muted">{t.contracts.hold_by(when, who)}</p>
        </div>
    }
}
