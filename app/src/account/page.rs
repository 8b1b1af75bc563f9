//! Password, language and sessions.

use domain::views::account::SessionRow;
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::{ChangePassword, EndSession, my_sessions};
use crate::{
    i18n::{Words, words},
    office::OfficeFrame,
    portal::PortalFrame,
    preferences::LanguageSwitch,
    public::reset::NewPasswordFields,
    surroundings::{local, viewer},
    ui::{
        button::{Button, Variant},
        card::Card,
        form::{Field, Form, Kind, Submit, use_form},
        format,
        list::{Column, Table},
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
    let name = viewer().map(|viewer| format!("{} · {}", viewer.name, viewer.email)).unwrap_or_default();
    view! {
        <PageHeader title=t.common.account() summary=name/>
        <div class="columns">
            <Card title=t.account.password()>
                <p class="card-hint">{t.account.change_password_hint()}</p>
                <Form state=change>
                    <Field name="current_password" label=t.account.current_password() kind=Kind::Password/>
                    <NewPasswordFields/>
                    <div class="form-actions">
                        <Submit variant=Variant::Primary>{t.account.change_password()}</Submit>
                    </div>
                </Form>
            </Card>
            <Card title=t.common.language()>
                <p class="card-hint">{t.account.language_hint()}</p>
                <LanguageSwitch/>
            </Card>
        </div>
        <Card title=t.account.sessions()>
            <p class="card-hint">{t.account.sessions_hint()}</p>
            <Loaded from=sessions view=move |rows| view! { <Table columns=columns(t) rows label=t.account.sessions()/> }/>
        </Card>
    }
}

fn columns(t: Words) -> Vec<Column<SessionRow>> {
    let when = move |at| format::date_time(local(at), t);
    vec![
        Column::new(t.account.session_from(), |session: &SessionRow| session.address.clone()),
        Column::new(t.account.session_browser(), move |session: &SessionRow| match session.user_agent.as_str() {
            "" => t.account.unknown_browser().to_owned(),
            user_agent => user_agent.to_owned(),
        })
        .secondary(),
        Column::new(t.account.session_began(), move |session: &SessionRow| when(session.began_at)).secondary(),
        Column::new(t.account.session_seen(), move |session: &SessionRow| when(session.seen_at)),
        Column::new("", move |session: &SessionRow| end(session, t)),
    ]
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
