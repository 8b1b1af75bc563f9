//! The login page that the router serves: seeing it, downloading it, having it installed.

use domain::ids::HotspotId;
use domain::views::hotspots::LoginPage;
use leptos::prelude::*;

use super::api::InstallLoginPage;
use crate::{
    i18n::{Words, words},
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        dialog::Confirm,
        form::{Form, FormState, Submit},
        icon::Icon,
    },
};

#[component]
pub(super) fn LoginPageCard(id: HotspotId, page: LoginPage, install: FormState<InstallLoginPage>) -> impl IntoView {
    let t = words();
    let stands = standing(&page, t);
    let serves = page.installed.is_some().then(|| match page.html_directory.as_deref() {
        Some(directory) if directory.ends_with("ramal-hotspot") => t.hotspot.page_in_use().to_owned(),
        directory => t.hotspot.page_not_in_use(directory.unwrap_or("hotspot")),
    });
    let installing = may("edit_hotspots").then(|| {
        view! {
            <Confirm id="install-page" label=t.hotspot.page_install() title=t.hotspot.page_install() icon=Icon::Router
                     open=install.was_refused()>
                <p>{t.hotspot.page_install_what(format!("/hotspot/{id}"))}</p>
                <Form state=install>
                    <input type="hidden" name="hotspot" value=id.to_string()/>
                    <Submit variant=Variant::Primary>{t.hotspot.page_install()}</Submit>
                </Form>
            </Confirm>
        }
    });
    view! {
        <Card title=t.hotspot.page()>
            <p class="muted">{t.hotspot.page_hint()}</p>
            <p>{stands}</p>
            {serves.map(|serves| view! { <p>{serves}</p> })}
            <div class="form-actions">
                <LinkButton href=format!("/hotspot/{id}/login.html?preview=true") icon=Icon::Search>{t.hotspot.page_see()}</LinkButton>
                <LinkButton href=format!("/documents/hotspots/{id}.zip") icon=Icon::Download>{t.hotspot.page_download()}</LinkButton>
                {installing}
            </div>
        </Card>
    }
}

fn standing(page: &LoginPage, t: Words) -> &'static str {
    match &page.installed {
        _ if page.is_on_its_way => t.hotspot.page_waiting(),
        None => t.hotspot.page_none(),
        Some(installed) if *installed == page.current => t.hotspot.page_current(),
        Some(_) => t.hotspot.page_old(),
    }
}
