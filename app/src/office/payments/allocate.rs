//! Choosing which invoices a payment pays.

use domain::views::payments::{AllocationOffer, PayableInvoice};
use leptos::prelude::*;

use super::api::{AllocatePayment, begin_allocation};
use crate::{
    i18n::words,
    parts::amount::money,
    ui::{
        card::Card,
        empty::EmptyState,
        form::{Form, FormActions, FormState, MoneyInput, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn AllocatePage() -> impl IntoView {
    let id = use_id();
    let form = use_form::<AllocatePayment>();
    let offer = Resource::new_blocking(move || id.get(), |id| async move { begin_allocation(id?).await });
    view! { <Loaded from=offer view=move |offer| view! { <Allocating offer form/> }/> }
}

#[component]
fn Allocating(offer: AllocationOffer, form: FormState<AllocatePayment>) -> impl IntoView {
    let t = words();
    let row = offer.row;
    let back = format!("/office/payments/{}", row.id);
    let places = vec![
        (t.money.payments().to_owned(), "/office/payments".to_owned()),
        (t.money.title_receipt(&row.receipt), back.clone()),
    ];
    let summary = t.money.allocate_of(&row.receipt, money(row.amount), &row.customer_name);
    let body = match offer.payable.is_empty() {
        true => view! { <EmptyState icon=Icon::Invoice title=t.money.nothing_paid() hint=t.money.allocate_nothing()/> }
            .into_any(),
        false => {
            let lines = offer.payable.into_iter().enumerate().map(|(nth, invoice)| view! { <Line nth invoice/> });
            view! {
                <Card>
                    <p>{t.money.allocate_hint()}</p>
                    <Form state=form>
                        <input type="hidden" name="payment" value=row.id.to_string()/>
                        {lines.collect_view()}
                        <FormActions label=t.common.save() back icon=Icon::Check/>
                    </Form>
                </Card>
            }
            .into_any()
        }
    };
    view! {
        <PageHeader title=t.money.allocate() summary places/>
        {body}
    }
}

#[component]
fn Line(nth: usize, invoice: PayableInvoice) -> impl IntoView {
    let t = words();
    let hint = t.money.allocate_open(format::date(invoice.due_on, t), money(invoice.open), money(invoice.paid));
    let value = if invoice.paid.is_zero() { String::new() } else { invoice.paid.to_string() };
    view! {
        <input type="hidden" name=format!("form[lines][{nth}][invoice]") value=invoice.invoice.to_string()/>
        <MoneyInput name=format!("form[lines][{nth}][amount]") label=t.money.allocate_invoice(&invoice.number)
                    currency=invoice.open.currency().code() value hint optional=true/>
    }
}
