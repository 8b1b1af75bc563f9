//! A provider with something on its shelves.

use domain::ids::{ContractId, EquipmentId, EquipmentModelId, StockPlaceId, StockReceiptId};
use domain::views::leases::LeaseForm;
use domain::views::plans::PlanForm;
use domain::views::stock::{EquipmentDetail, StockCounts, StockFilter};
use domain::views::stock_forms::{InstallAtForm, ModelForm, PlaceForm, ReceiptForm, ToPlaceForm};
use workflows::permit::{EditPlans, EditStock, MoveStock, RequestChanges, SeeStock};
use workflows::{leases, plans, stock};

use crate::provider::{Provider, provider, text};

/// A provider with a warehouse, a van, and a kind of ONU and of router.
pub struct Depot {
    pub provider: Provider,
    pub warehouse: StockPlaceId,
    pub van: StockPlaceId,
    pub onu: EquipmentModelId,
    pub router: EquipmentModelId,
}

impl std::ops::Deref for Depot {
    type Target = Provider;
    fn deref(&self) -> &Provider {
        &self.provider
    }
}

pub async fn depot(today: &str) -> Depot {
    let provider = provider(today).await;
    let permit = provider.may::<EditStock>();
    let place = |kind: &str, name: &str| PlaceForm { kind: text(kind), name: text(name), ..PlaceForm::default() };
    let model = |kind: &str, name: &str| ModelForm { kind: text(kind), maker: text("Huawei"), name: text(name) };
    let warehouse = stock::add_place(&provider, &permit, &place("warehouse", "Bodega")).await.unwrap();
    let van = stock::add_place(&provider, &permit, &place("van", "Furgón 1")).await.unwrap();
    let onu = stock::add_model(&provider, &permit, &model("onu", "HG8145V5")).await.unwrap();
    let router = stock::add_model(&provider, &permit, &model("router", "AX3")).await.unwrap();
    Depot { provider, warehouse, van, onu, router }
}

impl Depot {
    pub async fn draft(&self, model: EquipmentModelId, lines: &str) -> StockReceiptId {
        let form = ReceiptForm {
            model: model.to_string(),
            place: self.warehouse.to_string(),
            note: text("Entrega 7"),
            lines: text(lines),
        };
        stock::draft(&self.provider, &self.may::<EditStock>(), &form).await.unwrap()
    }

    pub async fn receive(&self, receipt: StockReceiptId) -> (usize, usize) {
        stock::receive(&self.provider, &self.may::<EditStock>(), receipt).await.unwrap()
    }

    /// One piece that came to the warehouse.
    pub async fn piece(&self, model: EquipmentModelId, serial: &str) -> EquipmentId {
        let receipt = self.draft(model, serial).await;
        assert_eq!(self.receive(receipt).await, (1, 0));
        self.find(serial).await
    }

    pub async fn find(&self, serial: &str) -> EquipmentId {
        let filter = StockFilter { search: Some(text(serial)), ..StockFilter::default() };
        stock::list(&self.provider, &self.may::<SeeStock>(), &filter).await.unwrap().page.rows[0].id
    }

    pub async fn piece_page(&self, item: EquipmentId) -> EquipmentDetail {
        stock::show(&self.provider, &self.may::<SeeStock>(), item).await.unwrap()
    }

    pub async fn counts(&self) -> StockCounts {
        stock::list(&self.provider, &self.may::<SeeStock>(), &StockFilter::default()).await.unwrap().counts
    }

    pub async fn install(&self, item: EquipmentId, contract: ContractId) -> workflows::Result<()> {
        let code = self.show(contract).await.code;
        let form = InstallAtForm { contract: code, ..InstallAtForm::default() };
        stock::install_at(&self.provider, &self.may::<MoveStock>(), item, &form).await
    }

    pub async fn take_back(&self, item: EquipmentId) -> workflows::Result<()> {
        let form = ToPlaceForm { to: self.warehouse.to_string(), ..ToPlaceForm::default() };
        stock::take_back(&self.provider, &self.may::<MoveStock>(), item, &form).await
    }

    pub async fn onu_of(&self, contract: ContractId) -> Option<String> {
        self.show(contract).await.network.unwrap().onu_serial
    }

    /// Leases the ONU of that serial with the contract, until 1 January 2027.
    pub async fn lease(&self, contract: ContractId, serial: &str) {
        let plan = PlanForm {
            code: text("S100"),
            name: text("Fibra 100 sin equipo"),
            kind: text("internet"),
            down_mbps: text("100"),
            up_mbps: text("50"),
            price: text("20"),
            currency: text("USD"),
            tax: self.tax().await,
            ..PlanForm::default()
        };
        let plan_after = plans::create(&self.provider, &self.may::<EditPlans>(), &plan).await.unwrap();
        let form = LeaseForm {
            line: self.show(contract).await.lines[0].id.to_string(),
            equipment: text("ONU HG8145V5"),
            serial: text(serial),
            value: text("73"),
            commitment_end: text("2027-01-01"),
            plan_after: plan_after.to_string(),
            ..LeaseForm::default()
        };
        leases::add(&self.provider, &self.may::<RequestChanges>(), contract, &form).await.unwrap();
    }

    pub async fn tax(&self) -> String {
        let mut connection = self.connection().await.unwrap();
        store::taxes::choices(&mut connection).await.unwrap()[0].id.to_string()
    }
}
