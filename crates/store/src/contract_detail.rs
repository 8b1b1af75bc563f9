//! The contract's page, part by part.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::contract_line::LineDates;
use domain::ids::{
    AddressId, ContractId, ContractLineId, CustomerId, PaymentId, PlanId, PolicyId, RouterId, ServiceId, TaxId,
};
use domain::money::{Currency, Money};
use domain::price::{AgreedPrice, Quantity, UnitPrice};
use domain::service::{ServiceState, TechnicalState};
use domain::tax::TaxRates;
use domain::views::contracts::{
    ContractCustomer, ContractDetail, ContractLine, ContractMoney, ContractNetwork, Hold, LastPayment, Technical,
};
use domain::views::list::Choice;
use rust_decimal::Decimal;

use crate::contract_lines::terms;
use crate::contracts::state_of;
use crate::plans::speed;
use crate::{
    Connection, Error, Result, addresses, collection_orders, discounts, holds, payments, promises, taxes, timeline,
};

/// Entries of the timeline on the page: several years of an ordinary contract.
const ENTRIES: i64 = 200;
const PAYMENTS: i64 = 5;

/// What is overdue is so on `today`. Why a cut is held back and which port is kept is for the caller
/// to say: a rule decides it, or the time of day.
pub async fn get(connection: &mut Connection, id: ContractId, today: NaiveDate) -> Result<ContractDetail> {
    let row = sqlx::query!(
        r#"select c.code, c.currency as "currency: String", c.created_at, c.address_id, c.policy_id, p.name as policy,
                  c.state, c.signed_on, c.activated_on, c.closed_on, c.close_reason, c.service_state, c.service_since,
                  u.id as customer_id, u.reference, u.name, u.kind, u.tax_id, u.email, u.phone, u.language
           from contracts c join customers u on u.id = c.customer_id join cutoff_policies p on p.id = c.policy_id
           where c.id = $1"#,
        id.0
    )
    .fetch_one(&mut *connection)
    .await?;
    let currency: Currency = row.currency.parse()?;
    let customer = CustomerId(row.customer_id);
    let service: ServiceState = row.service_state.parse()?;
    Ok(ContractDetail {
        id,
        code: row.code,
        currency,
        created_at: row.created_at,
        customer: ContractCustomer {
            id: customer,
            reference: row.reference,
            name: row.name,
            kind: row.kind.parse()?,
            tax_id: row.tax_id,
            email: row.email,
            phone: row.phone,
            language: row.language.parse()?,
        },
        address: addresses::get(connection, AddressId(row.address_id)).await?.1,
        policy: Choice { id: PolicyId(row.policy_id), name: row.policy },
        state: state_of(&row.state, row.signed_on, row.activated_on, row.closed_on, row.close_reason)?,
        service,
        service_since: row.service_since,
        holds: open_holds(connection, id).await?,
        held_back: None,
        promise: promises::newest(connection, id).await?,
        collection: collection_orders::newest(connection, id).await?,
        lines: lines(connection, id, currency, today).await?,
        money: money(connection, id, customer, currency, today).await?,
        network: network(connection, id, TechnicalState::wanted(service)).await?,
        port: None,
        timeline: timeline::of_contract(connection, id, None, ENTRIES).await?,
    })
}

async fn open_holds(connection: &mut Connection, contract: ContractId) -> Result<Vec<Hold>> {
    let mut holds: Vec<Hold> = holds::open(connection, contract)
        .await?
        .into_iter()
        .map(|hold| Hold {
            id: hold.id,
            reason: hold.reason,
            effect: hold.effect,
            evidence: hold.evidence,
            placed_on: hold.placed_on,
            placed_at: hold.placed_at,
            placed_by: hold.placed_by,
        })
        .collect();
    holds.sort_by_key(|hold| std::cmp::Reverse(hold.effect));
    Ok(holds)
}

async fn lines(
    connection: &mut Connection,
    contract: ContractId,
    currency: Currency,
    today: NaiveDate,
) -> Result<Vec<ContractLine>> {
    let rows = sqlx::query_as!(
        LineRow,
        r#"select l.id, l.plan_id, p.name as plan, p.kind, p.down_kbps, p.up_kbps, l.description, l.quantity,
                  l.unit_price, l.tax_id, t.name as tax, l.alignment, l.every, l.anchor_day, l.mode, l.first_period,
                  l.last_period, l.starts_on, l.ends_on, l.billed_through, l.next_invoice_on, l.discount_kind,
                  l.discount_value, l.discount_reason, l.discount_periods, l.discount_until
           from contract_lines l join plans p on p.id = l.plan_id join taxes t on t.id = l.tax_id
           where l.contract_id = $1 order by l.id"#,
        contract.0
    )
    .fetch_all(&mut *connection)
    .await?;
    let taxes = taxes::rates(connection).await?;
    rows.into_iter().map(|row| row.view(currency, &taxes, today)).collect()
}

struct LineRow {
    id: i64,
    plan_id: i64,
    plan: String,
    kind: String,
    down_kbps: Option<i32>,
    up_kbps: Option<i32>,
    description: String,
    quantity: Decimal,
    unit_price: Decimal,
    tax_id: i64,
    tax: String,
    alignment: String,
    every: Option<String>,
    anchor_day: Option<i32>,
    mode: Option<String>,
    first_period: Option<String>,
    last_period: Option<String>,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    billed_through: Option<NaiveDate>,
    next_invoice_on: Option<NaiveDate>,
    discount_kind: Option<String>,
    discount_value: Option<Decimal>,
    discount_reason: Option<String>,
    discount_periods: Option<i32>,
    discount_until: Option<NaiveDate>,
}

impl LineRow {
    fn view(self, currency: Currency, taxes: &BTreeMap<TaxId, TaxRates>, today: NaiveDate) -> Result<ContractLine> {
        let (mode, first, last) = (self.mode.as_deref(), self.first_period.as_deref(), self.last_period.as_deref());
        let tax = TaxId(self.tax_id);
        let agreed = AgreedPrice {
            unit_price: UnitPrice::new(self.unit_price)?,
            quantity: Quantity::new(self.quantity)?,
            currency,
            discount: discounts::discount(
                self.discount_kind.as_deref(),
                self.discount_value,
                self.discount_reason,
                self.discount_periods,
                self.discount_until,
            )?,
            tax: taxes.get(&tax).cloned().ok_or(Error::NotFound)?,
        };
        let next_start = self.billed_through.or(self.starts_on).unwrap_or(today);
        Ok(ContractLine {
            id: ContractLineId(self.id),
            plan: Choice { id: PlanId(self.plan_id), name: self.plan },
            kind: self.kind.parse()?,
            speed: speed(self.down_kbps, self.up_kbps)?,
            description: self.description,
            price: agreed.for_period_from(next_start, self.next_invoice_on.unwrap_or(today)),
            discount: agreed.discount,
            tax: Choice { id: tax, name: self.tax },
            terms: terms(self.every.as_deref(), self.anchor_day, mode, first, last)?,
            alignment: self.alignment.parse()?,
            dates: LineDates {
                starts_on: self.starts_on,
                ends_on: self.ends_on,
                billed_through: self.billed_through,
                next_invoice_on: self.next_invoice_on,
            },
        })
    }
}

async fn money(
    connection: &mut Connection,
    contract: ContractId,
    customer: CustomerId,
    currency: Currency,
    today: NaiveDate,
) -> Result<ContractMoney> {
    let open_invoices = payments::open_invoices(connection, contract).await?;
    let credit = sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0) as "credit!" from open_credits where customer_id = $1 and currency = $2"#,
        customer.0,
        currency.code()
    )
    .fetch_one(&mut *connection)
    .await?;
    let late = open_invoices.iter().filter(|invoice| invoice.due_on < today);
    Ok(ContractMoney {
        owed: Money::sum(currency, open_invoices.iter().map(|invoice| invoice.open))?,
        overdue: Money::sum(currency, late.map(|invoice| invoice.open))?,
        credit: Money::new(credit, currency),
        open_invoices,
        last_payments: last_payments(connection, customer).await?,
    })
}

async fn last_payments(connection: &mut Connection, customer: CustomerId) -> Result<Vec<LastPayment>> {
    let rows = sqlx::query!(
        r#"select id, receipt, received_on, method, amount, currency as "currency: String" from payments
           where customer_id = $1 order by received_on desc, id desc limit $2"#,
        customer.0,
        PAYMENTS
    );
    rows.fetch_all(connection)
        .await?
        .into_iter()
        .map(|row| {
            Ok(LastPayment {
                id: PaymentId(row.id),
                receipt: row.receipt,
                received_on: row.received_on,
                method: row.method.parse()?,
                amount: Money::new(row.amount, row.currency.parse()?),
            })
        })
        .collect()
}

struct NetworkRow {
    id: i64,
    router_id: i64,
    router: String,
    access: String,
    pppoe_user: Option<String>,
    mac: Option<String>,
    ip: Option<String>,
    ipv6_prefix: Option<String>,
    onu_serial: Option<String>,
    released_at: Option<DateTime<Utc>>,
    technical_state: String,
    technical_since: Option<DateTime<Utc>>,
    technical_evidence: Option<serde_json::Value>,
    read_at: Option<DateTime<Utc>>,
}

async fn network(
    connection: &mut Connection,
    contract: ContractId,
    wanted: TechnicalState,
) -> Result<Option<ContractNetwork>> {
    let row = sqlx::query_as!(
        NetworkRow,
        r#"select s.id, s.router_id, r.name as router, s.access, s.pppoe_user, s.mac, host(s.ip) as ip,
                  s.ipv6_prefix::text as ipv6_prefix, s.onu_serial, s.released_at, s.technical_state, s.technical_since,
                  s.technical_evidence,
                  case when s.read_at is not null then greatest(s.read_at, r.read_whole_at) end as read_at
           from services s join routers r on r.id = s.router_id where s.contract_id = $1"#,
        contract.0
    );
    let Some(row) = row.fetch_optional(connection).await? else { return Ok(None) };
    Ok(Some(ContractNetwork {
        service: ServiceId(row.id),
        router: Choice { id: RouterId(row.router_id), name: row.router },
        access: row.access.parse()?,
        pppoe_user: row.pppoe_user,
        mac: row.mac.map(|mac| mac.parse()).transpose()?,
        ip: row.ip.map(|ip| ip.parse()).transpose()?,
        ipv6_prefix: row.ipv6_prefix.map(|prefix| prefix.parse()).transpose()?,
        onu_serial: row.onu_serial,
        released_at: row.released_at,
        technical: Technical {
            state: row.technical_state.parse()?,
            wanted,
            since: row.technical_since,
            read_at: row.read_at,
            evidence: row.technical_evidence,
        },
    }))
}
