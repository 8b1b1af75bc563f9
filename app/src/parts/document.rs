//! An invoice or a credit note as a document: for the screen and for paper.

use domain::{
    invoice::{DocumentKind, InvoiceState},
    tax::TaxBasis,
    views::invoices::{InvoiceDetail, InvoiceLine, InvoiceRow, PaidBy, PaidWith, Standing},
};
use leptos::prelude::*;

use super::{
    Reader,
    amount::{bare, charge, money},
    because::credit_because,
    discount::why_reduced,
    late_fee::why_charged,
    place::street_and_city,
    terms::period,
};
use crate::{
    i18n::{Words, words},
    ui::{
        badge::Badge,
        card::Card,
        format,
        icon::Icon,
        list::{Column, Table},
        tone::Tone,
    },
};

#[must_use]
pub fn document_kind(kind: DocumentKind, t: Words) -> &'static str {
    match kind {
        DocumentKind::Invoice => t.money.kind_invoice(),
        DocumentKind::CreditNote => t.money.kind_credit_note(),
    }
}

#[must_use]
pub fn standing(standing: Standing, t: Words) -> &'static str {
    match standing {
        Standing::Draft => t.money.standing_draft(),
        Standing::Paid => t.money.standing_paid(),
        Standing::Open => t.money.standing_open(),
        Standing::Overdue => t.money.standing_overdue(),
        Standing::Void => t.money.standing_void(),
    }
}

/// How a document stands. A credit note is not owed: something of it is left, or not.
#[must_use]
pub fn standing_badge(kind: DocumentKind, stands: Standing, t: Words) -> AnyView {
    let (tone, icon, label) = match (kind, stands) {
        (_, Standing::Draft) => (Tone::Neutral, Icon::Edit, standing(stands, t)),
        (_, Standing::Void) => (Tone::Neutral, Icon::Close, standing(stands, t)),
        (DocumentKind::Invoice, Standing::Paid) => (Tone::Ok, Icon::Check, standing(stands, t)),
        (DocumentKind::Invoice, Standing::Open) => (Tone::Accent, Icon::Clock, standing(stands, t)),
        (DocumentKind::Invoice, Standing::Overdue) => (Tone::Danger, Icon::Alert, standing(stands, t)),
        (DocumentKind::CreditNote, Standing::Paid) => (Tone::Neutral, Icon::Check, t.money.credit_used()),
        (DocumentKind::CreditNote, Standing::Open | Standing::Overdue) => {
            (Tone::Accent, Icon::Payment, t.money.credit_left())
        }
    };
    view! { <Badge tone icon label/> }.into_any()
}

/// `Factura F-2026-000123`
#[must_use]
pub fn document_title(row: &InvoiceRow, t: Words) -> String {
    match (&row.number, row.kind) {
        (None, _) => t.money.title_draft().to_owned(),
        (Some(number), DocumentKind::Invoice) => t.money.title_invoice(number),
        (Some(number), DocumentKind::CreditNote) => t.money.title_credit_note(number),
    }
}

/// How the document stands, in a sentence.
#[must_use]
pub fn document_story(invoice: &InvoiceDetail, t: Words) -> String {
    let row = &invoice.row;
    match (invoice.state, row.kind, row.due_on) {
        (InvoiceState::Draft, ..) => t.money.story_draft().to_owned(),
        (InvoiceState::Void, ..) => t.money.story_void(invoice.void_reason.as_deref().unwrap_or_default()),
        (_, DocumentKind::CreditNote, _) if row.open.is_positive() => t.money.story_credit(money(row.open)),
        (_, DocumentKind::CreditNote, _) => t.money.story_credit_used().to_owned(),
        (_, _, Some(due)) if row.open.is_positive() => {
            let (open, date, distance) =
                (money(row.open), format::date(due, t), format::distance(due, invoice.today, t));
            match row.standing {
                Standing::Overdue => t.money.story_overdue(open, date, distance),
                _ => t.money.story_open(open, date, distance),
            }
        }
        _ if row.total.is_zero() => t.money.story_nothing().to_owned(),
        _ => t.money.story_paid().to_owned(),
    }
}

/// The document: who, to whom, what for, and what it comes to.
#[component]
pub fn Document(invoice: InvoiceDetail, reader: Reader) -> impl IntoView {
    let t = words();
    let title = document_title(&invoice.row, t);
    let date =
        move |date: Option<chrono::NaiveDate>| date.map_or_else(|| "—".to_owned(), |date| format::long_date(date, t));
    let (issued, due) = (date(invoice.row.issued_on), date(invoice.row.due_on));
    let is_invoice = invoice.row.kind == DocumentKind::Invoice;
    let (is_void, lines, billed) = (invoice.state == InvoiceState::Void, invoice.lines.clone(), invoice.clone());
    let corrects = invoice.corrects.clone().map(|(id, number)| {
        view! { <DocumentFact label=t.money.corrects()>{linked(invoice_href(id, reader), number)}</DocumentFact> }
    });
    let fee_of = invoice.late_fee.clone().map(|fee| {
        view! { <DocumentFact label=t.money.late_fee_of()>{linked(invoice_href(fee.invoice, reader), fee.number)}</DocumentFact> }
    });
    let fee_charged = invoice.fee_charged.clone().map(|(id, number)| {
        view! { <DocumentFact label=t.money.fee_charged()>{linked(invoice_href(id, reader), number)}</DocumentFact> }
    });
    let why_fee = invoice.late_fee.as_ref().map(|fee| view! { <p class="document-note">{why_charged(fee, t)}</p> });
    let because = invoice.because.as_ref().map(|because| credit_because(because, t)).map(|because| {
        view! { <DocumentFact label=t.changes.credit_reason()>{because}</DocumentFact> }
    });
    let contract = invoice.row.contract.zip(invoice.row.contract_code.clone()).map(|(id, code)| {
        let href = (reader == Reader::Staff).then(|| format!("/office/contracts/{id}"));
        view! { <DocumentFact label=t.money.contract()>{linked(href, code)}</DocumentFact> }
    });
    view! {
        <article class="document" data-void=is_void.then_some("true")>
            <header class="document-head">
                <p class="document-issuer">{invoice.issuer.clone()}</p>
                <p class="document-title">{title}</p>
            </header>
            <div class="document-facts">
                <BilledTo invoice=billed reader/>
                <dl>
                    <DocumentFact label=t.money.issued()>{issued}</DocumentFact>
                    {is_invoice.then(|| view! { <DocumentFact label=t.money.due()>{due}</DocumentFact> })}
                    {contract}
                    {corrects}
                    {because}
                    {fee_of}
                    {fee_charged}
                </dl>
            </div>
            {why_fee}
            <Table columns=line_columns(t) rows=lines label=t.money.lines()/>
            <Totals invoice/>
        </article>
    }
}

/// A name and its value in a document's head.
#[component]
pub fn DocumentFact(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

#[component]
fn BilledTo(invoice: InvoiceDetail, reader: Reader) -> impl IntoView {
    let t = words();
    let to = invoice.billed_to;
    let href = (reader == Reader::Staff).then(|| format!("/office/customers/{}", invoice.row.customer));
    let address = to.address.map(|(street, city)| view! { <p>{street_and_city(&street, &city)}</p> });
    view! {
        <div>
            <p class="document-label">{t.money.billed_to()}</p>
            <p class="document-name">{linked(href, invoice.row.customer_name)}</p>
            {to.tax_id.map(|id| view! { <p>{t.money.tax_id()}": "{id}</p> })}
            {address}
            <p class="muted">{t.money.reference_of_customer()}" "{to.reference}</p>
        </div>
    }
}

/// The lines of a document, with what each sum is made of.
#[must_use]
pub fn line_columns(t: Words) -> Vec<Column<InvoiceLine>> {
    let concept = move |line: &InvoiceLine| {
        let time = line.time.as_ref().map(|(range, days, of)| {
            view! { <span class="document-detail">{period(range, t)}" · "{t.parts.days_of(days, of)}</span> }
        });
        let why = why_reduced(line.discount, &line.discount_reason, t);
        let why = why.map(|why| view! { <span class="document-detail">{why}</span> });
        view! { <span>{line.description.clone()}{time}{why}</span> }.into_any()
    };
    let tax = move |line: &InvoiceLine| {
        let percent = format!("{} %", line.tax_rate.percent);
        let rate = match line.tax_rate.basis {
            TaxBasis::Added => percent,
            TaxBasis::Included => t.money.tax_included(percent),
        };
        view! { <span>{bare(line.tax)}<span class="document-detail">{rate}</span></span> }.into_any()
    };
    // The currency stands at the totals.
    vec![
        Column::new(t.money.concept(), concept),
        Column::new(t.money.how(), move |line: &InvoiceLine| charge(line, t)).number(),
        Column::new(t.money.untaxed(), |line: &InvoiceLine| bare(line.untaxed)).number(),
        Column::new(t.money.tax(), tax).number(),
        Column::new(t.money.total(), |line: &InvoiceLine| bare(line.total)).number(),
    ]
}

#[component]
fn Totals(invoice: InvoiceDetail) -> impl IntoView {
    let t = words();
    let issued_invoice = invoice.state == InvoiceState::Issued && invoice.row.kind == DocumentKind::Invoice;
    let open = (issued_invoice && invoice.row.open != invoice.row.total).then(|| {
        view! { <div><dt>{t.money.open()}</dt><dd>{money(invoice.row.open)}</dd></div> }
    });
    view! {
        <dl class="document-totals">
            <div><dt>{t.money.untaxed()}</dt><dd>{money(invoice.untaxed)}</dd></div>
            <div><dt>{t.money.tax()}</dt><dd>{money(invoice.tax)}</dd></div>
            <div class="document-total"><dt>{t.money.total()}</dt><dd>{money(invoice.row.total)}</dd></div>
            {open}
        </dl>
    }
}

/// What paid a document, each with its record where the reader has a page of it.
#[component]
pub fn PaidWithTable(paid_by: Vec<PaidBy>, reader: Reader) -> impl IntoView {
    let t = words();
    if paid_by.is_empty() {
        return view! { <p class="muted">{t.money.nothing_paid()}</p> }.into_any();
    }
    let source = move |paid: &PaidBy| match paid.source {
        PaidWith::Payment(id) => {
            let href = (reader == Reader::Staff).then(|| format!("/office/payments/{id}"));
            linked(href, t.money.payment_number(&paid.number))
        }
        PaidWith::CreditNote(id) => linked(invoice_href(id, reader), t.money.credit_note_number(&paid.number)),
    };
    let columns = vec![
        Column::new(t.money.paid_with(), source),
        Column::new(t.money.paid_on(), move |paid: &PaidBy| format::date(paid.on, t)),
        Column::new(t.money.paid_amount(), |paid: &PaidBy| money(paid.amount)).number(),
    ];
    view! { <Table columns rows=paid_by label=t.money.paid_with()/> }.into_any()
}

/// The credit notes that took back of a document; nothing when there are none.
#[component]
pub fn CreditedBy(
    credited_by: Vec<(domain::ids::InvoiceId, String, domain::money::Money)>,
    reader: Reader,
) -> impl IntoView {
    let t = words();
    let entries = credited_by.into_iter().map(move |(id, number, total)| {
        view! { <li class="entry">{linked(invoice_href(id, reader), number)}<p class="figure">{money(total)}</p></li> }
    });
    let entries = entries.collect_view();
    (!entries.is_empty())
        .then(|| view! { <Card title=t.changes.credited_by()><ul class="entries">{entries}</ul></Card> })
}

fn invoice_href(id: domain::ids::InvoiceId, reader: Reader) -> Option<String> {
    Some(match reader {
        Reader::Staff => format!("/office/invoices/{id}"),
        Reader::Customer => format!("/portal/invoices/{id}"),
    })
}

fn linked(href: Option<String>, words: String) -> AnyView {
    match href {
        Some(href) => view! { <a href=href>{words}</a> }.into_any(),
        None => words.into_any(),
    }
}

/// Prints the page. A browser without scripting prints from its own menu: the button is not there then.
#[component]
pub fn PrintButton() -> impl IntoView {
    let t = words();
    let print = |_| drop(window().print());
    view! {
        <button type="button" class="button needs-scripting" data-variant="secondary" on:click=print>
            {Icon::Print.view()}
            <span>{t.money.print()}</span>
        </button>
    }
}

/// Opens the document as a PDF, to keep or to send. Past the router: it is no page of the app.
#[component]
pub fn PdfButton(#[prop(into)] href: String) -> impl IntoView {
    let t = words();
    view! {
        <a class="button" data-variant="secondary" href=href target="_blank" rel="external">
            {Icon::Download.view()}
            <span>{t.documents.download()}</span>
        </a>
    }
}
