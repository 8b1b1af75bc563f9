//! One batch: how it stands, its sheets, its sales.

use domain::views::vouchers::{BatchDetail, BatchTerms, SaleRow};
use leptos::prelude::*;

use super::{
    api::{RecordVoucherSale, WithdrawBatch, show_batch},
    minutes,
    sale::Selling,
};
use crate::{
    i18n::{Words, words},
    parts::amount::money,
    surroundings::{local, may},
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts, Stat},
        dialog::Confirm,
        form::{Form, FormState, Submit, use_form},
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

/// Cards of one file.
const CARDS: i64 = 240;

/// They live as long as the page does.
#[derive(Clone, Copy)]
struct Forms {
    sell: FormState<RecordVoucherSale>,
    withdraw: FormState<WithdrawBatch>,
}

#[component]
pub fn BatchPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms { sell: use_form(), withdraw: use_form() };
    let done = (forms.sell.done(), forms.withdraw.done());
    let batch = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get()),
        |(id, ..)| async move { show_batch(id?).await },
    );
    view! { <Loaded from=batch view=move |batch| view! { <Batch batch forms/> }/> }
}

#[component]
fn Batch(batch: BatchDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let places = vec![(t.hotspot.batches().to_owned(), "/office/vouchers/batches".to_owned())];
    let row = batch.row.clone();
    let title = format!("{} {}", t.hotspot.batch(), row.series);
    let state = row
        .withdrawn_at
        .map(|_| view! { <Badge tone=Tone::Neutral icon=Icon::Close label=t.hotspot.withdrawn()/> }.into_any());
    let state = state.unwrap_or_else(|| ().into_any());
    let missing = (row.counts.used_unsold > 0).then(|| {
        view! { <Notice tone=Tone::Warn icon=Icon::Alert title=t.hotspot.used_unsold_hint(row.counts.used_unsold)/> }
    });
    let sales = batch.sales.clone();
    let is_live = row.withdrawn_at.is_none();
    let selling = (is_live && may("sell_vouchers") && row.counts.for_sale > 0)
        .then(|| view! { <Selling batch=batch.clone() sell=forms.sell/> });
    let withdrawing = (is_live && may("issue_vouchers")).then(|| {
        view! {
            <Confirm id="withdraw" label=t.hotspot.withdraw() title=t.hotspot.withdraw_title() variant=Variant::Danger
                     icon=Icon::Close open=forms.withdraw.was_refused()>
                <p>{t.hotspot.withdraw_what()}</p>
                <Form state=forms.withdraw>
                    <input type="hidden" name="batch" value=row.id.to_string()/>
                    <Submit variant=Variant::Danger>{t.hotspot.withdraw()}</Submit>
                </Form>
            </Confirm>
        }
    });
    view! {
        <PageHeader title places state>{selling}{withdrawing}</PageHeader>
        {missing}
        <Counts batch=batch.clone()/>
        <div class="columns">
            <Terms batch=batch.clone()/>
            <Card title=t.hotspot.sheet()><Sheets batch=batch.clone()/></Card>
        </div>
        <Card title=t.hotspot.sales()><Sales sales/></Card>
    }
}

#[component]
fn Counts(batch: BatchDetail) -> impl IntoView {
    let t = words();
    let (id, counts) = (batch.row.id, batch.row.counts);
    let all = format!("/office/vouchers?batch={id}");
    let of = |state: &str| format!("{all}&state={state}");
    view! {
        <div class="stats">
            <Stat label=t.hotspot.made() value=format::count(counts.made) href=all.clone()/>
            <Stat label=t.hotspot.sold() value=format::count(counts.sold) href=all.clone()/>
            <Stat label=t.hotspot.used() value=format::count(counts.used) href=of("used")/>
            <Stat label=t.hotspot.ended() value=format::count(counts.ended) href=of("ended")/>
        </div>
    }
}

#[component]
fn Terms(batch: BatchDetail) -> impl IntoView {
    let t = words();
    let places = batch.hotspots.iter().map(|place| place.name.clone()).collect::<Vec<_>>().join(", ");
    view! {
        <Card title=t.hotspot.terms()>
            <Facts>
                <Fact label=t.hotspot.valid_for()>{lasts(&batch.terms, t)}</Fact>
                <Fact label=t.hotspot.profile()>{batch.row.profile}</Fact>
                <Fact label=t.hotspot.price()>{money(batch.row.price)}" · "{batch.tax}</Fact>
                <Fact label=t.hotspot.where_valid()>{places}</Fact>
            </Facts>
        </Card>
    }
}

fn lasts(terms: &BatchTerms, t: Words) -> String {
    let told = [
        terms.valid_minutes.map(|span| t.hotspot.from_first_use(minutes(span, t))),
        terms.valid_until.map(|day| t.hotspot.until_day(format::date(day, t))),
        terms.limits.minutes.map(|span| t.hotspot.of_use(minutes(span, t))),
        terms.limits.megabytes.map(|size| format!("{size} MB")),
    ];
    told.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// One file for each so many vouchers that nobody used.
#[component]
fn Sheets(batch: BatchDetail) -> impl IntoView {
    let t = words();
    let counts = batch.row.counts;
    let left = counts.made - counts.used - counts.ended;
    let parts = (left + CARDS - 1) / CARDS;
    let links = (1..=parts).map(|part| {
        let href = format!("/documents/vouchers/{}.pdf?part={part}", batch.row.id);
        let name = if parts == 1 { t.hotspot.sheet().to_owned() } else { t.hotspot.sheet_part(part, parts) };
        view! { <LinkButton href icon=Icon::Print>{name}</LinkButton> }
    });
    let links = may("issue_vouchers").then(|| links.collect_view());
    view! {
        <p class="muted">{t.hotspot.sheet_hint()}</p>
        <div class="form-actions">{links}</div>
    }
}

#[component]
fn Sales(sales: Vec<SaleRow>) -> impl IntoView {
    let t = words();
    if sales.is_empty() {
        return view! { <p class="muted">{t.hotspot.no_sales()}</p> }.into_any();
    }
    let columns = vec![
        Column::new(t.hotspot.invoice(), |row: &SaleRow| row.invoice_number.clone()),
        Column::new(t.hotspot.sold_at(), move |row: &SaleRow| format::date_time(local(row.sold_at), t)),
        Column::new(t.hotspot.customer(), |row: &SaleRow| row.customer.clone()),
        Column::new(t.hotspot.quantity(), |row: &SaleRow| format::count(row.quantity.into())).number(),
        Column::new(t.hotspot.total(), |row: &SaleRow| money(row.total)).number(),
    ];
    let href = |row: &SaleRow| format!("/office/invoices/{}", row.invoice);
    view! { <Table rows=sales columns label=t.hotspot.sales() href/> }.into_any()
}
