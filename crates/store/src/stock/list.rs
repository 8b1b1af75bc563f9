//! Equipment to look at.

use chrono::{DateTime, Utc};
use domain::ids::{ContractId, CustomerId, EquipmentId, EquipmentModelId, RouterId, StockPlaceId, StockReceiptId};
use domain::stock::{EquipmentKind, EquipmentState, Ownership};
use domain::views::list::{Choice, Page, PageNumber};
use domain::views::stock::{
    EquipmentDetail, EquipmentRow, Located, MoveRow, Seen, StockCounts, StockFilter, StockStanding,
};

use super::{get, place_choices};
use crate::search::pattern;
use crate::{Connection, Error, Result};

/// Where it is, as columns.
struct Whereabouts {
    state: String,
    place: Option<(i64, String)>,
    contract: Option<(i64, String)>,
    customer: Option<(i64, String)>,
}

impl Whereabouts {
    fn located(self) -> Result<Located> {
        let customer = self.customer.map(|(id, name)| Choice { id: CustomerId(id), name });
        match (self.state.parse()?, self.place, self.contract, customer) {
            (EquipmentState::InStock, Some((id, name)), _, _) => {
                Ok(Located::InStock { place: Choice { id: StockPlaceId(id), name } })
            }
            (EquipmentState::Installed, _, Some((id, name)), Some(customer)) => {
                Ok(Located::Installed { contract: Choice { id: ContractId(id), name }, customer })
            }
            (EquipmentState::WithCustomer, _, _, Some(customer)) => Ok(Located::WithCustomer { customer }),
            (EquipmentState::WrittenOff, _, _, _) => Ok(Located::WrittenOff),
            (state, _, _, _) => Err(Error::Unknown(format!("equipment that is {state}, but nowhere"))),
        }
    }
}

struct Row {
    id: i64,
    kind: String,
    model_id: i64,
    model: String,
    serial: String,
    mac: Option<String>,
    ownership: String,
    state: String,
    place_id: Option<i64>,
    place: Option<String>,
    contract_id: Option<i64>,
    contract: Option<String>,
    customer_id: Option<i64>,
    customer: Option<String>,
    comes_back: bool,
    moved_at: DateTime<Utc>,
}

impl Row {
    fn view(self) -> Result<EquipmentRow> {
        let whereabouts = Whereabouts {
            state: self.state,
            place: self.place_id.zip(self.place),
            contract: self.contract_id.zip(self.contract),
            customer: self.customer_id.zip(self.customer),
        };
        Ok(EquipmentRow {
            id: EquipmentId(self.id),
            kind: self.kind.parse()?,
            model: Choice { id: EquipmentModelId(self.model_id), name: self.model },
            serial: self.serial,
            mac: self.mac,
            ownership: self.ownership.parse()?,
            located: whereabouts.located()?,
            comes_back: self.comes_back,
            moved_at: self.moved_at,
        })
    }
}

/// What is asked for: a page of a list, one piece, or what a contract has.
#[derive(Default)]
struct Asked {
    search: Option<String>,
    standing: Option<&'static str>,
    kind: Option<&'static str>,
    place: Option<i64>,
    model: Option<i64>,
    ownership: Option<&'static str>,
    id: Option<i64>,
    contract: Option<i64>,
    page: PageNumber,
}

impl Asked {
    fn of(filter: &StockFilter) -> Self {
        Self {
            search: filter.search.as_deref().and_then(pattern),
            standing: filter.standing.map(StockStanding::word),
            kind: filter.kind.map(EquipmentKind::word),
            place: filter.place.map(|id| id.0),
            model: filter.model.map(|id| id.0),
            ownership: filter.ownership.map(Ownership::word),
            page: filter.page,
            ..Self::default()
        }
    }
}

/// A page of equipment: what was moved last comes first.
pub async fn list(connection: &mut Connection, filter: &StockFilter) -> Result<(Page<EquipmentRow>, StockCounts)> {
    let counts = counts(connection, filter).await?;
    let total = match filter.standing {
        None => counts.in_stock + counts.installed + counts.with_customer + counts.written_off,
        Some(StockStanding::InStock) => counts.in_stock,
        Some(StockStanding::Installed) => counts.installed,
        Some(StockStanding::ComesBack) => counts.comes_back,
        Some(StockStanding::WithCustomer) => counts.with_customer,
        Some(StockStanding::WrittenOff) => counts.written_off,
    };
    let rows = rows(connection, &Asked::of(filter)).await?;
    Ok((Page { rows, total, number: filter.page.0.max(1) }, counts))
}

/// The equipment that serves with a contract.
pub async fn of_contract(connection: &mut Connection, contract: ContractId) -> Result<Vec<EquipmentRow>> {
    rows(connection, &Asked { contract: Some(contract.0), ..Asked::default() }).await
}

async fn rows(connection: &mut Connection, asked: &Asked) -> Result<Vec<EquipmentRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select e.id, e.kind, e.model_id, m.maker || ' ' || m.name as "model!", e.serial, e.mac, e.ownership, e.state,
                  e.place_id, p.name as "place?", c.id as "contract_id?", c.code as "contract?", u.id as "customer_id?",
                  u.name as "customer?", d.equipment_id is not null as "comes_back!", e.moved_at
           from equipment e
           join equipment_models m on m.id = e.model_id
           left join stock_places p on p.id = e.place_id
           left join services s on s.id = e.service_id
           left join contracts c on c.id = s.contract_id
           left join customers u on u.id = coalesce(e.customer_id, c.customer_id)
           left join equipment_due d on d.equipment_id = e.id
           where ($1::text is null or e.search like plain($1))
             -- Of those that come back the plan begins with the few that do.
             and ($2::text is null or ($2 <> 'comes_back' and e.state = $2)
                  or ($2 = 'comes_back' and d.equipment_id is not null))
             and ($3::text is null or e.kind = $3)
             and ($4::bigint is null or e.place_id = $4)
             and ($5::bigint is null or e.model_id = $5)
             and ($6::text is null or e.ownership = $6)
             and ($7::bigint is null or e.id = $7)
             and ($8::bigint is null or s.contract_id = $8)
           order by e.moved_at desc, e.id desc limit $9 offset $10"#,
        asked.search,
        asked.standing,
        asked.kind,
        asked.place,
        asked.model,
        asked.ownership,
        asked.id,
        asked.contract,
        asked.page.rows(),
        asked.page.offset()
    );
    rows.fetch_all(connection).await?.into_iter().map(Row::view).collect()
}

/// How many there are by standing: whatever else the filter says holds.
async fn counts(connection: &mut Connection, filter: &StockFilter) -> Result<StockCounts> {
    let asked = Asked::of(filter);
    let row = sqlx::query!(
        r#"select count(*) filter (where e.state = 'in_stock') as "in_stock!",
                  count(*) filter (where e.state = 'installed') as "installed!",
                  count(*) filter (where e.state = 'with_customer') as "with_customer!",
                  count(*) filter (where e.state = 'written_off') as "written_off!"
           from equipment e
           where ($1::text is null or e.search like plain($1))
             and ($2::text is null or e.kind = $2)
             and ($3::bigint is null or e.place_id = $3)
             and ($4::bigint is null or e.model_id = $4)
             and ($5::text is null or e.ownership = $5)"#,
        asked.search,
        asked.kind,
        asked.place,
        asked.model,
        asked.ownership
    );
    let row = row.fetch_one(&mut *connection).await?;
    Ok(StockCounts {
        in_stock: row.in_stock,
        installed: row.installed,
        comes_back: coming_back(connection, &asked).await?,
        with_customer: row.with_customer,
        written_off: row.written_off,
    })
}

/// Those are few, and kept by themselves.
async fn coming_back(connection: &mut Connection, asked: &Asked) -> Result<i64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from equipment_due d join equipment e on e.id = d.equipment_id
           where ($1::text is null or e.search like plain($1))
             and ($2::text is null or e.kind = $2)
             and ($3::bigint is null or e.place_id = $3)
             and ($4::bigint is null or e.model_id = $4)
             and ($5::text is null or e.ownership = $5)"#,
        asked.search,
        asked.kind,
        asked.place,
        asked.model,
        asked.ownership
    );
    Ok(count.fetch_one(connection).await?)
}

/// One piece with its history.
///
/// # Errors
/// `NotFound`.
pub async fn detail(connection: &mut Connection, id: EquipmentId) -> Result<EquipmentDetail> {
    let found = rows(connection, &Asked { id: Some(id.0), ..Asked::default() }).await?;
    let row = found.into_iter().next().ok_or(Error::NotFound)?;
    let custody = get(connection, id).await?.custody;
    let receipt = sqlx::query_scalar!("select receipt_id from equipment where id = $1", id.0);
    let receipt = receipt.fetch_one(&mut *connection).await?.map(StockReceiptId);
    let seen = match &row.mac {
        Some(mac) => seen(connection, mac).await?,
        None => None,
    };
    let moves = moves(connection, id).await?;
    let places = place_choices(connection).await?;
    let taxes = crate::taxes::choices(connection).await?;
    let currency = crate::company::get(connection).await?.currency;
    Ok(EquipmentDetail { row, custody, receipt, seen, moves, places, taxes, currency })
}

/// Where a router told of this MAC last.
async fn seen(connection: &mut Connection, mac: &str) -> Result<Option<Seen>> {
    let row = sqlx::query!(
        "select r.id, r.name, host(p.address) as address, p.last_seen_at
         from mac_profiles p join routers r on r.id = p.router_id where p.mac = $1",
        mac
    );
    let row = row.fetch_optional(connection).await?;
    Ok(row.map(|row| Seen {
        router: Choice { id: RouterId(row.id), name: row.name },
        address: row.address,
        at: row.last_seen_at,
    }))
}

async fn moves(connection: &mut Connection, id: EquipmentId) -> Result<Vec<MoveRow>> {
    let rows = sqlx::query!(
        r#"select v.kind, v.state, v.ownership, v.reason, v.at, v.by_name, v.by_id, v.place_id, p.name as "place?",
                  c.id as "contract_id?", c.code as "contract?", u.id as "customer_id?", u.name as "customer?"
           from equipment_moves v
           left join stock_places p on p.id = v.place_id
           left join services s on s.id = v.service_id
           left join contracts c on c.id = s.contract_id
           left join customers u on u.id = coalesce(v.customer_id, c.customer_id)
           where v.equipment_id = $1 order by v.id desc"#,
        id.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let whereabouts = Whereabouts {
            state: row.state,
            place: row.place_id.zip(row.place),
            contract: row.contract_id.zip(row.contract),
            customer: row.customer_id.zip(row.customer),
        };
        Ok(MoveRow {
            kind: row.kind.parse()?,
            located: whereabouts.located()?,
            ownership: row.ownership.parse()?,
            reason: row.reason,
            at: row.at,
            by_system: row.by_id.is_none(),
            by: row.by_name,
        })
    });
    rows.collect()
}
