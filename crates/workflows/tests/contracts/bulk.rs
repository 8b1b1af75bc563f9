//! Many contracts at once: another sector for their addresses.

use domain::calendar::BillingMode;
use domain::failure::{Failure, Problem};
use domain::ids::SectorId;
use domain::role::Role;
use domain::views::audit::AuditFilter;
use domain::views::bulk::{BulkAction, BulkSectorForm, Chosen, SkipReason};
use domain::views::contracts::ContractFilter;
use domain::views::customers::AddressForm;
use domain::views::sectors::SectorForm;
use domain::views::work_forms::ReportForm;
use domain::work_order::WorkKind;
use workflows::permit::{EditCustomers, EditSectors, SeeAudit, SeeContracts};
use workflows::{addresses, audit, bulk, sectors};

use crate::provider::{Provider, SQUARE, problems, provider, refusal, street, text};
use crate::work::{done, staff};

async fn sector(provider: &Provider, name: &str) -> SectorId {
    sectors::create(provider, &provider.may::<EditSectors>(), &SectorForm { name: text(name) }).await.unwrap()
}

async fn told(provider: &Provider, kind: &str) -> usize {
    let lines = audit::list(provider, &provider.may::<SeeAudit>(), &AuditFilter::default()).await.unwrap().rows;
    lines.iter().filter(|line| line.subject == kind).count()
}

#[tokio::test]
async fn many_contracts_are_put_in_a_sector_and_who_shares_an_address_goes_along() {
    let provider = provider("2026-03-12").await;
    let (ana, eva) = (provider.active("ana.lopez").await, provider.active("eva.ruiz").await);
    let page = provider.show(ana).await;
    let (customer, address) = (page.customer.id, page.address.id);
    let (second, third) = (provider.draft(customer, address).await, provider.draft(customer, address).await);
    let center = sector(&provider, "Centro").await;
    let there = AddressForm { sector: center.to_string(), ..street(SQUARE) };
    let permit = provider.may::<EditCustomers>();
    addresses::edit(&provider, &permit, provider.show(eva).await.address.id, &there).await.unwrap();

    let chosen = Chosen::Rows(vec![ana.0, eva.0, second.0]);
    let look = async |sector: Option<SectorId>| {
        let (see, filter) = (provider.may::<SeeContracts>(), ContractFilter::default());
        bulk::preview_contracts(&provider, &see, (BulkAction::Sector, sector), &chosen, &filter).await.unwrap()
    };
    assert!(look(None).await.targets.is_empty(), "nobody said yet where to");
    let preview = look(Some(center)).await;
    assert_eq!(preview.targets.iter().map(|target| target.id).collect::<Vec<_>>(), [ana.0]);
    assert_eq!(preview.targets[0].also, [provider.show(third).await.code], "it was not chosen, and goes along");
    let reasons: Vec<_> = preview.skipped.iter().map(|one| one.because).collect();
    assert_eq!(reasons, [SkipReason::InSector, SkipReason::SameAddress]);

    let rosa = staff(&provider, "rosa", Role::Billing).await;
    let form = BulkSectorForm { rows: format!("{ana},{eva},{second}"), key: preview.key, sector: center.to_string() };
    let change = async |form: &BulkSectorForm| bulk::change_sector(&provider, &rosa.permit().unwrap(), form).await;
    let nowhere = BulkSectorForm { sector: text("999"), ..form.clone() };
    assert_eq!(refusal(change(&nowhere).await), Failure::NotFound);
    let unchosen = BulkSectorForm { sector: String::new(), ..form.clone() };
    assert_eq!(problems(change(&unchosen).await), [(text("sector"), Problem::UnknownChoice)]);

    let before = told(&provider, "address").await;
    let run = change(&form).await.unwrap();
    assert_eq!(change(&form).await.unwrap(), run, "confirmed twice, it is done once");
    assert_eq!(told(&provider, "address").await, before + 1, "an address is told of once");
    let done = bulk::show(&provider, &rosa, run).await.unwrap();
    let skipped: Vec<_> = done.results.iter().map(|result| result.skipped).collect();
    assert_eq!(skipped, [None, Some(SkipReason::InSector), Some(SkipReason::SameAddress)], "as the preview said");
    for contract in [ana, eva, second, third] {
        assert_eq!(provider.show(contract).await.address.facts.sector, Some(center));
    }
    assert!(look(Some(center)).await.targets.is_empty());
}

#[tokio::test]
async fn a_position_that_is_taken_on_the_spot_and_a_sector_that_is_given_at_once_are_both_kept() {
    let provider = provider("2026-03-12").await;
    let technician = staff(&provider, "teo", Role::Technician).await;
    let center = sector(&provider, "Centro").await;
    let permit = provider.may::<EditCustomers>();
    for user in ["ana.lopez", "eva.ruiz", "luis.paz"] {
        let contract = provider.open(user, BillingMode::Prepaid).await;
        let order = provider.work_of(contract, WorkKind::Install).await.id;
        provider.assign(order, &technician, "2026-03-12").await.unwrap();
        let report = ReportForm { position: text("17.061111, -96.722222"), ..done(user) };
        let key = format!("a-look-at-what-{user}-would-have");
        let form = BulkSectorForm { rows: contract.to_string(), key, sector: center.to_string() };
        let (visit, sector) =
            tokio::join!(provider.report(&technician, order, &report), bulk::change_sector(&provider, &permit, &form));
        visit.unwrap();
        sector.unwrap();
        let facts = provider.show(contract).await.address.facts;
        assert_eq!((facts.sector, facts.position.unwrap().to_string()), (Some(center), report.position), "{user}");
    }
}
