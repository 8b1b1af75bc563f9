//! The demo's customer in their portal: the contract accepted there, and somebody else who may look.

use std::net::{IpAddr, Ipv4Addr};

use domain::contract::ContractStateName;
use domain::failure::Failure;
use domain::portal::PortalRight;
use domain::role::Role;
use domain::views::portal_people::{AcceptanceForm, PersonForm};

use super::people::users;
use crate::auth::Visitor;
use crate::permit::{Actor, EditPortalAccess, OwnerScope, Permit};
use crate::{Context, Result, portal, portal_people};

/// Who keeps the customer's books.
const ACCOUNTANT: (&str, &str) = ("Contadora de la casa", "contadora@demo.example");

/// # Errors
/// `NotFound` without the people of the demo.
pub async fn open_portal(context: &Context, permit: &Permit<EditPortalAccess>) -> Result<()> {
    let scope = owner(context).await?;
    let (name, email) = ACCOUNTANT;
    let form =
        PersonForm { name: name.to_owned(), email: email.to_owned(), right: PortalRight::Viewer.word().to_owned() };
    portal_people::invite(context, permit, scope.customer(), &form).await?;
    accept_a_contract(context, &scope).await
}

async fn owner(context: &Context) -> Result<OwnerScope> {
    let played = users().into_iter().find(|user| user.role == Role::Customer).ok_or(Failure::NotFound)?;
    let mut connection = context.connection().await?;
    let account = store::users::by_email(&mut connection, &played.email).await?.ok_or(Failure::NotFound)?;
    let actor = Actor::User { id: account.id, name: account.name, role: account.role, customer: account.customer };
    Ok(actor.owner_scope()?)
}

async fn accept_a_contract(context: &Context, scope: &OwnerScope) -> Result<()> {
    let papers = portal::papers(context, scope).await?;
    let Some(paper) = papers.iter().find(|paper| paper.state == ContractStateName::Active) else { return Ok(()) };
    let contract = paper.contract.id;
    let sha256 = portal::paper(context, scope, contract).await?.sha256;
    let form = AcceptanceForm { name: scope.actor().name().to_owned(), agreed: true, sha256 };
    let phone = Visitor { address: IpAddr::V4(Ipv4Addr::LOCALHOST), user_agent: "Demo".to_owned() };
    portal::accept_contract(context, scope, &phone, contract, &form).await
}
