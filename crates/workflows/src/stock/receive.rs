//! Goods come: what somebody typed, pasted or uploaded is kept first, then looked at line by line, then received. What is
//! wrong with a line is told at it, and the line waits until it is mended.

use std::collections::HashMap;

use domain::contact::Mac;
use domain::failure::Failure;
use domain::ids::{ContractId, EquipmentModelId, ServiceId, StockReceiptId};
use domain::stock::{Custody, EquipmentKind};
use domain::stock_receipt::{self, Goods, GoodsProblem, MOST_LINES, TypedLine};
use domain::views::list::Choice;
use domain::views::stock::{Judged, ModelRow, ReceiptDetail, ReceiptLine, ReceiptStart};
use domain::views::stock_forms::ReceiptForm;
use serde::Serialize;
use store::stock::{Known, NewGoods};

use super::list::choices;
use super::place::{Moving, must_be_open};
use crate::permit::{EditStock, Permit};
use crate::record::{Subject, audit};
use crate::refused::{Fields, unknown_choice};
use crate::{Context, Error, Result};

const FIELDS: Fields = &[("stock_receipts_model_id_fkey", "model"), ("stock_receipts_place_id_fkey", "place")];

fn subject(id: StockReceiptId) -> Subject {
    Subject { kind: "stock_receipt", id: id.0 }
}

/// As the audit shows it.
#[derive(Serialize)]
struct Counted {
    received: usize,
    left: usize,
}

/// What to choose from, and what came before: those with something left first.
/// With `of_services` also the serials of ONUs that serve and that the stock does not know.
pub async fn begin_receipt(context: &Context, _: &Permit<EditStock>, of_services: bool) -> Result<ReceiptStart> {
    let mut connection = context.connection().await?;
    let most = if of_services { i64::try_from(MOST_LINES).map_err(Error::internal)? } else { 0 };
    let serials = store::stock::unregistered(&mut connection, most).await?;
    Ok(ReceiptStart {
        choices: choices(&mut connection, false).await?,
        receipts: store::stock::receipt_rows(&mut connection).await?,
        unregistered: store::stock::count_unregistered(&mut connection).await?,
        serials: serials.into_iter().map(|(_, serial)| serial).collect(),
    })
}

/// Keeps what was typed, to be looked at before it is received.
///
/// # Errors
/// `Fields`.
pub async fn draft(context: &Context, permit: &Permit<EditStock>, form: &ReceiptForm) -> Result<StockReceiptId> {
    let receipt = form.check()?;
    let mut transaction = context.begin().await?;
    let (now, by) = (context.clock.now(), permit.actor().user_id());
    let added = store::stock::add_receipt(&mut transaction, &receipt, now, by).await;
    let id = added.map_err(|error| unknown_choice(error, FIELDS))?;
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&receipt)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(id)
}

/// What is left is mended: other lines take its place. Blank: nothing more is received.
///
/// # Errors
/// `NotFound`.
pub async fn edit_receipt(
    context: &Context,
    permit: &Permit<EditStock>,
    id: StockReceiptId,
    lines: &str,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::stock::lock_receipt(&mut transaction, id).await?.rest;
    store::stock::save_rest(&mut transaction, id, lines.trim_end()).await?;
    audit(context, &mut transaction, permit, subject(id), Some(&before), Some(&lines)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// What would become of each line.
///
/// # Errors
/// `NotFound`.
pub async fn show_receipt(context: &Context, _: &Permit<EditStock>, id: StockReceiptId) -> Result<ReceiptDetail> {
    let mut transaction = context.begin().await?;
    let receipt = store::stock::lock_receipt(&mut transaction, id).await?;
    let lines = look_at(&mut transaction, &receipt).await?.into_iter().map(Looked::line).collect();
    Ok(ReceiptDetail { lines, ..receipt })
}

/// Receives the lines that are right; the others stay. An ONU that a service was set up with before it was in stock is
/// there, and is written down so. Answers how many were received, and how many lines are left.
///
/// # Errors
/// `NotFound`; `ChangedMeanwhile`: somebody received one of them by another receipt; `Stock`: the place was given up.
pub async fn receive(context: &Context, permit: &Permit<EditStock>, id: StockReceiptId) -> Result<(usize, usize)> {
    let mut transaction = context.begin().await?;
    let receipt = store::stock::lock_receipt(&mut transaction, id).await?;
    must_be_open(&mut transaction, receipt.place.id, "place").await?;
    let looked = look_at(&mut transaction, &receipt).await?;
    let (right, wrong): (Vec<Looked>, Vec<Looked>) = looked.into_iter().partition(|line| line.goods.is_ok());
    let fine: Vec<Fine> = right.into_iter().filter_map(|line| line.goods.ok()).collect();
    let moving = Moving { context, actor: permit.actor(), reason: &receipt.note };
    let goods: Vec<NewGoods> = fine.iter().map(|fine| fine.goods.clone()).collect();
    let new = moving.received(Custody::received(receipt.place.id));
    let added = store::stock::add_goods(&mut transaction, id, receipt.place.id, &goods, &new).await;
    let added = added.map_err(|error| match error {
        store::Error::Taken { .. } => Error::from(Failure::ChangedMeanwhile),
        error => Error::from(error),
    })?;
    for (item, fine) in added.into_iter().zip(&fine) {
        if let Some((service, _)) = fine.serves {
            moving.install(&mut transaction, item, service).await?;
        }
    }
    store::stock::save_rest(&mut transaction, id, &rest(&receipt.rest, &wrong)).await?;
    let counted = Counted { received: goods.len(), left: wrong.len() };
    audit(context, &mut transaction, permit, subject(id), None::<&()>, Some(&counted)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok((counted.received, counted.left))
}

/// The lines that stay, below the line that names the columns, if there is one.
fn rest(typed: &str, wrong: &[Looked]) -> String {
    if wrong.is_empty() {
        return String::new();
    }
    let header = stock_receipt::header_line(typed);
    let lines = header.into_iter().chain(wrong.iter().map(|line| line.text.as_str()));
    lines.collect::<Vec<_>>().join("\n")
}

/// A line, held against what is there.
struct Looked {
    number: usize,
    text: String,
    goods: Result<Fine, GoodsProblem>,
}

struct Fine {
    goods: NewGoods,
    model: String,
    serves: Option<(ServiceId, Choice<ContractId>)>,
}

impl Looked {
    fn line(self) -> ReceiptLine {
        let judged = match self.goods {
            Ok(fine) => Judged::Fine {
                serial: fine.goods.serial.to_string(),
                mac: fine.goods.mac.map(|mac| mac.to_string()),
                model: fine.model,
                serves: fine.serves.map(|(_, contract)| contract),
            },
            Err(problem) => Judged::Wrong { problem },
        };
        ReceiptLine { number: self.number, text: self.text, judged }
    }
}

/// What is there already, to hold lines against.
struct Stock {
    models: Vec<ModelRow>,
    known: Known,
    serves: HashMap<String, (ServiceId, Choice<ContractId>)>,
}

async fn look_at(transaction: &mut store::Transaction, receipt: &ReceiptDetail) -> Result<Vec<Looked>> {
    let lines = stock_receipt::read(&receipt.rest);
    let read = || lines.iter().filter_map(|line| line.goods.as_ref().ok());
    let serials: Vec<String> = read().map(|goods| goods.serial.to_string()).collect();
    let macs: Vec<String> = read().filter_map(|goods| goods.mac.as_ref().map(Mac::to_string)).collect();
    let stock = Stock {
        models: store::stock::models(transaction).await?,
        known: store::stock::known(transaction, &serials, &macs).await?,
        serves: store::stock::serves_by_serial(transaction, &serials).await?,
    };
    Ok(lines.into_iter().map(|line| stock.look_at(line, receipt.model.id)).collect())
}

impl Stock {
    fn look_at(&self, line: TypedLine, otherwise: EquipmentModelId) -> Looked {
        let goods = line.goods.and_then(|goods| self.judge(goods, otherwise));
        Looked { number: line.number, text: line.text, goods }
    }

    fn judge(&self, goods: Goods, otherwise: EquipmentModelId) -> Result<Fine, GoodsProblem> {
        if let Some(item) = self.known.serials.get(goods.serial.as_str()) {
            return Err(GoodsProblem::KnownSerial { item: *item });
        }
        if let Some(item) = goods.mac.as_ref().and_then(|mac| self.known.macs.get(mac.as_str())) {
            return Err(GoodsProblem::KnownMac { item: *item });
        }
        let model = match &goods.model {
            Some(typed) => self.model_called(typed),
            None => self.models.iter().find(|model| model.id == otherwise),
        };
        let unknown = || GoodsProblem::UnknownModel { typed: goods.model.clone().unwrap_or_default() };
        let model = model.ok_or_else(unknown)?;
        let serves = self.serves.get(goods.serial.as_str()).filter(|_| model.kind == EquipmentKind::Onu).cloned();
        Ok(Fine {
            model: format!("{} {}", model.maker, model.name),
            goods: NewGoods { model: model.id, serial: goods.serial, mac: goods.mac },
            serves,
        })
    }

    /// By its name, with its maker or without, when only one has it.
    fn model_called(&self, typed: &str) -> Option<&ModelRow> {
        let typed = typed.to_lowercase();
        let named = |model: &&ModelRow| {
            let name = model.name.to_lowercase();
            !model.archived && (name == typed || format!("{} {name}", model.maker.to_lowercase()) == typed)
        };
        let mut found = self.models.iter().filter(named);
        found.next().filter(|_| found.next().is_none())
    }
}
