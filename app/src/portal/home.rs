//! The first screen: what do I owe, and does it work?

use domain::{
    contract::ContractStateName,
    portal::Asking,
    service::{HoldReason, TechnicalState},
    views::portal::{CutReason, PortalContract, PortalHome, PortalNetwork},
    views::tickets::KnownOutage,
};
use leptos::prelude::*;

use super::{api::my_home, pay::OnItsWay};
use crate::{
    i18n::{Words, words},
    parts::{
        Reader,
        amount::{money, moneys, speed},
        cut::{cut_since, overdue},
        place::street_and_city,
        state::{contract_badge, hold_reason, service_badge},
    },
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        empty::EmptyState,
        format,
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn HomePage() -> impl IntoView {
    let home = Resource::new_blocking(|| (), |()| my_home());
    view! { <Loaded from=home view=|home| view! { <Home home/> }/> }
}

#[component]
fn Home(home: PortalHome) -> impl IntoView {
    let t = words();
    let nothing = home.contracts.is_empty().then(|| {
        view! { <EmptyState icon=Icon::Contract title=t.portal.no_contracts() hint=t.portal.no_contracts_hint()/> }
    });
    let waits = home.waits_for_its_money();
    let contracts = home.contracts.clone().into_iter().map(move |contract| view! { <Connection contract waits/> });
    view! {
        <PageHeader title=t.portal.hello(&home.name)/>
        <Balance home waits/>
        {contracts.collect_view()}
        {nothing}
    }
}

/// One thing first: what is owed, and by when. Nobody is asked to pay again what is on its way.
#[component]
fn Balance(home: PortalHome, waits: bool) -> impl IntoView {
    let t = words();
    let pays = !home.owed.is_empty() && !waits && may("pay_in_portal");
    let due = home.due_on.map(|due| format::date(due, t)).unwrap_or_default();
    let (tone, icon, title, hint) = if !home.overdue.is_empty() {
        (Tone::Danger, Icon::Alert, t.portal.owes_late(moneys(&home.owed), due), t.portal.how_to_pay())
    } else if !home.owed.is_empty() {
        (Tone::Accent, Icon::Clock, t.portal.owes(moneys(&home.owed), due), t.portal.how_to_pay())
    } else if !home.credit.is_empty() {
        (Tone::Ok, Icon::Check, t.portal.has_credit(moneys(&home.credit)), t.portal.credit_hint())
    } else {
        (Tone::Ok, Icon::Check, t.portal.all_paid().to_owned(), t.portal.all_paid_hint())
    };
    view! {
        <OnItsWay amounts=home.on_its_way/>
        {(!waits).then(|| view! { <Notice tone icon title><p>{hint}</p></Notice> })}
        <p class="form-actions">
            {pays.then(|| view! { <LinkButton href="/portal/pay" variant=Variant::Primary icon=Icon::Payment>{t.gateway.pay()}</LinkButton> })}
            <LinkButton href="/portal/invoices" icon=Icon::Invoice>{t.portal.see_invoices()}</LinkButton>
            <LinkButton href="/portal/faults/new" icon=Icon::Alert>{t.faults.report()}</LinkButton>
        </p>
    }
}

#[component]
fn Connection(contract: PortalContract, waits: bool) -> impl IntoView {
    let t = words();
    let is_active = contract.state == ContractStateName::Active;
    let state = if is_active { service_badge(contract.service, t) } else { contract_badge(contract.state, t) };
    let title = contract.plans.first().cloned().unwrap_or_else(|| contract.code.clone());
    let extras = (contract.plans.len() > 1).then(|| contract.plans[1..].join(", "));
    let next = contract.next_invoice_on.zip(contract.next_amount);
    let place = street_and_city(&contract.street, &contract.city);
    view! {
        <Card title>
            <p>{state}</p>
            <ToAccept contract=contract.clone()/>
            {contract.outage.clone().map(|outage| view! { <Down outage/> })}
            {contract.provisional_until.map(|until| view! { <p>{t.faults.provisional(format::date(until, t))}</p> })}
            <Explanation contract=contract.clone() waits/>
            {contract.promised.map(|(amount, until)| view! {
                <p>{t.collections.own_promise_until(money(amount), format::date(until, t))}</p>
            })}
            {(contract.may_promise && may("pay_in_portal")).then(|| view! {
                <p><LinkButton href=format!("/portal/promise/{}", contract.id) icon=Icon::Clock>{t.collections.cannot_pay()}</LinkButton></p>
            })}
            <Facts>
                {contract.speed.map(|fast| view! { <Fact label=t.portal.speed()>{speed(fast)}</Fact> })}
                {extras.map(|extras| view! { <Fact label=t.portal.extras()>{extras}</Fact> })}
                <Fact label=t.portal.installed_at()>{place}</Fact>
                <Fact label=t.portal.contract()>{contract.code.clone()}</Fact>
                {next.map(|(date, amount)| view! {
                    <Fact label=t.portal.next_invoice()>{t.portal.next_invoice_on(money(amount), format::date(date, t))}</Fact>
                })}
                {contract.network.filter(|_| is_active).map(|network| view! {
                    <Fact label=t.portal.network()>{network_in_words(&network, t)}</Fact>
                })}
            </Facts>
            {is_active.then(|| view! {
                <p><LinkButton href=format!("/portal/contracts/{}/plan", contract.id) icon=Icon::Plan>{t.changes.own_plan()}</LinkButton></p>
            })}
        </Card>
    }
}

/// A contract that waits to be read. Nothing depends on it.
#[component]
fn ToAccept(contract: PortalContract) -> impl IntoView {
    let t = words();
    let title = match contract.asking {
        Asking::Nothing => return ().into_any(),
        Asking::Accept => t.people.waiting().to_owned(),
        Asking::AcceptAgain => t.people.waiting_again(&contract.code),
    };
    view! {
        <Notice tone=Tone::Accent icon=Icon::Contract title>
            <p>{t.people.waiting_hint()}</p>
            <p><LinkButton href=format!("/portal/documents/{}", contract.id) icon=Icon::Edit>{t.people.read_and_accept()}</LinkButton></p>
        </Notice>
    }
    .into_any()
}

/// We know that it does not work: nobody needs to ask.
#[component]
fn Down(outage: KnownOutage) -> impl IntoView {
    let t = words();
    let since = format::date(outage.since, t);
    let until = match outage.until {
        Some(until) => t.faults.down_until(format::date(until, t)),
        None => t.faults.down_working().to_owned(),
    };
    view! {
        <Notice tone=Tone::Warn icon=Icon::Alert title=t.faults.down()>
            <p>{t.faults.down_since(outage.place, since)}" "{until}</p>
        </Notice>
    }
}

/// Why the service is cut, and what to do.
#[component]
fn Explanation(contract: PortalContract, waits: bool) -> impl IntoView {
    let t = words();
    let since = contract.service_since.filter(|_| contract.service.is_limited());
    since.map(|since| {
        let reasons: Vec<_> = contract.cut_because.iter().map(|reason| reason_in_words(reason, t)).collect();
        let why = cut_since(contract.service, since, &reasons.join("; "), t);
        let by_debt = contract.cut_because.iter().all(|reason| matches!(reason, CutReason::Overdue { .. }));
        let by_itself = contract.cut_because.iter().all(|reason| matches!(reason, CutReason::Paused { .. }));
        let what_to_do = match (by_debt, by_itself) {
            (true, _) if waits => t.portal.wait_to_return(),
            (true, _) => t.portal.pay_to_return(),
            (_, true) => t.changes.own_pause(),
            _ => t.portal.call_to_return(),
        };
        view! {
            <p><strong>{why}</strong></p>
            <p>{what_to_do}</p>
        }
    })
}

fn reason_in_words(reason: &CutReason, t: Words) -> String {
    match reason {
        CutReason::Overdue { evidence } => overdue(evidence, t),
        CutReason::Paused { until } => {
            let pause = hold_reason(HoldReason::Pause, Reader::Customer, t);
            format!("{pause}, {}", t.changes.paused_until(format::date(*until, t)))
        }
        CutReason::Other { reason, .. } => hold_reason(*reason, Reader::Customer, t).to_owned(),
    }
}

fn network_in_words(network: &PortalNetwork, t: Words) -> String {
    if network.state != network.wanted {
        return t.portal.change_under_way().to_owned();
    }
    let state = match network.state {
        TechnicalState::Unprovisioned => t.portal.line_none(),
        TechnicalState::Active => t.portal.line_on(),
        TechnicalState::Suspended => t.portal.line_limited(),
        TechnicalState::Cut => t.portal.line_off(),
    };
    match network.read_at {
        Some(at) => t.portal.checked(state, format::date_time(local(at), t)),
        None => state.to_owned(),
    }
}
