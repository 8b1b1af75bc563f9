//! A draft's lines: added and removed one by one.

use domain::ids::TaxId;
use domain::views::list::Choice;
use domain::views::quotes::{QuoteDetail, QuoteLine};
use leptos::prelude::*;

use super::api::{AddQuoteLine, RemoveQuoteLine};
use crate::{
    i18n::words,
    parts::amount::money,
    ui::{
        button::Variant,
        form::{Field, Form, FormState, Kind, MoneyInput, Select, Submit, choices_of},
        icon::Icon,
    },
};

#[component]
pub(super) fn DraftLines(
    quote: QuoteDetail,
    taxes: Vec<Choice<TaxId>>,
    add: FormState<AddQuoteLine>,
    remove: FormState<RemoveQuoteLine>,
) -> impl IntoView {
    let t = words();
    let id = quote.row.id.to_string();
    let own = id.clone();
    let row = move |line: QuoteLine| {
        let id = own.clone();
        view! {
            <li class="version">
                <span>{line.line.description.clone()}" · "{money(line.line.total)}</span>
                <Form state=remove>
                    <input type="hidden" name="quote" value=id/>
                    <input type="hidden" name="line" value=line.id.to_string()/>
                    <Submit variant=Variant::Quiet icon=Icon::Close>{t.quotes.remove_line()}</Submit>
                </Form>
            </li>
        }
    };
    let taxes = choices_of(taxes);
    let currency = quote.row.total.currency();
    view! {
        <ul class="versions">{quote.lines.into_iter().map(row).collect_view()}</ul>
        <Form state=add>
            <input type="hidden" name="quote" value=id/>
            <Field name="line[description]" label=t.contracts.description() most=200/>
            <div class="fields">
                <Field name="line[quantity]" label=t.contracts.quantity() value="1" kind=Kind::Decimal/>
                <MoneyInput name="line[unit_price]" label=t.contracts.unit_price() currency=currency.code()/>
            </div>
            <div class="fields">
                <Field name="line[discount_percent]" label=t.contracts.discount() kind=Kind::Decimal unit="%" optional=true/>
                <Select name="line[tax]" label=t.contracts.tax() choices=taxes value=""/>
            </div>
            <div class="form-actions"><Submit icon=Icon::Plus>{t.quotes.add_line()}</Submit></div>
        </Form>
    }
}
