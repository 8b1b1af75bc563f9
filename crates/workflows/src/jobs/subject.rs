//! From what the database says of a service to what its router should hold.

use domain::ids::RouterId;
use domain::network::{Attachment, Because, Evidence, Menu, Password, Provision, Rate, ServiceWanted};
use domain::service::ServiceState;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use store::technical::{NetworkFacts, NetworkLogin};

use crate::ports::{Subject, Transcript};
use crate::vault::Vault;

/// What `router` should hold of the service: nothing, when the service has moved to another one.
///
/// `first_try`: no earlier try may have left something that was not settled.
pub(crate) fn subject(
    vault: &Vault,
    facts: &NetworkFacts,
    router: RouterId,
    first_try: bool,
) -> Result<Subject, Because> {
    let provision = provision(facts, router)?;
    let wanted = ServiceWanted { service: facts.service, attachment: attachment(vault, facts)?, provision };
    let seen = facts.evidence.as_ref().filter(|_| first_try && facts.settled && facts.router == router).map(seen_rows);
    Ok(Subject { wanted, seen, said: Transcript::default() })
}

fn provision(facts: &NetworkFacts, router: RouterId) -> Result<Provision, Because> {
    if facts.released || facts.router != router {
        return Ok(Provision::Absent);
    }
    match facts.state {
        ServiceState::None => Ok(Provision::Absent),
        ServiceState::Active => {
            let sold = facts.speed.map(|sold| Provision::Active(Rate { sold, burst: facts.burst }));
            sold.ok_or(Because::NoSpeed)
        }
        ServiceState::Throttled => {
            let slowed = facts.speed.map(|speed| Provision::Active(speed.slowed_to(facts.throttle_percent).into()));
            slowed.ok_or(Because::NoSpeed)
        }
        ServiceState::Suspended => Ok(Provision::Suspended),
        ServiceState::Disabled | ServiceState::RemovalList => Ok(Provision::Cut),
    }
}

fn attachment(vault: &Vault, facts: &NetworkFacts) -> Result<Attachment, Because> {
    let address = facts.address;
    Ok(match &facts.login {
        NetworkLogin::Pppoe { user, sealed_password, mac } => {
            let plain = vault.open(sealed_password).map_err(|_| Because::SecretUnreadable)?;
            // A new nonce each time it is sealed: the sealed form changes with every writing, and tells nothing.
            let version = hex::encode(Sha256::digest(sealed_password));
            let password = Password { plain: plain.expose_secret().to_owned(), version };
            Attachment::Pppoe { user: user.clone(), password, caller: mac.clone(), address, prefix: facts.prefix }
        }
        NetworkLogin::Dhcp { mac } => Attachment::Dhcp { mac: mac.clone(), address },
    })
}

fn seen_rows(evidence: &Evidence) -> Vec<(Menu, String)> {
    let rows = [Menu::Secret, Menu::Lease, Menu::Queue, Menu::AddressList]
        .into_iter()
        .flat_map(|menu| evidence.names(menu).map(move |name| (menu, name.to_owned())));
    rows.collect()
}
