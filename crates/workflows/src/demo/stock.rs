//! A stock for the demo: two warehouses, a technician's van, and equipment on the shelves and at customers.

use domain::failure::Failure;
use domain::ids::{EquipmentId, EquipmentModelId, StockPlaceId};
use domain::role::Role;
use domain::stock::Serial;
use domain::views::leases::LeaseFilter;
use domain::views::stock_forms::{ModelForm, PlaceForm, ReceiptForm, ToPlaceForm, WhyForm};

use super::examples::somebody;
use crate::permit::{EditStock, EditUsers, MoveStock, Permit};
use crate::{Context, Result, stock};

/// How many ONUs at customers are received where they serve.
const SERVING: i64 = 60;
/// Customers who also have a router of ours.
const WITH_ROUTER: usize = 5;

/// What comes to the shelves: kind, maker, name, how many, and how their serials and MACs begin.
const SHELVES: [(&str, &str, &str, u32, &str, &str); 4] = [
    ("onu", "ZTE", "F670L", 14, "ZTEGD08A", "54:BE:53:1A:00"),
    ("router", "TP-Link", "Archer C6", 18, "22394K00", "B0:95:75:2C:10"),
    ("antenna", "Ubiquiti", "LiteBeam 5AC", 6, "LBE5AC0", "78:8A:20:5D:30"),
    ("radio", "MikroTik", "SXTsq 5", 4, "HG909AX", "48:8F:5A:77:40"),
];

/// Fills it as somebody of the network's people would.
///
/// # Errors
/// `NotFound` without the people of the demo.
pub async fn fill_stock(context: &Context, _: &Permit<EditUsers>) -> Result<()> {
    let noc = somebody(context, Role::Noc).await?;
    let filling = Filling { context, edit: noc.permit()?, carry: noc.permit()? };
    let (central, east, van) = filling.places().await?;
    let huawei = filling.model("onu", "Huawei", "HG8145V5").await?;
    filling.lend(huawei, central).await?;
    let serving = store::stock::unregistered(&mut *context.connection().await?, SERVING).await?;
    let serials: Vec<String> = serving.iter().map(|(_, serial)| serial.clone()).collect();
    filling.receive(huawei, central, "Ya instaladas", &serials).await?;
    let spare: Vec<String> = (1..=16).map(|number| format!("HWTCD0{number:06X}")).collect();
    filling.receive(huawei, central, "Remisión 4471", &spare).await?;
    for (number, (kind, maker, name, count, serial, mac)) in SHELVES.into_iter().enumerate() {
        let model = filling.model(kind, maker, name).await?;
        let lines: Vec<String> = (1..=count).map(|nth| format!("{serial}{nth:04},{mac}:{nth:02X}")).collect();
        filling.receive(model, if number < 2 { central } else { east }, "Remisión 4502", &lines).await?;
    }
    for (nth, (service, _)) in (1..).zip(serving.iter().rev().take(WITH_ROUTER)) {
        let router = filling.piece(&format!("22394K00{nth:04}")).await?;
        stock::install(context, &filling.carry, router, *service, "").await?;
    }
    for serial in spare.iter().take(6).cloned().chain((10..14).map(|nth| format!("22394K00{nth:04}"))) {
        let form = ToPlaceForm { to: van.to_string(), reason: "Trabajos de la semana".to_owned() };
        stock::transfer(context, &filling.carry, filling.piece(&serial).await?, &form).await?;
    }
    let burnt = WhyForm { reason: "Se quemó en una tormenta".to_owned() };
    stock::write_off(context, &filling.edit, filling.piece("22394K000018").await?, &burnt).await
}

struct Filling<'a> {
    context: &'a Context,
    edit: Permit<EditStock>,
    carry: Permit<MoveStock>,
}

impl Filling<'_> {
    /// The central warehouse, the other one, and the van.
    async fn places(&self) -> Result<(StockPlaceId, StockPlaceId, StockPlaceId)> {
        let technician = somebody(self.context, Role::Technician).await?;
        let technician = technician.user_id().map(|id| id.to_string()).unwrap_or_default();
        let place = |kind: &str, name: &str, technician: &str| PlaceForm {
            kind: kind.to_owned(),
            name: name.to_owned(),
            technician: technician.to_owned(),
        };
        let central = place("warehouse", "Bodega central", "");
        let east = place("warehouse", "Bodega Oriente", "");
        let van = place("van", "Furgón 1", &technician);
        Ok((
            stock::add_place(self.context, &self.edit, &central).await?,
            stock::add_place(self.context, &self.edit, &east).await?,
            stock::add_place(self.context, &self.edit, &van).await?,
        ))
    }

    async fn model(&self, kind: &str, maker: &str, name: &str) -> Result<EquipmentModelId> {
        let form = ModelForm { kind: kind.to_owned(), maker: maker.to_owned(), name: name.to_owned() };
        stock::add_model(self.context, &self.edit, &form).await
    }

    async fn receive(&self, model: EquipmentModelId, place: StockPlaceId, note: &str, lines: &[String]) -> Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let form = ReceiptForm {
            model: model.to_string(),
            place: place.to_string(),
            note: note.to_owned(),
            lines: lines.join("\n"),
        };
        let receipt = stock::draft(self.context, &self.edit, &form).await?;
        stock::receive(self.context, &self.edit, receipt).await.map(drop)
    }

    /// The ONU that a customer is paying off is at that customer's.
    async fn lend(&self, model: EquipmentModelId, place: StockPlaceId) -> Result<()> {
        let mut connection = self.context.connection().await?;
        let today = self.context.clock.today();
        let leases = store::leases::list(&mut connection, &LeaseFilter::default(), today).await?.rows;
        let Some(lease) = leases.into_iter().find(|lease| lease.serial.is_some()) else { return Ok(()) };
        let service = store::service_settings::of_contract(&mut connection, lease.contract.id).await?;
        let free = match &service {
            Some(service) => store::stock::serves(&mut connection, service.id).await?.is_none(),
            None => false,
        };
        drop(connection);
        let (Some(service), Some(serial), true) = (service, lease.serial, free) else { return Ok(()) };
        self.receive(model, place, "Remisión 4471", std::slice::from_ref(&serial)).await?;
        stock::install(self.context, &self.carry, self.piece(&serial).await?, service.id, "").await
    }

    async fn piece(&self, serial: &str) -> Result<EquipmentId> {
        let serial: Serial = serial.parse().map_err(|problem| Failure::field("serial", problem))?;
        let mut connection = self.context.connection().await?;
        Ok(store::stock::by_serial(&mut connection, &serial).await?.ok_or(Failure::NotFound)?)
    }
}
