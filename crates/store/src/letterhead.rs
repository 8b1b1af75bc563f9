//! What stands on the provider's documents: legal data, the logo, and the rules of tax numbers.

use domain::letterhead::Letterhead;
use domain::tax_id::TaxIdRule;

use crate::{Connection, Result};

/// Empty before anybody filled it in.
pub async fn get(connection: &mut Connection) -> Result<Letterhead> {
    let row = sqlx::query_as!(
        Letterhead,
        "select legal_name, tax_id, address, phone, email, website, how_to_pay from letterhead"
    );
    Ok(row.fetch_optional(connection).await?.unwrap_or_default())
}

pub async fn save(connection: &mut Connection, letterhead: &Letterhead) -> Result<()> {
    sqlx::query!(
        "insert into letterhead (legal_name, tax_id, address, phone, email, website, how_to_pay)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (only_one) do update set legal_name = excluded.legal_name, tax_id = excluded.tax_id,
             address = excluded.address, phone = excluded.phone, email = excluded.email, website = excluded.website,
             how_to_pay = excluded.how_to_pay",
        letterhead.legal_name,
        letterhead.tax_id,
        letterhead.address,
        letterhead.phone,
        letterhead.email,
        letterhead.website,
        letterhead.how_to_pay
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The logo with its format (`png` or `svg`).
pub async fn logo(connection: &mut Connection) -> Result<Option<(Vec<u8>, String)>> {
    let row =
        sqlx::query!(r#"select logo as "logo!", logo_format as "format!" from letterhead where logo is not null"#);
    Ok(row.fetch_optional(connection).await?.map(|row| (row.logo, row.format)))
}

/// `None` removes it.
pub async fn save_logo(connection: &mut Connection, logo: Option<(&[u8], &str)>) -> Result<()> {
    let (bytes, format) = logo.unzip();
    sqlx::query!(
        "insert into letterhead (logo, logo_format) values ($1, $2)
         on conflict (only_one) do update set logo = excluded.logo, logo_format = excluded.logo_format",
        bytes,
        format
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How tax numbers are where the company is.
pub async fn tax_id_rule(connection: &mut Connection) -> Result<TaxIdRule> {
    let row = sqlx::query_as!(
        TaxIdRule,
        "select name, pattern, example, check_weights, control_numbers from tax_ids
         where country = (select country from company) or country = 'ZZ' order by country = 'ZZ' limit 1"
    );
    Ok(row.fetch_one(connection).await?)
}
