//! When all routers are scanned, what that does, and how long things are kept.

use domain::network::{NetworkSettings, ScanEffect};
use leptos::prelude::*;

use super::{
    api::{EditNetworkSettings, see_network_settings},
    effect_name,
};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, FormState, Kind, Select, use_form},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn NetworkSettingsPage() -> impl IntoView {
    let t = words();
    let form = use_form::<EditNetworkSettings>();
    let settings = Resource::new_blocking(|| (), |()| see_network_settings());
    let places = vec![
        (t.network.routers().to_owned(), "/office/routers".to_owned()),
        (t.scans.title().to_owned(), "/office/scans".to_owned()),
    ];
    view! {
        <PageHeader title=t.scans.settings() places/>
        <Loaded from=settings view=move |settings| view! { <Settings settings form/> }/>
    }
}

#[component]
fn Settings(settings: NetworkSettings, form: FormState<EditNetworkSettings>) -> impl IntoView {
    let t = words();
    let hours = (0..24).map(|hour| (hour.to_string(), format!("{hour}:00"))).collect();
    let effects = [ScanEffect::Look, ScanEffect::Mend];
    let effects = effects.map(|effect| (effect.word().to_owned(), effect_name(effect, t).to_owned())).to_vec();
    let hour = settings.scan_hour.map(|hour| hour.to_string()).unwrap_or_default();
    view! {
        <Card>
            <Form state=form>
                <Select name="settings[scan_hour]" label=t.scans.hour() hint=t.scans.hour_hint() choices=hours value=hour
                        optional=true/>
                <Select name="settings[scan_effect]" label=t.scans.effect() hint=t.scans.clock_effect_hint() choices=effects
                        value=settings.scan_effect.word()/>
                <Field name="settings[keep_days]" label=t.scans.keep() hint=t.scans.keep_hint() kind=Kind::Whole
                       unit=t.catalogue.days_unit() value=settings.keep_days.to_string()/>
                <FormActions label=t.common.save() back="/office/scans"/>
            </Form>
        </Card>
    }
}
