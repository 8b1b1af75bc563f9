//! A fibre plant for the demo: two OLTs, and boxes among the customers of each sector.

use domain::failure::Failure;
use domain::geo::distance;
use domain::ids::{OltId, PonPortId, SectorId};
use domain::plant::Ways;
use domain::position::Position;
use domain::views::list::Choice;
use domain::views::plant_forms::{CardForm, ConnectForm, NapForm, OltForm, ReserveForm, SplitterForm};
use rust_decimal::Decimal;

use crate::permit::{EditPlant, Permit, ReservePorts, SeePlant};
use crate::plant::NapFile;
use crate::{Context, Result, plant};

/// How many are connected at each box of a sector: the first is full.
const CONNECTED: [usize; 5] = [8, 6, 4, 2, 0];

/// A table that somebody sent and has not confirmed: one row has to be mended first.
const TABLE: &str = "nombre,latitud,longitud,capacidad,sector
NAP-NUEVA-01,19.441020,-99.128330,16,
NAP-NUEVA-02,19.441870,-99.129140,16,
NAP-NUEVA-03,19.442510,99.1301O7,8,
";

/// Builds it where there are sectors with customers, and keeps a port for somebody.
pub async fn build_plant(context: &Context, permit: &Permit<EditPlant>) -> Result<()> {
    let sectors = store::sectors::choices(&mut *context.connection().await?).await?;
    let (north, south) = sectors.split_at(sectors.len() / 2);
    for (name, sectors) in [("OLT-NORTE", north), ("OLT-SUR", south)] {
        let olt = create_olt(context, permit, name, sectors).await?;
        let pons = pons_of(context, permit, olt).await?;
        for (sector, pon) in sectors.iter().zip(pons) {
            build_sector(context, permit, sector, pon).await?;
        }
    }
    let table = NapFile { name: "cajas-nuevas.csv".to_owned(), bytes: TABLE.as_bytes().to_vec() };
    plant::send_naps(context, permit, &table).await.map(drop)
}

/// In the middle of its first sector, with two cards.
async fn create_olt(
    context: &Context,
    permit: &Permit<EditPlant>,
    name: &str,
    sectors: &[Choice<SectorId>],
) -> Result<OltId> {
    let mut connection = context.connection().await?;
    let first = match sectors.first() {
        Some(sector) => store::plant::unconnected(&mut connection, sector.id).await?.into_iter().next(),
        None => None,
    };
    drop(connection);
    let position = first.map(|(_, position)| position.to_string()).unwrap_or_default();
    let form = OltForm { name: name.to_owned(), model: "MA5800-X7".to_owned(), position };
    let olt = plant::create_olt(context, permit, &form).await?;
    for slot in ["1", "2"] {
        let card = CardForm { slot: slot.to_owned(), ports: "8".to_owned() };
        plant::add_card(context, permit, olt, &card).await?;
    }
    Ok(olt)
}

async fn pons_of(context: &Context, permit: &Permit<EditPlant>, olt: OltId) -> Result<Vec<PonPortId>> {
    let olts = plant::list_olts(context, &permit.actor().permit::<SeePlant>()?).await?;
    let olt = olts.into_iter().find(|row| row.id == olt).ok_or(Failure::NotFound)?;
    Ok(olt.pons.into_iter().map(|pon| pon.id).collect())
}

/// A splitter on the way, and boxes on its ports, each beside a customer.
async fn build_sector(
    context: &Context,
    permit: &Permit<EditPlant>,
    sector: &Choice<SectorId>,
    pon: PonPortId,
) -> Result<()> {
    let mut waiting = store::plant::unconnected(&mut *context.connection().await?, sector.id).await?;
    if waiting.len() < CONNECTED.len() {
        return Ok(());
    }
    let on_the_way = SplitterForm { ways: Ways::Eight.to_string(), ..SplitterForm::default() };
    plant::add_splitter(context, permit, pon, &on_the_way).await?;
    let places: Vec<Position> =
        waiting.iter().step_by(waiting.len() / CONNECTED.len()).map(|(_, position)| *position).collect();
    for (nth, (connected, place)) in CONNECTED.iter().zip(places).enumerate() {
        let name = format!("NAP-{}-{:02}", sector.name.to_uppercase().replace(' ', "-"), nth + 1);
        add_box(context, permit, &name, sector.id, beside(place), pon).await?;
        // The nearest last, so that they are taken from the end.
        waiting.sort_by_key(|(_, position)| std::cmp::Reverse(distance(place, *position)));
        let nearest = waiting.split_off(waiting.len().saturating_sub(*connected));
        connect(context, permit, &name, nearest.into_iter().map(|(code, _)| code).collect()).await?;
        if *connected == 0 {
            reserve(context, permit, &name, waiting.last().map(|(code, _)| code.as_str())).await?;
        }
    }
    Ok(())
}

/// On the pole at the next corner.
fn beside(place: Position) -> Position {
    let corner = Decimal::new(2, 4);
    Position::new(place.latitude() + corner, place.longitude() + corner).unwrap_or(place)
}

async fn add_box(
    context: &Context,
    permit: &Permit<EditPlant>,
    name: &str,
    sector: SectorId,
    position: Position,
    pon: PonPortId,
) -> Result<()> {
    let form = NapForm {
        name: name.to_owned(),
        sector: sector.to_string(),
        position: position.to_string(),
        capacity: "16".to_owned(),
        fibre_metres: "2400".to_owned(),
    };
    plant::create_nap(context, permit, &form).await?;
    let see = permit.actor().permit::<SeePlant>()?;
    let splitters = plant::show_pon(context, &see, pon).await?.splitters;
    let open = splitters.first().and_then(|splitter| splitter.open.first()).ok_or(Failure::NotFound)?;
    let splitter = SplitterForm { port: open.0.to_string(), ways: Ways::Eight.to_string(), nap: name.to_owned() };
    plant::add_splitter(context, permit, pon, &splitter).await.map(drop)
}

async fn connect(context: &Context, permit: &Permit<EditPlant>, name: &str, codes: Vec<String>) -> Result<()> {
    let mut connection = context.connection().await?;
    let nap = store::plant::nap_by_name(&mut connection, name).await?.ok_or(Failure::NotFound)?;
    let ports = store::plant::ports(&mut connection, nap, context.clock.now()).await?;
    drop(connection);
    for (who, port) in codes.into_iter().zip(ports) {
        plant::connect(context, permit, &ConnectForm { who, port: port.id.to_string() }).await?;
    }
    Ok(())
}

async fn reserve(context: &Context, permit: &Permit<EditPlant>, name: &str, who: Option<&str>) -> Result<()> {
    let Some(who) = who else { return Ok(()) };
    let nap = store::plant::nap_by_name(&mut *context.connection().await?, name).await?.ok_or(Failure::NotFound)?;
    let form = ReserveForm { who: who.to_owned(), port: String::new() };
    plant::reserve(context, &permit.actor().permit::<ReservePorts>()?, nap, &form).await.map(drop)
}
