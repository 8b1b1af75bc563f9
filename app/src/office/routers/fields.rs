//! The fields of a router, new or not.

use domain::network::{LimitBy, RouterMode};
use domain::views::routers::RouterForm;
use leptos::prelude::*;

use super::{limit_name, mode_name};
use crate::{
    i18n::words,
    ui::form::{Field, Kind, Select},
};

/// `keeps_password`: an empty one means the one that is stored.
#[component]
pub(super) fn RouterFields(router: RouterForm, keeps_password: bool) -> impl IntoView {
    let t = words();
    let password_hint = if keeps_password { t.network.password_keep() } else { t.network.password_hint() };
    let modes = RouterMode::ALL.iter().map(|mode| (mode.word().to_owned(), mode_name(*mode, t).to_owned())).collect();
    let limits = LimitBy::ALL.iter().map(|by| (by.to_string(), limit_name(*by, t).to_owned())).collect();
    let limit_by = if router.limit_by.is_empty() { LimitBy::default().to_string() } else { router.limit_by };
    view! {
        <Field name="router[name]" label=t.network.name() hint=t.network.name_hint() value=router.name most=100/>
        <div class="fields">
            <Field name="router[host]" label=t.network.host() hint=t.network.host_hint() value=router.host most=253/>
            <Field name="router[port]" label=t.network.port() hint=t.network.port_hint() kind=Kind::Whole value=router.port/>
        </div>
        <Field name="router[certificate]" label=t.network.certificate() hint=t.network.certificate_hint() optional=true
               value=router.certificate/>
        <div class="fields">
            <Field name="router[username]" label=t.network.username() hint=t.network.username_hint()
                   value=router.username most=64/>
            <Field name="router[password]" label=t.network.password() hint=password_hint kind=Kind::NewPassword
                   optional=keeps_password/>
        </div>
        <Select name="router[mode]" label=t.network.mode() hint=t.network.mode_hint() choices=modes value=router.mode/>
        <div class="fields">
            <Field name="router[pppoe_local_address]" label=t.network.local_address() hint=t.network.local_hint()
                   optional=true value=router.pppoe_local_address/>
            <Field name="router[pppoe_pool]" label=t.network.pool() hint=t.network.pool_hint() optional=true
                   value=router.pppoe_pool most=64/>
        </div>
        <div class="fields">
            <Field name="router[ipv6_pool]" label=t.access.ipv6_pool() hint=t.access.ipv6_pool_hint() optional=true
                   value=router.ipv6_pool most=64/>
            <Field name="router[dhcp_server]" label=t.network.dhcp_server() hint=t.network.dhcp_hint() optional=true
                   value=router.dhcp_server most=64/>
        </div>
        <Select name="router[limit_by]" label=t.access.limit_by() hint=t.access.limit_by_hint() choices=limits
                value=limit_by/>
        <Field name="router[position]" label=t.plant.position() hint=t.map.router_hint() optional=true
               value=router.position/>
    }
}
