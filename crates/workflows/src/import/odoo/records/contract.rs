use std::net::IpAddr;

use chrono::NaiveDate;
use domain::{
    calendar::BillingMode,
    contact::Mac,
    position::Position,
    price::{Percent, Quantity, UnitPrice, parse_decimal},
    service::Access,
    service_settings::Login,
};

use super::Record;
use crate::import::odoo::{
    problems::{ExternalId, Fault, File, What},
    table::{Group, Row},
};

/// A contract of OCA's `contract` with the fields that a provider adds to it.
#[derive(Clone, Debug)]
pub struct Contract {
    pub id: ExternalId,
    pub line: u64,
    pub code: String,
    pub partner: ExternalId,
    /// The last day of service.
    pub date_end: Option<NaiveDate>,
    /// Empty when nothing is left to bill.
    pub next_date: Option<NaiveDate>,
    pub sector: Option<String>,
    /// How the service reaches the network; `None` when there is nothing to connect.
    pub service: Option<Service>,
    pub suspended: bool,
    pub address: Option<String>,
    pub position: Option<Position>,
    pub lines: Vec<ContractLine>,
}

#[derive(Clone, Debug)]
pub struct Service {
    pub router: String,
    pub login: Login,
    /// Of a PPPoE login, and never empty there.
    pub password: Option<String>,
    pub ip: Option<IpAddr>,
    pub onu_serial: Option<String>,
}

#[derive(Clone, Debug)]
pub struct ContractLine {
    pub id: ExternalId,
    pub line: u64,
    pub product: ExternalId,
    /// With `#START# - #END#` where Odoo writes the period.
    pub name: String,
    pub quantity: Quantity,
    pub price: UnitPrice,
    pub discount: Percent,
    pub rule: Rule,
    pub interval: u16,
    pub mode: BillingMode,
    pub date_start: NaiveDate,
    /// The last day of service.
    pub date_end: Option<NaiveDate>,
    pub next_date: Option<NaiveDate>,
    /// The last day that is on an invoice.
    pub last_date_invoiced: Option<NaiveDate>,
}

/// How OCA counts periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Days,
    Weeks,
    Months,
    /// Up to the end of the month, then whole months.
    MonthsToTheLastDay,
    Quarters,
    Semesters,
    Years,
}

const RULES: [(&str, Rule); 7] = [
    ("Day(s)", Rule::Days),
    ("Week(s)", Rule::Weeks),
    ("Month(s)", Rule::Months),
    ("Month(s) last day", Rule::MonthsToTheLastDay),
    ("Quarter(s)", Rule::Quarters),
    ("Semester(s)", Rule::Semesters),
    ("Year(s)", Rule::Years),
];
const MODES: [(&str, BillingMode); 2] = [("Pre-paid", BillingMode::Prepaid), ("Post-paid", BillingMode::Postpaid)];
const SERVICE_STATES: [(&str, bool); 2] = [("active", false), ("suspended", true)];

impl Record for Contract {
    const FILE: File = File::Contracts;
    const NEEDS: &[&str] = &["id", "partner_id/id"];
    const OWNER: Option<&str> = Some("partner_id/id");

    fn read(group: &Group<'_>) -> Result<Self, Fault> {
        let row = group.head()?;
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Ok(Self {
            id: row.id("id")?,
            line: row.line,
            code: row.filled("code")?.to_owned(),
            partner: row.id("partner_id/id")?,
            date_end: row.optional_date("date_end")?,
            next_date: row.optional_date("recurring_next_date")?,
            sector: owned(row.optional("x_sector")?),
            service: Service::read(&row)?,
            suspended: row.one_of("x_service_state", &SERVICE_STATES)?,
            address: owned(row.optional("x_installation_address")?),
            position: position(&row)?,
            lines: group.rows().map(|row| ContractLine::read(&row?)).collect::<Result<_, _>>()?,
        })
    }

    fn id(&self) -> Option<(&ExternalId, u64)> {
        Some((&self.id, self.line))
    }
}

impl Service {
    fn read(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        let Some(access) = row.optional_parsed("x_access")? else { return Ok(None) };
        let mac: Option<Mac> = row.optional_parsed("x_mac")?;
        let (login, password) = match (access, mac) {
            (Access::Pppoe, mac) => {
                let user = row.filled("x_pppoe_user")?.to_owned();
                (Login::Pppoe { user, mac }, Some(row.filled("x_pppoe_password")?.to_owned()))
            }
            (Access::Dhcp, Some(mac)) => (Login::Dhcp { mac }, None),
            (Access::Dhcp, None) => return Err(row.fault(What::Empty { column: "x_mac".to_owned() })),
        };
        Ok(Some(Self {
            router: row.filled("x_router")?.to_owned(),
            login,
            password,
            ip: row.optional_parsed("x_ip")?,
            onu_serial: row.optional("x_onu_serial")?.map(str::to_owned),
        }))
    }
}

impl ContractLine {
    fn read(row: &Row<'_>) -> Result<Self, Fault> {
        let (date_start, date_end) = (column("date_start"), column("date_end"));
        let line = Self {
            id: row.id(&column("id"))?,
            line: row.line,
            product: row.id(&column("product_id/id"))?,
            name: row.filled(&column("name"))?.to_owned(),
            quantity: row.parsed(&column("quantity"), |text| text.parse().ok())?,
            price: row.parsed(&column("price_unit"), |text| text.parse().ok())?,
            discount: row.parsed(&column("discount"), |text| text.parse().ok())?,
            rule: row.one_of(&column("recurring_rule_type"), &RULES)?,
            interval: row.parsed(&column("recurring_interval"), |text| text.parse().ok())?,
            mode: row.one_of(&column("recurring_invoicing_type"), &MODES)?,
            date_start: row.date(&date_start)?,
            date_end: row.optional_date(&date_end)?,
            next_date: row.optional_date(&column("recurring_next_date"))?,
            last_date_invoiced: row.optional_date(&column("last_date_invoiced"))?,
        };
        match line.date_end {
            Some(end) if end < line.date_start => {
                Err(row.fault(What::BadDate { column: date_end, value: end.to_string() }))
            }
            _ => Ok(line),
        }
    }
}

fn column(of_line: &str) -> String {
    format!("contract_line_ids/{of_line}")
}

fn position(row: &Row<'_>) -> Result<Option<Position>, Fault> {
    let degrees = |column| match row.optional(column)? {
        Some(_) => row.parsed(column, |text| parse_decimal(text).ok()).map(Some),
        None => Ok(None),
    };
    let (Some(latitude), Some(longitude)) = (degrees("x_latitude")?, degrees("x_longitude")?) else { return Ok(None) };
    let nowhere = |_| row.fault(What::bad_value("x_latitude", &format!("{latitude}, {longitude}")));
    Position::new(latitude, longitude).map(Some).map_err(nowhere)
}
