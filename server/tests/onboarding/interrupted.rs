//! A worker is killed, or a reply is lost, at every command in turn.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use domain::network::{Attributes, Because};
use domain::onboarding::Call;
use domain::views::jobs::JobState;
use domain::views::onboarding::OnboardingState;
use lab::routeros::{Fault, Lost};
use server::adapters::mikrotik::MikroTik;
use workflows::ports::{Answer, Console, Consoles, Door, Exchange};

use super::{assert_secured, factory, mikrotik, office};

/// Lets so many commands through and then dies with its connection, before or after the command was carried out.
struct DiesAt {
    consoles: MikroTik,
    left: Arc<AtomicUsize>,
    after: bool,
}

struct DiesAtConsole {
    console: Box<dyn Console>,
    left: Arc<AtomicUsize>,
    after: bool,
}

impl Consoles for DiesAt {
    fn open<'a>(&'a self, door: &'a Door) -> Answer<'a, Result<Box<dyn Console>, Because>> {
        Box::pin(async move {
            let console = self.consoles.open(door).await?;
            Ok(Box::new(DiesAtConsole { console, left: self.left.clone(), after: self.after }) as Box<dyn Console>)
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
            let last = !call.reads() && self.left.fetch_sub(1, Ordering::SeqCst) == 1;
            if last && !self.after {
                std::future::pending::<()>().await;
            }
            let answer = self.console.run(call).await;
            if last {
                std::future::pending::<()>().await;
            }
            answer
        })
    }
}

/// The worker is killed at its n-th change; another comes when the lease is over. True when it was killed at all.
async fn killed_at(n: usize, after: bool) -> bool {
    let office = office().await;
    let router = factory([127, 0, 52, 2]).await;
    let id = office.planned(&router).await;
    office.start(id).await;
    let left = Arc::new(AtomicUsize::new(n));
    let doomed = office.preloader(Arc::new(DiesAt { consoles: mikrotik(), left: left.clone(), after }));
    let killed = tokio::select! {
        drained = doomed.drain() => { drained.unwrap(); false }
        () = async { while left.load(Ordering::SeqCst) > 0 { tokio::time::sleep(Duration::from_millis(1)).await; }
                     tokio::time::sleep(Duration::from_millis(30)).await; } => true,
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
