//! On the contract's page: the changes that were asked for, and the equipment that is leased with it.

use domain::ids::ContractId;
use domain::leasing::LeaseState;
use domain::plan_change::ChangeState;
use domain::views::changes::ChangeRow;
use domain::views::leases::LeaseRow;
use leptos::prelude::*;

use super::api::{BuyOutLease, contract_changes, contract_leases};
use super::list::{Decision, Decisions, asked_by};
use crate::{
    failure::AppError,
    i18n::words,
    parts::{
        amount::money,
        change::{change_badge, change_summary, lease_columns},
    },
    surroundings::may,
    ui::{
        button::Variant,
        card::Card,
        dialog::Confirm,
        form::{Form, FormState, Submit, use_form},
        icon::Icon,
        list::Table,
        loaded::Loaded,
    },
};

/// What is done with them: after each, the contract's page is to be shown anew.
#[derive(Clone, Copy)]
pub struct UnderWayForms {
    decisions: Decisions,
    buy_out: FormState<BuyOutLease>,
}

impl UnderWayForms {
    /// For the page: they outlive what is shown of it.
    pub fn on_page() -> Self {
        Self { decisions: Decisions::new(), buy_out: use_form() }
    }

    /// Part of the source of the page's resource.
    pub fn done(self) -> Memo<[usize; 4]> {
        let (decided, bought) = (self.decisions.done(), self.buy_out.done());
        Memo::new(move |_| {
            let [approved, rejected, withdrawn] = decided.map(|done| done.get());
            [approved, rejected, withdrawn, bought.get()]
        })
    }
}

/// Nothing where there is nothing of either.
#[component]
pub fn UnderWay(contract: ContractId, forms: UnderWayForms) -> impl IntoView {
    let UnderWayForms { decisions, buy_out } = forms;
    let found = Resource::new_blocking(
        move || contract,
        |contract| async move { Ok::<_, AppError>((contract_changes(contract).await?, contract_leases(contract).await?)) },
    );
    let cards = move |(changes, leases): (Vec<ChangeRow>, Vec<LeaseRow>)| {
        view! {
            <Changes changes decisions/>
            <Leases leases buy_out/>
        }
    };
    view! { <Loaded from=found view=cards/> }
}

#[component]
fn Changes(changes: Vec<ChangeRow>, decisions: Decisions) -> impl IntoView {
    let t = words();
    let entries = changes.into_iter().map(move |row| {
        let who = asked_by(&row, t);
        let reason = match &row.state {
            ChangeState::Rejected { reason } => Some(reason.clone()),
            _ => None,
        };
        view! {
            <li class="entry">
                <div>
                    <p><strong>{change_summary(&row.summary, t)}</strong></p>
                    <p>{change_badge(&row.state, t)}</p>
                    {reason.map(|reason| view! { <p>{reason}</p> })}
                    <p class="muted">{who}</p>
                </div>
                <Decision row decisions/>
            </li>
        }
    });
    let entries = entries.collect_view();
    (!entries.is_empty()).then(|| {
        view! { <Card title=t.changes.title()><ul class="entries">{entries}</ul></Card> }
    })
}

#[component]
fn Leases(leases: Vec<LeaseRow>, buy_out: FormState<BuyOutLease>) -> impl IntoView {
    let t = words();
    let running: Vec<_> = leases.iter().filter(|row| row.state == LeaseState::Running).cloned().collect();
    let buy = running.into_iter().filter(|_| may("decide_changes")).map(move |row| {
        let title = t.changes.buy_out_title(&row.equipment);
        view! {
            <Confirm id=format!("buy-out-{}", row.id) label=t.changes.buy_out() title icon=Icon::Payment open=buy_out.was_refused()>
                <p>{t.changes.buy_out_what(money(row.owed), row.plan_after.name)}</p>
                <Form state=buy_out>
                    <input type="hidden" name="lease" value=row.id.to_string()/>
                    <Submit variant=Variant::Primary>{t.changes.buy_out()}</Submit>
                </Form>
            </Confirm>
        }
    });
    let buy = buy.collect_view();
    (!leases.is_empty()).then(|| {
        view! {
            <Card title=t.changes.leases()>
                <Table columns=lease_columns(t) rows=leases label=t.changes.leases()/>
                <div class="form-actions">{buy}</div>
            </Card>
        }
    })
}
