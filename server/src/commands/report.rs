//! `ramal report`: figures as CSV, for people who compare.

use std::io::{self, Write};

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use csv::{Terminator, WriterBuilder};
use domain::views::accounts::JournalFilter;
use workflows::permit::{Actor, Permit, SeeAccounts, SeeInvoices};
use workflows::{Context, accounts, reports};

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
    /// The books of a period: this month, unless said otherwise
    Journal(Journal),
    /// Who owed for how long: today, unless said otherwise
    Aged(Day),
}

#[derive(Clone, Copy, Args)]
struct Day {
    /// At the end of which day, as in 2026-01-31
    #[arg(long)]
    on: Option<NaiveDate>,
}

#[derive(Clone, Copy, Args)]
struct Journal {
    /// The first day, as in 2026-01-31
    #[arg(long)]
    from: Option<NaiveDate>,
    /// The last day
    #[arg(long)]
    to: Option<NaiveDate>,
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    /// Plain text for hledger and Ledger
    Ledger,
}

pub async fn run(settings: Settings, arguments: Arguments) -> Result<(), Failure> {
    let database = Database::open(&settings).await?;
    let context = context(&settings, &database).await?;
    let actor = Actor::System { name: "report" };
    let text = match arguments.report {
        Report::Journal(journal) => journal_of(&context, &actor.permit()?, journal).await?,
        Report::Aged(day) => {
            let on = day.on.unwrap_or(context.clock.today());
            accounts::aged_csv(&context, &actor.permit()?, on).await?
        }
        report => figures(&context, &actor.permit()?, report).await?,
    };
    drop(context);
    database.close().await;
    Ok(io::stdout().lock().write_all(text.as_bytes())?)
}

async fn journal_of(context: &Context, permit: &Permit<SeeAccounts>, journal: Journal) -> Result<String, Failure> {
    let filter = JournalFilter { from: journal.from, to: journal.to, ..JournalFilter::default() };
    let period = filter.period(context.clock.today());
    Ok(match journal.format {
        Format::Csv => accounts::journal_csv(context, permit, period).await?,
        Format::Ledger => accounts::journal_ledger(context, permit, period).await?,
    })
}

async fn figures(context: &Context, permit: &Permit<SeeInvoices>, report: Report) -> Result<String, Failure> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    match report {
        Report::Balances => {
            rows.push(vec!["partner_ref".to_owned(), "open_balance".to_owned()]);
            let balances = reports::balances(context, permit).await?;
            rows.extend(balances.into_iter().map(|(reference, balance)| vec![reference, balance.to_string()]));
        }
        Report::NextInvoices => {
            rows.push(["contract_code", "invoice_date", "untaxed", "total"].map(str::to_owned).to_vec());
            let next = reports::next_invoices(context, permit).await?;
            rows.extend(next.into_iter().map(|(code, invoice)| {
                vec![code, invoice.on.to_string(), invoice.untaxed.to_string(), invoice.total.to_string()]
            }));
        }
        Report::Journal(_) | Report::Aged(_) => {}
    }
    csv(&rows)
}

fn csv(rows: &[Vec<String>]) -> Result<String, Failure> {
    let mut out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        out.write_record(row)?;
    }
    let bytes = out.into_inner().map_err(|error| Failure::new(error.into_error()))?;
    String::from_utf8(bytes).map_err(Failure::new)
}
