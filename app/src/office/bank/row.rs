//! One movement: whose may it be, and booking it.

use domain::bank::BankRowState;
use domain::ids::PaymentId;
use domain::matching::Suggestion;
use domain::views::bank::{BankRow, BankRowDetail};
use domain::views::list::Choice;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{BookMovement, NotOurs, ReopenMovement, show_movement},
    evidence::{certainty_badge, reasons},
    state_badge,
};
use crate::{
    i18n::{Words, words},
    parts::amount::money,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Field, Form, FormState, MoneyInput, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

/// For how many customers a movement may be; more are rare, and blank lines count for nothing.
const LINES: usize = 4;

#[component]
pub fn BankRowPage() -> impl IntoView {
    let id = use_id();
    let (book, decline) = (use_form::<BookMovement>(), use_form::<NotOurs>());
    let reopen = use_form::<ReopenMovement>();
    let (booked, reopened) = (book.done(), reopen.done());
    let done = move || (booked.get(), reopened.get());
    let row = Resource::new_blocking(move || (id.get(), done()), |(id, _)| async move { show_movement(id?).await });
    view! { <Loaded from=row view=move |detail| view! { <Movement detail book decline reopen/> }/> }
}

#[component]
fn Movement(
    detail: BankRowDetail,
    book: FormState<BookMovement>,
    decline: FormState<NotOurs>,
    reopen: FormState<ReopenMovement>,
) -> impl IntoView {
    let t = words();
    let (row, suggestions) = (detail.matched.row.clone(), detail.matched.suggestions.clone());
    let places = vec![(t.bank.title().to_owned(), "/office/bank".to_owned())];
    let is_open = row.state == BankRowState::Open && row.amount.is_positive();
    let (state, title) = (state_badge(row.state, t), t.bank.movement(money(row.amount)));
    let told = row.clone();
    let deciding = may("book_statements");
    let actions = match row.state {
        BankRowState::Open if deciding => view! { <Declining row=row.clone() form=decline/> }.into_any(),
        BankRowState::NotOurs if deciding => {
            let id = row.id.to_string();
            view! {
                <Form state=reopen>
                    <input type="hidden" name="row" value=id/>
                    <Submit>{t.bank.reopen()}</Submit>
                </Form>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    let booking =
        (is_open && deciding).then(|| view! { <Booking row=row.clone() suggestions=suggestions.clone() form=book/> });
    let whose =
        is_open.then(|| view! { <Card title=t.bank.suggestions()><Suggestions row=row.clone() suggestions/></Card> });
    view! {
        <PageHeader title summary=story(&detail, t) places
                    state>
            {actions}
        </PageHeader>
        <Card title=t.bank.what_the_bank_says()><Told row=told payments=detail.payments/></Card>
        {whose}
        {booking}
    }
}

fn story(detail: &BankRowDetail, t: Words) -> String {
    let at = detail.decided_at.map(|at| format::date_time(local(at), t)).unwrap_or_default();
    let by = detail.decided_by.clone().unwrap_or_else(|| t.parts.automatic().to_owned());
    match detail.matched.row.state {
        BankRowState::Open => t.bank.story_open().to_owned(),
        BankRowState::Booked => t.bank.story_booked(at, by),
        BankRowState::NotOurs => t.bank.story_not_ours(at, by, detail.matched.row.reason.clone().unwrap_or_default()),
    }
}

#[component]
fn Told(row: BankRow, payments: Vec<Choice<PaymentId>>) -> impl IntoView {
    let t = words();
    let text =
        |label: &'static str, text: String| (!text.is_empty()).then(|| view! { <Fact label=label>{text}</Fact> });
    let payments = payments.into_iter().map(move |payment| {
        let href = format!("/office/payments/{}", payment.id);
        view! { <Fact label=t.money.receipt()><a href=href>{payment.name}</a></Fact> }
    });
    view! {
        <Facts>
            <Fact label=t.bank.booked_on()>{format::long_date(row.booked_on, t)}</Fact>
            <Fact label=t.money.amount()>{money(row.amount)}</Fact>
            {text(t.bank.payer(), row.name)}
            {text(t.money.reference(), row.reference)}
            {text(t.bank.description(), row.description)}
            <Fact label=t.bank.account()>{row.account.name}</Fact>
            {payments.collect_view()}
        </Facts>
    }
}

#[component]
fn Suggestions(row: BankRow, suggestions: Vec<Suggestion>) -> impl IntoView {
    let t = words();
    if suggestions.is_empty() {
        return view! { <p class="muted">{t.bank.nobody_hint()}</p> }.into_any();
    }
    let choose = move |suggestion: &Suggestion| {
        let href = format!("/office/bank/rows/{}?customer={}", row.id, suggestion.reference);
        view! { <LinkButton href variant=Variant::Quiet>{t.bank.choose()}</LinkButton> }
    };
    let columns = vec![
        Column::new(t.money.customer(), |suggestion: &Suggestion| {
            let href = format!("/office/customers/{}", suggestion.customer.id);
            view! { <a href=href>{suggestion.customer.name.clone()}</a>" "{suggestion.reference.clone()} }
        }),
        Column::new(t.bank.how_certain(), move |suggestion: &Suggestion| certainty_badge(suggestion.certainty, t)),
        Column::new(t.bank.because(), move |suggestion: &Suggestion| reasons(suggestion, t)),
        Column::new(t.bank.choose(), choose),
    ];
    view! { <Table columns rows=suggestions label=t.bank.suggestions()/> }.into_any()
}

/// Whose it is: one customer, or several with their parts. The first line has who was chosen, or the best suggestion.
#[component]
fn Booking(row: BankRow, suggestions: Vec<Suggestion>, form: FormState<BookMovement>) -> impl IntoView {
    let t = words();
    let asked = use_query_map().get_untracked().get("customer");
    let first = asked.or_else(|| suggestions.first().map(|best| best.reference.clone())).unwrap_or_default();
    let currency = row.amount.currency().code().to_owned();
    let lines = (0..LINES).map(|nth| {
        let (customer, amount) = if nth == 0 { (first.clone(), row.amount.to_string()) } else { Default::default() };
        view! {
            <Field name=format!("book[lines][{nth}][customer]") label=t.bank.customer_nth(nth + 1) value=customer
                   optional={nth > 0} most=40/>
            <MoneyInput name=format!("book[lines][{nth}][amount]") label=t.bank.amount_nth(nth + 1) value=amount
                        currency=currency.clone() optional={nth > 0}/>
        }
    });
    let lines = lines.collect_view();
    view! {
        <Card title=t.bank.book()>
            <p>{t.bank.book_hint()}</p>
            <Form state=form>
                <input type="hidden" name="row" value=row.id.to_string()/>
                {lines}
                <Submit variant=Variant::Primary icon=Icon::Check>{t.bank.book()}</Submit>
            </Form>
        </Card>
    }
}

#[component]
fn Declining(row: BankRow, form: FormState<NotOurs>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="not-ours" label=t.bank.mark_not_ours() title=t.bank.not_ours_title() icon=Icon::Close
                 open=form.was_refused()>
            <p>{t.bank.not_ours_what()}</p>
            <Form state=form>
                <input type="hidden" name="row" value=row.id.to_string()/>
                <Field name="reason" label=t.money.reason() most=500/>
                <Submit variant=Variant::Primary>{t.bank.mark_not_ours()}</Submit>
            </Form>
        </Confirm>
    }
}
