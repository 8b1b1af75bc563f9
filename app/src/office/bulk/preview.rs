//! What would happen to whom, and doing it.

use domain::views::bulk::{BulkAction, BulkPreview, MOST, NAMED, by_reason};
use leptos::prelude::*;

use super::{
    action_name,
    sector::{ConfirmSector, SectorChoice},
    skip_name,
    write::ConfirmMessage,
};
use crate::{
    i18n::words,
    office::{
        contracts::api::{
            ChangeSector, ContractFilters, HoldContracts, LiftContracts, MessageContracts, preview_bulk_contracts,
            records_to_filter_by,
        },
        jobs::api::{CancelJobs, RepeatJobs, preview_bulk_jobs},
    },
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Form, Submit, Textarea, use_form},
        icon::Icon,
        list::use_list_query,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn ContractsPreviewPage() -> impl IntoView {
    let query = use_list_query();
    let (hold, lift) = (use_form::<HoldContracts>(), use_form::<LiftContracts>());
    let (sector, message) = (use_form::<ChangeSector>(), use_form::<MessageContracts>());
    let preview = Resource::new_blocking(move || query.get(), preview_bulk_contracts);
    let changes_sector = Memo::new(move |_| query.read().filter_as::<BulkAction>("action") == Some(BulkAction::Sector));
    let sectors = Resource::new_blocking(
        move || changes_sector.get(),
        |asked| async move { if asked { records_to_filter_by().await } else { Ok(ContractFilters::default()) } },
    );
    let shown = move |preview: BulkPreview| {
        let (rows, key) = (rows(&preview), preview.key.clone());
        let asked = query.get_untracked();
        let (action, form) = match asked.filter_as("action") {
            Some(BulkAction::Lift) => (
                BulkAction::Lift,
                view! { <Form state=lift><Confirm rows action=BulkAction::Lift why=true/></Form> }.into_any(),
            ),
            Some(BulkAction::Sector) => {
                let Some(to) = asked.filter("target").map(str::to_owned) else { return ().into_any() };
                (BulkAction::Sector, view! { <Form state=sector><ConfirmSector rows key to/></Form> }.into_any())
            }
            Some(BulkAction::Message) => {
                (BulkAction::Message, view! { <Form state=message><ConfirmMessage rows key/></Form> }.into_any())
            }
            _ => (
                BulkAction::Hold,
                view! { <Form state=hold><Confirm rows action=BulkAction::Hold why=true/></Form> }.into_any(),
            ),
        };
        view! { <Preview preview action back="/office/contracts" form/> }.into_any()
    };
    let choice =
        move |records: ContractFilters| changes_sector.get_untracked().then(|| view! { <SectorChoice query records/> });
    view! {
        <Loaded from=preview view=shown/>
        <Loaded from=sectors view=choice/>
    }
}

#[component]
pub fn JobsPreviewPage() -> impl IntoView {
    let query = use_list_query();
    let (repeat, cancel) = (use_form::<RepeatJobs>(), use_form::<CancelJobs>());
    let preview = Resource::new_blocking(move || query.get(), preview_bulk_jobs);
    let shown = move |preview: BulkPreview| {
        let rows = rows(&preview);
        let (action, form) = match query.read_untracked().filter_as("action") {
            Some(BulkAction::Cancel) => (
                BulkAction::Cancel,
                view! { <Form state=cancel><Confirm rows action=BulkAction::Cancel why=false/></Form> }.into_any(),
            ),
            _ => (
                BulkAction::Repeat,
                view! { <Form state=repeat><Confirm rows action=BulkAction::Repeat why=false/></Form> }.into_any(),
            ),
        };
        view! { <Preview preview action back="/office/jobs" form/> }
    };
    view! { <Loaded from=preview view=shown/> }
}

/// `7,9,12`
pub(super) fn rows(preview: &BulkPreview) -> String {
    preview.targets.iter().map(|target| target.id.to_string()).collect::<Vec<_>>().join(",")
}

/// What is sent when it is to be done.
#[component]
fn Confirm(rows: String, action: BulkAction, why: bool) -> impl IntoView {
    let t = words();
    let reason = why.then(|| {
        view! { <Textarea name="form[why]" label=t.contracts.why() hint=t.contracts.why_hint() most=500/> }
    });
    view! {
        <input type="hidden" name="form[rows]" value=rows/>
        {reason}
        <Submit variant=Variant::Danger icon=Icon::Check>{action_name(action, t)}</Submit>
    }
}

#[component]
pub(super) fn Preview(preview: BulkPreview, action: BulkAction, back: &'static str, form: AnyView) -> impl IntoView {
    let t = words();
    let count = preview.targets.len();
    let more = count.saturating_sub(NAMED);
    let named = preview.targets.into_iter().take(NAMED).map(|target| {
        let also = (!target.also.is_empty()).then(|| {
            view! { <span class="muted">" · "{t.bulk.also(target.also.join(", "))}</span> }
        });
        view! { <li>{target.name}{also}</li> }
    });
    let named = named.collect_view();
    let reasons = by_reason(&preview.skipped).into_iter().map(|(reason, count)| {
        view! { <li>{format!("{count}: {}", skip_name(reason, t))}</li> }
    });
    let reasons = reasons.collect_view();
    let skipped = preview.skipped.into_iter().take(NAMED).map(|one| {
        view! { <li>{format!("{} · {}", one.name, skip_name(one.because, t))}</li> }
    });
    let skipped = skipped.collect_view();
    let body = if preview.too_many {
        view! { <EmptyState icon=Icon::Alert title=t.bulk.too_many(MOST) hint=t.bulk.too_many_hint()/> }.into_any()
    } else if count == 0 {
        view! { <EmptyState icon=Icon::Info title=t.bulk.nobody() hint=t.bulk.nobody_hint()/> }.into_any()
    } else {
        view! {
            <Card title=t.bulk.will(count)>
                <ul class="changes">{named}</ul>
                {(more > 0).then(|| view! { <p class="muted">{t.bulk.and_more(more)}</p> })}
                {form}
            </Card>
        }
        .into_any()
    };
    let left_out = (!skipped.is_empty()).then(|| {
        view! {
            <Card title=t.bulk.skipped()>
                <ul class="changes">{reasons}</ul>
                <ul class="changes">{skipped}</ul>
            </Card>
        }
    });
    view! {
        <PageHeader title=action_name(action, t) summary=t.bulk.summary()>
            <LinkButton href=back variant=Variant::Quiet>{t.bulk.back()}</LinkButton>
        </PageHeader>
        {body}
        {left_out}
    }
}
