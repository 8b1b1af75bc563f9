//! Putting contracts in another sector: which one, then whom it reaches.

use domain::views::bulk::BulkAction;
use leptos::prelude::*;

use super::{action_name, write::OnceFields};
use crate::{
    i18n::words,
    office::contracts::api::ContractFilters,
    ui::{
        button::Variant,
        card::Card,
        form::{Select, Submit, choices_of},
        icon::Icon,
        list::ListQuery,
        page::PageHeader,
    },
};

/// Which sector. It is part of the address, so that the preview says what follows from it.
#[component]
pub(super) fn SectorChoice(query: Memo<ListQuery>, records: ContractFilters) -> impl IntoView {
    let t = words();
    let now = query.get_untracked();
    let chosen = now.filter("target").unwrap_or_default().to_owned();
    let kept = now.with_filter("target", None).pairs().into_iter();
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let sectors = choices_of(records.sectors);
    let header = chosen.is_empty().then(|| {
        view! { <PageHeader title=action_name(BulkAction::Sector, t) summary=t.bulk.summary()/> }
    });
    view! {
        {header}
        <Card>
            <form method="get" action="/office/bulk/contracts">
                {kept}
                <Select name="target" label=t.bulk.to_sector() hint=t.bulk.to_sector_hint() choices=sectors value=chosen/>
                <div class="form-actions">
                    <button type="submit" class="button" data-variant=Variant::Secondary.word()>
                        {Icon::Search.view()}
                        <span>{t.bulk.see_sector()}</span>
                    </button>
                </div>
            </form>
        </Card>
    }
}

/// What is sent when it is to be done.
#[component]
pub(super) fn ConfirmSector(rows: String, key: String, to: String) -> impl IntoView {
    let t = words();
    view! {
        <OnceFields rows key/>
        <input type="hidden" name="form[sector]" value=to/>
        <Submit variant=Variant::Danger icon=Icon::Check>{action_name(BulkAction::Sector, t)}</Submit>
    }
}
