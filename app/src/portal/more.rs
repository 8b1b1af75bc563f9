//! Everything that has no place in the bar at the bottom of a phone.

use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    surroundings::may,
    ui::{icon::Icon, layout::Place, page::PageHeader},
};

#[component]
pub fn MorePage() -> impl IntoView {
    let t = words();
    let links = places(t).into_iter().map(|place| {
        view! {
            <li>
                <a class="place" href=place.href>
                    {place.icon.view()}
                    <span class="place-name">{place.name}</span>
                </a>
            </li>
        }
    });
    view! {
        <PageHeader title=t.people.more()/>
        <ul class="more-places">{links.collect_view()}</ul>
    }
}

fn places(t: Words) -> Vec<Place> {
    let mut places = vec![
        Place { name: t.portal.payments(), href: "/portal/payments", icon: Icon::Check },
        Place { name: t.portal.transfers(), href: "/portal/transfers", icon: Icon::Down },
        Place { name: t.statement.title(), href: "/portal/statement", icon: Icon::Audit },
        Place { name: t.quotes.title(), href: "/portal/quotes", icon: Icon::Invoice },
        Place { name: t.people.documents(), href: "/portal/documents", icon: Icon::Contract },
        Place { name: t.people.notices(), href: "/portal/notices", icon: Icon::Mail },
        Place { name: t.portal.history(), href: "/portal/history", icon: Icon::Clock },
        Place { name: t.people.profile(), href: "/portal/profile", icon: Icon::User },
    ];
    if may("pay_in_portal") {
        places.insert(2, Place { name: t.gateway.cards(), href: "/portal/cards", icon: Icon::Payment });
    }
    if may("own_portal") {
        places.push(Place { name: t.people.my_title(), href: "/portal/people", icon: Icon::Customers });
    }
    places.push(Place { name: t.people.my_account(), href: "/account", icon: Icon::Device });
    places
}
