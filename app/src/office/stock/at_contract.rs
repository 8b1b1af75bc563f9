//! What serves at a contract's customer, on the contract's page.

use domain::ids::ContractId;
use domain::views::stock::{EquipmentRow, ModelRow};
use leptos::prelude::*;

use super::{
    api::{InstallAtContract, list_contract_equipment, list_equipment_models},
    located::state_badge,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::{scan::ScanInto, stock::ownership_word},
    surroundings::may,
    ui::{
        card::Card,
        form::{Choices, Field, Form, FormState, Select, Submit, use_form},
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
    },
};

/// `installs`: the service can get equipment.
#[component]
pub(in crate::office) fn AtContract(contract: ContractId, installs: bool) -> impl IntoView {
    let form = use_form::<InstallAtContract>();
    let done = form.done();
    let installs = installs && may("move_stock");
    let found = Resource::new_blocking(
        move || done.get(),
        move |_| async move {
            let models = if installs { list_equipment_models().await? } else { Vec::new() };
            Ok::<_, AppError>((list_contract_equipment(contract).await?, models))
        },
    );
    view! {
        <Loaded from=found view=move |(rows, models)| view! { <Equipment contract rows models installs form/> }/>
    }
}

#[component]
fn Equipment(
    contract: ContractId,
    rows: Vec<EquipmentRow>,
    models: Vec<ModelRow>,
    installs: bool,
    form: FormState<InstallAtContract>,
) -> impl IntoView {
    let t = words();
    let label = t.stock.at_customer();
    let href = |row: &EquipmentRow| format!("/office/stock/{}", row.id);
    let table = if rows.is_empty() {
        view! { <p class="muted">{t.stock.none_at_customer()}</p> }.into_any()
    } else {
        view! { <Table columns=columns(t) rows label href/> }.into_any()
    };
    view! {
        <Card title=label>
            {table}
            {installs.then(|| view! { <Install contract models form/> })}
        </Card>
    }
}

fn columns(t: Words) -> Vec<Column<EquipmentRow>> {
    vec![
        Column::new(t.stock.serial(), |row: &EquipmentRow| row.serial.clone()),
        Column::new(t.stock.model(), |row: &EquipmentRow| row.model.name.clone()),
        Column::new(t.stock.owner(), move |row: &EquipmentRow| ownership_word(row.ownership, t)),
        Column::new(t.stock.state(), move |row: &EquipmentRow| state_badge(&row.located, row.comes_back, t)),
    ]
}

#[component]
fn Install(contract: ContractId, models: Vec<ModelRow>, form: FormState<InstallAtContract>) -> impl IntoView {
    let t = words();
    let models: Choices =
        models.into_iter().map(|model| (model.id.to_string(), format!("{} {}", model.maker, model.name))).collect();
    let own = (!models.is_empty()).then(|| {
        view! {
            <Select name="form[own_model]" label=t.stock.own_model() hint=t.stock.own_model_hint() choices=models
                    optional=true/>
        }
    });
    view! {
        <Form state=form>
            <input type="hidden" name="contract" value=contract.to_string()/>
            <Field name="form[serial]" label=t.stock.install_serial() hint=t.stock.install_serial_hint() most=40/>
            <ScanInto field="form[serial]"/>
            {own}
            <div class="form-actions"><Submit icon=Icon::Signal>{t.stock.install()}</Submit></div>
        </Form>
    }
}
