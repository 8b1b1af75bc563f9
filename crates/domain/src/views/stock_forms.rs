//! What people type about equipment.

use serde::{Deserialize, Serialize};

use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::form;
use crate::ids::{EquipmentModelId, StockPlaceId, TaxId, UserId};
use crate::money::{Currency, Money};
use crate::stock::{EquipmentKind, PlaceKind, Serial};
use crate::stock_receipt::{self, GoodsProblem, MOST_LINES, TypedLine};

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModelForm {
    /// An [`EquipmentKind`].
    pub kind: String,
    pub maker: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Model {
    pub kind: EquipmentKind,
    pub maker: String,
    pub name: String,
}

impl ModelForm {
    pub fn check(&self) -> Result<Model, Failure> {
        let mut form = FormCheck::default();
        let kind = form.take("kind", form::choice(&self.kind));
        let maker = form.take("maker", required(&self.maker, 60));
        let name = form.take("name", required(&self.name, 60));
        form.answer((|| Some(Model { kind: kind?, maker: maker?, name: name? }))())
    }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceForm {
    /// A [`PlaceKind`].
    pub kind: String,
    pub name: String,
    /// Of a van: whose it is; may be blank.
    pub technician: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    pub kind: PlaceKind,
    pub name: String,
    pub technician: Option<UserId>,
}

impl PlaceForm {
    pub fn check(&self) -> Result<Place, Failure> {
        let mut form = FormCheck::default();
        let kind = form.take("kind", form::choice(&self.kind));
        let name = form.take("name", required(&self.name, 60));
        let technician = form.take("technician", form::optional_choice(&self.technician));
        let place = || {
            let (kind, technician) = (kind?, technician?);
            Some(Place { kind, name: name?, technician: technician.filter(|_| kind == PlaceKind::Van) })
        };
        form.answer(place())
    }
}

/// Goods that came, as typed, pasted or read from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReceiptForm {
    /// Of the lines that name none.
    pub model: String,
    pub place: String,
    /// Who delivered it, by which document.
    pub note: String,
    pub lines: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    pub model: EquipmentModelId,
    pub place: StockPlaceId,
    pub note: String,
    pub lines: String,
}

impl ReceiptForm {
    pub fn check(&self) -> Result<Receipt, Failure> {
        let mut form = FormCheck::default();
        let model = form.take("model", form::choice(&self.model));
        let place = form.take("place", form::choice(&self.place));
        let note = form.take("note", optional(&self.note, 200));
        let lines = form.take("lines", lines(&self.lines));
        let receipt = || Some(Receipt { model: model?, place: place?, note: note?.unwrap_or_default(), lines: lines? });
        form.answer(receipt())
    }
}

fn lines(typed: &str) -> Result<String, Problem> {
    match stock_receipt::read(typed).len() {
        0 => Err(Problem::Required),
        count if count > MOST_LINES => Err(Problem::TooManyLines { most: MOST_LINES }),
        _ => Ok(typed.to_owned()),
    }
}

/// To a place, as typed: another one, back from a customer, or found again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ToPlaceForm {
    pub to: String,
    pub reason: String,
}

impl ToPlaceForm {
    pub fn check(&self) -> Result<(StockPlaceId, String), Failure> {
        let mut form = FormCheck::default();
        let to = form.take("to", form::choice(&self.to));
        let reason = form.take("reason", optional(&self.reason, 200)).map(Option::unwrap_or_default);
        form.answer(to.zip(reason))
    }

    /// The same where somebody has to say why.
    pub fn check_with_reason(&self) -> Result<(StockPlaceId, String), Failure> {
        let mut form = FormCheck::default();
        let to = form.take("to", form::choice(&self.to));
        let reason = form.take("reason", required(&self.reason, 200));
        form.answer(to.zip(reason))
    }
}

/// Many to another place, as typed or scanned: a serial a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MoveManyForm {
    pub to: String,
    pub lines: String,
    pub reason: String,
}

impl MoveManyForm {
    pub fn check(&self) -> Result<(StockPlaceId, Vec<Serial>, String), Failure> {
        let mut form = FormCheck::default();
        let to = form.take("to", form::choice(&self.to));
        let serials = form.take("lines", serials(&self.lines));
        let reason = form.take("reason", optional(&self.reason, 200)).map(Option::unwrap_or_default);
        form.answer((|| Some((to?, serials?, reason?)))())
    }
}

fn serials(typed: &str) -> Result<Vec<Serial>, Problem> {
    let typed = lines(typed)?;
    let serial = |line: TypedLine| match line.goods {
        Ok(goods) => Some(Ok(goods.serial)),
        // Scanned twice is moved once.
        Err(GoodsProblem::Twice { .. }) => None,
        Err(_) => Some(Err(Problem::BadLine { line: line.number })),
    };
    stock_receipt::read(&typed).into_iter().filter_map(serial).collect()
}

/// Why, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WhyForm {
    pub reason: String,
}

impl WhyForm {
    pub fn check(&self) -> Result<String, Failure> {
        let mut form = FormCheck::default();
        let reason = form.take("reason", required(&self.reason, 200));
        form.answer(reason)
    }
}

/// A contract's service gets what is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InstallAtForm {
    /// The contract's code.
    pub contract: String,
    pub reason: String,
}

impl InstallAtForm {
    pub fn check(&self) -> Result<(String, String), Failure> {
        let mut form = FormCheck::default();
        let contract = form.take("contract", required(&self.contract, 40));
        let reason = form.take("reason", optional(&self.reason, 200)).map(Option::unwrap_or_default);
        form.answer(contract.zip(reason))
    }
}

/// The contract that is looked at gets equipment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InstallHereForm {
    /// Its serial, or its MAC.
    pub serial: String,
    /// Of what the stock does not have because it is the customer's own: its model.
    pub own_model: String,
}

impl InstallHereForm {
    pub fn check(&self) -> Result<(Serial, Option<EquipmentModelId>), Failure> {
        let mut form = FormCheck::default();
        let serial = form.take("serial", self.serial.parse());
        let own_model = form.take("own_model", form::optional_choice(&self.own_model));
        form.answer(serial.zip(own_model))
    }
}

/// What it is sold for; due at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SellForm {
    /// The reference of whoever buys from the stock; of what serves at a customer's, that one buys it.
    pub customer: String,
    pub price: String,
    pub tax: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    pub customer: String,
    pub price: Money,
    pub tax: TaxId,
}

impl SellForm {
    pub fn check(&self, currency: Currency) -> Result<Sale, Failure> {
        let mut form = FormCheck::default();
        let customer = form.take("customer", optional(&self.customer, 60)).map(Option::unwrap_or_default);
        let price = form.take("price", form::amount(&self.price, currency));
        let tax = form.take("tax", form::choice(&self.tax));
        form.answer((|| Some(Sale { customer: customer?, price: price?, tax: tax? }))())
    }
}
