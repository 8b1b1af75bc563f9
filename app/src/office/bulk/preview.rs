//! What would happen to whom, and doing it.

use domain::views::bulk::{BulkAction, BulkPreview, MOST, NAMED, by_reason};
use leptos::prelude::*;

use super::{action_name, skip_name};
use crate::{
    i18n::words,
    office::{
        contracts::api::{HoldContracts, LiftContracts, preview_bulk_contracts},
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
    let preview = Resource::new_blocking(move || query.get(), preview_bulk_contracts);
    let shown = move |preview: BulkPreview| {
        let rows = rows(&preview);
        let (action, form) = match query.read_untracked().filter_as("action") {
            Some(BulkAction::Lift) => (
                BulkAction::Lift,
                view! { <Form state=lift><Confirm rows action=BulkAction::Lift why=true/></Form> }.into_any(),
            ),
            _ => (
                BulkAction::Hold,
                view! { <Form state=hold><Confirm rows action=BulkAction::Hold why=true/></Form> }.into_any(),
            ),
        };
        view! { <Preview preview action back="/office/contracts" form/> }
    };
    view! { <Loaded from=preview view=shown/> }
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
fn rows(preview: &BulkPreview) -> String {
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
fn Preview(preview: BulkPreview, action: BulkAction, back: &'static str, form: AnyView) -> impl IntoView {
    let t = words();
    let count = preview.targets.len();
    let more = count.saturating_sub(NAMED);
    let named = preview.targets.into_iter().take(NAMED).map(|target| view! { <li>{target.name}</li> }).collect_view();
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
