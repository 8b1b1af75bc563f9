//! How a router tells which equipment got an address: its token, its script, and what is done with what is unknown.

pub mod api;

use domain::views::macs::{Reporting, ReportingToken};
use leptos::prelude::*;

use api::{InstallLeaseScript, RenewLeaseToken, SaveReportingSettings, reveal_lease_script, show_lease_reports};

use crate::{
    failure::AppError,
    i18n::words,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Checkbox, Form, FormState, Select, Submit, choices_of, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    renew: FormState<RenewLeaseToken>,
    install: FormState<InstallLeaseScript>,
    settings: FormState<SaveReportingSettings>,
}

#[component]
pub fn LeaseReportsPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms { renew: use_form(), install: use_form(), settings: use_form() };
    let done = (forms.renew.done(), forms.install.done(), forms.settings.done());
    let reporting = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get(), done.2.get()),
        |(id, ..)| async move { show_lease_reports(id?).await },
    );
    view! { <Loaded from=reporting view=move |reporting| view! { <Shown reporting forms/> }/> }
}

#[component]
fn Shown(reporting: Reporting, forms: Forms) -> impl IntoView {
    let t = words();
    let router = reporting.router;
    let places = vec![
        (t.network.routers().to_owned(), "/office/routers".to_owned()),
        (reporting.name.clone(), format!("/office/routers/{router}")),
    ];
    let profiles = choices_of(reporting.profiles.clone());
    let has_token = reporting.token.is_some();
    let actions = may("edit_routers").then(|| view! { <Actions reporting=reporting.clone() forms/> });
    let script = reporting.token.clone().map(|token| view! { <Script router token/> });
    let empty = (!has_token).then(|| view! { <Card><p>{t.macs.no_token()}</p></Card> });
    let settings = may("edit_routers").then(|| {
        view! {
            <Card title=t.macs.settings()>
                <Form state=forms.settings>
                    <input type="hidden" name="router" value=router.to_string()/>
                    <Checkbox name="settings[draft_contracts]" label=t.macs.draft_contracts()
                              hint=t.macs.draft_contracts_hint() checked=reporting.settings.draft_contracts/>
                    <Select name="settings[hotspot_profile]" label=t.macs.captive_user() hint=t.macs.captive_user_hint()
                            optional=true choices=profiles value=reporting.settings.hotspot_profile.clone()/>
                    <div class="form-actions"><Submit>{t.common.save()}</Submit></div>
                </Form>
            </Card>
        }
    });
    view! {
        <PageHeader title=t.macs.reports_title() summary=t.macs.reports_hint() places>{actions}</PageHeader>
        {empty}
        {script}
        {settings}
    }
}

#[component]
fn Actions(reporting: Reporting, forms: Forms) -> impl IntoView {
    let t = words();
    let router = reporting.router.to_string();
    let install_router = router.clone();
    let has_token = reporting.token.is_some();
    let (label, what) = match has_token {
        true => (t.macs.renew_token(), t.macs.renew_what()),
        false => (t.macs.make_token(), t.macs.make_what()),
    };
    let variant = if has_token { Variant::Secondary } else { Variant::Primary };
    let install = has_token.then(|| {
        view! {
            <Confirm id="install" label=t.macs.install() title=t.macs.install_title(&reporting.name)
                     variant=Variant::Primary icon=Icon::Download open=forms.install.was_refused()>
                <p>{t.macs.install_what()}</p>
                <Form state=forms.install>
                    <input type="hidden" name="router" value=install_router/>
                    <Submit variant=Variant::Primary>{t.macs.install()}</Submit>
                </Form>
            </Confirm>
        }
    });
    view! {
        <Confirm id="renew" label title=label variant open=forms.renew.was_refused()>
            <p>{what}</p>
            <Form state=forms.renew>
                <input type="hidden" name="router" value=router/>
                <Submit variant=Variant::Primary>{label}</Submit>
            </Form>
        </Confirm>
        {install}
    }
}

#[component]
fn Script(router: domain::ids::RouterId, token: ReportingToken) -> impl IntoView {
    let t = words();
    let when = move |at| format::date_time(local(at), t);
    let or_never = move |at: Option<_>| at.map_or_else(|| t.network.never().to_owned(), when);
    let installed = match token.read_at {
        None => t.macs.not_read().to_owned(),
        Some(at) if token.installed_on.is_empty() => t.macs.installed_nowhere(when(at)),
        Some(at) => t.macs.installed_on(token.installed_on.join(", "), when(at)),
    };
    let reveal = may("see_router_secrets").then(|| {
        let href = format!("/office/routers/{router}/leases/script");
        view! { <div class="form-actions"><LinkButton href>{t.macs.show_script()}</LinkButton></div> }
    });
    view! {
        <Card title=t.macs.script()>
            <Facts>
                <Fact label=t.macs.token_made()>{when(token.made_at)}</Fact>
                <Fact label=t.macs.installed()>{installed}</Fact>
                <Fact label=t.macs.last_report()>{or_never(token.reported_at)}</Fact>
            </Facts>
            <pre class="script"><code>{token.script}</code></pre>
            {reveal}
        </Card>
    }
}

/// The script with its token. Opening the page shows it, and each showing is written into the audit.
#[component]
pub fn LeaseScriptPage() -> impl IntoView {
    let t = words();
    let id = use_id::<domain::ids::RouterId>();
    let found = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            Ok::<_, AppError>((show_lease_reports(id).await?, reveal_lease_script(id).await?))
        },
    );
    let page = move |(reporting, script): (Reporting, String)| {
        let back = format!("/office/routers/{}/leases", reporting.router);
        let places = vec![(reporting.name.clone(), format!("/office/routers/{}", reporting.router))];
        view! {
            <PageHeader title=t.macs.script() summary=t.onboarding.passwords_audited() places/>
            <Card>
                <p class="muted">{t.macs.script_where()}</p>
                <pre class="script"><code>{script}</code></pre>
                <div class="form-actions">
                    <LinkButton href=back variant=Variant::Primary>{t.onboarding.back()}</LinkButton>
                </div>
            </Card>
        }
    };
    view! { <Loaded from=found view=page/> }
}
