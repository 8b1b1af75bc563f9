//! What was asked to change, those that wait for a decision first.

use domain::plan_change::{ChangeState, ChangeStateName, ChangeSummary};
use domain::views::changes::ChangeRow;
use domain::views::list::Page;
use leptos::prelude::*;

use super::api::{ApproveChange, RejectChange, WithdrawChange, list_changes};
use super::timing_name;
use crate::{
    i18n::{Words, words},
    office::list_tools::ListTools,
    parts::change::{change_badge, change_summary},
    surroundings::{local, may},
    ui::{
        button::Variant,
        dialog::Confirm,
        empty::EmptyState,
        form::{Field, Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

/// The forms that decide on a change.
#[derive(Clone, Copy)]
pub(super) struct Decisions {
    approve: FormState<ApproveChange>,
    reject: FormState<RejectChange>,
    withdraw: FormState<WithdrawChange>,
}

impl Decisions {
    pub(super) fn new() -> Self {
        Self { approve: use_form(), reject: use_form(), withdraw: use_form() }
    }

    pub(super) fn done(self) -> [Memo<usize>; 3] {
        [self.approve.done(), self.reject.done(), self.withdraw.done()]
    }
}

#[component]
pub fn ChangesPage() -> impl IntoView {
    let t = words();
    let decisions = Decisions::new();
    let query = use_list_query();
    let changes = Resource::new_blocking(move || query.get(), list_changes);
    let choices = ChangeStateName::ALL.iter().map(|state| (state.word().to_owned(), state_name(*state, t).to_owned()));
    let filters = vec![Filter { name: "state", label: t.collections.state().to_owned(), choices: choices.collect() }];
    let table = move |page: Page<ChangeRow>| {
        let empty = move || view! { <EmptyState icon=Icon::Clock title=t.changes.none() hint=t.changes.none_hint()/> };
        let href = |row: &ChangeRow| format!("/office/contracts/{}", row.contract.id);
        view! { <List query page columns=columns(decisions, t) label=t.changes.title() href empty/> }
    };
    view! {
        <PageHeader title=t.changes.title() summary=t.changes.none_hint()/>
        <ListControls query filters search=t.changes.search_hint()><ListTools/></ListControls>
        <Loaded from=changes view=table/>
    }
}

fn columns(decisions: Decisions, t: Words) -> Vec<Column<ChangeRow>> {
    let whose = |row: &ChangeRow| format!("{} · {}", row.contract.name, row.customer.name);
    let what = move |row: &ChangeRow| {
        let timing = (!matches!(row.summary, ChangeSummary::Pause { .. })).then(|| timing_name(row.timing, t));
        view! {
            <span>
                {change_summary(&row.summary, t)}
                {timing.map(|timing| view! { <span class="document-detail">{timing}</span> })}
            </span>
        }
        .into_any()
    };
    let asked = move |row: &ChangeRow| asked_by(row, t);
    vec![
        Column::new(t.contracts.code(), whose),
        Column::new(t.changes.change(), what),
        Column::new(t.collections.state(), move |row: &ChangeRow| change_badge(&row.state, t)),
        Column::new(t.changes.asked(), asked).secondary(),
        Column::new(t.changes.decision(), move |row: &ChangeRow| {
            view! { <Decision row=row.clone() decisions/> }.into_any()
        }),
    ]
}

/// `12 nov 2026 · Rosa`
pub(super) fn asked_by(row: &ChangeRow, t: Words) -> String {
    t.changes.asked_by(format::date(local(row.requested_at).date(), t), &row.requested_by)
}

fn state_name(state: ChangeStateName, t: Words) -> &'static str {
    match state {
        ChangeStateName::Requested => t.changes.state_requested(),
        ChangeStateName::Approved => t.changes.approved(),
        ChangeStateName::Applied => t.changes.applied(),
        ChangeStateName::Rejected => t.changes.state_rejected(),
        ChangeStateName::Withdrawn => t.changes.state_withdrawn(),
    }
}

/// What may be decided on a change as it stands.
#[component]
pub(super) fn Decision(row: ChangeRow, decisions: Decisions) -> impl IntoView {
    let t = words();
    let id = row.id;
    let what = change_summary(&row.summary, t);
    let waits = row.state == ChangeState::Requested && may("decide_changes");
    let approve = waits.then(|| {
        view! {
            <Form state=decisions.approve>
                <input type="hidden" name="change" value=id.to_string()/>
                <Submit variant=Variant::Primary icon=Icon::Check>{t.changes.approve()}</Submit>
            </Form>
        }
    });
    let reject = waits.then(|| {
        view! {
            <Confirm id=format!("reject-{id}") label=t.changes.reject() title=what icon=Icon::Close open=decisions.reject.was_refused()>
                <Form state=decisions.reject>
                    <input type="hidden" name="change" value=id.to_string()/>
                    <Field name="reason" label=t.changes.reject_reason() hint=t.changes.reject_reason_hint() most=500/>
                    <Submit variant=Variant::Danger>{t.changes.reject()}</Submit>
                </Form>
            </Confirm>
        }
    });
    let withdraw = (row.state.is_open() && may("request_changes")).then(|| {
        view! {
            <Form state=decisions.withdraw>
                <input type="hidden" name="change" value=id.to_string()/>
                <Submit variant=Variant::Quiet>{t.changes.withdraw()}</Submit>
            </Form>
        }
    });
    view! { <div>{approve}{reject}{withdraw}</div> }
}
