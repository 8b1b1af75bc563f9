//! One customer at the counter: what they owe, and what the amount in the form will do, while it is typed.

use domain::exchange::{PaymentTax, Tender};
use domain::ids::InvoiceId;
use domain::invoice::PaymentMethod;
use domain::money::{Currency, Money};
use domain::price::parse_decimal;
use domain::service::ServiceState;
use domain::views::counter::{Counter, CutContract, OwedInvoice, Preview};
use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlInputElement, HtmlSelectElement},
};
use leptos_router::hooks::use_query_map;

use super::{api::RecordPayment, list::methods};
use crate::{
    i18n::{Words, words},
    parts::{
        amount::{bare, money},
        state::service_state,
    },
    ui::{
        button::LinkButton,
        card::Card,
        form::{Field, Form, FormActions, FormState, Kind, Select},
        format,
        icon::Icon,
        list::{Column, Table},
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

const AMOUNT: &str = "payment[amount]";
const CURRENCY: &str = "payment[currency]";
const METHOD: &str = "payment[method]";
const INVOICE: &str = "payment[invoice]";

/// What is in the form that decides what a payment does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Typed {
    pub amount: String,
    pub currency: Currency,
    pub method: PaymentMethod,
    /// Paid first.
    pub invoice: Option<InvoiceId>,
}

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
    let typed = RwSignal::new(Typed {
        amount: asked(AMOUNT).unwrap_or_else(|| debt.to_string()),
        currency: asked(CURRENCY).and_then(|code| code.parse().ok()).unwrap_or(counter.currency),
        method: asked(METHOD).and_then(|word| word.parse().ok()).unwrap_or(PaymentMethod::Cash),
        invoice: asked(INVOICE).and_then(|id| id.parse().ok()),
    });
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

fn note(event: &ev::Event, typed: RwSignal<Typed>) {
    let Some(target) = event.target() else { return };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>().filter(|input| input.name() == AMOUNT) {
        typed.update(|typed| typed.amount = input.value());
    }
    let Some(select) = target.dyn_ref::<HtmlSelectElement>() else { return };
    typed.update(|typed| match select.name().as_str() {
        CURRENCY => typed.currency = select.value().parse().unwrap_or(typed.currency),
        INVOICE => typed.invoice = select.value().parse().ok(),
        METHOD => typed.method = select.value().parse().unwrap_or(typed.method),
        _ => {}
    });
}

/// What the form had when somebody without scripting asked what it would do.
fn asked(name: &str) -> Option<String> {
    use_query_map().with_untracked(|query| query.get(name))
}

#[component]
fn PaymentForm(counter: Counter, form: FormState<RecordPayment>) -> impl IntoView {
    let t = words();
    let amount = asked(AMOUNT).unwrap_or_else(|| counter.debt().to_string());
    let method = asked(METHOD).unwrap_or_else(|| PaymentMethod::Cash.word().to_owned());
    let received_on = asked("payment[received_on]").unwrap_or_else(|| counter.today.to_string());
    let currency = asked(CURRENCY).unwrap_or_else(|| counter.currency.to_string());
    let currencies = counter.currencies().iter().map(|code| (code.to_string(), code.to_string())).collect();
    let of_invoice = |owed: &OwedInvoice| {
        let words = format!("{} · {}", owed.invoice.number, money(owed.invoice.open));
        (owed.invoice.invoice.to_string(), words)
    };
    let invoices = counter.owed.iter().map(of_invoice).collect();
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
            <Field name=AMOUNT label=t.money.amount() kind=Kind::Decimal value=amount hint=t.money.amount_hint() most=20/>
            <Select name=CURRENCY label=t.money.currency() choices=currencies value=currency/>
            <noscript inner_html=recalculate/>
            <Select name=METHOD label=t.money.method() choices=methods(t) value=method/>
            <Select name=INVOICE label=t.money.which_first() hint=t.money.which_first_hint() choices=invoices
                    value=asked(INVOICE).unwrap_or_default() optional=true/>
            <Field name="payment[reference]" label=t.money.reference() hint=t.money.reference_hint() most=80
                   optional=true value=asked("payment[reference]").unwrap_or_default()/>
            <Field name="payment[received_on]" label=t.money.received_on() kind=Kind::Date value=received_on/>
            <FormActions label=t.money.take() back="/office/payments" icon=Icon::Check/>
        </Form>
    }
}

/// What the amount will do: the same rules that the payment goes by, so that it cannot say otherwise.
#[component]
pub(crate) fn WillPay(counter: Counter, typed: RwSignal<Typed>) -> impl IntoView {
    let t = words();
    let hint = (!counter.owed.is_empty()).then(|| view! { <p class="muted">{t.money.will_pay_hint()}</p> });
    let outcome = move || {
        let typed = typed.get();
        let amount = parse_decimal(typed.amount.trim()).ok();
        let amount = amount.and_then(|amount| Money::exact(amount, typed.currency).ok());
        let tendered = amount.filter(|amount| amount.is_positive()).unwrap_or(Money::zero(typed.currency));
        let Some((counted, tender)) = counter.counted(tendered) else {
            return view! { <Notice tone=Tone::Warn icon=Icon::Alert title=t.money.no_rate(typed.currency)/> }
                .into_any();
        };
        let preview = counter.preview(counted, typed.invoice);
        let tax = counter.settings.tax_on(tendered, typed.method);
        view! {
            {tender.map(|tender| view! { <p>{converted(&tender, counted, t)}</p> })}
            {tax.map(|tax| view! { <p>{taxed(&tax, tendered, t)}</p> })}
            <Paid owed=counter.owed.clone() preview=preview.clone() counter=counter.clone()/>
            <Outcome cut=counter.cut.clone() preview/>
        }
        .into_any()
    };
    view! {
        {hint}
        <div class="stack" role="status">{outcome}</div>
    }
}

/// `1,817.03 VES = 34.80 USD, at 52.2134 of 1 Apr 2026`
pub(super) fn converted(tender: &Tender, counted: Money, t: Words) -> String {
    t.money.converted(money(tender.amount), money(counted), tender.rate, format::date(tender.rate_on, t))
}

/// The tax, and what is received with it.
pub(super) fn taxed(tax: &PaymentTax, tendered: Money, t: Words) -> String {
    let all = tendered.checked_add(tax.amount).map(money).unwrap_or_default();
    t.money.taxed(&tax.name, tax.percent.get().normalize(), money(tax.amount), all)
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
