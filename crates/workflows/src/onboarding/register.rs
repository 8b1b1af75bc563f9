//! The last step: it is a router of the inventory.

use domain::network::{Addressing, Because, RouterMode};
use domain::onboarding::USER;
use serde::Serialize;
use store::onboardings::Onboarding;
use store::routers::RouterRecord;

use super::audited;
use crate::permit::{Actor, OnboardRouters};
use crate::{Context, Error, Result, jobs, record};

/// Live from the start: nobody is connected to it yet, and who onboarded it wants it to obey.
pub(super) async fn register(context: &Context, router: &Onboarding) -> Result<std::result::Result<(), Because>> {
    let (Some(secrets), Some((certificate, port))) = (&router.secrets, router.certificate) else {
        return Ok(Err(Because::SubjectGone));
    };
    let record = RouterRecord {
        name: router.name.clone(),
        host: router.host.clone(),
        port,
        certificate_sha256: Some(certificate),
        username: USER.to_owned(),
        mode: RouterMode::Live,
        addressing: Addressing::default(),
    };
    let mut transaction = context.begin().await?;
    let id = match store::routers::add(&mut transaction, &record, &secrets.password).await {
        Err(store::Error::Taken { .. }) => return Ok(Err(Because::NameTaken { name: record.name })),
        id => id?,
    };
    store::onboardings::save_step(&mut transaction, router.id, None, Some(id)).await?;
    jobs::enqueue_base(context, &mut transaction, id).await?;
    let permit = Actor::System { name: "network" }.permit::<OnboardRouters>().map_err(Error::from)?;
    let after = Registered { router: id.0, name: &record.name, host: &record.host, port };
    record::audit(context, &mut transaction, &permit, audited(router.id), None::<&()>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(Ok(()))
}

#[derive(Serialize)]
struct Registered<'a> {
    router: i64,
    name: &'a str,
    host: &'a str,
    port: u16,
}
