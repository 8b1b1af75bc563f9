//! What was offered to the customer: seen, accepted, or paid.

use domain::quote::{QuotePurpose, QuoteStateName};
use domain::views::quotes::{QuoteDetail, QuoteRow};
use leptos::prelude::*;

use super::{
    api::{AcceptMyQuote, my_quote, my_quotes},
    pay::PayQuote,
};
use crate::{
    i18n::{Words, words},
    parts::{
        Reader,
        amount::money,
        document::PdfButton,
        quote::{QuoteDocument, quote_badge, quote_title},
    },
    surroundings::may,
    ui::{
        button::Variant,
        dialog::Confirm,
        empty::EmptyState,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, List, use_list_query},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn QuotesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let quotes = Resource::new_blocking(move || query.get(), my_quotes);
    let empty = move || {
        view! { <EmptyState icon=Icon::Invoice title=t.quotes.mine_none() hint=t.quotes.mine_none_hint()/> }.into_any()
    };
    let href = |row: &QuoteRow| format!("/portal/quotes/{}", row.id);
    view! {
        <PageHeader title=t.quotes.title() summary=t.quotes.mine_hint()/>
        <Loaded from=quotes view=move |page| view! {
            <List query page columns=columns(t) label=t.quotes.title() href empty/>
        }/>
    }
}

fn columns(t: Words) -> Vec<Column<QuoteRow>> {
    vec![
        Column::new(t.money.number(), |row: &QuoteRow| row.number.clone().unwrap_or_default()),
        Column::new(t.quotes.valid_until(), move |row: &QuoteRow| format::date(row.valid_until, t)),
        Column::new(t.quotes.state(), move |row: &QuoteRow| quote_badge(row.state, t)),
        Column::new(t.money.total(), |row: &QuoteRow| money(row.total)).number(),
    ]
}

#[component]
pub fn QuotePage() -> impl IntoView {
    let id = use_id();
    let accept = use_form::<AcceptMyQuote>();
    let done = accept.done();
    let quote = Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { my_quote(id?).await });
    view! { <Loaded from=quote view=move |quote| view! { <Quote quote accept/> }/> }
}

#[component]
fn Quote(quote: QuoteDetail, accept: FormState<AcceptMyQuote>) -> impl IntoView {
    let t = words();
    let row = quote.row.clone();
    let places = vec![(t.quotes.title().to_owned(), "/portal/quotes".to_owned())];
    let open = row.state == QuoteStateName::Sent;
    let reconnects = row.purpose == QuotePurpose::Reconnection;
    let acceptable = (open && !reconnects && may("own_portal")).then(|| view! { <Accept quote=quote.clone() accept/> });
    let to_pay = (open && reconnects).then(|| {
        view! { <Notice tone=Tone::Accent icon=Icon::Payment title=t.quotes.pay_to_reconnect()><p>{t.portal.how_to_pay()}</p></Notice> }
    });
    let payable = may("own_portal") || (reconnects && may("pay_in_portal"));
    let by_card = (open && payable).then(|| view! { <PayQuote quote=row.id/> });
    view! {
        <PageHeader title=quote_title(row.number.as_deref(), t) places state=quote_badge(row.state, t)>
            {acceptable}
            <PdfButton href=format!("/documents/quotes/{}.pdf", row.id)/>
        </PageHeader>
        {to_pay}
        {by_card}
        <QuoteDocument quote reader=Reader::Customer/>
    }
}

#[component]
fn Accept(quote: QuoteDetail, accept: FormState<AcceptMyQuote>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="accept" label=t.quotes.accept_own() title=t.quotes.accept_own() variant=Variant::Primary icon=Icon::Check
                 open=accept.was_refused()>
            <p>{t.quotes.accept_own_what(money(quote.row.total))}</p>
            <Form state=accept>
                <input type="hidden" name="quote" value=quote.row.id.to_string()/>
                <Submit variant=Variant::Primary>{t.quotes.accept_own()}</Submit>
            </Form>
        </Confirm>
    }
}
