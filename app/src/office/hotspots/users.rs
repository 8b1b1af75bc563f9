//! The forms of an account with a name and a password.

use domain::ids::{HotspotId, HotspotUserId};
use domain::views::hotspots::UserPage;
use leptos::prelude::*;

use super::api::{CreateHotspotUser, EditHotspotUser, begin_hotspot_user};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Checkbox, Field, Form, FormActions, Kind, Select, choices_of, use_form},
        loaded::Loaded,
        page::PageHeader,
        param::{use_id, use_id_named},
    },
};

#[component]
pub fn NewHotspotUserPage() -> impl IntoView {
    let t = words();
    let id = use_id::<HotspotId>();
    let form = use_form::<CreateHotspotUser>();
    let page = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            begin_hotspot_user(id, None).await.map(|page| (id, page))
        },
    );
    let fields = move |(id, page): (HotspotId, UserPage)| {
        let (own, places) = around(id, &page);
        view! {
            <PageHeader title=t.hotspot.new_user() summary=t.hotspot.users_hint() places/>
            <Card>
                <Form state=form>
                    <input type="hidden" name="hotspot" value=id.to_string()/>
                    <Fields page keeps_password=false/>
                    <FormActions label=t.hotspot.create() back=own/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=page view=fields/> }
}

#[component]
pub fn EditHotspotUserPage() -> impl IntoView {
    let t = words();
    let (id, user) = (use_id::<HotspotId>(), use_id_named::<HotspotUserId>("user"));
    let form = use_form::<EditHotspotUser>();
    let page = Resource::new_blocking(
        move || (id.get(), user.get()),
        |(id, user)| async move {
            let (id, user) = (id?, user?);
            begin_hotspot_user(id, Some(user)).await.map(|page| (id, user, page))
        },
    );
    let fields = move |(id, user, page): (HotspotId, HotspotUserId, UserPage)| {
        let (own, places) = around(id, &page);
        let disabled = page.form.disabled;
        view! {
            <PageHeader title=t.hotspot.edit_user() places/>
            <Card>
                <Form state=form>
                    <input type="hidden" name="hotspot" value=id.to_string()/>
                    <input type="hidden" name="id" value=user.to_string()/>
                    <Fields page keeps_password=true/>
                    <Checkbox name="user[disabled]" label=t.hotspot.user_disabled() checked=disabled/>
                    <FormActions label=t.common.save() back=own/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=page view=fields/> }
}

fn around(id: HotspotId, page: &UserPage) -> (String, Vec<(String, String)>) {
    let t = words();
    let own = format!("/office/hotspots/{id}");
    let places =
        vec![(t.hotspot.hotspots().to_owned(), "/office/hotspots".to_owned()), (page.hotspot.clone(), own.clone())];
    (own, places)
}

#[component]
fn Fields(page: UserPage, keeps_password: bool) -> impl IntoView {
    let t = words();
    let UserPage { form, profiles, .. } = page;
    let profiles = choices_of(profiles);
    let hint = if keeps_password { t.hotspot.password_keep() } else { t.hotspot.password_hint() };
    view! {
        <div class="fields">
            <Field name="user[name]" label=t.hotspot.user() hint=t.hotspot.user_name_hint() value=form.name most=60/>
            <Field name="user[password]" label=t.hotspot.password() hint kind=Kind::NewPassword optional=keeps_password/>
        </div>
        <div class="fields">
            <Select name="user[profile]" label=t.hotspot.profile() choices=profiles value=form.profile/>
            <Field name="user[valid_until]" label=t.hotspot.valid_until() hint=t.hotspot.valid_until_hint()
                   kind=Kind::Date value=form.valid_until optional=true/>
        </div>
    }
}
