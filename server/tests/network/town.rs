//! A provider with routers and subscribers, and what one asks of them in a story.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::ids::{AddressPoolId, ContractId, JobId, RouterId, ServiceId};
use domain::network::Because;
use domain::service::TechnicalState;
use domain::timeline::Event;
use domain::views::contract_forms::{CloseForm, RestoreForm, ServiceForm, SuspendForm};
use domain::views::jobs::{JobDetail, JobFilter, JobRow, JobState};
use domain::views::pools::PoolForm;
use domain::views::routers::RouterForm;
use lab::routeros::{Options, Schema, Simulator};
use routeros::Row;
use secrecy::SecretString;
use server::adapters::mikrotik::MikroTik;
use store::testing::subscriber::{self, Attachment, Subscriber};
use workflows::jobs::Worker;
use workflows::ports::{Answer, Mail, Mailer, Routers, SendFailure};
use workflows::testing::{Story, date, story};
use workflows::{contracts, jobs, pools, routers};

pub const TODAY: &str = "2026-03-02";
/// Long enough for a loaded machine; a story that hangs ends here.
const PATIENCE: Duration = Duration::from_secs(60);
pub const ROUTER_PASSWORD: &str = "router-password-7291";

/// Passwords are recognisable, so that a test can look for them where they must not be.
pub fn password(user: &str) -> String {
    format!("secret-of-{user}-8817")
}

pub struct Town {
    pub story: Story,
    pub mailbox: Arc<Mailbox>,
}

/// One subscriber's ids.
#[derive(Clone, Copy)]
pub struct Customer {
    pub contract: ContractId,
    pub service: ServiceId,
}

pub async fn town() -> Town {
    Town { story: story(TODAY).await, mailbox: Arc::default() }
}

pub async fn simulator() -> Simulator {
    simulator_of("7.20.8").await
}

pub async fn simulator_of(version: &str) -> Simulator {
    let options = Options {
        version: version.into(),
        user: "ramal".into(),
        password: ROUTER_PASSWORD.into(),
        ..Options::default()
    };
    Simulator::start(options).await.unwrap()
}

pub fn form_of(name: &str, simulator: &Simulator) -> RouterForm {
    RouterForm {
        name: name.into(),
        host: simulator.addr.ip().to_string(),
        port: simulator.addr.port().to_string(),
        username: "ramal".into(),
        password: ROUTER_PASSWORD.into(),
        mode: "live".into(),
        ..RouterForm::default()
    }
}

/// Answers within a second, so that a story of a silent router is short.
pub fn mikrotik() -> MikroTik {
    MikroTik { connect_timeout: Duration::from_secs(2), command_timeout: Duration::from_secs(2), ..MikroTik::default() }
}

impl Town {
    pub async fn router(&self, name: &str, simulator: &Simulator) -> RouterId {
        self.router_like(form_of(name, simulator)).await
    }

    /// What it needs once is behind it: that has stories of its own.
    pub async fn router_like(&self, form: RouterForm) -> RouterId {
        let router = routers::create(&self.story, &self.story.may(), &form).await.unwrap();
        store::testing::forget_waiting_jobs(&mut self.story.connection().await.unwrap(), router).await.unwrap();
        router
    }

    /// A router that was set up as every new one is.
    pub async fn router_with_base(&self, form: RouterForm) -> RouterId {
        let router = routers::create(&self.story, &self.story.may(), &form).await.unwrap();
        self.work().await;
        router
    }

    /// A network of addresses, with the part that the router hands out, if any: from, to, name.
    pub async fn pool(
        &self,
        name: &str,
        router: RouterId,
        network: &str,
        dynamic: Option<(&str, &str, &str)>,
    ) -> AddressPoolId {
        let (from, to, dynamic_name) = dynamic.unwrap_or_default();
        let form = PoolForm {
            name: name.into(),
            router: router.to_string(),
            network: network.into(),
            dynamic_from: from.into(),
            dynamic_to: to.into(),
            dynamic_name: dynamic_name.into(),
            ..PoolForm::default()
        };
        pools::create(&self.story, &self.story.may(), &form).await.unwrap()
    }

    /// An active PPPoE subscriber with 50/10 Mbit/s, whose router has not heard of it, and the job that tells it.
    pub async fn subscriber(&self, user: &str, router: RouterId, ip: Option<&str>) -> Customer {
        let sealed = self.story.vault.seal(&SecretString::from(password(user))).unwrap();
        let attachment = Attachment::Pppoe { user, sealed_password: &sealed };
        self.add(user, router, ip, attachment).await
    }

    pub async fn dhcp_subscriber(&self, mac: &str, router: RouterId, ip: Option<&str>) -> Customer {
        self.add(mac, router, ip, Attachment::Dhcp { mac }).await
    }

    async fn add(&self, code: &str, router: RouterId, ip: Option<&str>, attachment: Attachment<'_>) -> Customer {
        let mut transaction = self.story.begin().await.unwrap();
        let since = date(TODAY);
        let like = Subscriber { code, router, down_kbps: 51_200, up_kbps: 10_240, since, attachment, ip };
        let (contract, service) = subscriber::add(&mut transaction, &like).await.unwrap();
        jobs::enqueue_provision(&self.story, &mut transaction, service).await.unwrap();
        transaction.commit().await.unwrap();
        Customer { contract, service }
    }

    pub async fn suspend(&self, customer: Customer) {
        self.hold(customer, "staff", "soft_cut").await;
    }

    pub async fn throttle(&self, customer: Customer) {
        self.hold(customer, "staff", "throttle").await;
    }

    pub async fn cut_hard(&self, customer: Customer) {
        self.hold(customer, "abuse", "hard_cut").await;
    }

    async fn hold(&self, customer: Customer, reason: &str, effect: &str) {
        let form = SuspendForm { reason: reason.into(), effect: effect.into(), why: "story".into() };
        contracts::suspend(&self.story, &self.story.may(), customer.contract, &form).await.unwrap();
    }

    pub async fn restore(&self, customer: Customer, reason: &str) {
        let form = RestoreForm { reason: reason.into(), why: "story".into() };
        contracts::restore(&self.story, &self.story.may(), customer.contract, &form).await.unwrap();
    }

    pub async fn close(&self, customer: Customer) {
        let form = CloseForm { on: TODAY.into(), reason: "moved away".into(), ..CloseForm::default() };
        contracts::close(&self.story, &self.story.may(), customer.contract, &form).await.unwrap();
    }

    /// Changes user, router or address; the password stays.
    pub async fn change(&self, customer: Customer, user: &str, router: RouterId, ip: &str) {
        let form = ServiceForm {
            router: router.to_string(),
            access: "pppoe".into(),
            pppoe_user: user.into(),
            ip: ip.into(),
            ..ServiceForm::default()
        };
        contracts::set_service(&self.story, &self.story.may(), customer.contract, &form).await.unwrap();
    }

    pub fn worker(&self) -> Worker {
        self.worker_with(Arc::new(mikrotik()))
    }

    pub fn worker_with(&self, routers: Arc<dyn Routers>) -> Worker {
        Worker::new(self.story.context.clone(), routers, self.mailbox.clone())
    }

    /// Does everything that is due.
    pub async fn work(&self) {
        self.work_with(&self.worker()).await;
    }

    pub async fn work_with(&self, worker: &Worker) {
        tokio::time::timeout(PATIENCE, worker.drain()).await.expect("the work ends").unwrap();
    }

    pub async fn jobs(&self) -> Vec<JobRow> {
        jobs::list(&self.story, &self.story.may(), &JobFilter::default()).await.unwrap().rows
    }

    pub async fn jobs_in(&self, state: JobState) -> Vec<JobRow> {
        let filter = JobFilter { state: Some(state), ..JobFilter::default() };
        jobs::list(&self.story, &self.story.may(), &filter).await.unwrap().rows
    }

    /// The newest job.
    pub async fn job(&self) -> JobRow {
        self.jobs().await.remove(0)
    }

    pub async fn detail(&self, job: JobId) -> JobDetail {
        jobs::show(&self.story, &self.story.may(), job).await.unwrap()
    }

    /// Why the only job that was given up was.
    pub async fn given_up_because(&self) -> Because {
        let given_up = self.jobs_in(JobState::GivenUp).await;
        assert_eq!(given_up.len(), 1, "{given_up:?}");
        given_up[0].because.clone().unwrap()
    }

    /// What the network wrote to the customer's timeline, oldest first.
    pub async fn network_events(&self, customer: Customer) -> Vec<Event> {
        let mut connection = self.story.connection().await.unwrap();
        let mut entries = store::timeline::of_contract(&mut connection, customer.contract, None, 100).await.unwrap();
        entries.reverse();
        let of_the_network =
            |event: &Event| matches!(event, Event::TechnicalStateRead { .. } | Event::ProvisioningGivenUp { .. });
        entries.into_iter().map(|entry| entry.event).filter(of_the_network).collect()
    }

    /// What the database believes the device to hold.
    pub async fn state(&self, customer: Customer) -> TechnicalState {
        let mut connection = self.story.connection().await.unwrap();
        let facts = store::technical::facts(&mut connection, &[customer.service], date(TODAY)).await.unwrap();
        facts[0].technical_state
    }
}

/// Somebody at the router's own console.
pub async fn by_hand(simulator: &Simulator) -> routeros::Client {
    let options = routeros::Options::plain("127.0.0.1", "ramal", ROUTER_PASSWORD);
    let options = routeros::Options { port: simulator.addr.port(), ..options };
    routeros::Client::connect(&options).await.unwrap()
}

/// The value of a row's attribute.
pub fn text(row: &Row, name: &str) -> String {
    row.text(name).map(String::from).unwrap_or_default()
}

/// The rows of a menu that have a value.
pub fn rows_with(simulator: &Simulator, menu: &str, name: &str, value: &str) -> Vec<Row> {
    simulator.rows(menu).into_iter().filter(|row| text(row, name) == value).collect()
}

pub fn secret(simulator: &Simulator, user: &str) -> Row {
    let mut found = rows_with(simulator, "/ppp/secret", "name", user);
    assert_eq!(found.len(), 1, "one secret for {user}");
    found.remove(0)
}

pub fn sessions(simulator: &Simulator, user: &str) -> Vec<Row> {
    rows_with(simulator, "/ppp/active", "name", user)
}

/// Whether the firewall cuts the address off.
pub fn is_listed(simulator: &Simulator, address: &str) -> bool {
    let entries = rows_with(simulator, "/ip/firewall/address-list", "address", address);
    entries.iter().any(|entry| text(entry, "list") == "ramal-cut")
}

/// What a simulated router was told, by its path: `/ppp/secret/add`.
pub fn sent(simulator: &Simulator, path: &str) -> usize {
    simulator.command_log().iter().filter(|command| command.path() == path).count()
}

/// Every command and argument ever sent is in the schema of both versions that were listed from real routers.
pub fn assert_known_to_routers(simulator: &Simulator) {
    for version in ["7.9", "7.20.8"] {
        let schema = Schema::of(version).unwrap();
        for command in simulator.command_log().iter().filter(|command| command.path() != "/login") {
            let arguments = command.arguments().map(|(name, _)| name);
            schema.check(command.path(), arguments).unwrap_or_else(|missing| panic!("{version}: {missing}"));
        }
    }
}

/// Keeps what is sent.
#[derive(Default)]
pub struct Mailbox(pub Mutex<Vec<Mail>>);

impl Mailer for Mailbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> Answer<'a, Result<(), SendFailure>> {
        self.0.lock().unwrap().push(mail.clone());
        Box::pin(async { Ok(()) })
    }
}
