//! Money for a quote.

use domain::invoice::PaymentMethod;
use domain::views::quotes::QuoteDetail;
use leptos::prelude::*;

use super::api::{PayQuote, show_quote};
use crate::{
    i18n::words,
    office::payments::methods,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, FormState, Kind, MoneyInput, Select, use_form},
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn PayQuotePage() -> impl IntoView {
    let id = use_id();
    let form = use_form::<PayQuote>();
    let quote = Resource::new_blocking(move || id.get(), |id| async move { show_quote(id?).await });
    view! { <Loaded from=quote view=move |quote| view! { <Pay quote form/> }/> }
}

/// A quote is paid once: its id is what tells the same form sent twice.
#[component]
fn Pay(quote: QuoteDetail, form: FormState<PayQuote>) -> impl IntoView {
    let t = words();
    let row = quote.row;
    let back = format!("/office/quotes/{}", row.id);
    let number = row.number.clone().unwrap_or_default();
    let places =
        vec![(t.quotes.title().to_owned(), "/office/quotes".to_owned()), (t.quotes.title_quote(&number), back.clone())];
    let total = row.total.amount().to_string();
    view! {
        <PageHeader title=t.quotes.pay_title(&number) summary=row.customer_name places/>
        <Card>
            <Form state=form>
                <input type="hidden" name="quote" value=row.id.to_string()/>
                <input type="hidden" name="payment[idempotency_key]" value=format!("quote-{}", row.id)/>
                <MoneyInput name="payment[amount]" label=t.money.amount() hint=t.quotes.pay_hint()
                            currency=row.total.currency().code() value=total/>
                <Select name="payment[method]" label=t.money.method() choices=methods(t) value=PaymentMethod::Cash.word()/>
                <Field name="payment[reference]" label=t.money.reference() hint=t.money.reference_hint() most=80 optional=true/>
                <Field name="payment[received_on]" label=t.money.received_on() kind=Kind::Date optional=true/>
                <FormActions label=t.money.take() back icon=Icon::Check/>
            </Form>
        </Card>
    }
}
