//! Noting equipment, and a draft contract for what is nobody's.

use domain::contact::{CustomerKind, Language};
use domain::customer::{AddressFacts, CustomerFacts};
use domain::failure::{Blocker, Failure, Problem, optional};
use domain::ids::{ContractId, HotspotProfileId, MacProfileId, RouterId};
use domain::lease_report::LeaseReport;
use domain::service_settings::{Login, ServiceSettings};
use domain::timeline::Event;
use domain::views::hotspots::UserFacts;
use domain::views::macs::{MacDraftForm, MacRow, MacState};
use secrecy::SecretString;
use store::contracts::NewContract;

use super::audited;
use crate::permit::{Actor, Permit, WorkMacs};
use crate::record::{audit, tell};
use crate::{Context, Result, jobs};

/// Notes what a router told; unknown equipment gets a draft contract when the setting says so.
pub(crate) async fn note(
    context: &Context,
    transaction: &mut store::Transaction,
    router: RouterId,
    report: &LeaseReport,
) -> Result<MacProfileId> {
    let (id, is_new) = store::macs::note(transaction, router, report, context.clock.now()).await?;
    let profile = store::macs::get(transaction, id).await?;
    if is_new && profile.state == MacState::Unknown {
        let settings = store::lease_reports::settings(transaction).await?;
        let permit = Actor::System { name: "network" }.permit::<WorkMacs>()?;
        if settings.draft_contracts {
            draft_for(context, transaction, &permit, &profile, None).await?;
        }
        if let Some(captive) = settings.hotspot_profile {
            captive_user(context, transaction, &permit, &profile, captive).await?;
        }
    }
    Ok(id)
}

/// A new customer with a draft contract whose service has this equipment.
///
/// # Errors
/// `Blocked` when a service has it already.
pub async fn draft(
    context: &Context,
    permit: &Permit<WorkMacs>,
    id: MacProfileId,
    form: &MacDraftForm,
) -> Result<ContractId> {
    let name = optional(&form.name, 200).map_err(|problem: Problem| Failure::field("name", problem))?;
    let mut transaction = context.begin().await?;
    let profile = store::macs::get(&mut transaction, id).await?;
    if profile.state == MacState::Known {
        return Err(Failure::Blocked { what: Blocker::InUse }.into());
    }
    let contract = draft_for(context, &mut transaction, permit, &profile, name).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(contract)
}

/// Where the router has a hotspot, the equipment may use it by its MAC alone, with this profile.
async fn captive_user(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<WorkMacs>,
    profile: &MacRow,
    captive: HotspotProfileId,
) -> Result<()> {
    let hotspot = store::lease_reports::hotspot_without(transaction, profile.router, &profile.mac).await?;
    let Some(hotspot) = hotspot else { return Ok(()) };
    let facts = UserFacts { name: profile.mac.clone(), profile: captive, valid_until: None, disabled: false };
    // The router itself signs equipment in with its MAC as name and password.
    let sealed = context.vault.seal(&SecretString::from(profile.mac.clone()))?;
    let user = store::hotspots::add_user(transaction, hotspot, &facts, &sealed).await?;
    let after = serde_json::json!({ "mac": profile.mac, "hotspot_user": user.0 });
    audit(context, transaction, permit, audited(profile.id), Some(profile), Some(&after)).await?;
    jobs::enqueue_hotspots(context, transaction, &[hotspot], false).await
}

async fn draft_for(
    context: &Context,
    transaction: &mut store::Transaction,
    permit: &Permit<WorkMacs>,
    profile: &MacRow,
    name: Option<String>,
) -> Result<ContractId> {
    let company = store::company::get(transaction).await?;
    let (equipment, to_be_told) = match company.language {
        Language::Spanish => ("Equipo", "Por confirmar"),
        Language::English => ("Device", "To be confirmed"),
    };
    let facts = CustomerFacts {
        kind: CustomerKind::Person,
        name: name.unwrap_or_else(|| format!("{equipment} {}", profile.mac)),
        tax_id: None,
        email: None,
        phone: None,
        language: company.language,
    };
    let reference = store::customers::next_reference(transaction).await?;
    let now = context.clock.now();
    let customer = store::customers::add(transaction, &reference, &facts, now).await?;
    let place = AddressFacts {
        sector: None,
        street: to_be_told.to_owned(),
        city: to_be_told.to_owned(),
        postal_code: String::new(),
        country: company.country.clone(),
        position: None,
    };
    let address = store::addresses::add(transaction, customer, &place).await?;
    let policies = store::policies::choices(transaction).await?;
    let policy = policies.first().map(|policy| policy.id).ok_or(Failure::Blocked { what: Blocker::NoPolicy })?;
    let code = store::contracts::next_code(transaction).await?;
    let new = NewContract { code: &code, customer, address, policy, currency: company.currency, at: now };
    let contract = store::contracts::add(transaction, &new).await?;
    let mac = profile.mac.parse().map_err(crate::Error::internal)?;
    let settings = ServiceSettings {
        router: profile.router,
        login: Login::Dhcp { mac },
        ip: None,
        ipv6_prefix: None,
        onu_serial: None,
    };
    store::service_settings::save(transaction, contract, &settings, None).await?;
    let after = serde_json::json!({ "mac": profile.mac, "contract": code, "customer": reference });
    audit(context, transaction, permit, audited(profile.id), Some(profile), Some(&after)).await?;
    tell(context, transaction, permit.actor(), customer, contract, &Event::ContractDrafted).await?;
    Ok(contract)
}
