//! The map: what lies where, gathered when it is near, and in which state.

use domain::calendar::BillingMode;
use domain::failure::Problem;
use domain::geo::{LAST_ZOOM, Window};
use domain::views::map::{MapColour, MapFilter, MapLayer, MapView, Mark, MarkState};
use domain::views::plant_forms::NapForm;
use domain::views::routers::RouterForm;
use workflows::permit::{EditContracts, EditPlant, EditRouters, SeePlant};
use workflows::{contracts, map, plant, routers};

use crate::provider::{Provider, SQUARE, problems, provider, suspension, text};

async fn see(provider: &Provider, filter: MapFilter) -> MapView {
    map::show(provider, &provider.may::<SeePlant>(), &filter).await.unwrap()
}

fn around_the_square(zoom: u8) -> MapFilter {
    MapFilter { window: Some(Window::new(SQUARE.parse().unwrap(), zoom)), ..MapFilter::default() }
}

fn of(view: &MapView, layer: MapLayer) -> Vec<&Mark> {
    view.marks.iter().filter(|mark| mark.layer == layer).collect()
}

/// An active contract of somebody who lives there.
async fn lives(provider: &Provider, name: &str, position: &str) {
    let customer = provider.customer(name).await;
    let address = provider.address(customer, position).await;
    let contract = provider.draft(customer, address).await;
    let line = provider.line(BillingMode::Prepaid);
    contracts::add_line(provider, &provider.may::<EditContracts>(), contract, &line).await.unwrap();
    provider.set_service(contract, &provider.pppoe(name)).await.unwrap();
    provider.sign(contract).await.unwrap();
    provider.activate(contract).await.unwrap();
}

#[tokio::test]
async fn near_customers_are_one_mark_until_one_looks_closer() {
    let provider = provider("2026-03-12").await;
    for (name, position) in [("ana", "17.0606, -96.7253"), ("luis", "17.0607, -96.7254"), ("eva", "17.0900, -96.7253")]
    {
        lives(&provider, name, position).await;
    }
    let far = see(&provider, around_the_square(10)).await;
    let marks = of(&far, MapLayer::Customers);
    let counts: Vec<i64> = marks.iter().map(|mark| mark.count()).collect();
    assert_eq!(counts, [3], "three in a few pixels");

    let near = see(&provider, around_the_square(LAST_ZOOM)).await;
    let marks = of(&near, MapLayer::Customers);
    assert_eq!(marks.len(), 2, "Eva is outside, and nothing is gathered at the closest zoom: {marks:?}");
    assert!(marks.iter().all(|mark| mark.count() == 1 && mark.name.contains(" · ")));
}

#[tokio::test]
async fn a_router_is_on_the_map_where_somebody_entered_it() {
    let provider = provider("2026-03-12").await;
    let may = provider.may::<EditRouters>();
    let form = routers::form(&provider, &may, provider.router).await.unwrap();
    let form = RouterForm { position: text(SQUARE), ..form };
    routers::edit(&provider, &may, provider.router, &form).await.unwrap();
    let view = see(&provider, around_the_square(15)).await;
    assert_eq!(of(&view, MapLayer::Routers)[0].name, "norte");
    assert_eq!(view.count(MapLayer::Routers, MarkState::Unknown), 1, "nobody has reached it yet");
    let wrong = routers::edit(&provider, &may, provider.router, &RouterForm { position: text("north"), ..form }).await;
    assert_eq!(problems(wrong), [(text("position"), Problem::NotAPosition)]);
}

#[tokio::test]
async fn without_a_window_everything_is_in_it() {
    let provider = provider("2026-03-12").await;
    assert!(see(&provider, MapFilter::default()).await.marks.is_empty(), "nothing is anywhere yet");
    lives(&provider, "ana", SQUARE).await;
    let nap = NapForm { name: text("NAP-1"), position: text("17.1, -96.7"), capacity: text("8"), ..NapForm::default() };
    plant::create_nap(&provider, &provider.may::<EditPlant>(), &nap).await.unwrap();
    let view = see(&provider, MapFilter::default()).await;
    assert_eq!((of(&view, MapLayer::Customers).len(), of(&view, MapLayer::Naps).len()), (1, 1));
    assert_eq!(view.count(MapLayer::Naps, MarkState::Bare), 1, "a box without a splitter");
    let naps = see(&provider, MapFilter { layer: Some(MapLayer::Naps), ..MapFilter::default() }).await;
    assert!(naps.marks.iter().all(|mark| mark.layer == MapLayer::Naps));
}

#[tokio::test]
async fn a_mark_tells_what_is_owed_what_was_read_or_when() {
    let provider = provider("2026-03-12").await;
    lives(&provider, "ana", SQUARE).await;
    let luis = provider.active("luis").await;
    provider.suspend(luis, &suspension("abuse", "hard_cut")).await.unwrap();
    let count = async |colour, state| {
        let view = see(&provider, MapFilter { colour, ..around_the_square(15) }).await;
        view.count(MapLayer::Customers, state)
    };
    assert_eq!(count(MapColour::Overdue, MarkState::Without).await, 1);
    assert_eq!(count(MapColour::Overdue, MarkState::PaidUp).await, 1);
    assert_eq!(count(MapColour::Technical, MarkState::Unprovisioned).await, 2, "no device was read yet");
    assert_eq!(count(MapColour::Contact, MarkState::Never).await, 2);
    provider.it_is("2026-06-12");
    assert_eq!(count(MapColour::Overdue, MarkState::Overdue).await, 1, "the first invoice is late");

    let cut = MapFilter { state: Some(MarkState::Without), ..around_the_square(15) };
    let view = see(&provider, cut).await;
    assert_eq!(view.marks.len(), 1, "the filter leaves nothing else: {:?}", view.marks);
    assert_eq!(view.marks[0].worst(), MarkState::Without);
}
