//! Where a user is signed in, for whoever has to end it.

use domain::ids::UserId;
use domain::views::account::SessionRow;
use leptos::{prelude::*, server_fn::ServerFn};

use super::api::{EndSessionOfUser, EndSessionsOfUser, sessions_of_user};
use crate::{
    i18n::{Words, words},
    parts::session::columns,
    ui::{
        button::{Button, Variant},
        card::Card,
        list::Table,
        loaded::Loaded,
    },
};

/// The user's sessions; with `edits`, each can be ended.
#[component]
pub fn Sessions(user: UserId, edits: bool) -> impl IntoView {
    let t = words();
    let sessions = Resource::new_blocking(|| (), move |()| sessions_of_user(user));
    let show = move |rows: Vec<SessionRow>| {
        if rows.is_empty() {
            return view! { <p class="muted">{t.security.user_sessions_none()}</p> }.into_any();
        }
        let ends = move |session: &SessionRow| if edits { end(user, session, t) } else { ().into_any() };
        view! {
            <Table columns=columns(t, ends) rows label=t.security.user_sessions()/>
            {edits.then(|| end_all(user, t))}
        }
        .into_any()
    };
    view! { <Card title=t.security.user_sessions()><Loaded from=sessions view=show/></Card> }
}

/// Plain forms: the page is loaded anew, without the session.
fn end(user: UserId, session: &SessionRow, t: Words) -> AnyView {
    view! {
        <form method="post" action=EndSessionOfUser::url()>
            <input type="hidden" name="user" value=user.to_string()/>
            <input type="hidden" name="key" value=session.key.clone()/>
            <Button variant=Variant::Quiet>{t.account.session_end()}</Button>
        </form>
    }
    .into_any()
}

fn end_all(user: UserId, t: Words) -> AnyView {
    view! {
        <form class="form-actions" method="post" action=EndSessionsOfUser::url()>
            <input type="hidden" name="user" value=user.to_string()/>
            <Button>{t.security.end_all()}</Button>
        </form>
    }
    .into_any()
}
