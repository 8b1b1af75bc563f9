//! The part of the table of routes that has where things are: the fibre plant and the map. Its pages are a chunk
//! of their own, so that only those who look at a map fetch it.

use leptos::prelude::*;
use leptos_router::{ChooseView, any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::{office, shown};

lazy_pages! { place_pages, __preload_place_pages, PlacePages:
    Plant => office::plant::PlantPage;
    PlantSettings => office::plant::PlantSettingsPage;
    NewOlt => office::plant::NewOltPage;
    Olt => office::plant::OltPage;
    Pon => office::plant::PonPage;
    Naps => office::plant::NapsPage;
    NewNap => office::plant::NewNapPage;
    Nap => office::plant::NapPage;
    EditNap => office::plant::EditNapPage;
    NapImports => office::plant::NapImportsPage;
    NapImport => office::plant::NapImportPage;
    Feasibility => office::plant::FeasibilityPage;
    Map => office::map::MapPage;
}

/// The fibre plant, feasibility and the map.
#[component(transparent)]
pub(crate) fn PlaceRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/plant") view=Plant::route()/>
        <Route path=path!("/plant/settings") view=PlantSettings::route()/>
        <Route path=path!("/plant/olts/new") view=NewOlt::route()/>
        <Route path=path!("/plant/olts/:id") view=Olt::route()/>
        <Route path=path!("/plant/pons/:id") view=Pon::route()/>
        <Route path=path!("/plant/naps") view=Naps::route()/>
        <Route path=path!("/plant/naps/new") view=NewNap::route()/>
        <Route path=path!("/plant/naps/:id") view=Nap::route()/>
        <Route path=path!("/plant/naps/:id/edit") view=EditNap::route()/>
        <Route path=path!("/plant/imports") view=NapImports::route()/>
        <Route path=path!("/plant/imports/:id") view=NapImport::route()/>
        <Route path=path!("/feasibility") view=Feasibility::route()/>
        <Route path=path!("/map") view=Map::route()/>
    }
    .into_inner()
    .into_any_nested_route()
}
