//! What can be done with a piece, by where it is and whose it is. Each opens a dialog that says what it does.

use domain::stock::{EquipmentState, MoveKind, Ownership};
use domain::views::stock::EquipmentDetail;
use leptos::prelude::*;

use super::api::{
    FindEquipment, InstallEquipment, InvoiceEquipment, LeaveEquipment, ReturnEquipment, TakeBackEquipment,
    TransferEquipment, WriteOffEquipment,
};
use crate::{
    i18n::{Words, words},
    surroundings::may,
    ui::{
        button::Variant,
        dialog::Confirm,
        form::{Choices, Field, Form, FormState, MoneyInput, Select, Submit, choices_of, use_form},
        icon::Icon,
        list::escape,
    },
};

#[derive(Clone, Copy)]
pub(super) struct Forms {
    transfer: FormState<TransferEquipment>,
    install: FormState<InstallEquipment>,
    take_back: FormState<TakeBackEquipment>,
    leave: FormState<LeaveEquipment>,
    give_back: FormState<ReturnEquipment>,
    write_off: FormState<WriteOffEquipment>,
    find: FormState<FindEquipment>,
    sell: FormState<InvoiceEquipment>,
}

impl Forms {
    pub(super) fn use_all() -> Self {
        Self {
            transfer: use_form(),
            install: use_form(),
            take_back: use_form(),
            leave: use_form(),
            give_back: use_form(),
            write_off: use_form(),
            find: use_form(),
            sell: use_form(),
        }
    }

    /// Changes when one of them did something: the page shows what is true afterwards.
    pub(super) fn done(self) -> Memo<[usize; 7]> {
        let done = [
            self.transfer.done(),
            self.install.done(),
            self.take_back.done(),
            self.leave.done(),
            self.give_back.done(),
            self.write_off.done(),
            self.find.done(),
        ];
        Memo::new(move |_| done.map(|done| done.get()))
    }
}

#[component]
pub(super) fn Actions(item: EquipmentDetail, forms: Forms) -> impl IntoView {
    let (state, ownership) = (item.custody.whereabouts.state(), item.custody.ownership);
    let (moves, edits) = (may("move_stock"), may("edit_stock"));
    let in_stock = state == EquipmentState::InStock;
    let installed = state == EquipmentState::Installed;
    let ours = ownership.is_ours();
    let id = item.row.id.to_string();
    let places = choices_of(item.places.clone());
    let sells = may("sell_equipment") && (in_stock || (installed && ownership == Ownership::Ours));
    let returns = edits && ownership == Ownership::Sold && (installed || state == EquipmentState::WithCustomer);
    let (of_transfer, of_back, of_return, of_find) = (places.clone(), places.clone(), places.clone(), places);
    view! {
        {(moves && (in_stock || state == EquipmentState::WithCustomer))
            .then(|| view! { <Install id=id.clone() form=forms.install/> })}
        {(moves && installed && ours).then(|| view! { <TakeBack id=id.clone() places=of_back form=forms.take_back/> })}
        {(moves && installed && !ours).then(|| view! { <Leave id=id.clone() form=forms.leave/> })}
        {returns.then(|| view! { <Return item=item.clone() places=of_return form=forms.give_back/> })}
        {(moves && in_stock).then(|| view! { <Transfer id=id.clone() places=of_transfer form=forms.transfer/> })}
        {sells.then(|| view! { <Sell item=item.clone() in_stock form=forms.sell/> })}
        {(edits && (in_stock || (installed && ours))).then(|| view! { <WriteOff id=id.clone() form=forms.write_off/> })}
        {(edits && state == EquipmentState::WrittenOff)
            .then(|| view! { <Find id=id.clone() places=of_find form=forms.find/> })}
    }
}

#[component]
fn Install(id: String, form: FormState<InstallEquipment>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="install" label=t.stock.install() title=t.stock.install() variant=Variant::Primary icon=Icon::Signal
                 open=form.was_refused()>
            <p>{t.stock.install_what()}</p>
            <Form state=form>
                <input type="hidden" name="item" value=id/>
                <Field name="form[contract]" label=t.stock.contract_code() hint=t.stock.contract_code_hint() most=40/>
                <Field name="form[reason]" label=t.stock.note() optional=true most=200/>
                <Submit variant=Variant::Primary>{t.stock.install()}</Submit>
            </Form>
        </Confirm>
    }
}

#[component]
fn TakeBack(id: String, places: Choices, form: FormState<TakeBackEquipment>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="take-back" label=t.stock.take_back() title=t.stock.take_back() variant=Variant::Primary
                 icon=Icon::Download open=form.was_refused()>
            <p>{t.stock.take_back_what()}</p>
            <Form state=form>
                <input type="hidden" name="item" value=id/>
                {to_place(places, t)}
                <Submit variant=Variant::Primary>{t.stock.take_back()}</Submit>
            </Form>
        </Confirm>
    }
}

#[component]
fn Transfer(id: String, places: Choices, form: FormState<TransferEquipment>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="transfer" label=t.stock.transfer() title=t.stock.transfer() icon=Icon::Sector open=form.was_refused()>
            <p>{t.stock.transfer_what()}</p>
            <Form state=form>
                <input type="hidden" name="item" value=id/>
                {to_place(places, t)}
                <Submit variant=Variant::Primary>{t.stock.transfer()}</Submit>
            </Form>
        </Confirm>
    }
}

#[component]
fn Find(id: String, places: Choices, form: FormState<FindEquipment>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="find" label=t.stock.find() title=t.stock.find() icon=Icon::Check open=form.was_refused()>
            <p>{t.stock.find_what()}</p>
            <Form state=form>
                <input type="hidden" name="item" value=id/>
                {to_place(places, t)}
                <Submit variant=Variant::Primary>{t.stock.find()}</Submit>
            </Form>
        </Confirm>
    }
}

fn to_place(places: Choices, t: Words) -> impl IntoView {
    view! {
        <Select name="form[to]" label=t.stock.to_place() choices=places/>
        <Field name="form[reason]" label=t.stock.note() optional=true most=200/>
    }
}

#[component]
fn Leave(id: String, form: FormState<LeaveEquipment>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="leave" label=t.stock.leave() title=t.stock.leave() icon=Icon::User open=form.was_refused()>
            <p>{t.stock.leave_what()}</p>
            <Form state=form>
                <input type="hidden" name="item" value=id/>
                <Field name="form[reason]" label=t.stock.why() most=200/>
                <Submit variant=Variant::Primary>{t.stock.leave()}</Submit>
            </Form>
        </Confirm>
    }
}

/// The invoice that it was sold by is where its money is looked at.
#[component]
fn Return(item: EquipmentDetail, places: Choices, form: FormState<ReturnEquipment>) -> impl IntoView {
    let t = words();
    let sale = item.moves.iter().find(|line| line.kind == MoveKind::Sold).map(|line| line.reason.clone());
    let invoice = sale.filter(|number| !number.is_empty()).map(|number| {
        let href = format!("/office/invoices?q={}", escape(&number));
        view! { <p>{t.stock.sold_by()}" "<a href=href>{number}</a></p> }
    });
    view! {
        <Confirm id="give-back" label=t.stock.give_back() title=t.stock.give_back() icon=Icon::Download
                 open=form.was_refused()>
            <p>{t.stock.give_back_what()}</p>
            <p>{t.stock.give_back_money()}</p>
            {invoice}
            <Form state=form>
                <input type="hidden" name="item" value=item.row.id.to_string()/>
                <Select name="form[to]" label=t.stock.to_place() choices=places/>
                <Field name="form[reason]" label=t.stock.why() most=200/>
                <Submit variant=Variant::Primary>{t.stock.give_back()}</Submit>
            </Form>
        </Confirm>
    }
}

#[component]
fn WriteOff(id: String, form: FormState<WriteOffEquipment>) -> impl IntoView {
    let t = words();
    view! {
        <Confirm id="write-off" label=t.stock.write_off() title=t.stock.write_off() variant=Variant::Danger
                 icon=Icon::Close open=form.was_refused()>
            <p>{t.stock.write_off_what()}</p>
            <Form state=form>
                <input type="hidden" name="item" value=id/>
                <Field name="form[reason]" label=t.stock.why() most=200/>
                <Submit variant=Variant::Danger>{t.stock.write_off()}</Submit>
            </Form>
        </Confirm>
    }
}

/// What serves at a customer's is sold to that one.
#[component]
fn Sell(item: EquipmentDetail, in_stock: bool, form: FormState<InvoiceEquipment>) -> impl IntoView {
    let t = words();
    let taxes = choices_of(item.taxes);
    let tax = taxes.first().map(|(id, _)| id.clone()).unwrap_or_default();
    let what = if in_stock { t.stock.sell_what() } else { t.stock.sell_installed_what() };
    let buyer = in_stock.then(|| {
        view! {
            <Field name="form[customer]" label=t.stock.buyer() hint=t.stock.buyer_hint() most=60/>
        }
    });
    view! {
        <Confirm id="sell" label=t.stock.sell() title=t.stock.sell() icon=Icon::Payment open=form.was_refused()>
            <p>{what}</p>
            <Form state=form>
                <input type="hidden" name="item" value=item.row.id.to_string()/>
                {buyer}
                <MoneyInput name="form[price]" label=t.stock.price() currency=item.currency.to_string()/>
                <Select name="form[tax]" label=t.stock.tax() choices=taxes value=tax/>
                <Submit variant=Variant::Primary>{t.stock.sell()}</Submit>
            </Form>
        </Confirm>
    }
}
