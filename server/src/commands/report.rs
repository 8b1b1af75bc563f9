//! `ramal report`: figures as CSV, for people who compare.

use std::io::{self, Write};

use clap::{Args, Subcommand};
use csv::{Terminator, WriterBuilder};
use workflows::permit::{Actor, SeeInvoices};
use workflows::reports;

use crate::context::context;
use crate::database::Database;
use crate::failure::Failure;
use crate::settings::Settings;

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    report: Report,
}

#[derive(Clone, Copy, Subcommand)]
enum Report {
    /// What each customer owes; negative is credit
    Balances,
    /// What each contract is invoiced next
    NextInvoices,
}

pub async fn run(settings: Settings, arguments: Arguments) -> Result<(), Failure> {
    let database = Database::open(&settings).await?;
    let context = context(&settings, &database).await?;
    let permit = Actor::System { name: "report" }.permit::<SeeInvoices>()?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    match arguments.report {
        Report::Balances => {
            rows.push(vec!["partner_ref".to_owned(), "open_balance".to_owned()]);
            let balances = reports::balances(&context, &permit).await?;
            rows.extend(balances.into_iter().map(|(reference, balance)| vec![reference, balance.to_string()]));
        }
        Report::NextInvoices => {
            rows.push(["contract_code", "invoice_date", "untaxed", "total"].map(str::to_owned).to_vec());
            let next = reports::next_invoices(&context, &permit).await?;
            rows.extend(next.into_iter().map(|(code, invoice)| {
                vec![code, invoice.on.to_string(), invoice.untaxed.to_string(), invoice.total.to_string()]
            }));
        }
    }
    drop(context);
    database.close().await;
    print(&rows)
}

fn print(rows: &[Vec<String>]) -> Result<(), Failure> {
    let mut out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(io::stdout().lock());
    for row in rows {
        out.write_record(row)?;
    }
    out.into_inner().map_err(|error| Failure::new(error.into_error()))?.flush()?;
    Ok(())
}
