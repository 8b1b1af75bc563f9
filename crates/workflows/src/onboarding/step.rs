//! One step at one router: read, send what is missing, read again, until nothing is missing.

use domain::network::{Attributes, Because, RouterIdentity};
use domain::onboarding::{Call, Held, Plan, Step, device_mode_of};

use crate::ports::{Console, Exchange};

/// Reading and sending is done at most so often before it is said that the router does not do as it is told.
const ROUNDS: usize = 3;

/// What the step has to know, read.
pub(super) async fn read(console: &dyn Console, step: Step) -> Result<Held, Because> {
    let mut held = Held::default();
    for call in step.reading() {
        put(console, &call, &mut held).await?;
    }
    if let (Step::Read, Some(call)) = (step, device_mode_of(&identity_of(&held).version)) {
        put(console, &call, &mut held).await?;
    }
    Ok(held)
}

async fn put(console: &dyn Console, call: &Call, held: &mut Held) -> Result<(), Because> {
    let (_, rows) = console.run(call).await;
    held.put(call.menu(), rows?);
    Ok(())
}

/// Sends what is missing until nothing is. What was read last, when it is as it should be.
pub(super) async fn bring_about(
    console: &dyn Console,
    step: Step,
    plan: &Plan,
    exchanges: &mut Vec<Exchange>,
) -> Result<Held, Because> {
    for _ in 0..ROUNDS {
        let held = read(console, step).await?;
        let calls = step.calls(plan, &held);
        if calls.is_empty() {
            return Ok(held);
        }
        for call in &calls {
            send(console, call, exchanges).await?;
        }
    }
    let held = read(console, step).await?;
    if step.calls(plan, &held).is_empty() { Ok(held) } else { Err(Because::NotConfigured { step }) }
}

/// Sends one command that changes something, and keeps what was said.
pub(super) async fn send(
    console: &dyn Console,
    call: &Call,
    exchanges: &mut Vec<Exchange>,
) -> Result<Vec<Attributes>, Because> {
    let (exchange, answer) = console.run(call).await;
    exchanges.push(exchange);
    answer
}

/// Newer versions take everything back when the connection is lost before safe mode is released.
pub(super) fn has_safe_mode(version: &str) -> bool {
    let mut numbers = version.split(['.', ' ']).map(|part| part.parse::<u32>().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= (7, 18)
}

pub(super) fn take_safe_mode() -> Call {
    Call::new("/safe-mode/take")
}

pub(super) fn release_safe_mode() -> Call {
    Call::new("/safe-mode/release")
}

/// As it would be sent.
pub(super) fn in_safe_mode(calls: Vec<Call>, version: &str) -> Vec<Call> {
    if calls.is_empty() || !has_safe_mode(version) {
        return calls;
    }
    std::iter::once(take_safe_mode()).chain(calls).chain([release_safe_mode()]).collect()
}

pub(super) fn identity_of(held: &Held) -> RouterIdentity {
    let resource = held.only("/system/resource");
    RouterIdentity { board: resource.get("board-name").to_owned(), version: resource.get("version").to_owned() }
}
