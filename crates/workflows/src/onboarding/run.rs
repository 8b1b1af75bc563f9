//! Taking a router through its steps. What is done is written down after each, and nothing that was done is done again.

use std::time::Duration;

use domain::ids::OnboardingId;
use domain::network::{Because, Outcome};
use domain::onboarding::{ADMIN, Held, Plan, RESCUE, Step, USER, fingerprint, forbidden, set_password};
use secrecy::{ExposeSecret, SecretString};
use store::jobs::ClaimedJob;
use store::onboardings::Onboarding;

use super::step::{self, bring_about, identity_of, send};
use super::{admin_password, register};
use crate::jobs::keep_exchanges;
use crate::ports::{Console, Consoles, Door, Exchange};
use crate::vault::Vault;
use crate::{Context, Result};

const PATIENCE: Duration = Duration::from_secs(10);

/// Does the steps that are left, one after the other.
pub(super) async fn run(context: &Context, consoles: &dyn Consoles, job: &ClaimedJob<i64>) -> Result<Outcome> {
    let id = OnboardingId(job.subject);
    loop {
        let router = match store::onboardings::access(&mut *context.connection().await?, id).await {
            Err(store::Error::NotFound) => return Ok(Because::SubjectGone.outcome()),
            router => router?,
        };
        let Some(step) = router.step else { return Ok(Outcome::Done) };
        if step == Step::Register {
            match register::register(context, &router).await? {
                Ok(()) => continue,
                Err(because) => return Ok(because.outcome()),
            }
        }
        let mut exchanges = Vec::new();
        let done = work(context, consoles, &router, step, &mut exchanges).await;
        keep_exchanges(context, job.id, &exchanges).await?;
        match done? {
            Ok(()) => {
                let mut connection = context.connection().await?;
                store::onboardings::save_step(&mut connection, id, step.next(), None).await?;
            }
            Err(because) => return Ok(because.outcome()),
        }
    }
}

/// One step; the inner result is the router's.
async fn work(
    context: &Context,
    consoles: &dyn Consoles,
    router: &Onboarding,
    step: Step,
    exchanges: &mut Vec<Exchange>,
) -> Result<std::result::Result<(), Because>> {
    let visit = async {
        let plan = plan_of(&context.vault, router)?;
        let console = connect(context, consoles, router, step).await?;
        let version = router.version.as_deref().unwrap_or_default();
        let visit = Visit { context, consoles, router, plan: &plan, version, console: console.as_ref() };
        match step {
            Step::Read => visit.read().await.map(Learnt::Identity),
            Step::Users => visit.users(exchanges).await.map(|()| Learnt::Nothing),
            Step::Certificate => visit.certificate(exchanges).await.map(Learnt::Certificate),
            Step::Firewall => visit.firewall(exchanges).await.map(|()| Learnt::Nothing),
            Step::Backup | Step::Admin | Step::Services | Step::Identity | Step::Register => {
                bring_about(visit.console, step, &plan, exchanges).await.map(|_| Learnt::Nothing)
            }
        }
    };
    let learnt = match visit.await {
        Ok(learnt) => learnt,
        Err(because) => return Ok(Err(because)),
    };
    let mut connection = context.connection().await?;
    match learnt {
        Learnt::Nothing => {}
        Learnt::Identity(held) => {
            store::onboardings::opened(&mut connection, router.id, &identity_of(&held)).await?;
        }
        Learnt::Certificate((certificate, port)) => {
            store::onboardings::save_certificate(&mut connection, router.id, &certificate, port).await?;
        }
    }
    Ok(Ok(()))
}

enum Learnt {
    Nothing,
    Identity(Held),
    Certificate(([u8; 32], u16)),
}

struct Visit<'a> {
    context: &'a Context,
    consoles: &'a dyn Consoles,
    router: &'a Onboarding,
    plan: &'a Plan,
    version: &'a str,
    console: &'a dyn Console,
}

impl Visit<'_> {
    async fn read(&self) -> std::result::Result<Held, Because> {
        let held = step::read(self.console, Step::Read).await?;
        let forbidden = forbidden(&held);
        if forbidden.is_empty() { Ok(held) } else { Err(Because::DeviceMode { forbidden }) }
    }

    /// Both users must be able to log in before the factory's user goes. A password that an earlier try did not get
    /// through is set again.
    async fn users(&self, exchanges: &mut Vec<Exchange>) -> std::result::Result<(), Because> {
        let held = bring_about(self.console, Step::Users, self.plan, exchanges).await?;
        for (name, password) in [(USER, &self.plan.password), (RESCUE, &self.plan.rescue_password)] {
            let door = self.plain(name, SecretString::from(password.clone()));
            match self.consoles.open(&door).await {
                Err(Because::LoginRefused { .. }) => {}
                opened => {
                    opened?;
                    continue;
                }
            }
            if let Some(set) = set_password(&held, name, password) {
                send(self.console, &set, exchanges).await?;
            }
            self.consoles.open(&door).await?;
        }
        Ok(())
    }

    /// The certificate counts once somebody who pins it was let in by it.
    async fn certificate(&self, exchanges: &mut Vec<Exchange>) -> std::result::Result<([u8; 32], u16), Because> {
        let held = bring_about(self.console, Step::Certificate, self.plan, exchanges).await?;
        let because = Because::NotConfigured { step: Step::Certificate };
        let (digits, port) = fingerprint(&held).ok_or_else(|| because.clone())?;
        let certificate = hex::decode(digits).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(because)?;
        let own = SecretString::from(self.plan.password.clone());
        let door = Door { port, certificate: Some(certificate), ..self.plain(USER, own) };
        self.consoles.open(&door).await?;
        Ok((certificate, port))
    }

    /// In safe mode where there is one: it is released when a new connection was let in through the new rules.
    async fn firewall(&self, exchanges: &mut Vec<Exchange>) -> std::result::Result<(), Because> {
        let held = step::read(self.console, Step::Firewall).await?;
        if Step::Firewall.calls(self.plan, &held).is_empty() {
            return Ok(());
        }
        let safe = step::has_safe_mode(self.version);
        if safe {
            send(self.console, &step::take_safe_mode(), exchanges).await?;
        }
        bring_about(self.console, Step::Firewall, self.plan, exchanges).await?;
        // When nobody is let in any more, the connection is dropped here with safe mode still taken: all is undone.
        connect(self.context, self.consoles, self.router, Step::Firewall).await?;
        if safe {
            send(self.console, &step::release_safe_mode(), exchanges).await?;
        }
        Ok(())
    }

    fn plain(&self, name: &str, password: SecretString) -> Door {
        Door {
            host: self.router.host.clone(),
            port: self.router.port,
            certificate: None,
            username: name.to_owned(),
            password,
            patience: PATIENCE,
        }
    }
}

/// With the passwords opened; on a dry run before anything was started there are none yet.
pub(super) fn plan_of(vault: &Vault, router: &Onboarding) -> std::result::Result<Plan, Because> {
    let open = |sealed: &[u8]| -> std::result::Result<String, Because> {
        let plain = vault.open(sealed).map_err(|_| Because::SecretUnreadable)?;
        Ok(plain.expose_secret().to_owned())
    };
    let (password, rescue_password, backup_password) = match &router.secrets {
        None => Default::default(),
        Some(secrets) => (open(&secrets.password)?, open(&secrets.rescue_password)?, open(&secrets.backup_password)?),
    };
    let (name, server) = (router.name.clone(), router.server.clone());
    Ok(Plan { name, server, password, rescue_password, backup_password })
}

/// As whoever the step needs. When a reply was lost, the router may be a step further than is known: then as who comes
/// next.
pub(super) async fn connect(
    context: &Context,
    consoles: &dyn Consoles,
    router: &Onboarding,
    step: Step,
) -> std::result::Result<Box<dyn Console>, Because> {
    let plain = |username: &str, password| Door {
        host: router.host.clone(),
        port: router.port,
        certificate: None,
        username: username.to_owned(),
        password,
        patience: PATIENCE,
    };
    let own = SecretString::from(plan_of(&context.vault, router)?.password);
    if step.is_encrypted() {
        let (certificate, port) = router.certificate.ok_or(Because::SubjectGone)?;
        let door = Door { port, certificate: Some(certificate), ..plain(USER, own) };
        return consoles.open(&door).await;
    }
    if !step.as_admin() {
        return consoles.open(&plain(USER, own)).await;
    }
    let as_admin = consoles.open(&plain(ADMIN, admin_password(&context.vault, router)?)).await;
    match as_admin {
        Err(Because::LoginRefused { .. }) if step == Step::Admin => consoles.open(&plain(USER, own)).await,
        opened => opened,
    }
}
