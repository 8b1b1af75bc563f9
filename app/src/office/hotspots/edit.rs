//! The forms of a hotspot: a new one, and changing one.

use domain::ids::{HotspotId, RouterId};
use domain::views::hotspots::{ACCENT, HotspotForm};
use domain::views::list::Choice;
use leptos::prelude::*;

use super::api::{CreateHotspot, EditHotspot, begin_edit_hotspot, begin_hotspot};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Checkbox, Field, Form, FormActions, FormState, Kind, Select, choices_of, use_form},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn NewHotspotPage() -> impl IntoView {
    let form = use_form::<CreateHotspot>();
    let routers = Resource::new_blocking(|| (), |()| begin_hotspot());
    view! { <Loaded from=routers view=move |routers| view! { <NewHotspot routers form/> }/> }
}

#[component]
fn NewHotspot(routers: Vec<Choice<RouterId>>, form: FormState<CreateHotspot>) -> impl IntoView {
    let t = words();
    let places = vec![(t.hotspot.hotspots().to_owned(), "/office/hotspots".to_owned())];
    let routers = choices_of(routers);
    let hotspot = HotspotForm { look_seconds: "60".to_owned(), accent: ACCENT.to_owned(), ..HotspotForm::default() };
    view! {
        <PageHeader title=t.hotspot.new() summary=t.hotspot.none_hint() places/>
        <Card>
            <Form state=form>
                <Select name="hotspot[router]" label=t.hotspot.router() hint=t.hotspot.router_hint() choices=routers/>
                <Fields hotspot/>
                <FormActions label=t.hotspot.create() back="/office/hotspots"/>
            </Form>
        </Card>
    }
}

#[component]
pub fn EditHotspotPage() -> impl IntoView {
    let t = words();
    let id = use_id::<HotspotId>();
    let form = use_form::<EditHotspot>();
    let hotspot = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            begin_edit_hotspot(id).await.map(|hotspot| (id, hotspot))
        },
    );
    let fields = move |(id, hotspot): (HotspotId, HotspotForm)| {
        let own = format!("/office/hotspots/{id}");
        let places =
            vec![(t.hotspot.hotspots().to_owned(), "/office/hotspots".to_owned()), (hotspot.name.clone(), own.clone())];
        let disabled = hotspot.disabled;
        view! {
            <PageHeader title=t.hotspot.edit() places/>
            <Card>
                <Form state=form>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Fields hotspot/>
                    <Checkbox name="hotspot[disabled]" label=t.hotspot.disabled() hint=t.hotspot.disabled_hint() checked=disabled/>
                    <FormActions label=t.common.save() back=own/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=hotspot view=fields/> }
}

#[component]
fn Fields(hotspot: HotspotForm) -> impl IntoView {
    let t = words();
    view! {
        <Field name="hotspot[name]" label=t.hotspot.name() hint=t.hotspot.name_hint() value=hotspot.name most=100/>
        <div class="fields">
            <Field name="hotspot[server]" label=t.hotspot.server() hint=t.hotspot.server_hint() value=hotspot.server
                   most=64 optional=true/>
            <Field name="hotspot[dns_name]" label=t.hotspot.dns_name() hint=t.hotspot.dns_name_hint()
                   value=hotspot.dns_name most=100/>
        </div>
        <div class="fields">
            <Field name="hotspot[look_seconds]" label=t.hotspot.look_seconds() hint=t.hotspot.look_seconds_hint()
                   kind=Kind::Whole value=hotspot.look_seconds/>
            <Field name="hotspot[accent]" label=t.hotspot.accent() hint=t.hotspot.accent_hint() value=hotspot.accent most=7/>
        </div>
    }
}
