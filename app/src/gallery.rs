//! Every component on three pages, for those who work on them: `/gallery`, `/gallery/portal`, `/gallery/sign-in`.
//! Only in `cargo xtask gallery`.

mod form;
mod list;
mod record;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use rust_decimal::Decimal;

use crate::{
    i18n::words,
    portal,
    public::sign_in::{SignInFields, SignInPanel},
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        card::{Card, Stat},
        empty::EmptyState,
        format,
        icon::Icon,
        layout::{Account, OfficeLayout, Place, PlaceGroup, PortalLayout, PublicLayout},
        notice::Notice,
        page::PageHeader,
        timeline::Timeline,
        tone::Tone,
    },
};

#[component]
pub fn GalleryPage() -> impl IntoView {
    let params = use_params_map();
    move || match params.read().get_str("part") {
        Some("portal") => view! { <Portal/> }.into_any(),
        Some("sign-in") => view! { <SignIn/> }.into_any(),
        Some("record") => view! { <Office><record::Record/></Office> }.into_any(),
        Some("form") => view! { <Office><form::FormPage/></Office> }.into_any(),
        _ => view! { <Office><Parts/></Office> }.into_any(),
    }
}

fn account() -> Account {
    Account { name: "Marta Rivas".into(), role: "admin".into(), page: "/gallery", sign_out: "/gallery" }
}

/// The staff's frame with every entry, whoever looks at it.
#[component]
fn Office(children: Children) -> impl IntoView {
    let t = words();
    let names = [
        (t.office.dashboard(), "/gallery", Icon::Dashboard),
        (t.office.customers(), "/gallery/record", Icon::Customers),
        (t.office.contracts(), "/gallery/form", Icon::Contract),
        (t.office.invoices(), "/gallery/portal", Icon::Invoice),
        (t.office.payments(), "/gallery/sign-in", Icon::Payment),
    ];
    let places = names.map(|(name, href, icon)| Place { name, href, icon }).to_vec();
    let menu = vec![PlaceGroup { name: None, places }];
    view! {
        <OfficeLayout menu home="/gallery" search="/gallery" search_hint=t.office.search_hint() account=Some(account())>
            {children()}
        </OfficeLayout>
    }
}

fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

#[component]
fn Parts() -> impl IntoView {
    let t = words();
    let icons = Icon::ALL.iter().map(|icon| view! { <span>{icon.view()}{format!("{icon:?}")}</span> });
    view! {
        <PageHeader title=t.gallery.title()>
            <LinkButton href="/gallery/record">{t.gallery.customer()}</LinkButton>
            <LinkButton href="/gallery/form" variant=Variant::Primary icon=Icon::Plus>{t.gallery.new_customer()}</LinkButton>
        </PageHeader>
        <div class="stats">
            <Stat label=t.gallery.active() value=format::count(1_284) href="?state=active"/>
            <Stat label=t.gallery.suspended() value=format::count(37) href="?state=suspended" tone=Tone::Warn/>
            <Stat label=t.gallery.overdue() value=format::money(cents(1_204_350), "USD") href="?state=cut" tone=Tone::Danger/>
            <Stat label=t.gallery.mrr() value=format::money(cents(3_891_200), "USD") href="?"/>
            <Stat label=t.gallery.jobs_failing() value="0" href="?" tone=Tone::Ok/>
        </div>
        <list::ListPart/>
        <div class="columns">
            <Card title=t.gallery.buttons()>
                <div class="gallery-row">
                    <LinkButton href="#" variant=Variant::Primary icon=Icon::Plus>{t.common.save()}</LinkButton>
                    <LinkButton href="#" icon=Icon::Edit>{t.common.edit()}</LinkButton>
                    <LinkButton href="#" variant=Variant::Quiet>{t.common.cancel()}</LinkButton>
                    <LinkButton href="#" variant=Variant::Danger icon=Icon::Cut>{t.gallery.suspend()}</LinkButton>
                </div>
            </Card>
            <Card title=t.gallery.badges()>
                <div class="gallery-row">
                    <Badge icon=Icon::Check label=t.gallery.active() tone=Tone::Ok/>
                    <Badge icon=Icon::Pause label=t.gallery.suspended() tone=Tone::Warn/>
                    <Badge icon=Icon::Cut label=t.gallery.cut() tone=Tone::Danger/>
                    <Badge icon=Icon::Clock label=t.gallery.waiting() tone=Tone::Accent/>
                    <Badge icon=Icon::Edit label=t.gallery.draft()/>
                </div>
            </Card>
        </div>
        <Card title=t.gallery.notices()>
            <Notice tone=Tone::Ok icon=Icon::Check title=t.common.done_saved()/>
            <Notice tone=Tone::Warn icon=Icon::Alert title=t.failure.changed_meanwhile()/>
            <Notice tone=Tone::Danger icon=Icon::Alert title=t.common.not_shown()><p>{t.failure.incident("K7Q2M9XA")}</p></Notice>
            <Notice icon=Icon::Info title=t.common.done_queued()/>
        </Card>
        <EmptyState icon=Icon::Customers title=t.gallery.empty_title() hint=t.gallery.empty_hint()>
            <LinkButton href="#" variant=Variant::Primary icon=Icon::Plus>{t.gallery.new_customer()}</LinkButton>
        </EmptyState>
        <Card title=t.gallery.icons()><div class="gallery-icons">{icons.collect_view()}</div></Card>
    }
}

#[component]
fn Portal() -> impl IntoView {
    let t = words();
    let due = chrono::NaiveDate::from_ymd_opt(2026, 11, 15).unwrap_or_default();
    view! {
        <PortalLayout places=portal::places(t) home="/gallery/portal" account=Some(account())>
            <PageHeader title=t.gallery.owe(format::money(cents(2_750), "USD")) summary=t.gallery.owe_until(format::long_date(due, t))/>
            <LinkButton href="#" variant=Variant::Primary>{t.gallery.pay()}</LinkButton>
            <Card title=t.gallery.your_service()>
                <div class="gallery-row">
                    <Badge icon=Icon::Check label=t.gallery.active() tone=Tone::Ok/>
                    <p>{t.gallery.works()}</p>
                </div>
            </Card>
            <Card title=t.gallery.history()><Timeline moments=record::moments(t)/></Card>
        </PortalLayout>
    }
}

#[component]
fn SignIn() -> impl IntoView {
    view! { <PublicLayout><SignInPanel><div class="form"><SignInFields/></div></SignInPanel></PublicLayout> }
}
