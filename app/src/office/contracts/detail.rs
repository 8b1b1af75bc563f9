//! The contract's page: who, what, why it is in this state, money and network beside each other, and what happened.

use std::time::Duration;

use domain::contract::{ContractState, ContractStateName};
use domain::ids::ContractId;
use domain::views::contracts::{ContractDetail, Technical};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*, task::spawn_local};

use super::{
    acceptances::Acceptances,
    api::{ApplyService, show_contract},
    history::History,
    holds::by_hand,
    href,
    money::MoneyCard,
    network::Network,
    notices::{Equipment, HeldBack, Holds},
    summary::{LinesTable, Missing, badges, is_signable, sentence},
    who::Who,
};
use crate::{
    failure::AppError,
    i18n::words,
    office::{
        changes::{UnderWay, UnderWayForms},
        quotes::api::ReconnectContract,
        stock::AtContract,
        tickets::FaultLinks,
        work::WorkLinks,
    },
    parts::document::PdfButton,
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        form::{Form, FormState, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn ContractPage() -> impl IntoView {
    let id = use_id::<ContractId>();
    let (under_way, apply) = (UnderWayForms::on_page(), use_form::<ApplyService>());
    let done = (under_way.done(), apply.done());
    let contract = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get()),
        |(id, ..)| async move { show_contract(id?).await },
    );
    let page = move |detail: ContractDetail| {
        follow_the_device(&detail, contract);
        view! { <Contract contract=detail under_way apply/> }
    };
    view! { <Loaded from=contract view=page/> }
}

/// While the device does not hold what it should, asks now and then, and shows the page anew when it was read to hold
/// something else. Gives up after two minutes: then it is not a matter of waiting.
fn follow_the_device(shown: &ContractDetail, contract: Resource<Result<ContractDetail, AppError>>) {
    const EVERY: Duration = Duration::from_secs(3);
    const TIMES: u32 = 40;
    let technical = |contract: &ContractDetail| contract.network.as_ref().map(|network| network.technical.clone());
    let (id, before) = (shown.id, technical(shown));
    if before.as_ref().is_none_or(Technical::is_as_wanted) {
        return;
    }
    Effect::new(move || {
        let (before, asked) = (before.clone(), StoredValue::new(0));
        let ask = move || {
            asked.update_value(|asked| *asked += 1);
            if asked.get_value() > TIMES {
                return;
            }
            let before = before.clone();
            spawn_local(async move {
                if show_contract(id).await.is_ok_and(|now| technical(&now) != before) {
                    contract.refetch();
                }
            });
        };
        if let Ok(timer) = set_interval_with_handle(ask, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
}

#[component]
fn Contract(contract: ContractDetail, under_way: UnderWayForms, apply: FormState<ApplyService>) -> impl IntoView {
    let t = words();
    let places = vec![(t.contracts.title().to_owned(), "/office/contracts".to_owned())];
    let title = format!("{} · {}", contract.code, contract.customer.name);
    let (add, state, summary) = (line_link(&contract), badges(&contract, t), sentence(&contract, t));
    let id = contract.id;
    let gets_equipment = contract.network.is_some() && contract.state.name() != ContractStateName::Closed;
    let entries = contract.timeline.clone();
    let holds = (!contract.holds.is_empty()).then(|| view! { <Holds contract=contract.clone()/> });
    let (actions, missing, account, network, lines) =
        (contract.clone(), contract.clone(), contract.clone(), contract.clone(), contract.clone());
    view! {
        <PageHeader title places state summary>
            <Actions contract=actions/>
        </PageHeader>
        <Missing contract=missing/>
        {contract.held_back.clone().map(|cut| view! { <HeldBack cut/> })}
        {holds}
        {contract.collection.clone().map(|order| view! { <Equipment order/> })}
        <div class="columns">
            <MoneyCard contract=account/>
            <Network contract=network apply/>
        </div>
        <Card title=t.contracts.lines() action=add>
            <LinesTable contract=lines/>
        </Card>
        {may("see_stock").then(|| view! { <AtContract contract=id installs=gets_equipment/> })}
        {may("request_changes").then(|| view! { <UnderWay contract=id forms=under_way/> })}
        <div class="columns">
            <History contract=id entries/>
            <div class="stack">
                <Who contract/>
                <Acceptances contract=id/>
            </div>
        </div>
    }
}

/// What the role may do in this state, the next step of the contract's life first.
#[component]
fn Actions(contract: ContractDetail) -> impl IntoView {
    let t = words();
    let own = href(contract.id);
    let state = contract.state.name();
    let ready = contract.missing_for_activation().is_empty();
    let pay = format!("/office/payments/new?customer={}", contract.customer.id);
    let active = state == ContractStateName::Active;
    let owes = contract.money.owed.is_positive();
    // One button leads: while the contract is on its way to being active, that is its next step.
    let pay_first = if matches!(state, ContractStateName::Draft | ContractStateName::Open) {
        Variant::Secondary
    } else {
        Variant::Primary
    };
    let actions = [
        (is_signable(&contract) && may("sign_contracts"), "sign", t.contracts.sign(), Variant::Primary, Icon::Check),
        (
            state == ContractStateName::Open && ready && may("activate_contracts"),
            "activate",
            t.contracts.activate(),
            Variant::Primary,
            Icon::Play,
        ),
        (
            state == ContractStateName::Draft && may("edit_contracts"),
            "edit",
            t.contracts.edit_draft(),
            Variant::Secondary,
            Icon::Edit,
        ),
        (
            active && !by_hand(&contract).is_empty() && may("lift_holds"),
            "restore",
            t.contracts.restore(),
            Variant::Secondary,
            Icon::Play,
        ),
        (
            (active || state == ContractStateName::Open) && (may("request_changes") || may("move_contracts")),
            "change",
            t.changes.change(),
            Variant::Secondary,
            Icon::Edit,
        ),
        (active && may("place_holds"), "suspend", t.contracts.suspend(), Variant::Secondary, Icon::Pause),
        (
            state != ContractStateName::Closed && may("close_contracts"),
            "close",
            t.contracts.close(),
            Variant::Quiet,
            Icon::Close,
        ),
    ];
    let links = actions.into_iter().filter(|(allowed, ..)| *allowed).map(|(_, page, label, variant, icon)| {
        view! { <LinkButton href=format!("{own}/{page}") variant icon>{label}</LinkButton> }
    });
    view! {
        {(owes && may("record_payments")).then(|| view! {
            <LinkButton href=pay variant=pay_first icon=Icon::Payment>{t.customers.take_payment()}</LinkButton>
        })}
        {links.collect_view()}
        <FaultLinks contract=contract.id customer=contract.customer.id/>
        <WorkLinks contract=contract.id customer=contract.customer.id/>
        <Reconnect contract=contract.clone()/>
        <PdfButton href=format!("/documents/contracts/{}.pdf", contract.id)/>
    }
}

/// A quote revives what was cut for a debt, or closed after it was in use.
#[component]
fn Reconnect(contract: ContractDetail) -> impl IntoView {
    let t = words();
    let form = use_form::<ReconnectContract>();
    let was_in_use = matches!(contract.state, ContractState::Closed { activated_on: Some(_), .. });
    let may_revive = (was_in_use || contract.service.is_cut()) && may("edit_quotes");
    may_revive.then(|| {
        view! {
            <Form state=form>
                <input type="hidden" name="contract" value=contract.id.to_string()/>
                <Submit icon=Icon::Signal>{t.quotes.reconnect()}</Submit>
            </Form>
        }
    })
}

/// Only a draft's charges may change.
fn line_link(contract: &ContractDetail) -> ViewFn {
    let own = href(contract.id);
    let draft = contract.state.name() == ContractStateName::Draft;
    let t = words();
    ViewFn::from(move || {
        let href = format!("{own}/lines/new");
        (draft && may("edit_contracts"))
            .then(|| view! { <a class="with-icon" href=href>{Icon::Plus.view()}{t.contracts.add_line()}</a> })
    })
}
