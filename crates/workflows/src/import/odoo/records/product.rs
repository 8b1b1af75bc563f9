use domain::{
    plan::Speed,
    price::{Percent, UnitPrice},
};

use super::Record;
use crate::import::odoo::{
    problems::{ExternalId, Fault, File, What},
    table::{Group, Row},
};

/// What is sold.
#[derive(Clone, Debug)]
pub struct Product {
    pub id: ExternalId,
    pub line: u64,
    pub code: String,
    pub name: String,
    pub price: UnitPrice,
    pub tax: Tax,
    /// `None` for what has no speed of its own, such as a fixed address.
    pub speed: Option<Speed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tax {
    /// Empty where nothing is taxed.
    pub name: String,
    pub rate: Percent,
}

impl Record for Product {
    const FILE: File = File::Products;
    const NEEDS: &[&str] = &["id"];
    const OWNER: Option<&str> = None;

    fn read(group: &Group<'_>) -> Result<Self, Fault> {
        let row = group.head()?;
        let name = row.filled("name")?.to_owned();
        Ok(Self {
            id: row.id("id")?,
            line: row.line,
            code: row.optional("default_code")?.unwrap_or(&name).to_owned(),
            name,
            price: row.parsed("list_price", |text| text.parse().ok())?,
            tax: Tax::read(&row, "taxes_id/name")?,
            speed: speed(&row)?,
        })
    }

    fn id(&self) -> Option<(&ExternalId, u64)> {
        Some((&self.id, self.line))
    }
}

impl Tax {
    /// Odoo leaves the rate's own column empty when it exports a tax inside another record, so the rate is the number
    /// before the percent sign of its name: `IVA 16%`.
    pub(super) fn read(row: &Row<'_>, column: &str) -> Result<Self, Fault> {
        let name = row.text(column)?.to_owned();
        let number = name.strip_suffix('%').map(|name| name.trim_end().rsplit(' ').next().unwrap_or_default());
        let rate = match number {
            None if name.is_empty() => Percent::ZERO,
            number => number
                .and_then(|number| number.parse().ok())
                .ok_or_else(|| row.fault(What::bad_value(column, &name)))?,
        };
        Ok(Self { name, rate })
    }
}

fn speed(row: &Row<'_>) -> Result<Option<Speed>, Fault> {
    let kbps = |column| row.parsed(column, |mbps| mbps.parse::<u32>().ok()?.checked_mul(1000));
    let speed = Speed { down_kbps: kbps("x_down_mbps")?, up_kbps: kbps("x_up_mbps")? };
    Ok(Some(speed).filter(|speed| speed.down_kbps > 0 && speed.up_kbps > 0))
}
