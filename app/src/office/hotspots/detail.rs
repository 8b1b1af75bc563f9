//! One hotspot: how it stands, who is in, and what belongs to it.

use domain::views::hotspots::{HotspotDetail, SessionRow, UserRow};
use leptos::prelude::*;

use super::{
    api::{
        AddGardenEntry, AddHotspotBinding, EndHotspotSession, InstallLoginPage, RemoveGardenEntry,
        RemoveHotspotBinding, show_hotspot,
    },
    badge,
    login_page::LoginPageCard,
    parts::{Bindings, Garden},
    size, span, state, story,
};
use crate::{
    i18n::{Words, words},
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

/// They live as long as the page does.
#[derive(Clone, Copy)]
pub(super) struct Forms {
    pub end: FormState<EndHotspotSession>,
    pub install: FormState<InstallLoginPage>,
    pub add_garden: FormState<AddGardenEntry>,
    pub remove_garden: FormState<RemoveGardenEntry>,
    pub add_binding: FormState<AddHotspotBinding>,
    pub remove_binding: FormState<RemoveHotspotBinding>,
}

#[component]
pub fn HotspotPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms {
        end: use_form(),
        install: use_form(),
        add_garden: use_form(),
        remove_garden: use_form(),
        add_binding: use_form(),
        remove_binding: use_form(),
    };
    let done = [
        forms.end.done(),
        forms.install.done(),
        forms.add_garden.done(),
        forms.remove_garden.done(),
        forms.add_binding.done(),
        forms.remove_binding.done(),
    ];
    let hotspot = Resource::new_blocking(
        move || (id.get(), done.map(|done| done.get())),
        |(id, _)| async move { show_hotspot(id?).await },
    );
    view! { <Loaded from=hotspot view=move |hotspot| view! { <Hotspot hotspot forms/> }/> }
}

#[component]
fn Hotspot(hotspot: HotspotDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let HotspotDetail { row, page, sessions, garden, bindings, users, .. } = hotspot;
    let id = row.id;
    let places = vec![(t.hotspot.hotspots().to_owned(), "/office/hotspots".to_owned())];
    let edit = may("edit_hotspots").then(|| {
        view! { <LinkButton href=format!("/office/hotspots/{id}/edit") icon=Icon::Edit>{t.common.edit()}</LinkButton> }
    });
    let (notice, summary) = match state(&row, t) {
        (tone @ (Tone::Warn | Tone::Danger), icon, _) => {
            (Some(view! { <Notice tone icon title=story(&row, t)/> }), String::new())
        }
        _ => (None, story(&row, t)),
    };
    let router = format!("/office/routers/{}", row.router.id);
    view! {
        <PageHeader title=row.name.clone() summary places state=badge(&row, t)>
            <LinkButton href=router icon=Icon::Router>{row.router.name.clone()}</LinkButton>
            {edit}
        </PageHeader>
        {notice}
        <Card title=t.hotspot.sessions_now()><Sessions id=id.to_string() sessions end=forms.end/></Card>
        <div class="columns">
            <Garden id rows=garden forms/>
            <Bindings id rows=bindings forms/>
        </div>
        <div class="columns">
            <Users id=id.to_string() users/>
            <LoginPageCard id page install=forms.install/>
        </div>
    }
}

#[component]
fn Sessions(id: String, sessions: Vec<SessionRow>, end: FormState<EndHotspotSession>) -> impl IntoView {
    let t = words();
    if sessions.is_empty() {
        return view! { <p class="muted">{t.hotspot.no_sessions()}</p> }.into_any();
    }
    let mut columns = vec![
        Column::new(t.hotspot.user(), who),
        Column::new(t.hotspot.device(), |row: &SessionRow| row.mac.clone()).secondary(),
        Column::new(t.hotspot.address(), |row: &SessionRow| row.address.clone()).secondary(),
        Column::new(t.hotspot.connected_for(), |row: &SessionRow| span(row.seconds)).number(),
        Column::new(t.hotspot.down(), |row: &SessionRow| size(row.bytes_down)).number(),
        Column::new(t.hotspot.up(), |row: &SessionRow| size(row.bytes_up)).number().secondary(),
        Column::new(t.hotspot.ends(), move |row: &SessionRow| {
            row.expires_at.map(|at| format::date_time(local(at), t)).unwrap_or_default()
        }),
    ];
    if may("end_hotspot_sessions") {
        columns.push(Column::new("", move |row: &SessionRow| ending(row, &id, end, t)));
    }
    view! { <Table rows=sessions columns label=t.hotspot.sessions_now()/> }.into_any()
}

/// A voucher's code leads to it.
fn who(row: &SessionRow) -> AnyView {
    let user = row.user.clone();
    match row.voucher {
        Some(_) => view! { <a href=format!("/office/vouchers?q={user}")>{user.clone()}</a> }.into_any(),
        None => user.into_any(),
    }
}

fn ending(row: &SessionRow, id: &str, end: FormState<EndHotspotSession>, t: Words) -> AnyView {
    if row.end_wanted {
        return view! { <span class="muted">{t.hotspot.ending()}</span> }.into_any();
    }
    let (id, router_row) = (id.to_owned(), row.router_row.clone());
    view! {
        <Form state=end>
            <input type="hidden" name="hotspot" value=id/>
            <input type="hidden" name="row" value=router_row/>
            <Submit icon=Icon::Close>{t.hotspot.end_session()}</Submit>
        </Form>
    }
    .into_any()
}

#[component]
fn Users(id: String, users: Vec<UserRow>) -> impl IntoView {
    let t = words();
    let columns = vec![
        Column::new(t.hotspot.user(), |row: &UserRow| row.name.clone()),
        Column::new(t.hotspot.profile(), |row: &UserRow| row.profile.name.clone()),
        Column::new(t.hotspot.valid_until(), move |row: &UserRow| {
            if row.disabled {
                return t.hotspot.user_disabled().to_owned();
            }
            row.valid_until.map(|day| format::date(day, t)).unwrap_or_default()
        }),
    ];
    let own = id.clone();
    let href = move |row: &UserRow| format!("/office/hotspots/{own}/users/{}", row.id);
    let table = match (users.is_empty(), may("edit_hotspots")) {
        (true, _) => ().into_any(),
        (_, true) => view! { <Table rows=users columns label=t.hotspot.users() href/> }.into_any(),
        (_, false) => view! { <Table rows=users columns label=t.hotspot.users()/> }.into_any(),
    };
    let new = may("edit_hotspots").then(|| {
        view! {
            <p><LinkButton href=format!("/office/hotspots/{id}/users/new") variant=Variant::Secondary icon=Icon::Plus>
                {t.hotspot.new_user()}
            </LinkButton></p>
        }
    });
    view! {
        <Card title=t.hotspot.users()>
            <p class="muted">{t.hotspot.users_hint()}</p>
            {table}
            {new}
        </Card>
    }
}
