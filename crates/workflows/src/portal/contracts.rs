//! The customer's contracts on paper: read, and accepted as they are.

use domain::contract::{ContractState, ContractStateName};
use domain::failure::Failure;
use domain::file::FileKind;
use domain::ids::{ContractId, FileId, UserId};
use domain::timeline::Event;
use domain::views::portal_people::{AcceptanceForm, ContractPaper, ContractToAccept};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::acceptances::{self, NewAcceptance};
use store::files::NewFile;

use crate::auth::Visitor;
use crate::contracts::{lock, not_allowed, paper_of, terms_of};
use crate::documents::{self, Pdf, Reader};
use crate::permit::{CustomerScope, OwnerScope};
use crate::record::{Subject, audit_as, tell};
use crate::{Context, Result};

const LONGEST_USER_AGENT: usize = 300;

/// All of them, those that are over last.
pub async fn papers(context: &Context, scope: &CustomerScope) -> Result<Vec<ContractPaper>> {
    let mut connection = context.connection().await?;
    let today = context.clock.today();
    let mut papers = Vec::new();
    for contract in store::contracts::of_customer(&mut connection, scope.customer()).await? {
        let detail = store::contract_detail::get(&mut connection, contract, today).await?;
        papers.push(paper_of(&mut connection, &detail, today).await?);
    }
    papers.sort_by_key(|paper| paper.state == ContractStateName::Closed);
    Ok(papers)
}

/// One of them, with the digest of the PDF that is there to be read now.
///
/// # Errors
/// `NotFound` for another's.
pub async fn paper(context: &Context, scope: &CustomerScope, contract: ContractId) -> Result<ContractToAccept> {
    let pdf = read(context, scope, contract).await?;
    let mut connection = context.connection().await?;
    let today = context.clock.today();
    let detail = store::contract_detail::get(&mut connection, contract, today).await?;
    let paper = paper_of(&mut connection, &detail, today).await?;
    Ok(ContractToAccept { paper, sha256: hex::encode(digest(&pdf)) })
}

/// Keeps the PDF that was read, and who accepted it, from where. Accepting it twice changes nothing.
///
/// # Errors
/// `Fields`; `NotFound` for another's; `ChangedMeanwhile` when the paper is not the one that was shown; `Lifecycle` when
/// the contract is over.
pub async fn accept(
    context: &Context,
    scope: &OwnerScope,
    visitor: &Visitor,
    contract: ContractId,
    form: &AcceptanceForm,
) -> Result<()> {
    let name = form.check()?;
    let today = context.clock.today();
    let said = terms_of(&mut *context.connection().await?, contract, today).await?;
    let pdf = read(context, scope, contract).await?;
    let mut transaction = context.begin().await?;
    let held = lock(&mut transaction, contract).await?;
    if matches!(held.state, ContractState::Closed { .. }) {
        return Err(not_allowed(&held, "sign").into());
    }
    let terms = terms_of(&mut transaction, contract, today).await?;
    // Nothing changed while the paper was written anew, nor since it was shown.
    if terms != said || form.sha256 != hex::encode(digest(&pdf)) {
        return Err(Failure::ChangedMeanwhile.into());
    }
    if acceptances::terms(&mut transaction, contract).await?.contains(&terms) {
        return Ok(());
    }
    let by = scope.actor().user_id().ok_or(Failure::NotSignedIn)?;
    let file = keep(context, &mut transaction, by, &pdf).await?;
    let (at, address) = (context.clock.now(), visitor.address.to_canonical().to_string());
    let user_agent: String = visitor.user_agent.chars().take(LONGEST_USER_AGENT).collect();
    let (name, user_agent) = (name.as_str(), user_agent.as_str());
    let new = NewAcceptance { contract, terms: &terms, file, name, at, by, address: &address, user_agent };
    acceptances::add(&mut transaction, new).await?;
    let accepted = Accepted { name, address: &address, file, sha256: form.sha256.as_str() };
    let subject = Subject { kind: "contract", id: contract.0 };
    let (actor, verb) = (scope.actor(), "accept_contract");
    audit_as(context, &mut transaction, actor, verb, subject, None::<&()>, Some(&accepted)).await?;
    let event = Event::ContractAccepted { name: name.to_owned() };
    tell(context, &mut transaction, actor, scope.customer(), contract, &event).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// As the audit tells it.
#[derive(Serialize)]
struct Accepted<'a> {
    name: &'a str,
    address: &'a str,
    file: FileId,
    sha256: &'a str,
}

/// The same bytes that `/documents/contracts/7.pdf` sends to the customer.
async fn read(context: &Context, scope: &CustomerScope, contract: ContractId) -> Result<Pdf> {
    documents::contract(context, &Reader::Customer(scope.clone()), contract).await
}

fn digest(pdf: &Pdf) -> [u8; 32] {
    Sha256::digest(&pdf.bytes).into()
}

async fn keep(context: &Context, transaction: &mut store::Transaction, by: UserId, pdf: &Pdf) -> Result<FileId> {
    let at = context.clock.now();
    let (kind, name, content) = (FileKind::Pdf, pdf.name.as_str(), pdf.bytes.as_slice());
    let file = store::files::add(transaction, &NewFile { kind, name, content, sha256: &digest(pdf), at, by }).await?;
    store::files::claim(transaction, &[file], by, at).await?;
    Ok(file)
}
