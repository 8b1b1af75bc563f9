//! The fibre plant as the office sees it: OLTs with their ports, boxes on poles, and who has which port.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::list::{Choice, Direction, PageNumber};
use crate::ids::{
    AddressId, ContractId, CustomerId, NapId, OltCardId, OltId, PonPortId, SectorId, SplitterId, SplitterPortId,
};
use crate::plant::{Fill, FillLevel, OpticalLoss, Ways};
use crate::position::Position;
use crate::words::words;

/// An OLT with all of its ports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OltRow {
    pub id: OltId,
    pub name: String,
    pub model: String,
    pub position: Option<Position>,
    /// By card and number.
    pub pons: Vec<PonRow>,
}

impl OltRow {
    /// Of all its ports together.
    pub fn fill(&self) -> Fill {
        self.pons.iter().fold(Fill::default(), |sum, pon| Fill {
            ports: sum.ports + pon.fill.ports,
            connected: sum.connected + pon.fill.connected,
            reserved: sum.reserved + pon.fill.reserved,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PonRow {
    pub id: PonPortId,
    pub card: OltCardId,
    pub slot: i32,
    pub number: i32,
    /// Something hangs on it.
    pub splitters: i64,
    /// Of the boxes behind it.
    pub fill: Fill,
}

/// Which PON port, as staff call it: `OLT-NORTE 1/0`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PonPlace {
    pub id: PonPortId,
    pub olt: Choice<OltId>,
    pub slot: i32,
    pub number: i32,
}

impl std::fmt::Display for PonPlace {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}/{}", self.olt.name, self.slot, self.number)
    }
}

/// A PON port's page: what hangs on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PonDetail {
    pub place: PonPlace,
    pub fill: Fill,
    /// Those on the PON port first, then those on them.
    pub splitters: Vec<SplitterRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitterRow {
    pub id: SplitterId,
    /// The ways of all splitters from the PON port to here, its own last.
    pub path: Vec<Ways>,
    /// On which splitter's port it hangs; `None`: on the PON port itself.
    pub parent: Option<(SplitterId, i32)>,
    /// The box that it is in.
    pub nap: Option<Choice<NapId>>,
    /// Its ports that somebody has, or on which another splitter hangs.
    pub taken: i64,
    /// The ports that another splitter can hang on, with their numbers.
    pub open: Vec<(SplitterPortId, i32)>,
}

impl SplitterRow {
    pub fn ways(&self) -> Ways {
        self.path.last().copied().unwrap_or_default()
    }
}

words! {
    #[derive(Default)]
    pub enum NapSort {
        #[default]
        Name = "name",
        /// The fewest first.
        Free = "free",
    }
}

/// The list's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NapFilter {
    pub search: Option<String>,
    pub sector: Option<SectorId>,
    pub fill: Option<FillLevel>,
    pub sort: NapSort,
    pub direction: Direction,
    pub page: PageNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NapRow {
    pub id: NapId,
    pub name: String,
    pub sector: Option<Choice<SectorId>>,
    pub position: Position,
    /// Ports that fit in it.
    pub capacity: i32,
    pub fill: Fill,
}

/// A box's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NapDetail {
    pub nap: NapRow,
    pub fibre_metres: Option<u32>,
    pub splitters: Vec<NapSplitter>,
    pub ports: Vec<NapPort>,
}

/// A splitter in a box, and where its light comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NapSplitter {
    pub id: SplitterId,
    pub pon: PonPlace,
    pub path: Vec<Ways>,
}

impl NapSplitter {
    pub fn loss(&self, fibre_metres: Option<u32>) -> OpticalLoss {
        OpticalLoss::of(&self.path, fibre_metres)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NapPort {
    pub id: SplitterPortId,
    pub number: i32,
    pub holder: PortHolder,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PortHolder {
    Nobody,
    Service { contract: Choice<ContractId>, customer: Choice<CustomerId> },
    Reserved { contract: Option<Choice<ContractId>>, customer: Choice<CustomerId>, until: DateTime<Utc>, by: String },
}

/// The port that a contract has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractPort {
    pub nap: Choice<NapId>,
    pub number: i32,
    /// It is only kept until then; `None`: connected.
    pub reserved_until: Option<DateTime<Utc>>,
}

/// For whom a port is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortFor {
    pub customer: Choice<CustomerId>,
    pub contract: Option<Choice<ContractId>>,
}

impl PortFor {
    /// What one types to name them.
    pub fn typed(&self, reference: &str) -> String {
        self.contract.as_ref().map_or_else(|| reference.to_owned(), |contract| contract.name.clone())
    }
}

/// One of a customer's addresses that has a position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedAddress {
    pub id: AddressId,
    pub street: String,
    pub city: String,
    pub position: Position,
}

/// What was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeasibilityQuestion {
    /// A position, a contract's code or a customer's reference.
    pub at: String,
    /// One of the customer's addresses; without it, the contract's or the only one.
    pub address: Option<AddressId>,
}

/// "Can we serve this address?"
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feasibility {
    /// `None`: nothing was asked, or it is not clear where that is.
    pub position: Option<Position>,
    pub for_whom: Option<PortFor>,
    /// What to type to reserve for them.
    pub reserve_for: String,
    /// Where the customer could mean.
    pub addresses: Vec<PlacedAddress>,
    /// What was typed is no position, contract or customer.
    pub unknown: bool,
    pub longest_drop_metres: u32,
    /// The nearest first: those within reach, or else the nearest beyond.
    pub naps: Vec<NearNap>,
}

impl Feasibility {
    pub fn is_possible(&self) -> bool {
        self.naps.iter().any(|near| near.serves(self.longest_drop_metres))
    }
}

/// A box near somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearNap {
    pub nap: NapRow,
    pub metres: u32,
}

impl NearNap {
    pub fn serves(&self, longest_drop_metres: u32) -> bool {
        self.metres <= longest_drop_metres && self.nap.fill.free() > 0
    }
}

/// The limits of the plant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlantSettings {
    pub longest_drop_metres: u32,
    pub reservation_days: u32,
}
