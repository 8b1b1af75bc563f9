//! Who else comes in for the customer, for whoever owns the portal.

pub mod api;

use domain::portal::PortalRight;
use domain::views::portal_people::{Person, PortalPeople};
use domain::views::users::UserState;
use leptos::prelude::*;

use self::api::{ChangePersonRight, EndPersonAccess, InvitePerson, InvitePersonAgain, RestorePersonAccess, my_people};
use crate::{
    i18n::words,
    parts::people::{PersonEntry, PersonFields, right_choices},
    surroundings::viewer,
    ui::{
        button::Variant,
        card::Card,
        dialog::Confirm,
        form::{Form, FormState, Select, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

/// The forms of the page. They live as long as it does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
struct Forms {
    invite: FormState<InvitePerson>,
    again: FormState<InvitePersonAgain>,
    change: FormState<ChangePersonRight>,
    end: FormState<EndPersonAccess>,
    restore: FormState<RestorePersonAccess>,
}

#[component]
pub fn PeoplePage() -> impl IntoView {
    let t = words();
    let forms =
        Forms { invite: use_form(), again: use_form(), change: use_form(), end: use_form(), restore: use_form() };
    let done = (forms.invite.done(), forms.change.done(), forms.end.done(), forms.restore.done());
    let people =
        Resource::new_blocking(move || (done.0.get(), done.1.get(), done.2.get(), done.3.get()), |_| my_people());
    let places = vec![(t.people.more().to_owned(), "/portal/more".to_owned())];
    view! {
        <PageHeader title=t.people.my_title() summary=t.people.my_hint() places/>
        <Loaded from=people view=move |people| view! { <People people forms/> }/>
        <Card title=t.people.invite()>
            <p class="muted">{t.people.invite_hint()}</p>
            <Form state=forms.invite>
                <PersonFields/>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Mail>{t.people.invite_send()}</Submit>
                </div>
            </Form>
        </Card>
    }
}

#[component]
fn People(people: PortalPeople, forms: Forms) -> impl IntoView {
    let own = viewer().map(|viewer| viewer.email).unwrap_or_default();
    let entries = people.people.into_iter().map(move |person| {
        let is_self = person.email == own;
        let actions = person.clone();
        view! { <PersonEntry person is_self>{(!is_self).then(|| view! { <Actions person=actions forms/> })}</PersonEntry> }
    });
    view! { <Card><ul class="entries">{entries.collect_view()}</ul></Card> }
}

#[component]
fn Actions(person: Person, forms: Forms) -> impl IntoView {
    let t = words();
    let id = person.id.to_string();
    if person.state == UserState::Disabled {
        return view! {
            <Form state=forms.restore>
                <input type="hidden" name="person" value=id/>
                <Submit>{t.people.restore()}</Submit>
            </Form>
        }
        .into_any();
    }
    let again = (person.state == UserState::Invited).then(|| {
        let id = id.clone();
        view! {
            <Form state=forms.again>
                <input type="hidden" name="person" value=id/>
                <Submit>{t.people.send_again()}</Submit>
            </Form>
        }
    });
    let (changed, right) = (id.clone(), person.right);
    view! {
        {again}
        <Confirm id=format!("change-{id}") label=t.people.change_right() title=t.people.right() icon=Icon::Edit>
            <Change id=changed right state=forms.change/>
        </Confirm>
        <Confirm id=format!("end-{id}") label=t.people.end() title=t.people.end_title(&person.name)>
            <p>{t.people.end_what()}</p>
            <Form state=forms.end>
                <input type="hidden" name="person" value=id/>
                <Submit variant=Variant::Danger>{t.people.end()}</Submit>
            </Form>
        </Confirm>
    }
    .into_any()
}

#[component]
fn Change(id: String, right: PortalRight, state: FormState<ChangePersonRight>) -> impl IntoView {
    let t = words();
    view! {
        <Form state>
            <input type="hidden" name="person" value=id/>
            <Select name="right" label=t.people.right() choices=right_choices(t) value=right.word()/>
            <Submit variant=Variant::Primary>{t.common.save()}</Submit>
        </Form>
    }
}
