//! A provider's captive portals in a story: routers with a hotspot, profiles, batches of vouchers, and looks at them.

use domain::hotspot::VoucherState;
use domain::ids::{HotspotId, VoucherBatchId};
use domain::views::hotspots::{BindingForm, GardenForm, HotspotDetail, HotspotForm, ProfileForm, UserForm};
use domain::views::vouchers::{BatchForm, VoucherFilter, VoucherRow};
use lab::routeros::Simulator;
use workflows::{hotspots, vouchers};

use crate::town::*;

/// A provider with a hotspot on each of its routers.
pub struct Portals {
    pub town: Town,
    pub routers: Vec<Simulator>,
    pub places: Vec<HotspotId>,
    pub profile: String,
}

/// Each router has a server `wifi`, as somebody made it by hand.
pub async fn portals(count: usize) -> Portals {
    portals_like(count, ProfileForm::default()).await
}

/// With a profile that has what the form says, beside its speed.
pub async fn portals_like(count: usize, form: ProfileForm) -> Portals {
    let town = town().await;
    let (mut routers, mut places) = (Vec::new(), Vec::new());
    for nth in 0..count {
        let simulator = simulator().await;
        simulator.seed("/ip/hotspot", &[("name", "wifi"), ("profile", "default"), ("interface", "ether2")]).unwrap();
        let router = town.router(&format!("R{nth}"), &simulator).await;
        let hotspot = HotspotForm {
            name: format!("Plaza {nth}"),
            router: router.to_string(),
            server: "wifi".into(),
            dns_name: "wifi.example.com".into(),
            look_seconds: "60".into(),
            ..HotspotForm::default()
        };
        places.push(hotspots::create(&town.story, &town.story.may(), &hotspot).await.unwrap());
        routers.push(simulator);
    }
    let shared_users = if form.shared_users.is_empty() { "1".to_owned() } else { form.shared_users.clone() };
    let form =
        ProfileForm { name: "Turista".into(), down_kbps: "5120".into(), up_kbps: "1024".into(), shared_users, ..form };
    let profile = hotspots::create_profile(&town.story, &town.story.may(), &form).await.unwrap().to_string();
    Portals { town, routers, places, profile }
}

impl Portals {
    /// Two hours from the first use, everywhere.
    pub async fn batch(&self, quantity: usize) -> VoucherBatchId {
        self.batch_like(BatchForm { quantity: quantity.to_string(), ..BatchForm::default() }).await
    }

    pub async fn batch_like(&self, form: BatchForm) -> VoucherBatchId {
        let mut connection = self.town.story.connection().await.unwrap();
        let company = domain::settings::Company {
            name: "Fibra del Sur".into(),
            country: "MX".into(),
            currency: "USD".parse().unwrap(),
            time_zone: "UTC".into(),
            language: domain::contact::Language::Spanish,
        };
        store::company::save(&mut connection, &company).await.unwrap();
        let (name, rate) = (format!("IVA {}", form.series), "16".parse().unwrap());
        let tax = store::taxes::add(&mut connection, &name, domain::tax::TaxBasis::Included, rate).await;
        let tax = tax.unwrap().to_string();
        drop(connection);
        let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
        let has_end = !form.valid_for.is_empty() || !form.valid_until.is_empty();
        let form = BatchForm {
            series: or(&form.series, "WIFI"),
            quantity: or(&form.quantity, "1"),
            profile: self.profile.clone(),
            price: "2.50".into(),
            tax,
            valid_for: if has_end { form.valid_for.clone() } else { "2".into() },
            valid_unit: or(&form.valid_unit, "h"),
            ..form
        };
        vouchers::create(&self.town.story, &self.town.story.may(), &form).await.unwrap()
    }

    pub async fn vouchers(&self) -> Vec<VoucherRow> {
        vouchers::list(&self.town.story, &self.town.story.may(), &VoucherFilter::default()).await.unwrap().rows
    }

    pub async fn codes(&self) -> Vec<String> {
        self.vouchers().await.into_iter().map(|voucher| voucher.code.to_string()).collect()
    }

    pub async fn states(&self) -> Vec<VoucherState> {
        self.vouchers().await.into_iter().map(|voucher| voucher.state).collect()
    }

    pub async fn shown(&self, place: usize) -> HotspotDetail {
        hotspots::show(&self.town.story, &self.town.story.may(), self.places[place]).await.unwrap()
    }

    /// So many minutes pass on the clock of the server and for those who are in.
    pub async fn minutes(&self, minutes: u64) {
        self.town.story.clock.advance(chrono::Duration::minutes(minutes.try_into().unwrap()));
        self.routers.iter().for_each(|router| router.pass(minutes * 60, 0));
        self.town.work().await;
    }

    pub async fn garden(&self, to: &str) {
        let form = GardenForm { to: to.into(), note: String::new() };
        hotspots::add_garden(&self.town.story, &self.town.story.may(), self.places[0], &form).await.unwrap();
    }

    pub async fn bind(&self, mac: &str, kind: &str) {
        let form = BindingForm { mac: mac.into(), kind: kind.into(), note: String::new() };
        hotspots::add_binding(&self.town.story, &self.town.story.may(), self.places[0], &form).await.unwrap();
    }

    pub async fn user(&self, name: &str, password: &str) -> domain::ids::HotspotUserId {
        let form = UserForm {
            name: name.into(),
            password: password.into(),
            profile: self.profile.clone(),
            ..UserForm::default()
        };
        hotspots::create_user(&self.town.story, &self.town.story.may(), self.places[0], &form).await.unwrap()
    }
}

pub fn names(simulator: &Simulator, menu: &str, name: &str) -> Vec<String> {
    simulator.rows(menu).iter().map(|row| text(row, name)).collect()
}

pub fn signed_in(simulator: &Simulator) -> Vec<String> {
    names(simulator, "/ip/hotspot/active", "user")
}
