//! A provider on a database of its own, with simulated routers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::ids::{RouterId, ServiceId};
use domain::views::routers::RouterForm;
use lab::routeros::{Fault, Options, Simulator};
use secrecy::SecretString;
use server::adapters::mikrotik::MikroTik;
use workflows::clock::Clock;
use workflows::jobs::{Worker, enqueue_provisions};
use workflows::ports::{Answer, Mail, Mailer, SendFailure};
use workflows::testing::{Story, date, story};
use workflows::{Context, routers};

use crate::Failure;

const SINCE: &str = "2026-01-01";
/// What the simulated routers take for a command.
pub const DELAY: Duration = Duration::from_millis(1);

pub struct Town {
    pub story: Story,
    pub context: Context,
}

/// The clock is the real one: what is measured is when jobs were done.
pub async fn town() -> Result<Town, Failure> {
    let story = story(SINCE).await;
    let context = Context { clock: Clock::system("UTC")?, ..story.context.clone() };
    Ok(Town { story, context })
}

pub async fn simulator() -> Result<Simulator, Failure> {
    let options = Options { user: "ramal".into(), password: "sesame".into(), delay: DELAY, ..Options::default() };
    Ok(Simulator::start(options).await?)
}

impl Town {
    pub async fn router(&self, name: &str, simulator: &Simulator) -> Result<RouterId, Failure> {
        let form = RouterForm {
            name: name.into(),
            host: simulator.addr.ip().to_string(),
            port: simulator.addr.port().to_string(),
            username: "ramal".into(),
            password: "sesame".into(),
            mode: "live".into(),
            ..RouterForm::default()
        };
        Ok(routers::create(&self.context, &self.story.may(), &form).await?)
    }

    pub async fn subscribers(&self, router: RouterId, count: i32) -> Result<Vec<ServiceId>, Failure> {
        let sealed = self.context.vault.seal(&SecretString::from("secret"))?;
        let mut connection = self.context.connection().await?;
        Ok(store::testing::network::subscribers(&mut connection, router, count, &sealed, date(SINCE)).await?)
    }

    pub async fn enqueue(&self, services: &[ServiceId]) -> Result<(), Failure> {
        let mut transaction = self.context.begin().await?;
        enqueue_provisions(&self.context, &mut transaction, services).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Does everything that is due, at one router after the other, and says how long it took.
    pub async fn work(&self, port: MikroTik) -> Result<Duration, Failure> {
        let worker = Worker::new(self.context.clone(), Arc::new(port), Arc::new(Nobody));
        let started = Instant::now();
        worker.drain().await?;
        Ok(started.elapsed())
    }

    /// Brings a router to hold its subscribers, as fast as it goes; that is not measured.
    pub async fn provision(&self, simulator: &Simulator, services: &[ServiceId]) -> Result<(), Failure> {
        simulator.set_fault(Fault::Slow(Duration::ZERO));
        self.enqueue(services).await?;
        self.work(MikroTik { per_second: None, in_flight: 64, ..MikroTik::default() }).await?;
        simulator.clear_faults();
        // As a database is that has been there for a while.
        store::testing::settle(&mut *self.context.connection().await?).await?;
        Ok(())
    }
}

/// Takes every mail; nobody gets one here.
pub struct Nobody;

impl Mailer for Nobody {
    fn send<'a>(&'a self, _: &'a Mail) -> Answer<'a, Result<(), SendFailure>> {
        Box::pin(async { Ok(()) })
    }
}

pub fn milliseconds(took: Duration) -> f64 {
    (took.as_secs_f64() * 10_000.0).round() / 10.0
}

pub fn ratio(one: Duration, other: Duration) -> f64 {
    (one.as_secs_f64() / other.as_secs_f64() * 100.0).round() / 100.0
}

pub fn median(mut took: Vec<Duration>) -> Duration {
    took.sort();
    took.get(took.len() / 2).copied().unwrap_or_default()
}
