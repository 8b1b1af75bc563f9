//! A form that the server checks, with scripting and without.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    failure::AppError,
    i18n::words,
    ui::{
        card::Card,
        form::{Checkbox, Field, Form, FormActions, MoneyInput, Select, Textarea, use_form},
        page::PageHeader,
    },
};

/// A plan as it was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SamplePlan {
    name: String,
    price: String,
    kind: String,
    offered: bool,
    notes: String,
}

/// Checks the form and keeps nothing.
#[server]
pub async fn check_sample(plan: SamplePlan) -> Result<(), AppError> {
    use domain::failure::{FormCheck, Problem, required};
    let mut check = FormCheck::default();
    check.take("name", required(&plan.name, 40));
    check.take("price", plan.price.parse::<rust_decimal::Decimal>().map_err(|_| Problem::NotAnAmount));
    check.take("kind", required(&plan.kind, 10).map_err(|_| Problem::UnknownChoice));
    check.finish()?;
    leptos_axum::redirect("/gallery?done=saved");
    Ok(())
}

#[component]
pub(super) fn FormPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CheckSample>();
    let kinds = [("fibre", t.gallery.kind_fibre()), ("wireless", t.gallery.kind_wireless())];
    let kinds = kinds.map(|(value, words)| (value.to_owned(), words.to_owned())).to_vec();
    view! {
        <PageHeader title=t.gallery.form_title() places=vec![(t.gallery.title().to_owned(), "/gallery".to_owned())]/>
        <Card>
            <Form state=form>
                <Field name="plan[name]" label=t.gallery.form_name() hint=t.gallery.form_name_hint() most=40/>
                <div class="fields">
                    <MoneyInput name="plan[price]" label=t.gallery.form_price() currency="USD"/>
                    <Select name="plan[kind]" label=t.gallery.form_kind() choices=kinds/>
                </div>
                <Checkbox name="plan[offered]" label=t.gallery.form_public() checked=true/>
                <Textarea name="plan[notes]" label=t.gallery.form_notes() optional=true/>
                <FormActions label=t.common.save() back="/gallery"/>
            </Form>
        </Card>
    }
}
