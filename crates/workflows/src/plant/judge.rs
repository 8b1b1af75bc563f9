//! A table of boxes held against the plant: what each row would become.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};

use domain::ids::{NapId, PonPortId, SectorId};
use domain::nap_import::{BadCell, Behind, NapColumn, NapColumns, NapProblem, TypedNap};
use domain::plant::Ways;
use domain::views::list::Choice;
use domain::views::nap_imports::{NapBecomes, NapLine};
use domain::views::plant::{OltRow, PonRow};
use domain::views::plant_forms::{HangsOn, NapFacts};
use store::plant::KnownNap;

use crate::{Context, Result, tables};

/// A table that was read.
pub(super) struct Looked {
    /// Columns that it needs and has not.
    pub missing: Vec<NapColumn>,
    pub rows: Vec<LookedRow>,
}

pub(super) struct LookedRow {
    line: usize,
    name: String,
    pub judged: Judged,
}

pub(super) enum Judged {
    New(NewNap),
    Same(NapId),
    Bad(Vec<BadCell>),
}

/// A box to make.
pub(super) struct NewNap {
    pub facts: NapFacts,
    pub hangs: Option<Hangs>,
    sector: Option<String>,
}

/// The splitter in it, and on what it hangs.
pub(super) struct Hangs {
    pub on: HangsOn,
    pub ways: Ways,
    /// `OLT-NORTE 1/0`
    pub pon: String,
}

impl LookedRow {
    pub fn line(self) -> NapLine {
        let becomes = match self.judged {
            Judged::New(new) => NapBecomes::New {
                position: new.facts.position,
                capacity: new.facts.capacity,
                sector: new.sector,
                behind: new.hangs.map(|hangs| format!("{} 1:{}", hangs.pon, hangs.ways)),
            },
            Judged::Same(nap) => NapBecomes::Same { nap },
            Judged::Bad(bad) => NapBecomes::Nothing { bad },
        };
        NapLine { line: self.line, name: self.name, becomes }
    }
}

/// Reads a table and holds each row against what is there, and against the rows before it.
pub(super) async fn look_at(context: &Context, transaction: &mut store::Transaction, content: &str) -> Result<Looked> {
    let columns = match NapColumns::of(&tables::heads(content)) {
        Ok(columns) => columns,
        Err(missing) => return Ok(Looked { missing, rows: Vec::new() }),
    };
    let read = read(content, &columns);
    let mut plant = Plant::load(context, transaction, &read).await?;
    let rows = read.into_iter().map(|row| LookedRow {
        judged: row.nap.map_or_else(Judged::Bad, |nap| plant.judge(row.line, nap)),
        line: row.line,
        name: row.name,
    });
    Ok(Looked { missing: Vec::new(), rows: rows.collect() })
}

/// A row as it stands there; `name` also when something is wrong with it.
struct ReadRow {
    line: usize,
    name: String,
    nap: std::result::Result<TypedNap, Vec<BadCell>>,
}

/// Blank rows say nothing.
fn read(content: &str, columns: &NapColumns) -> Vec<ReadRow> {
    let mut rows = Vec::new();
    for (line, row) in tables::rows(content) {
        // What was kept is text, and rows may be of any length: there is nothing that could not be read.
        let Ok(row) = row else { continue };
        let cells: Vec<&str> = row.iter().collect();
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        rows.push(ReadRow { line, name: columns.name_of(&cells), nap: columns.read(&cells) });
    }
    rows
}

/// What is there already, and what the rows before have taken of it.
struct Plant {
    sectors: Vec<Choice<SectorId>>,
    olts: Vec<OltRow>,
    known: HashMap<String, KnownNap>,
    /// What a splitter can still be hung on behind each PON port, in the order in which it is taken.
    room: HashMap<PonPortId, VecDeque<HangsOn>>,
    seen: HashMap<String, usize>,
}

impl Plant {
    async fn load(context: &Context, transaction: &mut store::Transaction, read: &[ReadRow]) -> Result<Self> {
        let naps = || read.iter().filter_map(|row| row.nap.as_ref().ok());
        let names: Vec<String> = naps().map(|nap| nap.name.to_lowercase()).collect();
        let known = store::plant::naps_named(transaction, &names).await?;
        let mut plant = Self {
            sectors: store::sectors::choices(transaction).await?,
            olts: store::plant::olts(transaction, None, context.clock.now()).await?,
            known: known.into_iter().map(|known| (known.facts.name.to_lowercase(), known)).collect(),
            room: HashMap::new(),
            seen: HashMap::new(),
        };
        for behind in naps().filter_map(|nap| nap.behind.as_ref()) {
            let Ok((_, pon)) = plant.pon(behind) else { continue };
            let (id, is_bare) = (pon.id, pon.splitters == 0);
            if let Entry::Vacant(vacant) = plant.room.entry(id) {
                vacant.insert(room(context, transaction, id, is_bare).await?);
            }
        }
        Ok(plant)
    }

    fn judge(&mut self, line: usize, nap: TypedNap) -> Judged {
        let key = nap.name.to_lowercase();
        if let Some(line) = self.seen.get(&key) {
            return bad(NapColumn::Name, &nap.name, NapProblem::Twice { line: *line });
        }
        self.seen.insert(key.clone(), line);
        let sector = nap.sector.as_deref().map(|typed| self.sector(typed)).transpose();
        let pon = nap.behind.as_ref().map(|behind| self.pon(behind)).transpose();
        let pon = pon.map(|found| found.map(|(olt, pon)| (pon.id, place(olt, pon))));
        let (sector, pon) = match (sector, pon) {
            (Ok(sector), Ok(pon)) => (sector, pon),
            (sector, pon) => return Judged::Bad(sector.err().into_iter().chain(pon.err()).collect()),
        };
        let facts = NapFacts {
            name: nap.name,
            sector: sector.as_ref().map(|sector| sector.id),
            position: nap.position,
            capacity: nap.capacity,
            fibre_metres: nap.fibre_metres,
        };
        if let Some(known) = self.known.get(&key) {
            return again(known, &facts, pon);
        }
        let hangs = match nap.behind.zip(pon) {
            None => None,
            Some((behind, (id, pon))) => match self.room.get_mut(&id).and_then(VecDeque::pop_front) {
                Some(on) => Some(Hangs { on, ways: behind.ways, pon }),
                None => return bad(NapColumn::Pon, &pon, NapProblem::NoPortLeft),
            },
        };
        Judged::New(NewNap { facts, hangs, sector: sector.map(|sector| sector.name) })
    }

    fn sector(&self, typed: &str) -> std::result::Result<Choice<SectorId>, BadCell> {
        let found = self.sectors.iter().find(|sector| is_called(&sector.name, typed));
        found.cloned().ok_or_else(|| cell(NapColumn::Sector, typed, NapProblem::UnknownSector))
    }

    fn pon(&self, behind: &Behind) -> std::result::Result<(&OltRow, &PonRow), BadCell> {
        let olt = self.olts.iter().find(|olt| is_called(&olt.name, &behind.olt));
        let olt = olt.ok_or_else(|| cell(NapColumn::Olt, &behind.olt, NapProblem::UnknownOlt))?;
        let here = |pon: &&PonRow| (pon.slot, pon.number) == (behind.slot, behind.number);
        let typed = format!("{}/{}", behind.slot, behind.number);
        let pon = olt.pons.iter().find(here);
        Ok((olt, pon.ok_or_else(|| cell(NapColumn::Pon, &typed, NapProblem::UnknownPon))?))
    }
}

/// The PON port itself while nothing hangs on it, and then the ports of splitters on the way.
async fn room(
    context: &Context,
    transaction: &mut store::Transaction,
    pon: PonPortId,
    is_bare: bool,
) -> Result<VecDeque<HangsOn>> {
    if is_bare {
        return Ok(VecDeque::from([HangsOn::Pon(pon)]));
    }
    let splitters = store::plant::splitters(transaction, pon, context.clock.now()).await?;
    let on_the_way = splitters.iter().filter(|splitter| splitter.nap.is_none());
    Ok(on_the_way.flat_map(|splitter| &splitter.open).map(|(port, _)| HangsOn::Port(*port)).collect())
}

/// A box of that name is there: as the row says, or not.
fn again(known: &KnownNap, facts: &NapFacts, pon: Option<(PonPortId, String)>) -> Judged {
    if known.facts != *facts {
        return bad(NapColumn::Name, &facts.name, NapProblem::OtherBox { nap: known.id });
    }
    match pon {
        Some((id, pon)) if !known.pons.contains(&id) => {
            bad(NapColumn::Pon, &pon, NapProblem::NotBehind { nap: known.id })
        }
        _ => Judged::Same(known.id),
    }
}

fn is_called(name: &str, typed: &str) -> bool {
    name.to_lowercase() == typed.to_lowercase()
}

fn place(olt: &OltRow, pon: &PonRow) -> String {
    format!("{} {}/{}", olt.name, pon.slot, pon.number)
}

fn cell(column: NapColumn, typed: &str, problem: NapProblem) -> BadCell {
    BadCell { column, typed: typed.to_owned(), problem }
}

fn bad(column: NapColumn, typed: &str, problem: NapProblem) -> Judged {
    Judged::Bad(vec![cell(column, typed, problem)])
}
