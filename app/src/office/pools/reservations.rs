//! Addresses that nobody is given.

use std::net::Ipv4Addr;

use domain::ids::AddressPoolId;
use leptos::prelude::*;

use super::api::{ReleaseAddress, ReserveAddress};
use crate::{
    i18n::words,
    ui::{
        button::Variant,
        card::Card,
        form::{Field, Form, FormState, Submit},
    },
};

#[component]
pub(super) fn Reserve(pool: AddressPoolId, suggested: String, state: FormState<ReserveAddress>) -> impl IntoView {
    let t = words();
    view! {
        <Card title=t.access.reserve()>
            <p class="muted">{t.access.reserve_hint()}</p>
            <Form state=state>
                <input type="hidden" name="pool" value=pool.to_string()/>
                <div class="fields">
                    <Field name="form[address]" label=t.access.address() value=suggested/>
                    <Field name="form[why]" label=t.access.why() most=200/>
                </div>
                <div class="form-actions"><Submit>{t.access.reserve()}</Submit></div>
            </Form>
        </Card>
    }
}

#[component]
pub(super) fn Release(pool: AddressPoolId, address: Ipv4Addr, state: FormState<ReleaseAddress>) -> impl IntoView {
    let t = words();
    view! {
        <Form state=state>
            <input type="hidden" name="pool" value=pool.to_string()/>
            <input type="hidden" name="address" value=address.to_string()/>
            <Submit variant=Variant::Quiet>
                {t.access.release()}<span class="visually-hidden">{format!(" {address}")}</span>
            </Submit>
        </Form>
    }
}
