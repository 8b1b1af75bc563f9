//! Another plan or quantity, now or from the next period.

use domain::calendar::BillingMode;
use domain::credit::CreditBecause;
use domain::failure::{Blocker, Failure};
use domain::ids::{ChangeId, ContractId, PlanId};
use domain::invoice::DocumentKind;
use domain::plan_change::ChangeState;
use domain::role::Role;
use domain::views::changes::{ChangeFilter, PlanChangeForm, QuantityForm};
use domain::views::plans::PlanForm;
use workflows::changes;
use workflows::permit::{DecideChanges, EditPlans, RequestChanges, SeeContracts};
use workflows::testing::date;

use crate::provider::{Provider, provider, refusal, text};

impl Provider {
    /// Twice as fast, for 45.00.
    pub async fn faster(&self) -> PlanId {
        let tax = self.plan_tax().await;
        let plan = PlanForm {
            code: text("F200"),
            name: text("Fibra 200"),
            kind: text("internet"),
            down_mbps: text("200"),
            up_mbps: text("100"),
            price: text("45"),
            currency: text("USD"),
            tax,
            ..PlanForm::default()
        };
        workflows::plans::create(self, &self.may::<EditPlans>(), &plan).await.unwrap()
    }

    pub async fn plan_tax(&self) -> String {
        store::plans::get(&mut self.connection().await.unwrap(), self.plan).await.unwrap().facts.tax.to_string()
    }

    pub async fn change_plan(&self, contract: ContractId, plan: PlanId, timing: &str) -> workflows::Result<ChangeId> {
        let line = self.show(contract).await.lines.last().unwrap().id.to_string();
        let form = PlanChangeForm { line, plan: plan.to_string(), timing: text(timing) };
        changes::request_plan(self, &self.may::<RequestChanges>(), contract, &form).await
    }

    pub async fn state_of(&self, change: ChangeId) -> ChangeState {
        let rows = changes::list(self, &self.may::<SeeContracts>(), &ChangeFilter::default()).await.unwrap().rows;
        rows.into_iter().find(|row| row.id == change).unwrap().state
    }

    /// What was billed of a contract and not given back: plan, days, and what it came to, by its first day.
    pub async fn billed(&self, contract: ContractId) -> Vec<(String, String, String, String)> {
        let mut rows = Vec::new();
        for kind in [DocumentKind::Invoice, DocumentKind::CreditNote] {
            let sign = if kind == DocumentKind::Invoice { "" } else { "-" };
            for document in self.documents(contract, kind).await {
                rows.extend(document.lines.iter().map(|line| {
                    let (range, days, of) = line.time.unwrap();
                    let (days, total) = (format!("{sign}{days}/{of}"), format!("{sign}{}", line.total));
                    (range.start().to_string(), line.description.clone(), days, total)
                }));
            }
        }
        rows
    }
}

fn billed(rows: &[(&str, &str, &str, &str)]) -> Vec<(String, String, String, String)> {
    rows.iter().map(|(day, what, days, total)| (text(day), text(what), text(days), text(total))).collect()
}

#[tokio::test]
async fn a_plan_that_changes_now_gives_back_the_unused_days_and_charges_the_new_ones() {
    let provider = provider("2026-04-01").await;
    let (contract, faster) = (provider.active("ana.lopez").await, provider.faster().await);
    provider.it_is("2026-04-21");
    let before = provider.waiting().await;
    provider.change_plan(contract, faster, "now").await.unwrap();
    assert_eq!(
        provider.billed(contract).await,
        billed(&[
            ("2026-04-01", "Fibra 100", "30/30", "34.80"),
            ("2026-04-21", "Fibra 200", "10/30", "17.40"),
            ("2026-04-21", "Fibra 100", "-10/30", "-11.60"),
        ])
    );
    let note = provider.documents(contract, DocumentKind::CreditNote).await.remove(0);
    assert_eq!(note.because, Some(CreditBecause::PlanChanged));
    assert!(provider.waiting().await >= before, "the router follows");
    provider.nights_up_to("2026-05-01").await;
    let may = provider.documents(contract, DocumentKind::Invoice).await.pop().unwrap();
    assert_eq!((may.lines.len(), may.row.total.to_string()), (1, text("52.20")));
}

#[tokio::test]
async fn a_postpaid_plan_that_changes_now_is_billed_up_to_the_day_before() {
    let provider = provider("2026-04-01").await;
    let contract = provider.open("ana.lopez", BillingMode::Postpaid).await;
    provider.activate(contract).await.unwrap();
    let faster = provider.faster().await;
    provider.it_is("2026-04-21");
    provider.change_plan(contract, faster, "now").await.unwrap();
    provider.nights_up_to("2026-05-01").await;
    assert_eq!(
        provider.billed(contract).await,
        billed(&[("2026-04-01", "Fibra 100", "20/30", "23.20"), ("2026-04-21", "Fibra 200", "10/30", "17.40")])
    );
}

#[tokio::test]
async fn from_the_next_period_nothing_is_given_back_and_the_night_applies_it_before_it_bills() {
    let provider = provider("2026-04-01").await;
    let (contract, faster) = (provider.active("ana.lopez").await, provider.faster().await);
    provider.it_is("2026-04-21");
    let change = provider.change_plan(contract, faster, "next_period").await.unwrap();
    assert_eq!(provider.state_of(change).await, ChangeState::Approved { on: date("2026-05-01") });
    provider.nights_up_to("2026-04-30").await;
    assert_eq!(provider.state_of(change).await, ChangeState::Approved { on: date("2026-05-01") });
    provider.nights_up_to("2026-05-02").await;
    assert_eq!(provider.state_of(change).await, ChangeState::Applied { on: date("2026-05-01") });
    assert_eq!(
        provider.billed(contract).await,
        billed(&[("2026-04-01", "Fibra 100", "30/30", "34.80"), ("2026-05-01", "Fibra 200", "31/31", "52.20")])
    );
}

#[tokio::test]
async fn what_support_asks_for_waits_until_billing_decides() {
    let provider = provider("2026-04-01").await;
    let (contract, faster) = (provider.active("ana.lopez").await, provider.faster().await);
    let support = crate::staff(&provider, Role::Support).await.permit::<RequestChanges>().unwrap();
    let line = provider.show(contract).await.lines[0].id.to_string();
    let form = PlanChangeForm { line, plan: faster.to_string(), timing: text("now") };
    let change = changes::request_plan(&provider, &support, contract, &form).await.unwrap();
    assert_eq!(provider.state_of(change).await, ChangeState::Requested);
    let again = provider.change_plan(contract, faster, "now").await;
    assert_eq!(refusal(again), Failure::Blocked { what: Blocker::ChangeUnderWay });
    let decide = provider.may::<DecideChanges>();
    changes::reject(&provider, &decide, change, "no free port").await.unwrap();
    assert_eq!(provider.state_of(change).await, ChangeState::Rejected { reason: text("no free port") });
    let late = changes::approve(&provider, &decide, change).await;
    assert_eq!(refusal(late), Failure::Blocked { what: Blocker::ChangeDecided });
    assert_eq!(provider.billed(contract).await.len(), 1);
}

#[tokio::test]
async fn the_preview_says_what_the_documents_will_say() {
    let provider = provider("2026-04-01").await;
    let (contract, faster) = (provider.active("ana.lopez").await, provider.faster().await);
    provider.it_is("2026-04-21");
    let options = changes::options(&provider, &provider.may::<SeeContracts>(), contract).await.unwrap();
    let option = options.plans.iter().find(|option| option.plan.id == faster).unwrap();
    let amounts = [option.now.credited, option.now.charged, option.now.per_period].map(|money| money.to_string());
    assert_eq!(amounts, ["11.60", "17.40", "52.20"]);
    assert_eq!((option.next_period.on, option.next_period.credited.to_string()), (date("2026-05-01"), text("0.00")));
}

#[tokio::test]
async fn another_quantity_is_charged_by_its_days() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.it_is("2026-04-16");
    let line = provider.show(contract).await.lines[0].id.to_string();
    let form = QuantityForm { line, quantity: text("3"), timing: text("now") };
    changes::request_quantity(&provider, &provider.may::<RequestChanges>(), contract, &form).await.unwrap();
    assert_eq!(
        provider.billed(contract).await,
        billed(&[
            ("2026-04-01", "Fibra 100", "30/30", "34.80"),
            ("2026-04-16", "Fibra 100", "15/30", "52.20"),
            ("2026-04-16", "Fibra 100", "-15/30", "-17.40"),
        ])
    );
}
