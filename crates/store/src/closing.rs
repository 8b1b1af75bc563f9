//! A month counted from documents and payments alone: the journal is counted by itself.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::money::{Currency, Money};
use domain::views::accounts::BookPeriod;
use domain::views::closing::{CloseLine, TaxLine};
use rust_decimal::Decimal;

use crate::{Connection, Result};

/// What customers owed less what they had to their credit, at the end of a day.
pub async fn open_at(connection: &mut Connection, day: NaiveDate) -> Result<BTreeMap<Currency, Decimal>> {
    let rows = sqlx::query!(
        r#"select currency as "currency!: String", sum(owed - credit) as "amount!" from open_on($1) group by currency"#,
        day
    );
    rows.fetch_all(connection).await?.into_iter().map(|row| Ok((row.currency.parse()?, row.amount))).collect()
}

/// What happened in the period, by what it was and how money came or went.
pub async fn lines(connection: &mut Connection, period: BookPeriod) -> Result<Vec<CloseLine>> {
    let rows = sqlx::query!(
        r#"select item as "item!", method as "method?", currency as "currency!: String", sum(amount) as "amount!"
           from (
               select case kind when 'invoice' then 'invoiced' else 'credited' end as item, null::text as method, currency,
                      case kind when 'invoice' then total else -total end as amount
               from invoices where state in ('issued', 'void') and issued_on between $1 and $2
               union all
               select 'voided', null, currency, case kind when 'invoice' then -total else total end
               from invoices where voided_on between $1 and $2
               union all
               select 'collected', method, currency, -amount from payments where received_on between $1 and $2
               union all
               select 'refunded', r.method, coalesce(p.currency, n.currency), r.amount
               from refunds r
               left join payments p on p.id = r.payment_id
               left join invoices n on n.id = r.credit_note_id
               where r.refunded_on between $1 and $2
               union all
               select 'reversed', p.method, p.currency, p.amount
               from reversals v join payments p on p.id = v.payment_id
               where v.reversed_on between $1 and $2) happened
           group by item, method, currency
           order by array_position(array['invoiced', 'credited', 'voided', 'collected', 'refunded', 'reversed'], item),
                    method, currency"#,
        period.from,
        period.to
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        Ok(CloseLine {
            item: row.item.parse()?,
            method: row.method.map(|method| method.parse()).transpose()?,
            amount: Money::new(row.amount, row.currency.parse()?),
        })
    });
    rows.collect()
}

/// The tax of what was issued in the period, less that of what was taken back in it.
pub async fn taxes(connection: &mut Connection, period: BookPeriod) -> Result<Vec<TaxLine>> {
    let rows = sqlx::query!(
        r#"with documents as (
               select id, currency, untaxed, tax, case kind when 'invoice' then 1 else -1 end as sign
               from invoices where state in ('issued', 'void') and issued_on between $1 and $2
               union all
               select id, currency, untaxed, tax, case kind when 'invoice' then -1 else 1 end
               from invoices where voided_on between $1 and $2)
           select currency as "currency!: String", percent as "percent?", sum(untaxed) as "untaxed!", sum(tax) as "tax!"
           from (
               select d.currency, l.tax_percent as percent, d.sign * l.untaxed as untaxed, d.sign * l.tax as tax
               from documents d join invoice_lines l on l.invoice_id = d.id
               union all
               select d.currency, null, d.sign * (d.untaxed - coalesce(sum(l.untaxed), 0)),
                      d.sign * (d.tax - coalesce(sum(l.tax), 0))
               from documents d left join invoice_lines l on l.invoice_id = d.id
               group by d.id, d.currency, d.sign, d.untaxed, d.tax) charged
           group by currency, percent having sum(untaxed) <> 0 or sum(tax) <> 0
           order by currency, percent nulls last"#,
        period.from,
        period.to
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| {
        let currency = row.currency.parse()?;
        Ok(TaxLine {
            percent: row.percent,
            untaxed: Money::new(row.untaxed, currency),
            tax: Money::new(row.tax, currency),
        })
    });
    rows.collect()
}

/// Of what was invoiced in the period: what being late cost.
pub async fn late_fees(connection: &mut Connection, period: BookPeriod) -> Result<BTreeMap<Currency, Decimal>> {
    let rows = sqlx::query!(
        r#"select i.currency as "currency!: String", sum(i.total) as "amount!"
           from late_fees f join invoices i on i.id = f.fee_invoice_id
           where i.state in ('issued', 'void') and i.issued_on between $1 and $2 group by i.currency"#,
        period.from,
        period.to
    );
    rows.fetch_all(connection).await?.into_iter().map(|row| Ok((row.currency.parse()?, row.amount))).collect()
}

/// What was taken for the state with payments of the period, less that of payments which bounced in it.
pub async fn payment_taxes(connection: &mut Connection, period: BookPeriod) -> Result<BTreeMap<Currency, Decimal>> {
    let rows = sqlx::query!(
        r#"select currency as "currency!: String", sum(amount) as "amount!"
           from (
               select x.currency, x.amount from payment_taxes x join payments p on p.id = x.payment_id
               where p.received_on between $1 and $2
               union all
               select x.currency, -x.amount from payment_taxes x join reversals v on v.payment_id = x.payment_id
               where v.reversed_on between $1 and $2) taken
           group by currency"#,
        period.from,
        period.to
    );
    rows.fetch_all(connection).await?.into_iter().map(|row| Ok((row.currency.parse()?, row.amount))).collect()
}
