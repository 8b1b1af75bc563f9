//! How the contract reaches the network, and what its device was read to hold.

use domain::contract::ContractStateName;
use domain::ids::ContractId;
use domain::plan::Speed;
use domain::service::Access;
use domain::views::contracts::{ContractDetail, ContractNetwork, Technical};
use domain::views::plant::ContractPort;
use leptos::prelude::*;

use super::{api::ApplyService, href, service::access_name};
use crate::{
    i18n::{Words, words},
    parts::{
        amount,
        state::{technical_badge, technical_state},
    },
    surroundings::{local, may},
    ui::{
        button::LinkButton,
        card::{Card, Fact, Facts},
        form::{Form, FormState, Submit},
        format,
        icon::Icon,
        list::ListQuery,
        notice::Notice,
        tone::Tone,
    },
};

#[component]
pub(super) fn Network(contract: ContractDetail, apply: FormState<ApplyService>) -> impl IntoView {
    let t = words();
    let own = href(contract.id);
    let closed = contract.state.name() == ContractStateName::Closed;
    let edit = (may("edit_services") && !closed).then(|| {
        view! { <LinkButton href=format!("{own}/service") icon=Icon::Router>{t.contracts.set_service()}</LinkButton> }
    });
    // The newest of those that go on; of a closed contract, the last.
    let sold = contract
        .lines
        .iter()
        .filter(|line| line.speed.is_some())
        .max_by_key(|line| (line.dates.ends_on.is_none(), line.id));
    let sold = sold.and_then(|line| line.speed);
    let commands = (may("preview_commands") && contract.network.is_some()).then(|| {
        view! { <LinkButton href=format!("{own}/commands") icon=Icon::Search>{t.scans.see_commands()}</LinkButton> }
    });
    let apply = (may("manage_jobs") && contract.network.is_some()).then(|| {
        view! { <ReadAndApply contract=contract.id form=apply/> }
    });
    let (port, wants_one) = (contract.port.clone(), (!closed).then(|| contract.code.clone()));
    let has_actions = edit.is_some() || commands.is_some() || apply.is_some();
    let actions = has_actions.then(|| view! { <div class="form-actions">{edit}{commands}{apply}</div> });
    let content = match contract.network {
        None => view! { <p class="muted">{t.contracts.no_service()}</p> }.into_any(),
        Some(network) => {
            let secret = network.access == Access::Pppoe && network.released_at.is_none() && may("see_service_secrets");
            view! {
                <OutOfStep code=contract.code technical=network.technical.clone()/>
                <HowItConnects network speed=sold/>
                {secret.then(|| view! { <p><a href=format!("{own}/secret")>{t.contracts.reveal()}</a></p> })}
            }
            .into_any()
        }
    };
    view! {
        <Card title=t.contracts.network()>
            {content}
            <Port port wants_one/>
            {actions}
        </Card>
    }
}

/// Has the router read and set up for this contract, without waiting for its next job.
#[component]
pub(in crate::office) fn ReadAndApply(contract: ContractId, form: FormState<ApplyService>) -> impl IntoView {
    let t = words();
    view! {
        <Form state=form>
            <input type="hidden" name="contract" value=contract.to_string()/>
            <Submit icon=Icon::Check>{t.scans.apply_now()}</Submit>
        </Form>
    }
}

/// The port of the fibre plant: which one, whether it is only kept, or where to look for one. `wants_one`: by this code.
#[component]
fn Port(port: Option<ContractPort>, wants_one: Option<String>) -> impl IntoView {
    let t = words();
    let content = match port {
        Some(port) => {
            let place = format!("{}/{}", port.nap.name, port.number);
            let until = port.reserved_until.map(|until| {
                view! { <p class="muted">{t.plant.reserved_until(format::date_time(local(until), t))}</p> }
            });
            view! { <a href=format!("/office/plant/naps/{}", port.nap.id)>{place}</a>{until} }.into_any()
        }
        None => match wants_one {
            Some(code) => {
                let href = format!("/office/feasibility{}", ListQuery::default().with_filter("at", Some(&code)).href());
                view! { <a href=href>{t.plant.find_port()}</a> }.into_any()
            }
            None => return ().into_any(),
        },
    };
    view! { <Facts><Fact label=t.plant.nap_port()>{content}</Fact></Facts> }.into_any()
}

/// What the device holds is what counts; that it should hold something else is said, and not shown as if it were so.
#[component]
fn OutOfStep(code: String, technical: Technical) -> impl IntoView {
    let t = words();
    let jobs = format!("/office/jobs?q={code}");
    (!technical.is_as_wanted()).then(|| {
        let (read, wanted) = (technical_state(technical.state, t), technical_state(technical.wanted, t));
        view! {
            <Notice tone=Tone::Warn icon=Icon::Clock title=t.contracts.not_as_wanted(read, wanted)>
                {may("see_jobs").then(|| view! { <p><a href=jobs>{t.contracts.see_jobs()}</a></p> })}
            </Notice>
        }
    })
}

#[component]
fn HowItConnects(network: ContractNetwork, speed: Option<Speed>) -> impl IntoView {
    let t = words();
    let router = if may("see_routers") {
        view! { <a href=format!("/office/routers/{}", network.router.id)>{network.router.name}</a> }.into_any()
    } else {
        network.router.name.into_any()
    };
    let code = |text: String| view! { <code>{text}</code> };
    let ip = network.ip.map_or_else(
        || view! { <span class="muted">{t.contracts.from_pool()}</span> }.into_any(),
        |ip| code(ip.to_string()).into_any(),
    );
    let released = network.released_at.map(|at| {
        view! { <Fact label=t.contracts.released()>{format::date_time(local(at), t)}</Fact> }
    });
    let (read, when) = (technical_badge(network.technical.state, t), read_at(&network.technical, t));
    view! {
        <Facts>
            <Fact label=t.contracts.read()>{read}<p class="muted">{when}</p></Fact>
            {speed.map(|sold| view! { <Fact label=t.contracts.speed()>{amount::speed(sold)}</Fact> })}
            <Fact label=t.contracts.router()>{router}</Fact>
            <Fact label=t.contracts.access()>{access_name(network.access, t)}</Fact>
            {network.pppoe_user.map(|user| view! { <Fact label=t.contracts.user()>{code(user)}</Fact> })}
            {network.mac.map(|mac| view! { <Fact label=t.contracts.mac()>{code(mac.to_string())}</Fact> })}
            <Fact label=t.contracts.ip()>{ip}</Fact>
            {network.ipv6_prefix.map(|prefix| {
                view! { <Fact label=t.access.ipv6_prefix()>{code(prefix.to_string())}</Fact> }
            })}
            {network.onu_serial.map(|serial| view! { <Fact label=t.contracts.onu()>{code(serial)}</Fact> })}
            {released}
        </Facts>
        {network.technical.evidence.map(|evidence| view! {
            <details>
                <summary>{t.contracts.evidence()}</summary>
                <pre tabindex="0">{format!("{evidence:#}")}</pre>
            </details>
        })}
    }
}

fn read_at(technical: &Technical, t: Words) -> String {
    match technical.read_at {
        None => t.contracts.never_read().to_owned(),
        Some(at) => {
            let read = t.contracts.read_at(format::date_time(local(at), t));
            let since = technical.since.map(|since| t.scans.so_since(format::date_time(local(since), t)));
            [Some(read), since].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    }
}
