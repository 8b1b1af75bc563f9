//! One user.

use domain::ids::UserId;
use domain::role::Role;
use domain::views::users::{UserDetail, UserState};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    api::{ChangeUserRole, DisableUser, EnableUser, InviteUser, ResetSecondFactor, see_user},
    role_name, roles,
    sessions::Sessions,
    state_badge,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    surroundings::{local, may, viewer},
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Form, FormState, Select, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

/// The forms of the page. They live as long as it does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
struct Forms {
    change_role: FormState<ChangeUserRole>,
    disable: FormState<DisableUser>,
    enable: FormState<EnableUser>,
    invite: FormState<InviteUser>,
    reset: FormState<ResetSecondFactor>,
}

#[component]
pub fn UserPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<UserId>().ok()));
    let forms = Forms {
        change_role: use_form(),
        disable: use_form(),
        enable: use_form(),
        invite: use_form(),
        reset: use_form(),
    };
    let tries = move || {
        let Forms { change_role, disable, enable, invite, reset } = forms;
        [change_role.tries(), disable.tries(), enable.tries(), invite.tries(), reset.tries()].map(|tries| tries.get())
    };
    let user = Resource::new_blocking(
        move || (id.get(), tries()),
        |(id, _)| async move { see_user(id.ok_or(AppError::NotThere)?).await },
    );
    view! { <Loaded from=user view=move |user| view! { <User user forms/> }/> }
}

#[component]
fn User(user: UserDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let places = vec![(t.users.title().to_owned(), "/office/users".to_owned())];
    let history = format!("/office/audit?subject=user&subject_id={}", user.id);
    let customer = user.customer.clone().map(|customer| {
        let href = format!("/office/customers/{}", customer.id);
        view! { <Fact label=t.users.customer()><a href=href>{customer.reference}" · "{customer.name}</a></Fact> }
    });
    let created = format::date_time(local(user.created_at), t);
    let (id, email, role) = (user.id, user.email.clone(), role_name(user.role, t));
    let second_factor = user.role.is_staff().then(|| {
        let text = if user.second_factor { t.security.has_code() } else { t.security.has_no_code() };
        view! { <Fact label=t.security.title()>{text}</Fact> }
    });
    let edits = may("edit_users");
    let access = edits.then(|| view! { <Access user=user.clone() forms/> });
    let change_role = (edits && user.role.is_staff()).then(|| view! { <ChangeRole user=user.clone() forms/> });
    view! {
        <PageHeader title=user.name.clone() summary=summary(&user, t) places state=state_badge(user.state, t)>
            {may("see_audit").then(|| view! { <LinkButton href=history icon=Icon::Audit>{t.users.history()}</LinkButton> })}
        </PageHeader>
        <div class="columns">
            <Card title=t.users.access()>
                <Facts>
                    <Fact label=t.users.email()>{email}</Fact>
                    <Fact label=t.users.role()>{role}</Fact>
                    {customer}
                    <Fact label=t.users.created()>{created}</Fact>
                    {second_factor}
                </Facts>
                {access}
            </Card>
            {change_role}
        </div>
        <Sessions user=id edits/>
    }
}

/// What is out of the ordinary about the user's state.
fn summary(user: &UserDetail, t: Words) -> String {
    let when = |at| format::date_time(local(at), t);
    match (user.state, user.disabled_at) {
        (UserState::Disabled, Some(at)) => t.users.disabled_since(when(at)),
        (UserState::Invited, _) => t.users.invited_since(when(user.created_at)),
        _ => String::new(),
    }
}

#[component]
fn Access(user: UserDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let id = user.id.to_string();
    match user.state {
        UserState::Disabled => view! {
            <Form state=forms.enable>
                <input type="hidden" name="user" value=id/>
                <Submit>{t.users.enable()}</Submit>
            </Form>
        }
        .into_any(),
        state => {
            let invite = (state == UserState::Invited).then(|| {
                let id = id.clone();
                view! {
                    <Form state=forms.invite>
                        <input type="hidden" name="user" value=id/>
                        <Submit>{t.users.invite()}</Submit>
                    </Form>
                }
            });
            let own = viewer().is_some_and(|viewer| viewer.email == user.email);
            let reset = (user.second_factor && !own).then(|| view! { <Reset id=id.clone() form=forms.reset/> });
            view! {
                <div class="form-actions">
                    {invite}
                    {reset}
                    <Confirm id="disable" label=t.users.disable() title=t.users.disable_title()>
                        <p>{t.users.disable_hint()}</p>
                        <Form state=forms.disable>
                            <input type="hidden" name="user" value=id/>
                            <Submit variant=Variant::Danger>{t.users.disable()}</Submit>
                        </Form>
                    </Confirm>
                </div>
            }
            .into_any()
        }
    }
}

/// For somebody who lost the phone and the recovery codes.
#[component]
fn Reset(id: String, form: FormState<ResetSecondFactor>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="reset-code" label=t.security.reset() title=t.security.reset_title()>
            <p>{t.security.reset_hint()}</p>
            <Form state=form>
                <input type="hidden" name="user" value=id/>
                <Submit variant=Variant::Danger>{t.security.reset()}</Submit>
            </Form>
        </Confirm>
    }
}

#[component]
fn ChangeRole(user: UserDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let staff = Role::ALL.iter().copied().filter(|role| role.is_staff());
    view! {
        <Card title=t.users.change_role()>
            <Form state=forms.change_role>
                <input type="hidden" name="user" value=user.id.to_string()/>
                <Select name="role" label=t.users.role() choices=roles(staff, t) value=user.role.word()
                    hint=t.users.change_role_hint()/>
                <div class="form-actions"><Submit>{t.users.change_role()}</Submit></div>
            </Form>
        </Card>
    }
}
