//! Who comes into a customer's portal, as staff decide it.

pub mod api;
mod new_code;

use domain::ids::CustomerId;
use domain::portal::PortalRight;
use domain::views::customers::CustomerDetail;
use domain::views::portal_people::{OpenCode, Person, PortalPeople};
use domain::views::users::UserState;
use leptos::prelude::*;

use self::{
    api::{
        ChangePortalRight, EndPortalAccess, InviteToPortal, InviteToPortalAgain, MakePortalCode, RestorePortalAccess,
        WithdrawPortalCode, show_portal_access,
    },
    new_code::NewCodeShown,
};
use crate::{
    i18n::words,
    parts::people::{PersonEntry, PersonFields, right_choices, right_name},
    surroundings::{local, may},
    ui::{
        button::Variant,
        card::Card,
        dialog::Confirm,
        empty::EmptyState,
        form::{Field, Form, FormState, PlainForm, Select, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

/// The forms of the page. They live as long as it does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
struct Forms {
    invite: FormState<InviteToPortal>,
    again: FormState<InviteToPortalAgain>,
    change: FormState<ChangePortalRight>,
    end: FormState<EndPortalAccess>,
    restore: FormState<RestorePortalAccess>,
    make: FormState<MakePortalCode>,
    withdraw: FormState<WithdrawPortalCode>,
}

#[component]
pub fn PortalAccessPage() -> impl IntoView {
    let id = use_id::<CustomerId>();
    let forms = Forms {
        invite: use_form(),
        again: use_form(),
        change: use_form(),
        end: use_form(),
        restore: use_form(),
        make: use_form(),
        withdraw: use_form(),
    };
    let people = (forms.invite.done(), forms.change.done(), forms.end.done(), forms.restore.done());
    let withdrawn = forms.withdraw.done();
    let done = move || (people.0.get(), people.1.get(), people.2.get(), people.3.get(), withdrawn.get());
    let access =
        Resource::new_blocking(move || (id.get(), done()), |(id, _)| async move { show_portal_access(id?).await });
    let page = move |(customer, people): (CustomerDetail, PortalPeople)| view! { <Access customer people forms/> };
    view! {
        <NewCodeShown/>
        <Loaded from=access view=page/>
    }
}

#[component]
fn Access(customer: CustomerDetail, people: PortalPeople, forms: Forms) -> impl IntoView {
    let t = words();
    let id = customer.id;
    let places = vec![
        (t.customers.title().to_owned(), "/office/customers".to_owned()),
        (customer.facts.name.clone(), format!("/office/customers/{id}")),
    ];
    let edits = may("edit_portal_access");
    let codes = (!people.codes.is_empty()).then(|| view! { <Codes codes=people.codes.clone() edits forms/> });
    let ways = edits.then(|| view! { <Ways customer forms/> });
    view! {
        <PageHeader title=t.people.access() summary=t.people.access_hint() places/>
        <People customer=id people=people.people edits forms/>
        {codes}
        {ways}
    }
}

#[component]
fn People(customer: CustomerId, people: Vec<Person>, edits: bool, forms: Forms) -> impl IntoView {
    let t = words();
    if people.is_empty() {
        return view! { <EmptyState icon=Icon::Customers title=t.people.nobody() hint=t.people.nobody_hint()/> }
            .into_any();
    }
    let entries = people.into_iter().map(move |person| {
        let actions = person.clone();
        view! { <PersonEntry person>{edits.then(|| view! { <Actions customer person=actions forms/> })}</PersonEntry> }
    });
    view! { <Card><ul class="entries">{entries.collect_view()}</ul></Card> }.into_any()
}

#[component]
fn Actions(customer: CustomerId, person: Person, forms: Forms) -> impl IntoView {
    let t = words();
    let id = person.id.to_string();
    if person.state == UserState::Disabled {
        return view! {
            <Form state=forms.restore>
                <Named customer person=id/>
                <Submit>{t.people.restore()}</Submit>
            </Form>
        }
        .into_any();
    }
    let again = (person.state == UserState::Invited).then(|| {
        let id = id.clone();
        view! {
            <Form state=forms.again>
                <Named customer person=id/>
                <Submit>{t.people.send_again()}</Submit>
            </Form>
        }
    });
    let (changed, right) = (id.clone(), person.right);
    view! {
        {again}
        <Confirm id=format!("change-{id}") label=t.people.change_right() title=t.people.right() icon=Icon::Edit>
            <Form state=forms.change>
                <Named customer person=changed/>
                <Select name="right" label=t.people.right() choices=right_choices(t) value=right.word()/>
                <Submit variant=Variant::Primary>{t.common.save()}</Submit>
            </Form>
        </Confirm>
        <Confirm id=format!("end-{id}") label=t.people.end() title=t.people.end_title(&person.name)>
            <p>{t.people.end_what()}</p>
            <Form state=forms.end>
                <Named customer person=id/>
                <Submit variant=Variant::Danger>{t.people.end()}</Submit>
            </Form>
        </Confirm>
    }
    .into_any()
}

/// Whom a form is about.
#[component]
fn Named(customer: CustomerId, person: String) -> impl IntoView {
    view! {
        <input type="hidden" name="customer" value=customer.to_string()/>
        <input type="hidden" name="person" value=person/>
    }
}

#[component]
fn Codes(codes: Vec<OpenCode>, edits: bool, forms: Forms) -> impl IntoView {
    let t = words();
    let entries = codes.into_iter().map(move |code| {
        let expires = format::date_time(local(code.expires_at), t);
        let withdraw = edits.then(|| {
            view! {
                <Form state=forms.withdraw>
                    <input type="hidden" name="code" value=code.id.to_string()/>
                    <Submit variant=Variant::Quiet>{t.people.withdraw()}</Submit>
                </Form>
            }
        });
        view! {
            <li class="entry">
                <div>
                    <p><strong>{code.name}</strong></p>
                    <p class="muted">{right_name(code.right, t)}" · "{t.people.code_expires()}" "{expires}</p>
                </div>
                {withdraw}
            </li>
        }
    });
    view! { <Card title=t.people.codes()><ul class="entries">{entries.collect_view()}</ul></Card> }
}

/// By mail, or by a code. Making a code loads the page anew, which shows it.
#[component]
fn Ways(customer: CustomerDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let id = customer.id.to_string();
    let email = customer.facts.email.map(|email| email.to_string()).unwrap_or_default();
    let (by_code, name) = (id.clone(), customer.facts.name);
    view! {
        <div class="columns">
            <Card title=t.people.invite()>
                <p class="muted">{t.people.invite_hint()}</p>
                <Form state=forms.invite>
                    <input type="hidden" name="customer" value=id/>
                    <PersonFields email/>
                    <div class="form-actions">
                        <Submit variant=Variant::Primary icon=Icon::Mail>{t.people.invite_send()}</Submit>
                    </div>
                </Form>
            </Card>
            <Card title=t.people.make_code()>
                <p class="muted">{t.people.make_code_hint()}</p>
                <PlainForm state=forms.make>
                    <input type="hidden" name="customer" value=by_code/>
                    <Field name="code[name]" label=t.people.code_for() value=name most=200/>
                    <Select name="code[right]" label=t.people.right() choices=right_choices(t) value=PortalRight::Owner.word()/>
                    <div class="form-actions"><Submit>{t.people.make_code()}</Submit></div>
                </PlainForm>
            </Card>
        </div>
    }
}
