//! The fields of a network, new or not.

use domain::views::pools::{PoolChoices, PoolForm};
use leptos::prelude::*;

use crate::{
    i18n::words,
    ui::form::{Choices, Field, Select, choices_of},
};

#[component]
pub(super) fn PoolFields(pool: PoolForm, choices: PoolChoices) -> impl IntoView {
    let t = words();
    let routers = choices_of(choices.routers);
    let sectors = choices_of(choices.sectors);
    let anybody = (String::new(), t.access.any_sector().to_owned());
    let sectors: Choices = std::iter::once(anybody).chain(sectors).collect();
    view! {
        <div class="fields">
            <Field name="pool[name]" label=t.access.pool_name() hint=t.access.pool_name_hint() value=pool.name most=100/>
            <Field name="pool[network]" label=t.access.network() hint=t.access.network_hint() value=pool.network/>
        </div>
        <div class="fields">
            <Select name="pool[router]" label=t.network.router() choices=routers value=pool.router/>
            <Select name="pool[sector]" label=t.access.sector() choices=sectors value=pool.sector/>
        </div>
        <h2 class="fields-title">{t.access.dynamic()}</h2>
        <p class="muted">{t.access.dynamic_hint()}</p>
        <div class="fields">
            <Field name="pool[dynamic_from]" label=t.access.dynamic_from() optional=true value=pool.dynamic_from/>
            <Field name="pool[dynamic_to]" label=t.access.dynamic_to() optional=true value=pool.dynamic_to/>
        </div>
        <Field name="pool[dynamic_name]" label=t.access.dynamic_name() hint=t.access.dynamic_name_hint() optional=true
               value=pool.dynamic_name most=40/>
    }
}
