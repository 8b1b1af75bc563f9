//! What came, line by line, before it is received: what is right, what is wrong and why. Nothing that was typed is lost:
//! wrong lines stay here until they are mended.

use domain::stock_receipt::GoodsProblem;
use domain::views::stock::{Judged, ReceiptDetail, ReceiptLine};
use leptos::prelude::*;

use super::{
    api::{MendReceipt, ReceiveReceipt, show_receipt},
    receive::{MOST, standing},
};
use crate::{
    i18n::{Words, words},
    surroundings::local,
    ui::{
        badge::Badge,
        button::Variant,
        card::{Card, Fact, Facts},
        form::{Form, FormState, Submit, Textarea, use_form},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn ReceiptPage() -> impl IntoView {
    let id = use_id();
    let (mend, receive) = (use_form::<MendReceipt>(), use_form::<ReceiveReceipt>());
    let done = (mend.done(), receive.done());
    let receipt = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get()),
        |(id, ..)| async move { show_receipt(id?).await },
    );
    view! { <Loaded from=receipt view=move |receipt| view! { <Receipt receipt mend receive/> }/> }
}

#[component]
fn Receipt(receipt: ReceiptDetail, mend: FormState<MendReceipt>, receive: FormState<ReceiveReceipt>) -> impl IntoView {
    let t = words();
    let places = vec![
        (t.stock.title().to_owned(), "/office/stock".to_owned()),
        (t.stock.receive().to_owned(), "/office/stock/receive".to_owned()),
    ];
    let id = receipt.id.to_string();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let fine = count(receipt.lines.iter().filter(|line| matches!(line.judged, Judged::Fine { .. })).count());
    let wrong = count(receipt.lines.len()) - fine;
    let is_open = !receipt.lines.is_empty();
    let (title, state) = (t.stock.receipt_number(receipt.id), standing(is_open, t));
    let bad = (wrong > 0).then(|| {
        view! {
            <Notice tone=Tone::Warn icon=Icon::Alert title=t.stock.wrong_lines(wrong)><p>{t.stock.wrong_lines_hint()}</p></Notice>
        }
    });
    let go = (fine > 0).then(|| {
        let id = id.clone();
        view! {
            <Form state=receive>
                <input type="hidden" name="receipt" value=id/>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Check>{t.stock.receive_lines(fine)}</Submit>
                </div>
            </Form>
        }
    });
    let rest = receipt.rest.clone();
    let lines = receipt.lines.clone();
    let waiting = is_open.then(|| {
        let label = t.stock.lines();
        view! {
            {bad}
            <Card title=label><Table columns=columns(t) rows=lines label/>{go}</Card>
            <Card title=t.stock.mend()>
                <Form state=mend>
                    <input type="hidden" name="receipt" value=id/>
                    <Textarea name="lines" label=t.stock.lines() hint=t.stock.lines_hint() value=rest rows=10 most=MOST
                              optional=true/>
                    <div class="form-actions"><Submit icon=Icon::Search>{t.stock.look_again()}</Submit></div>
                </Form>
            </Card>
        }
    });
    view! {
        <PageHeader title places state/>
        <Card title=t.stock.receipt()><About receipt/></Card>
        {waiting}
    }
}

#[component]
fn About(receipt: ReceiptDetail) -> impl IntoView {
    let t = words();
    let here = format!("/office/stock?place={}", receipt.place.id);
    view! {
        <Facts>
            <Fact label=t.stock.received()>{format::count(receipt.received)}</Fact>
            <Fact label=t.stock.model()>{receipt.model.name}</Fact>
            <Fact label=t.stock.place()><a href=here>{receipt.place.name}</a></Fact>
            {(!receipt.note.is_empty()).then(|| view! { <Fact label=t.stock.delivery()>{receipt.note}</Fact> })}
            <Fact label=t.stock.received_at()>{format::date_time(local(receipt.opened_at), t)}</Fact>
            {receipt.opened_by.map(|who| view! { <Fact label=t.stock.received_by()>{who}</Fact> })}
        </Facts>
    }
}

fn columns(t: Words) -> Vec<Column<ReceiptLine>> {
    vec![
        Column::new(t.stock.line(), |line: &ReceiptLine| line.number.to_string()).number(),
        Column::new(t.stock.typed(), |line: &ReceiptLine| line.text.clone()),
        Column::new(t.stock.becomes(), move |line: &ReceiptLine| becomes(&line.judged, t)),
    ]
}

fn becomes(judged: &Judged, t: Words) -> AnyView {
    match judged {
        Judged::Fine { serial, mac, model, serves } => {
            let (tone, icon, label) = match serves {
                None => (Tone::Ok, Icon::Check, t.stock.fine().to_owned()),
                Some(contract) => (Tone::Accent, Icon::Signal, t.stock.serves(&contract.name)),
            };
            let mac = mac.as_ref().map(|mac| format!(" · {mac}")).unwrap_or_default();
            view! { <span><Badge tone icon label/>" "{format!("{model} · {serial}{mac}")}</span> }.into_any()
        }
        Judged::Wrong { problem } => {
            let known = match problem {
                GoodsProblem::KnownSerial { item } | GoodsProblem::KnownMac { item } => Some(*item),
                _ => None,
            };
            let link = known.map(|item| {
                view! { " "<a href=format!("/office/stock/{item}")>{t.stock.see_it()}</a> }
            });
            view! { <span><Badge tone=Tone::Danger icon=Icon::Alert label=sentence(problem, t)/>{link}</span> }
                .into_any()
        }
    }
}

fn sentence(problem: &GoodsProblem, t: Words) -> String {
    match problem {
        GoodsProblem::NoSerial => t.stock.wrong_serial().to_owned(),
        GoodsProblem::NotAMac { typed } => t.stock.wrong_mac(typed),
        GoodsProblem::UnknownModel { typed } => t.stock.wrong_model(typed),
        GoodsProblem::Twice { line } => t.stock.wrong_twice(line),
        GoodsProblem::KnownSerial { .. } => t.stock.wrong_known_serial().to_owned(),
        GoodsProblem::KnownMac { .. } => t.stock.wrong_known_mac().to_owned(),
    }
}
