//! From contracts and tickets to the work that is done for them.

use domain::ids::{ContractId, CustomerId};
use domain::views::tickets::TicketRow;
use domain::work_order::WorkKind;
use leptos::prelude::*;

use super::api::CreateWork;
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        form::{Form, Submit, Textarea, use_form},
        icon::Icon,
    },
};

/// The contract's orders, and a new one.
#[component]
pub fn WorkLinks(contract: ContractId, customer: CustomerId) -> impl IntoView {
    let t = words();
    let new = may("edit_work").then(|| {
        let href = format!("/office/work/new?customer={customer}&contract={contract}");
        view! { <LinkButton href icon=Icon::User>{t.work.new()}</LinkButton> }
    });
    let list = may("see_work").then(|| {
        let href = format!("/office/work/list?contract={contract}");
        view! { <LinkButton href variant=Variant::Quiet icon=Icon::Menu>{t.work.orders()}</LinkButton> }
    });
    view! { {new}{list} }
}

/// Somebody is sent for a fault, while it is open.
#[component]
pub fn SendTechnician(ticket: TicketRow) -> impl IntoView {
    let t = words();
    let form = use_form::<CreateWork>();
    let contract = ticket.contract.filter(|_| ticket.state.is_open() && may("edit_work"));
    let list = format!("/office/work/list?ticket={}", ticket.id);
    contract.map(|contract| {
        view! {
            <Card title=t.work.new_for()>
                <Form state=form>
                    <input type="hidden" name="work[contract]" value=contract.id.to_string()/>
                    <input type="hidden" name="work[ticket]" value=ticket.id.to_string()/>
                    <input type="hidden" name="work[kind]" value=WorkKind::Repair.word()/>
                    <Textarea name="work[note]" label=t.work.note() hint=t.work.new_for_hint() optional=true most=1000/>
                    <div class="form-actions">
                        <Submit icon=Icon::User>{t.work.new_for()}</Submit>
                        <LinkButton href=list variant=Variant::Quiet>{t.work.orders()}</LinkButton>
                    </div>
                </Form>
            </Card>
        }
    })
}
