//! `ramal import odoo DIR`: shows what it would do, asks, does it.

mod words;

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use workflows::Context;
use workflows::import::odoo::{self, File, Files, ImportPlan, Mode, Outcome, Progress};
use workflows::permit::{Actor, Import, Permit};

use crate::context::context;
use crate::database::Database;
use crate::failure::Failure;
use crate::settings::Settings;
use words::Words;

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    from: From,
}

#[derive(Subcommand)]
enum From {
    /// Odoo with OCA's contract module, as Odoo's own CSV export wrote it
    Odoo {
        /// The folder with res.partner.csv, contract.contract.csv, account.move.csv and the others
        dir: PathBuf,
        /// Import without asking
        #[arg(long)]
        yes: bool,
    },
}

/// # Errors
/// A folder that is none, files that nothing can be imported from, a database that is not there. Customers who are
/// left out are told and no error.
pub async fn run(settings: Settings, arguments: Arguments) -> Result<(), Failure> {
    let From::Odoo { dir, yes } = arguments.from;
    let words = Words::of_the_terminal();
    let files = read_files(&dir)?;
    let records = odoo::read(&files)
        .map_err(|problems| Failure::usage(problems.iter().map(|problem| words.problem(problem)).collect()))?;
    let database = Database::open(&settings).await?;
    let context = context(&settings, &database).await?;
    let permit = Actor::System { name: "import" }.permit::<Import>()?;
    let options = odoo::Options { today: context.clock.today(), currency: currency(&context).await? };
    let plan = odoo::plan(&records, options);
    let result = preview_and_import(&context, &permit, &plan, yes, words).await;
    drop(context);
    database.close().await;
    result
}

async fn preview_and_import(
    context: &Context,
    permit: &Permit<Import>,
    plan: &ImportPlan,
    yes: bool,
    words: Words,
) -> Result<(), Failure> {
    let tried = apply(context, permit, plan, Mode::Preview, words).await?;
    let mut out = io::stdout().lock();
    for line in words.preview(&plan.preview, &tried) {
        writeln!(out, "{line}")?;
    }
    drop(out);
    if tried.imported == 0 {
        println!("{}", words.nothing_to_do());
    } else if yes || agreed(words)? {
        let outcome = apply(context, permit, plan, Mode::Write, words).await?;
        println!("{}", words.done(&outcome));
    } else {
        println!("{}", words.nothing_was_written());
    }
    Ok(())
}

async fn apply(
    context: &Context,
    permit: &Permit<Import>,
    plan: &ImportPlan,
    mode: Mode,
    words: Words,
) -> Result<Outcome, Failure> {
    let on_a_terminal = io::stderr().is_terminal();
    let progress = |progress| show(progress, mode, on_a_terminal, words);
    Ok(odoo::apply(context, permit, plan, mode, progress).await?)
}

/// One line that is written over on a terminal, a line for every tenth elsewhere.
fn show(progress: Progress, mode: Mode, on_a_terminal: bool, words: Words) {
    let Progress { done, of } = progress;
    let text = words.progress(done, of, mode);
    if on_a_terminal {
        let end = if done == of { "\n" } else { "" };
        eprint!("\r{text}{end}");
    } else if done == of || done % of.div_ceil(10) == 0 {
        eprintln!("{text}");
    }
}

/// Without a terminal nobody can be asked, and the answer is no.
fn agreed(words: Words) -> io::Result<bool> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(false);
    }
    print!("{} ", words.question());
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "s" | "si" | "sí"))
}

fn read_files(dir: &Path) -> Result<Files, Failure> {
    let mut files = Files::new();
    if !dir.is_dir() {
        return Err(Failure::usage(vec![format!("{} is not a folder", dir.display())]));
    }
    for file in File::ALL {
        match std::fs::read(dir.join(file.name())) {
            Ok(bytes) => drop(files.insert(file, bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::new(format!("{}: {error}", dir.join(file.name()).display()))),
        }
    }
    Ok(files)
}

async fn currency(context: &Context) -> Result<domain::money::Currency, Failure> {
    let mut connection = context.connection().await?;
    Ok(store::company::get(&mut connection).await?.currency)
}
