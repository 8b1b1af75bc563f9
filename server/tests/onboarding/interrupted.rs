//! A worker is killed, or a reply is lost, at every command in turn.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::network::{Attributes, Because};
use domain::onboarding::Call;
use domain::views::jobs::JobState;
use domain::views::onboarding::OnboardingState;
use lab::routeros::{Fault, Lost};
use server::adapters::mikrotik::MikroTik;
use tokio::sync::Notify;
use workflows::ports::{Answer, Console, Consoles, Door, Exchange};

use super::{assert_secured, factory, mikrotik, office};

/// Lets so many commands through and then dies with its connection, before or after the command was carried out.
struct DiesAt {
    consoles: MikroTik,
    death: Death,
}

struct DiesAtConsole {
    console: Box<dyn Console>,
    death: Death,
}

#[derive(Clone)]
struct Death {
    left: Arc<AtomicUsize>,
    after: bool,
    came: Arc<Notify>,
}

impl Death {
    /// Never returns.
    async fn comes<T>(&self) -> T {
        self.came.notify_one();
        std::future::pending().await
    }
}

impl Consoles for DiesAt {
    fn open<'a>(&'a self, door: &'a Door) -> Answer<'a, Result<Box<dyn Console>, Because>> {
        Box::pin(async move {
            let console = self.consoles.open(door).await?;
            Ok(Box::new(DiesAtConsole { console, death: self.death.clone() }) as Box<dyn Console>)
        })
    }

    fn own_address<'a>(&'a self, host: &'a str, port: u16) -> Answer<'a, Option<std::net::IpAddr>> {
        self.consoles.own_address(host, port)
    }

    fn shown(&self, call: &Call) -> String {
        self.consoles.shown(call)
    }
}

impl Console for DiesAtConsole {
    fn run<'a>(&'a self, call: &'a Call) -> Answer<'a, (Exchange, Result<Vec<Attributes>, Because>)> {
        Box::pin(async move {
            let last = !call.reads() && self.death.left.fetch_sub(1, Ordering::SeqCst) == 1;
            if last && !self.death.after {
                return self.death.comes().await;
            }
            let answer = self.console.run(call).await;
            if last { self.death.comes().await } else { answer }
        })
    }
}

/// The worker is killed at its n-th change; another comes when the lease is over. True when it was killed at all.
async fn killed_at(n: usize, after: bool) -> bool {
    let office = office().await;
    let router = factory([127, 0, 52, 2]).await;
    let id = office.planned(&router).await;
    office.start(id).await;
    let death = Death { left: Arc::new(AtomicUsize::new(n)), after, came: Arc::new(Notify::new()) };
    let doomed = office.preloader(Arc::new(DiesAt { consoles: mikrotik(), death: death.clone() }));
    let killed = tokio::select! {
        drained = doomed.drain() => { drained.unwrap(); false }
        () = death.came.notified() => true,
    };
    drop(doomed);
    office.story.clock.advance(chrono::Duration::minutes(11));
    office.work().await;
    let done = office.show(id).await;
    assert_eq!(done.row.state, OnboardingState::Registered, "{n} {after}: {:?}", done.job);
    assert_secured(&router);
    killed && done.job.is_some_and(|job| job.state == JobState::Done)
}

#[tokio::test]
async fn a_worker_that_is_killed_at_any_command_is_made_up_and_nothing_is_done_twice() {
    for after in [false, true] {
        let mut n = 1;
        while killed_at(n, after).await {
            n += 1;
            assert!(n < 60, "it never gets through");
        }
        assert!(n > 15, "it was killed at {n} places only");
    }
}

#[tokio::test]
async fn a_reply_that_is_lost_at_any_change_is_made_up() {
    let mut lost = 1;
    loop {
        let office = office().await;
        let router = factory([127, 0, 53, 2]).await;
        let id = office.planned(&router).await;
        router.set_fault(Fault::LoseReply(Lost::Nth(lost)));
        office.start(id).await;
        office.work().await;
        let first = office.show(id).await.row.state;
        office.story.clock.advance(chrono::Duration::minutes(2));
        office.work().await;
        let done = office.show(id).await;
        assert_eq!(done.row.state, OnboardingState::Registered, "{lost}: {:?}", done.job);
        assert_secured(&router);
        if first == OnboardingState::Registered {
            break;
        }
        lost += 1;
    }
    assert!(lost > 15, "only {lost} replies were lost");
}
