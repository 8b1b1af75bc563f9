//! What is typed about the fibre plant, and checked.

use serde::{Deserialize, Serialize};

use super::list::Choice;
use super::plant::PlantSettings;
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::form;
use crate::ids::{PonPortId, SectorId, SplitterPortId};
use crate::plant::Ways;
use crate::position::Position;

/// An OLT, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OltForm {
    pub name: String,
    pub model: String,
    pub position: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OltFacts {
    pub name: String,
    pub model: String,
    pub position: Option<Position>,
}

impl OltForm {
    pub fn check(&self) -> Result<OltFacts, Failure> {
        let mut form = FormCheck::default();
        let name = form.take("name", required(&self.name, 100));
        let model = form.take("model", optional(&self.model, 100));
        let position = form.take("position", form::optional_position(&self.position));
        form.answer((|| Some(OltFacts { name: name?, model: model?.unwrap_or_default(), position: position? }))())
    }
}

/// A card that was plugged in, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CardForm {
    pub slot: String,
    pub ports: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CardFacts {
    pub slot: u32,
    pub ports: u32,
}

impl CardForm {
    pub fn check(&self) -> Result<CardFacts, Failure> {
        let mut form = FormCheck::default();
        let slot = form.take("slot", form::whole(&self.slot, 0..=63));
        let ports = form.take("ports", form::whole(&self.ports, 1..=64));
        form.answer((|| Some(CardFacts { slot: slot?, ports: ports? }))())
    }
}

/// A splitter that was hung up, as typed: on a PON port or on another splitter's port.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SplitterForm {
    /// The splitter's port; blank: on the PON port itself.
    pub port: String,
    pub ways: String,
    /// The name of the box that it is in; blank: on the way.
    pub nap: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitterFacts {
    pub on: HangsOn,
    pub ways: Ways,
    pub nap: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HangsOn {
    Pon(PonPortId),
    Port(SplitterPortId),
}

impl SplitterForm {
    pub fn check(&self, pon: PonPortId) -> Result<SplitterFacts, Failure> {
        let mut form = FormCheck::default();
        let port = form.take("port", form::optional_choice(&self.port));
        let ways = form.take("ways", form::choice(&self.ways));
        let nap = form.take("nap", optional(&self.nap, 100));
        form.answer((|| {
            let on = port?.map_or(HangsOn::Pon(pon), HangsOn::Port);
            Some(SplitterFacts { on, ways: ways?, nap: nap? })
        })())
    }
}

/// A box, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NapForm {
    pub name: String,
    pub sector: String,
    pub position: String,
    pub capacity: String,
    pub fibre_metres: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NapFacts {
    pub name: String,
    pub sector: Option<SectorId>,
    pub position: Position,
    pub capacity: u32,
    pub fibre_metres: Option<u32>,
}

impl NapForm {
    pub fn check(&self) -> Result<NapFacts, Failure> {
        let mut form = FormCheck::default();
        let name = form.take("name", required(&self.name, 100));
        let sector = form.take("sector", form::optional_choice(&self.sector));
        let position = form::optional_position(&self.position).and_then(|position| position.ok_or(Problem::Required));
        let position = form.take("position", position);
        let capacity = form.take("capacity", form::whole(&self.capacity, 1..=512));
        let fibre = form.take("fibre_metres", form::optional_whole(&self.fibre_metres, 0..=60_000));
        form.answer((|| {
            Some(NapFacts {
                name: name?,
                sector: sector?,
                position: position?,
                capacity: capacity?,
                fibre_metres: fibre?,
            })
        })())
    }
}

impl From<&NapFacts> for NapForm {
    fn from(nap: &NapFacts) -> Self {
        Self {
            name: nap.name.clone(),
            sector: nap.sector.map(|sector| sector.to_string()).unwrap_or_default(),
            position: nap.position.to_string(),
            capacity: nap.capacity.to_string(),
            fibre_metres: nap.fibre_metres.map(|metres| metres.to_string()).unwrap_or_default(),
        }
    }
}

/// What the form of a box starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NapStart {
    pub form: NapForm,
    pub sectors: Vec<Choice<SectorId>>,
}

/// For whom a port is reserved, as typed: a contract's code or a customer's reference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReserveForm {
    pub who: String,
    /// Blank: the first that is free.
    pub port: String,
}

impl ReserveForm {
    pub fn check(&self) -> Result<(String, Option<SplitterPortId>), Failure> {
        let mut form = FormCheck::default();
        let who = form.take("who", required(&self.who, 100));
        let port = form.take("port", form::optional_choice(&self.port));
        form.answer(who.zip(port))
    }
}

/// Which contract's service is connected, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConnectForm {
    /// The contract's code.
    pub who: String,
    pub port: String,
}

impl ConnectForm {
    pub fn check(&self) -> Result<(String, SplitterPortId), Failure> {
        let mut form = FormCheck::default();
        let who = form.take("who", required(&self.who, 100));
        let port = form.take("port", form::choice(&self.port));
        form.answer(who.zip(port))
    }
}

/// The limits of the plant, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlantSettingsForm {
    pub longest_drop_metres: String,
    pub reservation_days: String,
}

impl PlantSettingsForm {
    pub fn check(&self) -> Result<PlantSettings, Failure> {
        let mut form = FormCheck::default();
        let drop = form.take("longest_drop_metres", form::whole(&self.longest_drop_metres, 10..=5_000));
        let days = form.take("reservation_days", form::whole(&self.reservation_days, 1..=90));
        form.answer((|| Some(PlantSettings { longest_drop_metres: drop?, reservation_days: days? }))())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_has_a_name_a_place_and_room() {
        let wrong = |form: &NapForm| {
            let Err(Failure::Fields { fields }) = form.check() else { panic!("it is refused") };
            fields.into_iter().map(|field| (field.field, field.problem)).collect::<Vec<_>>()
        };
        let required = |field: &str| (field.to_owned(), Problem::Required);
        assert_eq!(wrong(&NapForm::default()), ["name", "position", "capacity"].map(required));
        let text = str::to_owned;
        let nap =
            NapForm { name: text("NAP-1"), capacity: text("16"), position: text("17.06 -96.72"), ..NapForm::default() };
        let facts = nap.check().unwrap();
        assert_eq!(NapForm::from(&facts).check().unwrap(), facts);
        assert_eq!(wrong(&NapForm { capacity: text("0"), ..nap }), [(text("capacity"), Problem::OutOfRange)]);
    }

    #[test]
    fn a_splitter_hangs_on_the_pon_port_unless_another_s_port_is_named() {
        let form = SplitterForm { ways: "8".to_owned(), ..SplitterForm::default() };
        assert_eq!(form.check(PonPortId(3)).unwrap().on, HangsOn::Pon(PonPortId(3)));
        let form = SplitterForm { port: "7".to_owned(), ..form };
        assert_eq!(form.check(PonPortId(3)).unwrap().on, HangsOn::Port(SplitterPortId(7)));
        assert!(SplitterForm { ways: "7".to_owned(), ..form }.check(PonPortId(3)).is_err());
    }
}
