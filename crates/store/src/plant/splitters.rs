//! Splitters: what hangs on what.

use chrono::{DateTime, Utc};
use domain::ids::{NapId, OltId, PonPortId, SplitterId, SplitterPortId};
use domain::plant::Ways;
use domain::views::list::Choice;
use domain::views::plant::{NapSplitter, PonPlace, SplitterRow};
use domain::views::plant_forms::HangsOn;

use crate::{Connection, Error, Result};

/// Hangs a splitter up, with its ports.
///
/// # Errors
/// `Taken` with `splitters_on_pon`, `splitters_parent_port_id_key` or `port_taken`; `Refused` with `nap_capacity`.
pub async fn add_splitter(
    connection: &mut Connection,
    on: HangsOn,
    ways: Ways,
    nap: Option<NapId>,
) -> Result<SplitterId> {
    let (pon, port) = match on {
        HangsOn::Pon(pon) => (Some(pon.0), None),
        HangsOn::Port(port) => (None, Some(port.0)),
    };
    // Below another splitter, a trigger finds the PON port and the ways above.
    let id = sqlx::query_scalar!(
        "insert into splitters (pon_port_id, parent_port_id, ways, nap_id) values ($1, $2, $3, $4) returning id",
        pon,
        port,
        i32::try_from(ways.count())?,
        nap.map(|id| id.0),
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into splitter_ports (splitter_id, number) select $1, n from generate_series(1, $2::integer) as n",
        id,
        i32::try_from(ways.count())?,
    )
    .execute(connection)
    .await?;
    Ok(SplitterId(id))
}

/// Takes it down with its ports; nobody may have one of them, and nothing hang on them.
///
/// # Errors
/// `NotFound`; `Refused` when something still refers to one of its ports.
pub async fn remove_splitter(connection: &mut Connection, id: SplitterId, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "delete from port_reservations where expires_at <= $2
           and port_id in (select id from splitter_ports where splitter_id = $1)",
        id.0,
        now,
    )
    .execute(&mut *connection)
    .await?;
    // One that serves somebody stays, and keeps its splitter.
    sqlx::query!("delete from splitter_ports where splitter_id = $1 and service_id is null", id.0)
        .execute(&mut *connection)
        .await?;
    let removed = sqlx::query!("delete from splitters where id = $1", id.0).execute(connection).await?;
    if removed.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Those behind a PON port, the nearest to it first.
pub async fn splitters(connection: &mut Connection, pon: PonPortId, now: DateTime<Utc>) -> Result<Vec<SplitterRow>> {
    let rows = sqlx::query!(
        r#"select s.id, s.ways, s.above, s.nap_id, n.name as "nap?", q.splitter_id as "parent?",
                  p.first_number + q.number - 1 as "parent_number?",
                  (select count(*) from splitter_ports t where t.splitter_id = s.id
                     and (t.service_id is not null
                          or exists (select from splitters c where c.parent_port_id = t.id)
                          or exists (select from port_reservations r where r.port_id = t.id and r.expires_at > $2)))
                      as "taken!"
           from splitters s left join naps n on n.id = s.nap_id
           left join splitter_ports q on q.id = s.parent_port_id left join splitters p on p.id = q.splitter_id
           where s.pon_port_id = $1 order by cardinality(s.above), q.splitter_id, q.number, s.id"#,
        pon.0,
        now,
    );
    let mut splitters = Vec::new();
    for row in rows.fetch_all(&mut *connection).await? {
        splitters.push(SplitterRow {
            id: SplitterId(row.id),
            path: path(row.above, row.ways)?,
            parent: row.parent.map(SplitterId).zip(row.parent_number),
            nap: row.nap_id.zip(row.nap).map(|(id, name)| Choice { id: NapId(id), name }),
            taken: row.taken,
            open: Vec::new(),
        });
    }
    for (splitter, port) in open_ports(connection, pon, now).await? {
        if let Some(row) = splitters.iter_mut().find(|row| row.id == splitter) {
            row.open.push(port);
        }
    }
    Ok(splitters)
}

/// The ports that nobody has and nothing hangs on.
async fn open_ports(
    connection: &mut Connection,
    pon: PonPortId,
    now: DateTime<Utc>,
) -> Result<Vec<(SplitterId, (SplitterPortId, i32))>> {
    let rows = sqlx::query!(
        r#"select p.id, p.splitter_id, s.first_number + p.number - 1 as "number!"
           from splitters s join splitter_ports p on p.splitter_id = s.id
           where s.pon_port_id = $1 and p.service_id is null
             and not exists (select from splitters c where c.parent_port_id = p.id)
             and not exists (select from port_reservations r where r.port_id = p.id and r.expires_at > $2)
           order by p.splitter_id, p.number"#,
        pon.0,
        now,
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (SplitterId(row.splitter_id), (SplitterPortId(row.id), row.number))).collect())
}

/// Those in a box, in the order of its ports.
pub async fn of_nap(connection: &mut Connection, nap: NapId) -> Result<Vec<NapSplitter>> {
    let rows = sqlx::query!(
        "select s.id, s.ways, s.above, s.pon_port_id, c.slot, n.number, o.id as olt_id, o.name
         from splitters s join pon_ports n on n.id = s.pon_port_id join olt_cards c on c.id = n.card_id
         join olts o on o.id = c.olt_id
         where s.nap_id = $1 order by s.first_number, s.id",
        nap.0
    );
    let splitters = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let olt = Choice { id: OltId(row.olt_id), name: row.name };
        let pon = PonPlace { id: PonPortId(row.pon_port_id), olt, slot: row.slot, number: row.number };
        Ok(NapSplitter { id: SplitterId(row.id), pon, path: path(row.above, row.ways)? })
    });
    splitters.collect()
}

fn path(above: Vec<i32>, own: i32) -> Result<Vec<Ways>> {
    let known = |ways: i32| Ways::of(ways).ok_or_else(|| Error::Unknown(format!("a splitter of {ways} ways")));
    above.into_iter().chain([own]).map(known).collect()
}
