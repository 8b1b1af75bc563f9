//! The dialog in which a sale is recorded.

use domain::invoice::PaymentMethod;
use domain::views::vouchers::BatchDetail;
use leptos::prelude::*;

use super::api::RecordVoucherSale;
use crate::{
    i18n::words,
    parts::amount::payment_method,
    ui::{
        button::Variant,
        dialog::Confirm,
        form::{Choices, Field, Form, FormState, Kind, Select, Submit},
        icon::Icon,
    },
};

#[component]
pub(super) fn Selling(batch: BatchDetail, sell: FormState<RecordVoucherSale>) -> impl IntoView {
    let t = words();
    let at_once = PaymentMethod::ALL.iter().filter(|method| !method.is_withholding());
    let at_once = at_once.map(|method| (method.word().to_owned(), payment_method(*method, t).to_owned()));
    let methods: Choices = std::iter::once((String::new(), t.hotspot.later().to_owned())).chain(at_once).collect();
    view! {
        <Confirm id="sell" label=t.hotspot.sell() title=t.hotspot.sell_title() variant=Variant::Primary
                 icon=Icon::Payment open=sell.was_refused()>
            <p>{t.hotspot.sell_what()}</p>
            <Form state=sell>
                <input type="hidden" name="batch" value=batch.row.id.to_string()/>
                <input type="hidden" name="sale[idempotency_key]" value=batch.idempotency_key/>
                <Field name="sale[quantity]" label=t.hotspot.quantity() kind=Kind::Whole
                       value=batch.row.counts.used_unsold.max(1).to_string()/>
                <Field name="sale[customer]" label=t.hotspot.customer() hint=t.hotspot.customer_hint()
                       value=batch.last_customer.unwrap_or_default() most=60/>
                <Select name="sale[method]" label=t.hotspot.method() choices=methods value="cash"/>
                <Field name="sale[reference]" label=t.hotspot.reference() hint=t.hotspot.reference_hint() optional=true most=80/>
                <Submit variant=Variant::Primary>{t.hotspot.sell()}</Submit>
            </Form>
        </Confirm>
    }
}
