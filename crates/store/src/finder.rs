//! Finding records of all kinds by a few words or a number. Each kind is one query that stops at so many matches, so that
//! a word that is everywhere costs no more than a rare one.

use domain::contact::Mac;
use domain::ids::{ContractId, CustomerId, EquipmentId, InvoiceId, NapId, OltId, RouterId, TicketId, WorkOrderId};
use domain::views::finder::{COUNTED, Group, Hit, Kind, LEAST, Target};

use crate::search::{self, Words};
use crate::{Connection, Result};

/// One more than is counted, so that "more than" is known.
const STOP: i64 = COUNTED + 1;

/// What somebody typed, as the queries compare it.
#[derive(Debug)]
pub struct Typed {
    words: Words,
    /// In capitals, as numbers and serials are.
    whole: String,
    /// The end of a number.
    ending: Option<String>,
    /// A ticket's number.
    ticket: Option<i64>,
    /// A work order's number.
    work: Option<i64>,
}

impl Typed {
    /// `None` when nothing is looked for.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        // Twelve digits are rather a telephone.
        let mac = text.parse::<Mac>().ok().filter(|_| !text.trim().bytes().all(|byte| byte.is_ascii_digit()));
        let text = mac.as_ref().map_or(text.trim(), Mac::as_str);
        let long_enough = text.split_whitespace().any(|word| word.chars().count() >= LEAST);
        (!text.is_empty()).then(|| Self {
            words: if long_enough { search::words(Some(text)) } else { Words::default() },
            whole: text.to_uppercase(),
            ending: if long_enough { search::ending(text) } else { None },
            ticket: text.trim_start_matches(['R', 'r', '-']).parse().ok(),
            work: text.to_uppercase().strip_prefix("OT").and_then(|rest| rest.trim_start_matches('-').parse().ok()),
        })
    }
}

/// Rows of one kind as hits; each has `total`, the count of all.
macro_rules! group {
    ($kind:ident, $rows:expr, $hit:expr) => {{
        let rows = $rows;
        let total = rows.first().map_or(0, |row| row.total);
        Group { kind: Kind::$kind, total, hits: rows.into_iter().map($hit).collect() }
    }};
}

pub async fn customers(connection: &mut Connection, typed: &Typed, most: i64) -> Result<Group> {
    let rows = sqlx::query!(
        r#"with matching as materialized (
               select id from customers
               where reference = $3
                  or ($1::text is not null and search like plain($1)
                      and ($2::text is null or search like all (string_to_array(plain($2), ' '))))
               limit $4)
           select k.id, k.reference, k.name, k.phone, upper(k.reference) = $3 as "exact!",
                  (select count(*) from matching) as "total!"
           from matching m join customers k on k.id = m.id
           order by upper(k.reference) = $3 desc, k.name, k.id limit $5"#,
        typed.words.longest,
        typed.words.all,
        typed.whole,
        STOP,
        most,
    );
    Ok(group!(Customer, rows.fetch_all(connection).await?, |row| Hit {
        to: Target::Customer(CustomerId(row.id)),
        name: row.name,
        detail: joined([Some(row.reference), row.phone]),
        exact: row.exact,
        contract: None,
    }))
}

/// By code, and by their customer.
pub async fn contracts(connection: &mut Connection, typed: &Typed, most: i64) -> Result<Group> {
    let rows = sqlx::query!(
        r#"with matching as materialized (
               select distinct id from (
                   (select id from contracts where code = $3)
                   union all
                   (select id from contracts where $1::text is not null and code ilike $1
                      and ($2::text is null or code ilike all (string_to_array($2, ' '))) limit $4)
                   union all
                   (select c.id from customers k join contracts c on c.customer_id = k.id
                    where $1::text is not null and k.search like plain($1)
                      and ($2::text is null or k.search like all (string_to_array(plain($2), ' '))) limit $4)
               ) found)
           select c.id, c.code, k.name as customer, a.street, upper(c.code) = $3 as "exact!",
                  (select count(*) from matching) as "total!"
           from matching m join contracts c on c.id = m.id
           join customers k on k.id = c.customer_id join addresses a on a.id = c.address_id
           order by upper(c.code) = $3 desc, c.state = 'closed', c.code, c.id limit $5"#,
        typed.words.longest,
        typed.words.all,
        typed.whole,
        STOP,
        most,
    );
    Ok(group!(Contract, rows.fetch_all(connection).await?, |row| Hit {
        to: Target::Contract(ContractId(row.id)),
        name: row.code,
        detail: joined([Some(row.customer), Some(row.street)]),
        exact: row.exact,
        contract: Some(ContractId(row.id)),
    }))
}

/// By number or its end, the newest first.
pub async fn invoices(connection: &mut Connection, typed: &Typed, most: i64) -> Result<Group> {
    let rows = sqlx::query!(
        r#"with matching as materialized (
               select id from invoices where number = $2 or ($1::text is not null and reverse(number) like $1)
               limit $3)
           select i.id, i.number as "number!", i.contract_id, k.name as customer, i.number = $2 as "exact!",
                  (select count(*) from matching) as "total!"
           from matching m join invoices i on i.id = m.id join customers k on k.id = i.customer_id
           order by i.number = $2 desc, i.issued_on desc, i.id desc limit $4"#,
        typed.ending,
        typed.whole,
        STOP,
        most,
    );
    Ok(group!(Invoice, rows.fetch_all(connection).await?, |row| Hit {
        to: Target::Invoice(InvoiceId(row.id)),
        name: row.number,
        detail: row.customer,
        exact: row.exact,
        contract: row.contract_id.map(ContractId),
    }))
}

/// By street. Leads to the newest contract there, or else to the customer.
pub async fn addresses(connection: &mut Connection, typed: &Typed, most: i64) -> Result<Group> {
    let rows = sqlx::query!(
        r#"with matching as materialized (
               select id from addresses
               where $1::text is not null and search like plain($1)
                 and ($2::text is null or search like all (string_to_array(plain($2), ' ')))
               limit $3)
           select a.street, a.city, a.customer_id, k.name as customer,
                  (select max(c.id) from contracts c where c.address_id = a.id) as contract_id,
                  (select count(*) from matching) as "total!"
           from matching m join addresses a on a.id = m.id join customers k on k.id = a.customer_id
           order by a.street, a.id limit $4"#,
        typed.words.longest,
        typed.words.all,
        STOP,
        most,
    );
    Ok(group!(Address, rows.fetch_all(connection).await?, |row| {
        let contract = row.contract_id.map(ContractId);
        Hit {
            to: contract.map_or(Target::Customer(CustomerId(row.customer_id)), Target::Contract),
            name: joined([Some(row.street), Some(row.city)]),
            detail: row.customer,
            exact: false,
            contract,
        }
    }))
}

/// What is connected, by user, MAC, address or serial. Those that were given back come last.
pub async fn devices(connection: &mut Connection, typed: &Typed, most: i64) -> Result<Group> {
    let rows = sqlx::query!(
        r#"with matching as materialized (
               select id, ($3 in (mac, upper(onu_serial), upper(pppoe_user), host(ip))) is true as exact
               from services
               where $1::text is not null and search like plain($1)
                 and ($2::text is null or search like all (string_to_array(plain($2), ' ')))
               limit $4)
           select s.contract_id, s.pppoe_user, s.mac, host(s.ip) as ip, s.onu_serial, c.code, k.name as customer,
                  m.exact as "exact!", (select count(*) from matching) as "total!"
           from matching m join services s on s.id = m.id
           join contracts c on c.id = s.contract_id join customers k on k.id = c.customer_id
           order by m.exact desc, s.released_at is not null, c.code limit $5"#,
        typed.words.longest,
        typed.words.all,
        typed.whole,
        STOP,
        most,
    );
    Ok(group!(Device, rows.fetch_all(connection).await?, |row| Hit {
        to: Target::Contract(ContractId(row.contract_id)),
        name: joined([row.pppoe_user, row.mac, row.ip, row.onu_serial]),
        detail: joined([Some(row.code), Some(row.customer)]),
        exact: row.exact,
        contract: Some(ContractId(row.contract_id)),
    }))
}

/// By serial or MAC, wherever it is.
pub async fn equipment(connection: &mut Connection, typed: &Typed, most: i64) -> Result<Group> {
    let rows = sqlx::query!(
        r#"with matching as materialized (
               select id from equipment
               where serial = $3
                  or ($1::text is not null and search like plain($1)
                      and ($2::text is null or search like all (string_to_array(plain($2), ' '))))
               limit $4)
           select e.id, e.serial, e.mac, m.maker, m.name as model, p.name as "place?", k.name as "customer?",
                  c.id as "contract_id?", e.serial = $3 or coalesce(e.mac = $3, false) as "exact!",
                  (select count(*) from matching) as "total!"
           from matching found join equipment e on e.id = found.id join equipment_models m on m.id = e.model_id
           left join stock_places p on p.id = e.place_id
           left join services s on s.id = e.service_id
           left join contracts c on c.id = s.contract_id
           left join customers k on k.id = coalesce(e.customer_id, c.customer_id)
           order by e.serial = $3 or coalesce(e.mac = $3, false) desc, e.serial limit $5"#,
        typed.words.longest,
        typed.words.all,
        typed.whole,
        STOP,
        most,
    );
    Ok(group!(Equipment, rows.fetch_all(connection).await?, |row| Hit {
        to: Target::Equipment(EquipmentId(row.id)),
        name: joined([Some(row.serial), row.mac]),
        detail: joined([Some(format!("{} {}", row.maker, row.model)), row.place.or(row.customer)]),
        exact: row.exact,
        contract: row.contract_id.map(ContractId),
    }))
}

pub async fn routers(connection: &mut Connection, typed: &Typed, most: i64) -> Result<Group> {
    let rows = sqlx::query!(
        r#"select id, name, host, board, upper(name) = $2 or upper(host) = $2 as "exact!", count(*) over () as "total!"
           from routers
           where upper(name) = $2 or upper(host) = $2
              or ($1::text is not null and (plain(name) like plain($1) or host ilike $1))
           order by upper(name) = $2 desc, name, id limit $3"#,
        typed.words.longest,
        typed.whole,
        most,
    );
    Ok(group!(Router, rows.fetch_all(connection).await?, |row| Hit {
        to: Target::Router(RouterId(row.id)),
        name: row.name,
        detail: joined([Some(row.host), row.board]),
        exact: row.exact,
        contract: None,
    }))
}

/// By number, and by what they are about; the newest first.
pub async fn tickets(connection: &mut Connection, typed: &Typed, most: i64) -> Result<Group> {
    let rows = sqlx::query!(
        r#"with matching as materialized (
               select id from tickets
               where id = $3
                  or ($1::text is not null and plain(subject) like plain($1)
                      and ($2::text is null or plain(subject) like all (string_to_array(plain($2), ' '))))
               limit $4)
           select t.id, t.subject, t.contract_id, k.name as customer, coalesce(t.id = $3, false) as "exact!",
                  (select count(*) from matching) as "total!"
           from matching m join tickets t on t.id = m.id join customers k on k.id = t.customer_id
           order by coalesce(t.id = $3, false) desc, t.id desc limit $5"#,
        typed.words.longest,
        typed.words.all,
        typed.ticket,
        STOP,
        most,
    );
    Ok(group!(Ticket, rows.fetch_all(connection).await?, |row| Hit {
        to: Target::Ticket(TicketId(row.id)),
        name: format!("{} {}", TicketId(row.id).code(), row.subject),
        detail: row.customer,
        exact: row.exact,
        contract: row.contract_id.map(ContractId),
    }))
}

/// OLTs and boxes, by name.
pub async fn plant(connection: &mut Connection, typed: &Typed, most: i64) -> Result<Group> {
    let rows = sqlx::query!(
        r#"with matching as materialized (
               (select true as is_nap, id, name from naps
                where name = $3
                   or ($1::text is not null and search like plain($1)
                       and ($2::text is null or search like all (string_to_array(plain($2), ' '))))
                limit $4)
               union all
               (select false, id, name from olts
                where name = $3
                   or ($1::text is not null and plain(name) like plain($1)
                       and ($2::text is null or plain(name) like all (string_to_array(plain($2), ' '))))
                limit $4))
           select is_nap as "is_nap!", id as "id!", name as "name!", upper(name) = $3 as "exact!",
                  (select count(*) from matching) as "total!"
           from matching order by upper(name) = $3 desc, name, is_nap limit $5"#,
        typed.words.longest,
        typed.words.all,
        typed.whole,
        STOP,
        most,
    );
    Ok(group!(Plant, rows.fetch_all(connection).await?, |row| Hit {
        to: if row.is_nap { Target::Nap(NapId(row.id)) } else { Target::Olt(OltId(row.id)) },
        name: row.name,
        detail: String::new(),
        exact: row.exact,
        contract: None,
    }))
}

/// By number and by nothing else: a contract's page has its visits.
pub async fn work(connection: &mut Connection, typed: &Typed) -> Result<Group> {
    let rows = sqlx::query!(
        r#"select w.id, w.contract_id, c.code, k.name as customer, count(*) over () as "total!"
           from work_orders w join contracts c on c.id = w.contract_id join customers k on k.id = c.customer_id
           where w.id = $1"#,
        typed.work,
    );
    Ok(group!(Work, rows.fetch_all(connection).await?, |row| Hit {
        to: Target::Work(WorkOrderId(row.id)),
        name: WorkOrderId(row.id).code(),
        detail: joined([Some(row.code), Some(row.customer)]),
        exact: true,
        contract: Some(ContractId(row.contract_id)),
    }))
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_are_looked_for_as_a_number_only() {
        let typed = Typed::of(" r7 ").unwrap();
        assert_eq!((typed.words.longest, typed.ending, typed.ticket), (None, None, Some(7)));
        assert!(Typed::of("  ").is_none());
    }

    #[test]
    fn a_work_order_is_named_by_its_number() {
        let number = |text: &str| Typed::of(text).unwrap().work;
        assert_eq!((number("OT-00012"), number("ot12"), number("otro")), (Some(12), Some(12), None));
    }

    #[test]
    fn a_mac_is_found_whatever_its_separators() {
        let typed = Typed::of("8161.e5a4.0fde").unwrap();
        assert_eq!(
            (typed.whole.as_str(), typed.words.longest.as_deref()),
            ("81:61:E5:A4:0F:DE", Some("%81:61:E5:A4:0F:DE%"))
        );
        assert_eq!(Typed::of("525512345678").unwrap().whole, "525512345678");
    }
}
