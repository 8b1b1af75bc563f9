//! A captive portal for the demo, and guests who come and go.

use domain::ids::RouterId;
use domain::views::hotspots::{GardenForm, HotspotForm, ProfileForm};
use domain::views::vouchers::BatchForm;
use lab::routeros::Simulator;
use workflows::permit::{Actor, EditHotspots, IssueVouchers, SeeHotspots};
use workflows::{Context, hotspots, vouchers};

use crate::failure::Failure;

/// Guests at the same time.
const GUESTS: usize = 4;
const ACTIVE: &str = "/ip/hotspot/active";

/// The router's own part, as somebody made it by hand.
pub fn furnish(router: &Simulator) {
    // A router that is full refuses: then there is no hotspot in the demo.
    router.seed("/ip/hotspot", &[("name", "wifi"), ("profile", "default"), ("interface", "ether2")]).ok();
}

/// A hotspot with a profile and vouchers, unless there is one.
pub async fn open(context: &Context, router: RouterId) -> Result<(), Failure> {
    let actor = Actor::System { name: "demo" };
    if !hotspots::list(context, &actor.permit::<SeeHotspots>()?).await?.is_empty() {
        return Ok(());
    }
    let edit = actor.permit::<EditHotspots>()?;
    let hotspot = HotspotForm {
        name: "Plaza Central".to_owned(),
        router: router.to_string(),
        server: "wifi".to_owned(),
        dns_name: "wifi.example.com".to_owned(),
        look_seconds: "15".to_owned(),
        ..HotspotForm::default()
    };
    let hotspot = hotspots::create(context, &edit, &hotspot).await?;
    let profile = ProfileForm {
        name: "Turista 5 megas".to_owned(),
        down_kbps: "5120".to_owned(),
        up_kbps: "1024".to_owned(),
        shared_users: "1".to_owned(),
        ..ProfileForm::default()
    };
    let profile = hotspots::create_profile(context, &edit, &profile).await?;
    let payment = GardenForm { to: "*.stripe.com".to_owned(), note: "Pagos con tarjeta".to_owned() };
    hotspots::add_garden(context, &edit, hotspot, &payment).await?;
    let issue = actor.permit::<IssueVouchers>()?;
    let Some(tax) = vouchers::choices(context, &issue).await?.taxes.into_iter().next() else { return Ok(()) };
    let batch = BatchForm {
        series: "WIFI".to_owned(),
        quantity: "48".to_owned(),
        profile: profile.to_string(),
        price: "1.00".to_owned(),
        tax: tax.id.to_string(),
        valid_for: "1".to_owned(),
        valid_unit: "d".to_owned(),
        limit_megabytes: "2048".to_owned(),
        ..BatchForm::default()
    };
    vouchers::create(context, &issue, &batch).await?;
    Ok(())
}

/// Whoever is in stays a little longer; while there is room, somebody comes in with the next voucher.
pub fn play(router: &Simulator, seconds: u64) {
    router.pass(seconds, 400_000);
    let live = router.rows(ACTIVE);
    if live.len() >= GUESTS {
        return;
    }
    for (nth, user) in router.rows("/ip/hotspot/user").iter().enumerate() {
        let name = user.text("name").unwrap_or_default();
        let is_in = live.iter().any(|session| session.text("user").is_some_and(|user| user == name));
        let mac = format!("02:DE:30:00:{:02X}:{:02X}", nth / 256, nth % 256);
        if !is_in && router.sign_in(&name, "", &mac).is_ok() {
            return;
        }
    }
}
