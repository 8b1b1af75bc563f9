//! One quote: what it offers, and what can happen to it next.

use domain::quote::{QuotePurpose, QuoteState, QuoteStateName};
use domain::views::quotes::{QuoteChoices, QuoteDetail};
use leptos::prelude::*;

use super::api::{AcceptQuote, AddQuoteLine, RejectQuote, RemoveQuoteLine, SendQuote, begin_quote, show_quote};
use super::lines::DraftLines;
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::{
        Reader,
        amount::money,
        document::PdfButton,
        quote::{QuoteDocument, quote_badge, quote_title},
    },
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        dialog::Confirm,
        form::{Field, Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

/// What can be done with it.
#[derive(Clone, Copy)]
struct Forms {
    add: FormState<AddQuoteLine>,
    remove: FormState<RemoveQuoteLine>,
    send: FormState<SendQuote>,
    accept: FormState<AcceptQuote>,
    reject: FormState<RejectQuote>,
}

#[component]
pub fn QuotePage() -> impl IntoView {
    let id = use_id();
    let forms = Forms { add: use_form(), remove: use_form(), send: use_form(), accept: use_form(), reject: use_form() };
    let done = [forms.add.done(), forms.remove.done(), forms.send.done(), forms.accept.done(), forms.reject.done()];
    let editor = may("edit_quotes");
    let quote = Resource::new_blocking(
        move || (id.get(), done.map(|done| done.get())),
        move |(id, _)| async move {
            let quote = show_quote(id?).await?;
            let choices = match quote.state {
                QuoteState::Draft if editor => Some(begin_quote(quote.row.customer).await?),
                _ => None,
            };
            Ok::<_, AppError>((quote, choices))
        },
    );
    view! { <Loaded from=quote view=move |(quote, choices)| view! { <Quote quote choices forms/> }/> }
}

#[component]
fn Quote(quote: QuoteDetail, choices: Option<QuoteChoices>, forms: Forms) -> impl IntoView {
    let t = words();
    let row = quote.row.clone();
    let places = vec![(t.quotes.title().to_owned(), "/office/quotes".to_owned())];
    let (drafted, next) = (quote.clone(), quote.clone());
    let lines = choices.map(move |choices| {
        let (add, remove) = (forms.add, forms.remove);
        view! { <Card title=t.money.lines()><DraftLines quote=drafted taxes=choices.taxes add remove/></Card> }
    });
    view! {
        <PageHeader title=quote_title(row.number.as_deref(), t) summary=story(&quote, t) places state=quote_badge(row.state, t)>
            <Actions quote=next forms/>
            <PdfButton href=format!("/documents/quotes/{}.pdf", row.id)/>
        </PageHeader>
        <Beside quote=quote.clone()/>
        {lines}
        <QuoteDocument quote reader=Reader::Staff/>
    }
}

/// What stands beside a reconnection: the old debt, and what somebody else has meanwhile.
#[component]
fn Beside(quote: QuoteDetail) -> impl IntoView {
    let t = words();
    let debt = quote.old_debt.filter(|debt| debt.is_positive()).map(|debt| {
        view! { <Notice tone=Tone::Warn icon=Icon::Info title=t.quotes.old_debt(money(debt))><p>{t.quotes.old_debt_hint()}</p></Notice> }
    });
    let contract = quote.row.contract.map(|contract| format!("/office/contracts/{}/service", contract.id));
    let taken = (!quote.taken.is_empty()).then(|| {
        let others = quote.taken.into_iter().map(|(_, by)| by).collect::<Vec<_>>().join(", ");
        view! {
            <Notice tone=Tone::Danger icon=Icon::Alert title=t.quotes.taken(others)>
                <p>{t.quotes.taken_hint()}" "<a href=contract>{t.quotes.set_service()}</a></p>
            </Notice>
        }
    });
    view! { {debt}{taken} }
}

fn story(quote: &QuoteDetail, t: Words) -> String {
    let until = format::date(quote.row.valid_until, t);
    match (&quote.state, quote.row.state) {
        (QuoteState::Draft, _) => t.quotes.story_draft().to_owned(),
        (_, QuoteStateName::Expired) => t.quotes.story_expired(until),
        (QuoteState::Sent { .. }, _) => t.quotes.story_sent(until),
        (QuoteState::Accepted { on }, _) => t.quotes.story_accepted(format::date(*on, t)),
        (QuoteState::Paid { on, .. }, _) => t.quotes.story_paid(format::date(*on, t)),
        (QuoteState::Invoiced { .. }, _) => {
            t.quotes.story_invoiced(quote.invoice.as_ref().map(|invoice| invoice.name.as_str()).unwrap_or_default())
        }
        (QuoteState::Rejected { reason }, _) => t.quotes.story_rejected(reason),
    }
}

#[component]
fn Actions(quote: QuoteDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let row = quote.row.clone();
    let id = row.id;
    let open = row.state == QuoteStateName::Sent;
    let send = (row.state == QuoteStateName::Draft && !quote.lines.is_empty() && may("edit_quotes")).then(|| {
        view! {
            <Form state=forms.send>
                <input type="hidden" name="quote" value=id.to_string()/>
                <Submit variant=Variant::Primary icon=Icon::Right>{t.quotes.send()}</Submit>
            </Form>
        }
    });
    let pay = (open && may("record_payments")).then(|| {
        view! { <LinkButton href=format!("/office/quotes/{id}/pay") variant=Variant::Primary icon=Icon::Payment>{t.quotes.take_payment()}</LinkButton> }
    });
    let invoice = quote.invoice.clone().map(|invoice| {
        view! { <LinkButton href=format!("/office/invoices/{}", invoice.id) icon=Icon::Invoice>{t.money.title_invoice(invoice.name)}</LinkButton> }
    });
    let reject = (matches!(row.state, QuoteStateName::Draft | QuoteStateName::Sent) && may("edit_quotes"))
        .then(|| view! { <Reject id=id.to_string() state=forms.reject/> });
    view! {
        {send}
        {pay}
        {(open && may("confirm_quotes")).then(|| view! { <Accept quote state=forms.accept/> })}
        {invoice}
        {reject}
    }
}

#[component]
fn Accept(quote: QuoteDetail, state: FormState<AcceptQuote>) -> impl IntoView {
    let t = words();
    let reconnection = quote.row.purpose == QuotePurpose::Reconnection;
    let (label, what) = match reconnection {
        true => (t.quotes.confirm_reconnection(), t.quotes.confirm_reconnection_what(money(quote.row.total))),
        false => (t.quotes.accept(), t.quotes.accept_what(money(quote.row.total))),
    };
    view! {
        <Confirm id="accept" label title=label icon=Icon::Check open=state.was_refused()>
            <p>{what}</p>
            <Form state>
                <input type="hidden" name="quote" value=quote.row.id.to_string()/>
                <Submit variant=Variant::Primary>{label}</Submit>
            </Form>
        </Confirm>
    }
}

#[component]
fn Reject(id: String, state: FormState<RejectQuote>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="reject" label=t.quotes.reject() title=t.quotes.reject() variant=Variant::Quiet icon=Icon::Close open=state.was_refused()>
            <Form state>
                <input type="hidden" name="quote" value=id/>
                <Field name="reason" label=t.money.void_reason() most=500/>
                <Submit variant=Variant::Danger>{t.quotes.reject()}</Submit>
            </Form>
        </Confirm>
    }
}
