//! A small provider: one of each, and a customer who has signed.

use domain::calendar::{AnchorDay, BillingMode, BillingTerms};
use domain::contact::Language;
use domain::failure::{Failure, Problem};
use domain::ids::{AddressId, ContractId, CustomerId, PlanId, PolicyId, RouterId};
use domain::settings::Company;
use domain::tax::TaxBasis;
use domain::views::contract_forms::{DateForm, DraftForm, LineForm, RestoreForm, ServiceForm, SuspendForm};
use domain::views::contracts::ContractDetail;
use domain::views::customers::{AddressForm, CustomerForm};
use domain::views::jobs::{JobFilter, JobKind, JobState};
use domain::views::plans::PlanForm;
use domain::views::policies::PolicyForm;
use domain::views::routers::RouterForm;
use workflows::permit::{
    ActivateContracts, EditContracts, EditCustomers, EditPlans, EditPolicies, EditRouters, EditServices, LiftHolds,
    PlaceHolds, SeeContracts, SeeJobs, SignContracts,
};
use workflows::testing::{Story, story};
use workflows::{Error, addresses, contracts, customers, jobs, plans, policies, routers};

/// The position of the town's square.
pub const SQUARE: &str = "17.0606, -96.7253";

pub struct Provider {
    pub story: Story,
    pub plan: PlanId,
    pub policy: PolicyId,
    pub router: RouterId,
}

impl std::ops::Deref for Provider {
    type Target = Story;
    fn deref(&self) -> &Story {
        &self.story
    }
}

pub fn text(text: &str) -> String {
    text.to_owned()
}

/// What somebody was told instead of what they asked for.
pub fn refusal<T: std::fmt::Debug>(answer: workflows::Result<T>) -> Failure {
    match answer {
        Err(Error::Refused(failure)) => failure,
        answer => panic!("not refused: {answer:?}"),
    }
}

/// The fields that were complained about.
pub fn problems<T: std::fmt::Debug>(answer: workflows::Result<T>) -> Vec<(String, Problem)> {
    match refusal(answer) {
        Failure::Fields { fields } => fields.into_iter().map(|field| (field.field, field.problem)).collect(),
        failure => panic!("not refused at its fields: {failure:?}"),
    }
}

pub async fn provider(today: &str) -> Provider {
    let story = story(today).await;
    let company = Company {
        name: text("Fibra del Sur"),
        country: text("MX"),
        currency: "USD".parse().unwrap(),
        time_zone: text("UTC"),
        language: Language::Spanish,
    };
    let mut connection = story.connection().await.unwrap();
    store::company::save(&mut connection, &company).await.unwrap();
    let tax = store::taxes::add(&mut connection, "IVA", TaxBasis::Added, "16".parse().unwrap()).await.unwrap();
    let plan = PlanForm {
        code: text("F100"),
        name: text("Fibra 100"),
        kind: text("internet"),
        down_mbps: text("100"),
        up_mbps: text("50"),
        price: text("30"),
        currency: text("USD"),
        tax: tax.to_string(),
        ..PlanForm::default()
    };
    let plan = plans::create(&story, &story.may::<EditPlans>(), &plan).await.unwrap();
    // Cuts on every day of the week, so that stories can count days.
    let policy = PolicyForm {
        cut_on_fridays: true,
        cut_on_weekends: true,
        cut_on_holidays: true,
        ..PolicyForm::from(&domain::collections::CutoffPolicy::standard())
    };
    let policy = policies::create(&story, &story.may::<EditPolicies>(), &policy).await.unwrap();
    let router = add_router(&story, "norte").await;
    Provider { story, plan, policy, router }
}

pub async fn add_router(story: &Story, name: &str) -> RouterId {
    let form = RouterForm {
        name: text(name),
        host: format!("{name}.example.com"),
        port: text("8728"),
        username: text("ramal"),
        password: text("clave"),
        mode: text("dry_run"),
        ..RouterForm::default()
    };
    routers::create(story, &story.may::<EditRouters>(), &form).await.unwrap()
}

pub fn person(name: &str) -> CustomerForm {
    CustomerForm { kind: text("person"), name: text(name), language: text("es"), ..CustomerForm::default() }
}

pub fn street(position: &str) -> AddressForm {
    AddressForm {
        street: text("Av. Juárez 10"),
        city: text("Oaxaca"),
        country: text("MX"),
        position: text(position),
        ..AddressForm::default()
    }
}

pub fn suspension(reason: &str, effect: &str) -> SuspendForm {
    SuspendForm { reason: text(reason), effect: text(effect), why: text("so it was decided") }
}

impl Provider {
    pub async fn customer(&self, name: &str) -> CustomerId {
        customers::create(self, &self.may::<EditCustomers>(), &person(name)).await.unwrap()
    }

    pub async fn address(&self, customer: CustomerId, position: &str) -> AddressId {
        addresses::add(self, &self.may::<EditCustomers>(), customer, &street(position)).await.unwrap()
    }

    pub async fn draft(&self, customer: CustomerId, address: AddressId) -> ContractId {
        let form = DraftForm {
            customer: customer.to_string(),
            address: address.to_string(),
            policy: self.policy.to_string(),
            ..DraftForm::default()
        };
        contracts::draft(self, &self.may::<EditContracts>(), &form).await.unwrap()
    }

    /// A monthly line of the plan, from the first of the month.
    pub fn line(&self, mode: BillingMode) -> LineForm {
        let terms = BillingTerms { mode, ..BillingTerms::monthly(AnchorDay::FIRST) };
        LineForm {
            plan: self.plan.to_string(),
            every: terms.every.to_string(),
            mode: terms.mode.to_string(),
            ..LineForm::default()
        }
    }

    /// A PPPoE service for `user`.
    pub fn pppoe(&self, user: &str) -> ServiceForm {
        let (router, access, pppoe_user) = (self.router.to_string(), text("pppoe"), text(user));
        ServiceForm { router, access, pppoe_user, ..ServiceForm::default() }
    }

    pub async fn set_service(&self, contract: ContractId, form: &ServiceForm) -> workflows::Result<()> {
        contracts::set_service(self, &self.may::<EditServices>(), contract, form).await.map(drop)
    }

    pub async fn sign(&self, contract: ContractId) -> workflows::Result<()> {
        contracts::sign(self, &self.may::<SignContracts>(), contract, &DateForm::default()).await
    }

    pub async fn activate(&self, contract: ContractId) -> workflows::Result<()> {
        contracts::activate(self, &self.may::<ActivateContracts>(), contract, &DateForm::default()).await
    }

    pub async fn suspend(&self, contract: ContractId, form: &SuspendForm) -> workflows::Result<()> {
        contracts::suspend(self, &self.may::<PlaceHolds>(), contract, form).await
    }

    pub async fn restore(&self, contract: ContractId, reason: &str) -> workflows::Result<()> {
        let form = RestoreForm { reason: text(reason), why: text("it is over") };
        contracts::restore(self, &self.may::<LiftHolds>(), contract, &form).await
    }

    pub async fn show(&self, contract: ContractId) -> ContractDetail {
        contracts::show(self, &self.may::<SeeContracts>(), contract).await.unwrap()
    }

    /// Signed, with a monthly line billed in `mode` and a service for `user`.
    pub async fn open(&self, user: &str, mode: BillingMode) -> ContractId {
        let customer = self.customer(user).await;
        let address = self.address(customer, SQUARE).await;
        let contract = self.draft(customer, address).await;
        contracts::add_line(self, &self.may::<EditContracts>(), contract, &self.line(mode)).await.unwrap();
        self.set_service(contract, &self.pppoe(user)).await.unwrap();
        self.sign(contract).await.unwrap();
        contract
    }

    pub async fn active(&self, user: &str) -> ContractId {
        let contract = self.open(user, BillingMode::Prepaid).await;
        self.activate(contract).await.unwrap();
        contract
    }

    /// The jobs of services that wait.
    pub async fn waiting(&self) -> i64 {
        let (state, kind) = (Some(JobState::Waiting), Some(JobKind::Provision));
        let filter = JobFilter { state, kind, ..JobFilter::default() };
        jobs::list(self, &self.may::<SeeJobs>(), &filter).await.unwrap().total
    }
}
