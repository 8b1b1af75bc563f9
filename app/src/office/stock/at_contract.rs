//! What serves at a contract's customer, on the contract's page.

use domain::ids::ContractId;
use domain::views::stock::EquipmentRow;
use leptos::prelude::*;

use super::{
    api::{InstallAtContract, list_contract_equipment},
    located::state_badge,
};
use crate::{
    i18n::{Words, words},
    parts::{scan::ScanInto, stock::ownership_word},
    surroundings::may,
    ui::{
        card::Card,
        form::{Field, Form, FormState, Submit, use_form},
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
    let rows = Resource::new_blocking(move || done.get(), move |_| list_contract_equipment(contract));
    let installs = installs && may("move_stock");
    view! { <Loaded from=rows view=move |rows| view! { <Equipment contract rows installs form/> }/> }
}

#[component]
fn Equipment(
    contract: ContractId,
    rows: Vec<EquipmentRow>,
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
            {installs.then(|| view! { <Install contract form/> })}
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
fn Install(contract: ContractId, form: FormState<InstallAtContract>) -> impl IntoView {
    let t = words();
    view! {
        <Form state=form>
            <input type="hidden" name="contract" value=contract.to_string()/>
            <Field name="form[serial]" label=t.stock.install_serial() hint=t.stock.install_serial_hint() most=40/>
            <ScanInto field="form[serial]"/>
            <div class="form-actions"><Submit icon=Icon::Signal>{t.stock.install()}</Submit></div>
        </Form>
    }
}
