//! The part of the table of routes that has the stock.

use leptos::prelude::*;
use leptos_router::{any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::{Equipment, MoveStock, ReceiveStock, Stock, StockModels, StockPlaces, StockReceipt};

/// The stock.
#[component(transparent)]
pub(crate) fn StockRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/stock") view=Stock::route()/>
        <Route path=path!("/stock/move") view=MoveStock::route()/>
        <Route path=path!("/stock/receive") view=ReceiveStock::route()/>
        <Route path=path!("/stock/receipts/:id") view=StockReceipt::route()/>
        <Route path=path!("/stock/models") view=StockModels::route()/>
        <Route path=path!("/stock/places") view=StockPlaces::route()/>
        <Route path=path!("/stock/:id") view=Equipment::route()/>
    }
    .into_inner()
    .into_any_nested_route()
}
