//! How the provider reaches the customer.

pub mod api;

use domain::views::customers::Contact;
use domain::views::portal_people::Profile;
use leptos::prelude::*;

use self::api::{AddMyContact, EditMyProfile, RemoveMyContact, my_profile};
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        form::{Field, Form, FormState, Kind, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    edit: FormState<EditMyProfile>,
    add: FormState<AddMyContact>,
    remove: FormState<RemoveMyContact>,
}

#[component]
pub fn ProfilePage() -> impl IntoView {
    let t = words();
    let forms = Forms { edit: use_form(), add: use_form(), remove: use_form() };
    let done = (forms.edit.done(), forms.add.done(), forms.remove.done());
    let profile = Resource::new_blocking(move || (done.0.get(), done.1.get(), done.2.get()), |_| my_profile());
    let places = vec![(t.people.more().to_owned(), "/portal/more".to_owned())];
    view! {
        <PageHeader title=t.people.profile() summary=t.people.profile_hint() places/>
        <Loaded from=profile view=move |profile| view! { <Shown profile forms/> }/>
        <p><LinkButton href="/account" icon=Icon::User>{t.people.my_account()}</LinkButton></p>
    }
}

#[component]
fn Shown(profile: Profile, forms: Forms) -> impl IntoView {
    let t = words();
    let owns = may("own_portal");
    let email = profile.email.map(|email| email.to_string()).unwrap_or_default();
    let phone = profile.phone.map(|phone| phone.to_string()).unwrap_or_default();
    let reached = if owns {
        view! {
            <Form state=forms.edit>
                <Field name="profile[email]" label=t.people.email_of_notices() kind=Kind::Email value=email optional=true/>
                <Field name="profile[phone]" label=t.people.phone() hint=t.people.phone_hint() kind=Kind::Phone value=phone optional=true/>
                <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
            </Form>
        }
        .into_any()
    } else {
        view! {
            <Facts>
                <Fact label=t.people.email_of_notices()>{email}</Fact>
                <Fact label=t.people.phone()>{phone}</Fact>
            </Facts>
        }
        .into_any()
    };
    view! {
        <Card title=format!("{} · {}", profile.name, profile.reference)>{reached}</Card>
        <Contacts contacts=profile.contacts owns forms/>
    }
}

#[component]
fn Contacts(contacts: Vec<Contact>, owns: bool, forms: Forms) -> impl IntoView {
    let t = words();
    let none = contacts.is_empty().then(|| view! { <p class="muted">{t.people.no_contacts()}</p> });
    let entries = contacts.into_iter().map(move |contact| {
        let Contact { id, facts } = contact;
        let role = (!facts.role.is_empty()).then(|| format!(" · {}", facts.role));
        let remove = owns.then(|| {
            view! {
                <Form state=forms.remove>
                    <input type="hidden" name="contact" value=id.to_string()/>
                    <Submit variant=Variant::Quiet>{t.people.remove_contact()}</Submit>
                </Form>
            }
        });
        view! {
            <li class="entry">
                <div>
                    <p><strong>{facts.name}</strong>{role}</p>
                    {facts.phone.map(|phone| view! { <p>{phone.to_string()}</p> })}
                    {facts.email.map(|email| view! { <p>{email.to_string()}</p> })}
                </div>
                {remove}
            </li>
        }
    });
    let add = owns.then(|| {
        view! {
            <Card title=t.people.add_contact()>
                <Form state=forms.add>
                    <Field name="contact[name]" label=t.people.name() most=200/>
                    <Field name="contact[role]" label=t.people.contact_role() most=100 optional=true/>
                    <Field name="contact[phone]" label=t.people.phone() hint=t.people.phone_hint() kind=Kind::Phone optional=true/>
                    <Field name="contact[email]" label=t.people.email() kind=Kind::Email optional=true/>
                    <div class="form-actions"><Submit icon=Icon::Plus>{t.people.add_contact()}</Submit></div>
                </Form>
            </Card>
        }
    });
    view! {
        <Card title=t.people.contacts()>
            {none}
            <ul class="entries">{entries.collect_view()}</ul>
        </Card>
        {add}
    }
}
