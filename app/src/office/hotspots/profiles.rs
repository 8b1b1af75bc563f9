//! What those who are let in get: the list and the forms.

use domain::ids::HotspotProfileId;
use domain::views::hotspots::{ProfileForm, ProfileRow};
use leptos::prelude::*;

use super::{
    api::{CreateHotspotProfile, EditHotspotProfile, begin_edit_hotspot_profile, list_hotspot_profiles},
    tabs,
};
use crate::{
    i18n::{Words, words},
    parts::amount::speed,
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Checkbox, Field, Form, FormActions, Kind, use_form},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn ProfilesPage() -> impl IntoView {
    let t = words();
    let profiles = Resource::new_blocking(|| (), |()| list_hotspot_profiles());
    let table = move |rows: Vec<ProfileRow>| {
        if rows.is_empty() {
            return view! { <EmptyState icon=Icon::Plan title=t.hotspot.no_profiles() hint=t.hotspot.no_profiles_hint()/> }
                .into_any();
        }
        if may("edit_hotspots") {
            let href = |row: &ProfileRow| format!("/office/hotspots/profiles/{}", row.id);
            view! { <Table rows columns=columns(t) label=t.hotspot.profiles() href/> }.into_any()
        } else {
            view! { <Table rows columns=columns(t) label=t.hotspot.profiles()/> }.into_any()
        }
    };
    let new = may("edit_hotspots").then(|| {
        view! {
            <LinkButton href="/office/hotspots/profiles/new" variant=Variant::Primary icon=Icon::Plus>
                {t.hotspot.new_profile()}
            </LinkButton>
        }
    });
    view! {
        <PageHeader title=t.hotspot.profiles() summary=t.hotspot.profiles_summary()>{new}</PageHeader>
        {tabs("/office/hotspots/profiles", t)}
        <Loaded from=profiles view=table/>
    }
}

fn columns(t: Words) -> Vec<Column<ProfileRow>> {
    let again =
        move |row: &ProfileRow| row.facts.session_minutes.map(|count| t.hotspot.minutes(count)).unwrap_or_default();
    vec![
        Column::new(t.hotspot.name(), |row: &ProfileRow| row.facts.name.clone()),
        Column::new(t.hotspot.speed(), |row: &ProfileRow| speed(row.facts.speed)),
        Column::new(t.hotspot.shared_users(), |row: &ProfileRow| row.facts.shared_users.to_string()).number(),
        Column::new(t.hotspot.session_minutes(), again).number().secondary(),
        Column::new(t.hotspot.uses(), |row: &ProfileRow| format::count(row.uses)).number(),
    ]
}

#[component]
pub fn NewProfilePage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreateHotspotProfile>();
    let places = vec![(t.hotspot.profiles().to_owned(), "/office/hotspots/profiles".to_owned())];
    let profile = ProfileForm { shared_users: "1".to_owned(), ..ProfileForm::default() };
    view! {
        <PageHeader title=t.hotspot.new_profile() summary=t.hotspot.profiles_summary() places/>
        <Card>
            <Form state=form>
                <Fields profile/>
                <FormActions label=t.hotspot.create() back="/office/hotspots/profiles"/>
            </Form>
        </Card>
    }
}

#[component]
pub fn EditProfilePage() -> impl IntoView {
    let t = words();
    let id = use_id::<HotspotProfileId>();
    let form = use_form::<EditHotspotProfile>();
    let profile = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            begin_edit_hotspot_profile(id).await.map(|profile| (id, profile))
        },
    );
    let fields = move |(id, profile): (HotspotProfileId, ProfileForm)| {
        let places = vec![(t.hotspot.profiles().to_owned(), "/office/hotspots/profiles".to_owned())];
        view! {
            <PageHeader title=t.hotspot.edit_profile() summary=t.hotspot.edit_profile_hint() places/>
            <Card>
                <Form state=form>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <Fields profile/>
                    <FormActions label=t.common.save() back="/office/hotspots/profiles"/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=profile view=fields/> }
}

#[component]
fn Fields(profile: ProfileForm) -> impl IntoView {
    let t = words();
    let locks = profile.locks_to_device;
    view! {
        <Field name="profile[name]" label=t.hotspot.name() hint=t.hotspot.profile_name_hint() value=profile.name most=60/>
        <div class="fields">
            <Field name="profile[down_kbps]" label=t.hotspot.down_kbps() hint=t.hotspot.kbps_hint() kind=Kind::Whole
                   value=profile.down_kbps/>
            <Field name="profile[up_kbps]" label=t.hotspot.up_kbps() kind=Kind::Whole value=profile.up_kbps/>
        </div>
        <div class="fields">
            <Field name="profile[shared_users]" label=t.hotspot.shared_users() kind=Kind::Whole value=profile.shared_users/>
            <Field name="profile[session_minutes]" label=t.hotspot.session_minutes() hint=t.hotspot.session_minutes_hint()
                   kind=Kind::Whole value=profile.session_minutes optional=true/>
        </div>
        <Checkbox name="profile[locks_to_device]" label=t.hotspot.locks_to_device() hint=t.hotspot.locks_hint() checked=locks/>
    }
}
