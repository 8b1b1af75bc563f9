//! The fields of the letterhead. The tax number is called what the company's country calls it.

use domain::tax_id::TaxIdRule;
use domain::views::documents::LetterheadForm;
use leptos::prelude::*;

use crate::{
    i18n::words,
    ui::form::{Field, Kind, Textarea},
};

#[component]
pub(super) fn LetterheadFields(company: String, tax_id: TaxIdRule, letterhead: LetterheadForm) -> impl IntoView {
    let t = words();
    view! {
        <Field name="letterhead[legal_name]" label=t.documents.legal_name() hint=t.documents.legal_name_hint(&company)
               optional=true value=letterhead.legal_name most=200/>
        <Field name="letterhead[tax_id]" label=tax_id.name hint=t.documents.for_example(&tax_id.example) optional=true
               value=letterhead.tax_id most=40/>
        <Textarea name="letterhead[address]" label=t.documents.address() optional=true value=letterhead.address most=500/>
        <div class="fields">
            <Field name="letterhead[phone]" label=t.documents.phone() optional=true value=letterhead.phone most=60/>
            <Field name="letterhead[email]" label=t.documents.email() optional=true kind=Kind::Email value=letterhead.email/>
        </div>
        <Field name="letterhead[website]" label=t.documents.website() optional=true value=letterhead.website most=100/>
        <Textarea name="letterhead[how_to_pay]" label=t.documents.how_to_pay() hint=t.documents.how_to_pay_hint()
                  optional=true value=letterhead.how_to_pay/>
    }
}
