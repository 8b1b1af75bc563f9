//! The form for a new tax.

use domain::tax::TaxBasis;
use leptos::prelude::*;

use super::{api::CreateTax, basis_name};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Field, Form, FormActions, Kind, Select, use_form},
        page::PageHeader,
    },
};

#[component]
pub fn NewTaxPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreateTax>();
    let places = vec![(t.billing.title().to_owned(), "/office/billing".to_owned())];
    let bases = TaxBasis::ALL.iter().map(|basis| (basis.to_string(), basis_name(*basis, t).to_owned())).collect();
    view! {
        <PageHeader title=t.billing.new_tax() places/>
        <Card>
            <Form state=form>
                <Field name="form[name]" label=t.billing.name() hint=t.billing.name_hint() most=60/>
                <div class="fields">
                    <Field name="form[rate]" label=t.billing.rate() kind=Kind::Decimal unit="%"/>
                    <Select name="form[basis]" label=t.billing.basis() hint=t.billing.basis_hint() choices=bases value=TaxBasis::Added.to_string()/>
                </div>
                <FormActions label=t.billing.create() back="/office/billing"/>
            </Form>
        </Card>
    }
}
