//! One customer at the counter: what they owe, and what the amount in the form will do, while it is typed.

use domain::invoice::PaymentMethod;
use domain::money::{Currency, Money};
use domain::price::parse_decimal;
use domain::service::ServiceState;
use domain::views::counter::{Counter, CutContract, OwedInvoice, Preview};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlInputElement};
use leptos_router::hooks::use_query_map;

use super::{api::RecordPayment, list::methods};
use crate::{
    i18n::{Words, words},
    parts::{
        amount::{bare, money},
        state::service_state,
    },
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        form::{Field, Form, FormState, Kind, MoneyInput, Select, Submit},
        format,
        icon::Icon,
        list::{Column, Table},
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

const AMOUNT: &str = "payment[amount]";

#[component]
pub(super) fn CounterDesk(counter: Counter, form: FormState<RecordPayment>) -> impl IntoView {
    let t = words();
    let places = vec![(t.money.payments().to_owned(), "/office/payments".to_owned())];
    let debt = counter.debt();
    let mut summary = match debt.is_positive() {
        true => t.money.owes_now(money(debt)),
        false => t.money.owes_nothing().to_owned(),
    };
    if counter.credit.is_positive() {
        summary = format!("{summary} {}", t.money.credit_now(money(counter.credit)));
    }
    let typed = RwSignal::new(asked(AMOUNT).unwrap_or_else(|| debt.to_string()));
    let title = format!("{} · {}", counter.customer.name, counter.reference);
    let of_form = counter.clone();
    view! {
        <PageHeader title summary places>
            <LinkButton href="/office/payments/new" icon=Icon::Search>{t.money.other_customer()}</LinkButton>
        </PageHeader>
        // The fields tell what is typed into them by an event that rises to here.
        <div class="columns" data-wide="true" on:input=move |event| note(&event, typed)>
            <Card title=t.money.payment_data()><PaymentForm counter=of_form form/></Card>
            <Card title=t.money.will_pay()><WillPay counter typed/></Card>
        </div>
    }
}

fn note(event: &ev::Event, typed: RwSignal<String>) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input.filter(|input| input.name() == AMOUNT) {
        typed.set(input.value());
    }
}

/// What the form had when somebody without scripting asked what it would do.
fn asked(name: &str) -> Option<String> {
    use_query_map().with_untracked(|query| query.get(name))
}

#[component]
fn PaymentForm(counter: Counter, form: FormState<RecordPayment>) -> impl IntoView {
    let t = words();
    let amount = asked(AMOUNT).unwrap_or_else(|| counter.debt().to_string());
    let method = asked("payment[method]").unwrap_or_else(|| PaymentMethod::Cash.word().to_owned());
    let received_on = asked("payment[received_on]").unwrap_or_else(|| counter.today.to_string());
    // Only without scripting, which otherwise shows it while the amount is typed.
    let recalculate = format!(
        "<button class=\"button\" data-variant=\"secondary\" formmethod=\"get\" \
         formaction=\"/office/payments/new\"><span>{}</span></button>",
        t.money.recalculate()
    );
    view! {
        <Form state=form>
            <input type="hidden" name="customer" value=counter.customer.id.to_string()/>
            <input type="hidden" name="payment[customer]" value=counter.customer.id.to_string()/>
            <input type="hidden" name="payment[idempotency_key]" value=counter.idempotency_key/>
            <MoneyInput name=AMOUNT label=t.money.amount() currency=counter.currency.code() value=amount
                        hint=t.money.amount_hint()/>
            <noscript inner_html=recalculate/>
            <Select name="payment[method]" label=t.money.method() choices=methods(t) value=method/>
            <Field name="payment[reference]" label=t.money.reference() hint=t.money.reference_hint() most=80
                   optional=true value=asked("payment[reference]").unwrap_or_default()/>
            <Field name="payment[received_on]" label=t.money.received_on() kind=Kind::Date value=received_on/>
            <div class="form-actions">
                <Submit variant=Variant::Primary icon=Icon::Check>{t.money.take()}</Submit>
                <LinkButton href="/office/payments" variant=Variant::Quiet>{t.common.cancel()}</LinkButton>
            </div>
        </Form>
    }
}

/// What the amount will do: the same rules that the payment goes by, so that it cannot say otherwise.
#[component]
pub(crate) fn WillPay(counter: Counter, typed: RwSignal<String>) -> impl IntoView {
    let t = words();
    let zero = Money::zero(counter.currency);
    let amount = Memo::new(move |_| {
        let amount = parse_decimal(typed.read().trim()).ok();
        let amount = amount.and_then(|amount| Money::exact(amount, zero.currency()).ok());
        amount.filter(|amount| amount.is_positive()).unwrap_or(zero)
    });
    let hint = (!counter.owed.is_empty()).then(|| view! { <p class="muted">{t.money.will_pay_hint()}</p> });
    let outcome = move || {
        let preview = counter.preview(amount.get());
        view! {
            <Paid owed=counter.owed.clone() preview=preview.clone() counter=counter.clone()/>
            <Outcome cut=counter.cut.clone() preview/>
        }
    };
    view! {
        {hint}
        <div class="stack" role="status">{outcome}</div>
    }
}

#[component]
fn Paid(owed: Vec<OwedInvoice>, preview: Preview, counter: Counter) -> impl IntoView {
    let t = words();
    if owed.is_empty() {
        return view! { <p>{t.money.owes_nothing()}</p> }.into_any();
    }
    let (today, currency) = (counter.today, counter.currency);
    let invoice = move |(owed, _): &(OwedInvoice, Money)| {
        let due = owed.invoice.due_on;
        let due = t.money.due_on(format::date(due, t), format::distance(due, today, t));
        view! { <span>{owed.invoice.number.clone()}<span class="document-detail">{due}</span></span> }.into_any()
    };
    let amount = move |amount: Money| short(amount, currency);
    let left =
        move |(owed, paid): &(OwedInvoice, Money)| owed.invoice.open.checked_sub(*paid).map(amount).unwrap_or_default();
    let columns = vec![
        Column::new(t.money.kind_invoice(), invoice),
        Column::new(t.money.open(), move |(owed, _): &(OwedInvoice, Money)| amount(owed.invoice.open)).number(),
        Column::new(t.money.pays(), move |(_, paid): &(OwedInvoice, Money)| amount(*paid)).number(),
        Column::new(t.money.remains(), left).number(),
    ];
    let rows: Vec<_> = owed.into_iter().zip(preview.paid).collect();
    view! { <Table columns rows label=t.money.will_pay()/> }.into_any()
}

/// The counter's currency stands beside the amount that is typed.
fn short(amount: Money, currency: Currency) -> String {
    if amount.currency() == currency { bare(amount) } else { money(amount) }
}

#[component]
fn Outcome(cut: Vec<CutContract>, preview: Preview) -> impl IntoView {
    let t = words();
    let rest = preview.rest.is_positive().then(|| view! { <p>{t.money.will_rest(money(preview.rest))}</p> });
    let services = cut.into_iter().zip(preview.services).map(|(cut, after)| {
        let (tone, icon, title) = told(&cut, after, t);
        view! { <Notice tone icon title/> }
    });
    view! {
        {rest}
        {services.collect_view()}
    }
}

fn told(cut: &CutContract, after: ServiceState, t: Words) -> (Tone, Icon, String) {
    let (code, state) = (&cut.contract.name, service_state(after, t));
    match after {
        ServiceState::Active => (Tone::Ok, Icon::Signal, t.money.will_restore(code)),
        after if after != cut.service => (Tone::Warn, Icon::Pause, t.money.will_change(code, state)),
        _ if cut.other_holds.is_empty() => (Tone::Warn, Icon::Pause, t.money.will_stay_debt(code, state)),
        _ => (Tone::Warn, Icon::Pause, t.money.will_stay_hold(code, state)),
    }
}
