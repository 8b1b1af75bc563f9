//! What stands above a contract's page: a cut that was held back, equipment to be collected.

use domain::views::collection_orders::CollectionOrderRow;
use domain::views::contracts::HeldBackCut;
use leptos::prelude::*;

use crate::{
    i18n::words,
    parts::{held_back, state::collection_outcome, story::capitalized},
    ui::{icon::Icon, notice::Notice, tone::Tone},
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
