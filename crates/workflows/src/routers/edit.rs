//! A router is changed.

use domain::ids::RouterId;
use domain::network::RouterMode;
use domain::views::routers::RouterForm;

use super::audited;
use super::form::{self, Audited};
use crate::permit::{EditRouters, Permit};
use crate::{Context, Result, jobs, record};

/// The form as it stands, without the password.
pub async fn form(context: &Context, _: &Permit<EditRouters>, id: RouterId) -> Result<RouterForm> {
    let connection = &mut *context.connection().await?;
    let record = store::routers::access(connection, id).await?.record;
    let position = store::routers::position(connection, id).await?;
    Ok(RouterForm {
        name: record.name,
        host: record.host,
        port: record.port.to_string(),
        certificate: record.certificate_sha256.map(hex::encode).unwrap_or_default(),
        username: record.username,
        password: String::new(),
        mode: record.mode.word().to_owned(),
        pppoe_local_address: record.addressing.pppoe_local_address.map(|ip| ip.to_string()).unwrap_or_default(),
        pppoe_pool: record.addressing.pppoe_pool.unwrap_or_default(),
        ipv6_pool: record.addressing.ipv6_pool.unwrap_or_default(),
        dhcp_server: record.addressing.dhcp_server.unwrap_or_default(),
        limit_by: record.addressing.limit_by.to_string(),
        position: position.map(|position| position.to_string()).unwrap_or_default(),
    })
}

/// Saves the form. With an empty password, the one that is stored stays. What the router needs once is looked at again,
/// and its customers' rows where they depend on what changed, or where nothing was sent so far.
pub async fn edit(context: &Context, permit: &Permit<EditRouters>, id: RouterId, typed: &RouterForm) -> Result<()> {
    let router = form::check(typed, false)?;
    let sealed = router.password.as_ref().map(|password| context.vault.seal(password)).transpose()?;
    let mut transaction = context.begin().await?;
    let before = store::routers::access(&mut transaction, id).await?.record;
    let stood = store::routers::position(&mut transaction, id).await?;
    let saved = store::routers::save(&mut transaction, id, &router.record, sealed.as_deref()).await;
    saved.map_err(|error| form::taken(error, &router.record.name))?;
    store::routers::place(&mut transaction, id, router.position).await?;
    jobs::enqueue_base(context, &mut transaction, id).await?;
    let goes_live = before.mode == RouterMode::DryRun && router.record.mode == RouterMode::Live;
    if goes_live || before.addressing != router.record.addressing {
        let services = store::service_settings::at_router(&mut transaction, id).await?;
        jobs::enqueue_provisions(context, &mut transaction, &services).await?;
    }
    let before = Audited::new(&before, stood, false);
    let after = Audited::new(&router.record, router.position, sealed.is_some());
    record::audit(context, &mut transaction, permit, audited(id), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
