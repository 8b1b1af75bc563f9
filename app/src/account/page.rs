//! Password, language and sessions.

use domain::views::account::SessionRow;
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::{ChangePassword, EndOtherSessions, EndSession, my_sessions};
use super::second_factor::SecondFactorCard;
use crate::{
    i18n::{Words, words},
    office::OfficeFrame,
    parts::session::columns,
    portal::PortalFrame,
    preferences::LanguageSwitch,
    public::reset::NewPasswordFields,
    surroundings::{may, viewer},
    ui::{
        button::{Button, Variant},
        card::Card,
        form::{Field, Form, Kind, Submit, use_form},
        list::Table,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn AccountPage() -> impl IntoView {
    let is_staff = viewer().is_some_and(|viewer| viewer.role.is_staff());
    if is_staff {
        view! { <OfficeFrame><Content/></OfficeFrame> }.into_any()
    } else {
        view! { <PortalFrame><Content/></PortalFrame> }.into_any()
    }
}

#[component]
fn Content() -> impl IntoView {
    let t = words();
    let change = use_form::<ChangePassword>();
    let sessions = Resource::new_blocking(move || change.tries().get(), |_| my_sessions());
    let is_staff = viewer().is_some_and(|viewer| viewer.role.is_staff());
    let name = viewer().map(|viewer| format!("{} · {}", viewer.name, viewer.email)).unwrap_or_default();
    view! {
        <PageHeader title=t.common.account() summary=name/>
        <div class="columns">
            <Card title=t.account.password()>
                <p class="muted">{t.account.change_password_hint()}</p>
                <Form state=change>
                    <Field name="current_password" label=t.account.current_password() kind=Kind::Password/>
                    <NewPasswordFields/>
                    <div class="form-actions">
                        <Submit variant=Variant::Primary>{t.account.change_password()}</Submit>
                    </div>
                </Form>
            </Card>
            {is_staff.then(|| view! { <SecondFactorCard/> })}
            <Card title=t.common.language()>
                <p class="muted">{language_hint(is_staff, t)}</p>
                <LanguageSwitch/>
            </Card>
        </div>
        <Card title=t.account.sessions()>
            <p class="muted">{t.account.sessions_hint()}</p>
            <Loaded from=sessions view=move |rows| view! { <Sessions rows/> }/>
        </Card>
    }
}

/// What else is written in the language that is chosen here: owners choose it for the whole customer.
fn language_hint(is_staff: bool, t: Words) -> &'static str {
    match (is_staff, may("own_portal")) {
        (true, _) => t.account.language_hint(),
        (false, true) => t.account.language_of_customer_hint(),
        (false, false) => t.account.language_of_account_hint(),
    }
}

#[component]
fn Sessions(rows: Vec<SessionRow>) -> impl IntoView {
    let t = words();
    let others = (rows.len() > 1).then(|| {
        view! {
            <form class="form-actions" method="post" action=EndOtherSessions::url()>
                <Button>{t.security.end_others()}</Button>
            </form>
        }
    });
    view! {
        <Table columns=columns(t, move |session| end(session, t)) rows label=t.account.sessions()/>
        {others}
    }
}

/// The session that asks is ended by signing out.
fn end(session: &SessionRow, t: Words) -> AnyView {
    if session.current {
        return t.account.session_current().into_any();
    }
    view! {
        <form method="post" action=EndSession::url()>
            <input type="hidden" name="key" value=session.key.clone()/>
            <Button variant=Variant::Quiet>{t.account.session_end()}</Button>
        </form>
    }
    .into_any()
}
