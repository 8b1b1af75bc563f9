//! One network: what is left of it, and who has which address.

use std::net::Ipv4Addr;

use domain::views::list::Page;
use domain::views::pools::{AddressHolder, PoolAddress, PoolDetail, PoolRow};
use leptos::prelude::*;

use super::{
    api::{ReleaseAddress, RemovePool, ReserveAddress, show_pool},
    reservations::{Release, Reserve},
};
use crate::{
    i18n::{Words, words},
    surroundings::may,
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        dialog::Confirm,
        empty::EmptyState,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, List, ListControls, ListQuery, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

/// They live as long as the page does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
struct Forms {
    reserve: FormState<ReserveAddress>,
    release: FormState<ReleaseAddress>,
    remove: FormState<RemovePool>,
}

#[component]
pub fn PoolPage() -> impl IntoView {
    let id = use_id();
    let query = use_list_query();
    let forms = Forms { reserve: use_form(), release: use_form(), remove: use_form() };
    let done = (forms.reserve.done(), forms.release.done());
    let pool = Resource::new_blocking(
        move || (id.get(), query.get(), done.0.get(), done.1.get()),
        |(id, query, ..)| async move { show_pool(id?, query).await },
    );
    view! { <Loaded from=pool view=move |detail| view! { <Pool detail query forms/> }/> }
}

#[component]
fn Pool(detail: PoolDetail, query: Memo<ListQuery>, forms: Forms) -> impl IntoView {
    let t = words();
    let PoolDetail { pool, next_free, addresses } = detail;
    let places = vec![(t.access.pools().to_owned(), "/office/pools".to_owned())];
    let edit = may("edit_pools").then(|| {
        view! {
            <LinkButton href=format!("/office/pools/{}/edit", pool.id) icon=Icon::Edit>{t.common.edit()}</LinkButton>
            <Remove pool=pool.clone() state=forms.remove/>
        }
    });
    let reserve = may("edit_pools").then(|| {
        let suggested = next_free.map(|address| address.to_string()).unwrap_or_default();
        view! { <Reserve pool=pool.id suggested state=forms.reserve/> }
    });
    let summary = pool.network.to_string();
    view! {
        <PageHeader title=pool.name.clone() summary places>{edit}</PageHeader>
        <Where pool=pool.clone() next_free/>
        <Addresses pool addresses query release=forms.release/>
        {reserve}
    }
}

#[component]
fn Where(pool: PoolRow, next_free: Option<Ipv4Addr>) -> impl IntoView {
    let t = words();
    let next = match next_free {
        Some(address) => view! { <code>{address.to_string()}</code> }.into_any(),
        None => view! { <Badge tone=Tone::Danger icon=Icon::Alert label=t.access.all_taken()/> }.into_any(),
    };
    let router = match may("see_routers") {
        true => view! { <a href=format!("/office/routers/{}", pool.router.id)>{pool.router.name}</a> }.into_any(),
        false => pool.router.name.into_any(),
    };
    let sector = pool.sector.map_or_else(|| t.access.any_sector().to_owned(), |sector| sector.name);
    let dynamic = pool.dynamic.map(|part| {
        view! { <Fact label=t.access.dynamic()>{t.access.dynamic_of(part.from, part.to, part.name)}</Fact> }
    });
    view! {
        <Card>
            <Facts>
                <Fact label=t.access.given()>{format::count(pool.given)}</Fact>
                <Fact label=t.access.reserved()>{format::count(pool.reserved)}</Fact>
                <Fact label=t.access.free()>{format::count(pool.free)}</Fact>
                <Fact label=t.access.next_free()>{next}</Fact>
                <Fact label=t.network.router()>{router}</Fact>
                <Fact label=t.access.sector()>{sector}</Fact>
                {dynamic}
            </Facts>
        </Card>
    }
}

#[component]
fn Addresses(
    pool: PoolRow,
    addresses: Page<PoolAddress>,
    query: Memo<ListQuery>,
    release: FormState<ReleaseAddress>,
) -> impl IntoView {
    let t = words();
    let id = pool.id;
    let empty = move || {
        view! { <EmptyState icon=Icon::Device title=t.access.no_addresses() hint=t.access.no_addresses_hint()/> }
    };
    let letting_go = move |row: &PoolAddress| match row.holder {
        AddressHolder::Reserved { .. } if may("edit_pools") => {
            view! { <Release pool=id address=row.address state=release/> }.into_any()
        }
        _ => ().into_any(),
    };
    let columns = vec![
        Column::new(t.access.address(), |row: &PoolAddress| row.address.to_string()),
        Column::new(t.access.holder(), move |row: &PoolAddress| holder(&row.holder, t)),
        Column::new(t.collections.action(), letting_go),
    ];
    view! {
        <h2 class="section-title">{t.access.addresses()}</h2>
        <ListControls query search=t.access.addresses_search()/>
        <List query page=addresses columns label=t.access.addresses() empty/>
    }
}

fn holder(holder: &AddressHolder, t: Words) -> AnyView {
    match holder {
        AddressHolder::Service { contract, contract_code, customer_name, .. } => {
            let href = format!("/office/contracts/{contract}");
            view! { <a href=href>{format!("{contract_code} · {customer_name}")}</a> }.into_any()
        }
        AddressHolder::Reserved { why, .. } => t.access.since_reserved(why).into_any(),
    }
}

#[component]
fn Remove(pool: PoolRow, state: FormState<RemovePool>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="remove-pool" label=t.access.remove_pool() title=t.access.remove_title() icon=Icon::Close
                 open=state.was_refused()>
            <p>{t.access.remove_what()}</p>
            <Form state=state>
                <input type="hidden" name="pool" value=pool.id.to_string()/>
                <div class="form-actions">
                    <Submit variant=Variant::Danger icon=Icon::Close>{t.access.remove_pool()}</Submit>
                </div>
            </Form>
        </Confirm>
    }
}
