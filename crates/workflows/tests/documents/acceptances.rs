//! A contract is read and accepted in the portal, and kept as it was read.

use domain::contact::Language;
use domain::failure::{Failure, Problem};
use domain::file::FileKind;
use domain::ids::{ContractId, CustomerId, UserId};
use domain::portal::{Asking, PortalAccess, PortalRight};
use domain::role::Role;
use domain::timeline::Event;
use domain::views::changes::PlanChangeForm;
use domain::views::portal_people::{AcceptanceForm, ContractPaper};
use sha2::{Digest, Sha256};
use store::users::NewAccount;
use workflows::auth::Visitor;
use workflows::permit::{Actor, OwnerScope, RequestChanges, SeeContracts};
use workflows::{changes, contracts, files, portal};

use crate::changes::other_plan;
use crate::provider::{Provider, problems, provider, refusal, text};

fn phone() -> Visitor {
    Visitor { address: "192.0.2.7".parse().unwrap(), user_agent: text("Phone/1.0") }
}

fn agreed(sha256: &str) -> AcceptanceForm {
    AcceptanceForm { name: text("Ana López"), agreed: true, sha256: sha256.to_owned() }
}

impl Provider {
    async fn somebody_of(&self, customer: CustomerId, right: PortalRight) -> Actor {
        let (name, role, access) = (text("Ana"), Role::Customer, PortalAccess { customer, right });
        let email = format!("{right}{customer}@example.com").parse().unwrap();
        let account = NewAccount {
            email: &email,
            name: &name,
            role,
            customer: Some(access),
            language: Language::Spanish,
            created_at: self.clock.now(),
        };
        let id: UserId = store::users::add(&mut self.connection().await.unwrap(), account).await.unwrap();
        Actor::User { id, name, role, customer: Some(access) }
    }

    async fn owner_of(&self, contract: ContractId) -> OwnerScope {
        let customer = self.show(contract).await.customer.id;
        self.somebody_of(customer, PortalRight::Owner).await.owner_scope().unwrap()
    }

    /// As staff see it.
    async fn paper(&self, contract: ContractId) -> ContractPaper {
        contracts::paper(self, &self.may::<SeeContracts>(), contract).await.unwrap()
    }

    /// Reads it and accepts what was read.
    async fn accept(&self, scope: &OwnerScope, contract: ContractId) -> workflows::Result<()> {
        let read = portal::paper(self, scope, contract).await.unwrap();
        portal::accept_contract(self, scope, &phone(), contract, &agreed(&read.sha256)).await
    }
}

#[tokio::test]
async fn what_was_read_is_kept_with_name_time_and_place() {
    let provider = provider("2026-04-01").await;
    let contract = provider.open("ana.lopez", domain::calendar::BillingMode::Prepaid).await;
    let scope = provider.owner_of(contract).await;
    let home = portal::home(&provider, &scope).await.unwrap();
    assert_eq!(home.contracts[0].asking, Asking::Accept);
    let own = provider.own::<SeeContracts>(scope.customer());
    let shown = workflows::documents::contract(&provider, &own, contract).await.unwrap();

    provider.accept(&scope, contract).await.unwrap();
    let paper = provider.paper(contract).await;
    assert_eq!(paper.asking, Asking::Nothing);
    let [kept] = paper.acceptances.as_slice() else { panic!("{paper:?}") };
    assert_eq!((kept.name.as_str(), kept.address.as_str(), kept.is_current), ("Ana López", "192.0.2.7", true));
    assert_eq!(kept.at, provider.clock.now());
    assert_eq!(kept.sha256, hex::encode(Sha256::digest(&shown.bytes)));
    let file = files::fetch(&provider, scope.actor(), kept.file).await.unwrap();
    assert_eq!((file.kind, file.content), (FileKind::Pdf, shown.bytes));
    let told = portal::timeline(&provider, &scope).await.unwrap();
    assert!(told.iter().any(|entry| entry.event == Event::ContractAccepted { name: text("Ana López") }));
}

#[tokio::test]
async fn another_customer_sees_nothing_of_it() {
    let provider = provider("2026-04-01").await;
    let (ana, beto) = (provider.active("ana").await, provider.active("beto").await);
    let (hers, his) = (provider.owner_of(ana).await, provider.owner_of(beto).await);
    provider.accept(&hers, ana).await.unwrap();
    let file = provider.paper(ana).await.acceptances[0].file;
    assert_eq!(refusal(files::fetch(&provider, his.actor(), file).await), Failure::NotFound);
    assert_eq!(refusal(portal::paper(&provider, &his, ana).await), Failure::NotFound);
    let read = portal::paper(&provider, &hers, ana).await.unwrap().sha256;
    let accepted = portal::accept_contract(&provider, &his, &phone(), ana, &agreed(&read)).await;
    assert_eq!(refusal(accepted), Failure::NotFound);
}

#[tokio::test]
async fn only_who_owns_the_portal_accepts_with_a_name_a_tick_and_what_was_read() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.owner_of(contract).await;
    assert!(provider.somebody_of(scope.customer(), PortalRight::Payer).await.owner_scope().is_err());
    let unticked = AcceptanceForm { agreed: false, name: String::new(), ..agreed("") };
    let refused = portal::accept_contract(&provider, &scope, &phone(), contract, &unticked).await;
    assert_eq!(problems(refused), [(text("name"), Problem::Required), (text("agreed"), Problem::Required)]);
    let another = agreed(&"00".repeat(32));
    let refused = portal::accept_contract(&provider, &scope, &phone(), contract, &another).await;
    assert_eq!(refusal(refused), Failure::ChangedMeanwhile);
    // Impatience writes it down once.
    provider.accept(&scope, contract).await.unwrap();
    provider.accept(&scope, contract).await.unwrap();
    assert_eq!(provider.paper(contract).await.acceptances.len(), 1);
}

#[tokio::test]
async fn a_contract_that_grows_older_is_not_asked_about_and_one_that_changes_is() {
    let provider = provider("2026-04-01").await;
    let contract = provider.open("ana", domain::calendar::BillingMode::Prepaid).await;
    let scope = provider.owner_of(contract).await;
    provider.accept(&scope, contract).await.unwrap();
    provider.it_is("2026-04-03");
    provider.activate(contract).await.unwrap();
    provider.it_is("2026-04-20");
    assert_eq!(provider.paper(contract).await.asking, Asking::Nothing);

    let plan = other_plan(&provider).await.to_string();
    let line = provider.show(contract).await.lines[0].id.to_string();
    let form = PlanChangeForm { line, plan, timing: text("now") };
    changes::request_plan(&provider, &provider.may::<RequestChanges>(), contract, &form).await.unwrap();
    let changed = provider.paper(contract).await;
    assert_eq!((changed.asking, changed.acceptances[0].is_current), (Asking::AcceptAgain, false));
    assert_eq!(portal::home(&provider, &scope).await.unwrap().contracts[0].asking, Asking::AcceptAgain);
    provider.accept(&scope, contract).await.unwrap();
    assert_eq!(provider.paper(contract).await.acceptances.len(), 2);
}

#[tokio::test]
async fn a_contract_that_was_signed_on_paper_and_is_in_use_is_not_asked_about() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.owner_of(contract).await;
    let papers = portal::papers(&provider, &scope).await.unwrap();
    assert_eq!(papers.iter().map(|paper| paper.asking).collect::<Vec<_>>(), [Asking::Nothing]);
}
