//! The button that pays a quote by card, where cards are taken.

use domain::ids::QuoteId;
use leptos::prelude::*;

use super::{
    DemoNotice,
    api::{PayQuoteByCard, begin_to_pay},
};
use crate::{
    i18n::words,
    ui::{
        button::Variant,
        form::{Form, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
    },
};

#[component]
pub fn PayQuote(quote: QuoteId) -> impl IntoView {
    let t = words();
    let form = use_form::<PayQuoteByCard>();
    let offer = Resource::new_blocking(|| (), |()| begin_to_pay());
    let show = move |offer: domain::views::gateway::PayOffer| {
        offer.by_card.then(|| {
            view! {
                <DemoNotice is_demo=offer.is_demo/>
                <Form state=form>
                    <input type="hidden" name="quote" value=quote.to_string()/>
                    <input type="hidden" name="idempotency_key" value=offer.idempotency_key/>
                    <Submit variant=Variant::Primary icon=Icon::Payment>{t.gateway.pay_by_card()}</Submit>
                </Form>
            }
        })
    };
    view! { <Loaded from=offer view=show/> }
}
