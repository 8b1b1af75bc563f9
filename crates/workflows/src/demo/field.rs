//! Two days of work for the demo's technician: customers who have just signed, faults, moves, and equipment to fetch.

use chrono::NaiveDate;
use domain::failure::Failure;
use domain::ids::{ContractId, PlanId, RouterId, UserId, WorkOrderId};
use domain::position::Position;
use domain::role::Role;
use domain::views::contract_forms::{DateForm, DraftForm, LineForm, ServiceForm};
use domain::views::customers::{AddressForm, CustomerForm};
use domain::views::work::WorkFilter;
use domain::views::work_forms::{ScheduleForm, WorkForm};
use domain::work_order::WorkKind;

use super::examples::{served, somebody};
use crate::permit::{Actor, EditUsers, EditWork, Permit};
use crate::{Context, Result, addresses, changes, contracts, customers, work_orders};

/// Who signed this week: name, street, and how far they live from somebody who is served, in millionths of a degree.
const NEW: [(&str, &str, i64); 4] = [
    ("Rosario Medina Cruz", "Calle Olivo 14", 2_100),
    ("Tomás Arriaga León", "Av. Fresno 208", 5_400),
    ("Abarrotes La Esquina", "Calle Nogal 3", 8_900),
    ("Lucía Benítez Soto", "Andador Roble 77", 12_300),
];

/// What others called about: the kind, what is to be done, and the part of the day.
const OLD: [(WorkKind, &str, &str); 7] = [
    (WorkKind::Repair, "Sin señal óptica desde anoche; revisar el conector en la caja.", "morning"),
    (WorkKind::Repair, "Se va y vuelve cuando llueve.", "any"),
    (WorkKind::Move, "Pasa el equipo al segundo piso; llevar 30 m de cable.", "afternoon"),
    (WorkKind::Repair, "El wifi no llega al fondo de la casa.", "any"),
    (WorkKind::Removal, "Se muda a otra ciudad; dejó el equipo con la vecina.", "morning"),
    (WorkKind::Repair, "Cable cortado en la entrada.", "any"),
    (WorkKind::Move, "Cambia de edificio en la misma calle.", "any"),
];

/// How many are still to be given to somebody.
const WAITING: usize = 3;

/// Arranges them as support would, most of them for today and the rest for tomorrow; the last ones wait for a day.
///
/// # Errors
/// `NotFound` without the people of the demo, or without contracts.
pub async fn send_technicians(context: &Context, permit: &Permit<EditUsers>, played: &str) -> Result<()> {
    let technician = somebody(context, Role::Technician).await?.user_id().ok_or(Failure::NotFound)?;
    // The first ones are examples of something else.
    let served: Vec<ContractId> = served(context, played).await?.into_iter().skip(20).step_by(3).collect();
    let model = model(context, &served).await?;
    let sending = Sending { context, office: permit.actor(), arrange: permit.actor().permit()?, technician };
    let mut orders = Vec::new();
    for (number, (name, street, far)) in NEW.iter().enumerate() {
        let contract = sending.sign(&model, name, street, *far, number).await?;
        orders.push((sending.installation(contract).await?, "any"));
    }
    for ((kind, note, part), contract) in OLD.iter().zip(&served) {
        orders.push((sending.order(*contract, *kind, note).await?, *part));
    }
    let today = context.clock.today();
    let tomorrow = today.succ_opt().unwrap_or(today);
    orders.truncate(orders.len().saturating_sub(WAITING));
    for (number, (order, part)) in orders.into_iter().enumerate() {
        sending.assign(order, if number % 3 == 2 { tomorrow } else { today }, part).await?;
    }
    work_orders::suggest(context, &sending.arrange, technician, today).await
}

struct Sending<'a> {
    context: &'a Context,
    office: &'a Actor,
    arrange: Permit<EditWork>,
    technician: UserId,
}

impl Sending<'_> {
    /// A new customer near somebody who is served, with the same plan behind the same router.
    async fn sign(&self, model: &Model, name: &str, street: &str, far: i64, number: usize) -> Result<ContractId> {
        let form = CustomerForm {
            kind: if name.starts_with("Abarrotes") { "company" } else { "person" }.to_owned(),
            name: name.to_owned(),
            phone: format!("+52 951 555 02{number:02}"),
            language: "es".to_owned(),
            ..CustomerForm::default()
        };
        let customer = customers::create(self.context, &self.office.permit()?, &form).await?;
        let address = AddressForm { street: street.to_owned(), position: model.beside(far), ..model.address.clone() };
        let address = addresses::add(self.context, &self.office.permit()?, customer, &address).await?;
        let draft = DraftForm {
            customer: customer.to_string(),
            address: address.to_string(),
            policy: model.policy.clone(),
            ..DraftForm::default()
        };
        let contract = contracts::draft(self.context, &self.office.permit()?, &draft).await?;
        let line = LineForm { plan: model.plan.to_string(), every: "1m".to_owned(), ..LineForm::default() };
        contracts::add_line(self.context, &self.office.permit()?, contract, &line).await?;
        let service = ServiceForm {
            router: model.router.to_string(),
            access: "pppoe".to_owned(),
            pppoe_user: format!("nuevo{number}"),
            ..ServiceForm::default()
        };
        contracts::set_service(self.context, &self.office.permit()?, contract, &service).await?;
        contracts::sign(self.context, &self.office.permit()?, contract, &DateForm::default()).await?;
        Ok(contract)
    }

    /// The order that signing made.
    async fn installation(&self, contract: ContractId) -> Result<WorkOrderId> {
        let filter = WorkFilter { contract: Some(contract), ..WorkFilter::default() };
        let rows = work_orders::list(self.context, &self.office.permit()?, &filter).await?.rows;
        Ok(rows.first().ok_or(Failure::NotFound)?.id)
    }

    async fn order(&self, contract: ContractId, kind: WorkKind, note: &str) -> Result<WorkOrderId> {
        let form = WorkForm {
            contract: contract.to_string(),
            kind: kind.to_string(),
            note: note.to_owned(),
            ..WorkForm::default()
        };
        work_orders::create(self.context, &self.arrange, &form).await
    }

    async fn assign(&self, order: WorkOrderId, on: NaiveDate, part: &str) -> Result<()> {
        let form = ScheduleForm { technician: self.technician.to_string(), on: on.to_string(), part: part.to_owned() };
        work_orders::schedule(self.context, &self.arrange, order, &form).await
    }
}

/// Somebody who is served, to be like.
struct Model {
    address: AddressForm,
    position: Option<Position>,
    policy: String,
    plan: PlanId,
    router: RouterId,
}

/// Of the first one with a connection that goes on.
async fn model(context: &Context, served: &[ContractId]) -> Result<Model> {
    for contract in served {
        if let Ok(model) = Model::of(context, *contract).await {
            return Ok(model);
        }
    }
    Err(Failure::NotFound.into())
}

impl Model {
    async fn of(context: &Context, contract: ContractId) -> Result<Self> {
        let plan = changes::plan_options(context, contract).await?.present.id;
        let mut connection = context.connection().await?;
        let detail = store::contract_detail::get(&mut connection, contract, context.clock.today()).await?;
        let service = store::service_settings::of_contract(&mut connection, contract).await?;
        let facts = detail.address.facts;
        Ok(Self {
            position: facts.position,
            address: AddressForm {
                sector: facts.sector.map(|sector| sector.to_string()).unwrap_or_default(),
                city: facts.city,
                country: facts.country,
                ..AddressForm::default()
            },
            policy: detail.policy.id.to_string(),
            plan,
            router: service.ok_or(Failure::NotFound)?.settings.router,
        })
    }

    /// A position so far to the north and east of it, as it is typed.
    fn beside(&self, millionths: i64) -> String {
        let far = rust_decimal::Decimal::new(millionths, 6);
        let there = self.position.and_then(|here| Position::new(here.latitude() + far, here.longitude() + far).ok());
        there.map(|there| there.to_string()).unwrap_or_default()
    }
}
