//! The customer's saved cards, and whether one of them pays what is due by itself.

use domain::views::gateway::{Automatic, CardsView, SavedCard};
use leptos::prelude::*;

use super::{
    DemoNotice,
    api::{PayAutomatically, RemoveMyCard, SaveMyCard, StopAutomaticPayments, my_cards},
};
use crate::{
    i18n::words,
    parts::card::{card_name, decline_words},
    surroundings::local,
    ui::{
        badge::Badge,
        button::Variant,
        card::Card,
        dialog::Confirm,
        empty::EmptyState,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    save: FormState<SaveMyCard>,
    begin: FormState<PayAutomatically>,
    stop: FormState<StopAutomaticPayments>,
    remove: FormState<RemoveMyCard>,
}

#[component]
pub fn CardsPage() -> impl IntoView {
    let forms = Forms { save: use_form(), begin: use_form(), stop: use_form(), remove: use_form() };
    let (begun, stopped, removed) = (forms.begin.done(), forms.stop.done(), forms.remove.done());
    let done = move || (begun.get(), stopped.get(), removed.get());
    let cards = Resource::new_blocking(done, |_| my_cards());
    view! { <Loaded from=cards view=move |cards| view! { <Cards cards forms/> }/> }
}

#[component]
fn Cards(cards: CardsView, forms: Forms) -> impl IntoView {
    let t = words();
    if !cards.by_card {
        return view! {
            <PageHeader title=t.gateway.cards()/>
            <EmptyState icon=Icon::Payment title=t.gateway.cards_off() hint=t.portal.how_to_pay()/>
        }
        .into_any();
    }
    let declined = cards.automatic.as_ref().and_then(|automatic| automatic.declined.clone()).map(|(on, decline)| {
        let title = t.gateway.declined_on(format::date(on, t));
        view! { <Notice tone=Tone::Danger icon=Icon::Alert title><p>{decline_words(&decline, t)}</p></Notice> }
    });
    let automatic = cards.automatic.clone();
    let none = cards.cards.is_empty().then(|| {
        view! { <EmptyState icon=Icon::Payment title=t.gateway.no_cards() hint=t.gateway.no_cards_hint()/> }
    });
    let rows = cards.cards.into_iter().map(|card| {
        let automatic = automatic.clone().filter(|automatic| automatic.card == card.id);
        view! { <Saved card automatic forms/> }
    });
    let rows = rows.collect_view();
    view! {
        <PageHeader title=t.gateway.cards() summary=t.gateway.cards_hint()/>
        <DemoNotice is_demo=cards.is_demo/>
        {declined}
        {none}
        {rows}
        <Card title=t.gateway.add_card()>
            <p>{t.gateway.consent()}</p>
            <Form state=forms.save>
                <input type="hidden" name="idempotency_key" value=cards.idempotency_key/>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Plus>{t.gateway.agree_and_add()}</Submit>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}

#[component]
fn Saved(card: SavedCard, automatic: Option<Automatic>, forms: Forms) -> impl IntoView {
    let t = words();
    let expires = t.gateway.expires(format!("{:02}/{}", card.expires_month, card.expires_year));
    let id = card.id;
    let pays = automatic.is_some();
    let since = automatic.map(|automatic| {
        let on = format::date(local(automatic.consented_at).date(), t);
        view! {
            <p><Badge tone=Tone::Ok icon=Icon::Check label=t.gateway.automatic()/></p>
            <p>{t.gateway.automatic_since(on)}</p>
        }
    });
    let name = card_name(&card, t);
    view! {
        <Card title=name.clone()>
            {since}
            <p class="muted">{expires}</p>
            <div class="form-actions">
                {if pays {
                    view! {
                        <Confirm id="stop" label=t.gateway.stop() title=t.gateway.stop_title() icon=Icon::Pause open=forms.stop.was_refused()>
                            <p>{t.gateway.stop_what()}</p>
                            <Form state=forms.stop><Submit variant=Variant::Danger>{t.gateway.stop()}</Submit></Form>
                        </Confirm>
                    }.into_any()
                } else {
                    view! {
                        <Confirm id=format!("begin-{id}") label=t.gateway.begin() title=t.gateway.begin_title() icon=Icon::Play
                                 open=forms.begin.was_refused()>
                            <p>{t.gateway.consent()}</p>
                            <Form state=forms.begin>
                                <input type="hidden" name="card" value=id.to_string()/>
                                <Submit variant=Variant::Primary>{t.gateway.agree()}</Submit>
                            </Form>
                        </Confirm>
                    }.into_any()
                }}
                <Confirm id=format!("remove-{id}") label=t.gateway.remove_card() title=t.gateway.remove_title() icon=Icon::Close
                         open=forms.remove.was_refused()>
                    <p>{t.gateway.remove_what(name)}</p>
                    <Form state=forms.remove>
                        <input type="hidden" name="card" value=id.to_string()/>
                        <Submit variant=Variant::Danger>{t.gateway.remove_card()}</Submit>
                    </Form>
                </Confirm>
            </div>
        </Card>
    }
}
