//! `ramal onboard`: finds routers from the factory, shows what would be sent, asks, and makes them ours.

use std::collections::BTreeMap;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use app::i18n::{Locale, Words};
use app::office::onboarding::step_name;
use app::parts::because::because;
use clap::Args;
use domain::failure::{Failure as Refusal, Problem};
use domain::ids::OnboardingId;
use domain::network::Because;
use domain::views::onboarding::{OnboardingDetail, OnboardingForm, OnboardingRow, OnboardingState, ScanForm};
use workflows::Context;
use workflows::onboarding::{self, Preloader};
use workflows::permit::{Actor, OnboardRouters, Permit};

use crate::context::context;
use crate::database::Database;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::worker;

/// How often is looked how far the work is.
const LOOK: Duration = Duration::from_millis(300);

#[derive(Args)]
pub struct Arguments {
    /// The addresses to look at, such as 192.168.88.0/28: private ones, at most 1024. Nothing else is touched
    #[arg(long, value_name = "RANGE")]
    subnet: String,
    /// Where routers from the factory listen
    #[arg(long, default_value_t = 8728)]
    port: u16,
    /// Addresses or networks that may manage the routers, with commas between them [default: this machine, as they see it]
    #[arg(long, value_name = "ADDRESSES")]
    server: Option<String>,
    /// File with the passwords of stickers: an address and its password on each line
    #[arg(long, value_name = "FILE")]
    passwords: Option<PathBuf>,
    /// Show what would be sent, and end
    #[arg(long)]
    dry_run: bool,
    /// Onboard without asking
    #[arg(long)]
    yes: bool,
}

struct Office<'a> {
    context: &'a Context,
    permit: Permit<OnboardRouters>,
    t: Words,
}

/// # Errors
/// A range that is refused, and a router that did not get through.
pub async fn run(settings: Settings, arguments: Arguments) -> Result<(), Failure> {
    let passwords = arguments.passwords.as_deref().map(read_passwords).transpose()?.unwrap_or_default();
    let database = Database::open(&settings).await?;
    let context = context(&settings, &database).await?;
    let permit = Actor::System { name: "onboard" }.permit::<OnboardRouters>()?;
    let office = Office { context: &context, permit, t: Words::of(language()) };
    let outcome = office.onboard(&arguments, &passwords).await;
    drop(context);
    database.close().await;
    outcome
}

impl Office<'_> {
    async fn onboard(&self, arguments: &Arguments, passwords: &BTreeMap<String, String>) -> Result<(), Failure> {
        let found = self.scan(arguments).await?;
        let mut ready = Vec::new();
        for router in found {
            if self.plan(&router, arguments, passwords).await? {
                ready.push(router.id);
            }
        }
        if ready.is_empty() || arguments.dry_run {
            println!("{}", self.t.onboarding.nothing_was_sent());
            return Ok(());
        }
        if !arguments.yes && !agreed(&self.t.onboarding.question(ready.len()))? {
            println!("{}", self.t.onboarding.nothing_was_sent());
            return Ok(());
        }
        for id in &ready {
            onboarding::start(self.context, &self.permit, *id).await?;
        }
        self.work(&ready).await
    }

    /// Looks at the range, and answers the routers in it that are not ours.
    async fn scan(&self, arguments: &Arguments) -> Result<Vec<OnboardingRow>, Failure> {
        let form = ScanForm { range: arguments.subnet.clone(), port: arguments.port.to_string() };
        let scan = onboarding::begin_scan(self.context, &self.permit, &form).await.map_err(refused)?;
        let finished = loop {
            self.preloader().drain().await?;
            let scans = onboarding::begin(self.context, &self.permit).await?.scans;
            let Some(own) = scans.into_iter().find(|own| own.id == scan) else { return Ok(Vec::new()) };
            if own.finished_at.is_some() {
                break own;
            }
            // A server that works on the same database has taken it.
            tokio::time::sleep(LOOK).await;
        };
        println!("{}", self.t.onboarding.scan_done(&finished.range, finished.asked, finished.found));
        let (mut rows, mut filter) = (Vec::new(), domain::views::onboarding::OnboardingFilter::default());
        let range: domain::onboarding::Range = finished.range.parse()?;
        let hosts: Vec<String> = range.hosts().map(|host| host.to_string()).collect();
        loop {
            let page = onboarding::list(self.context, &self.permit, &filter).await?;
            let last = page.number >= page.count();
            let own = page.rows.into_iter().filter(|row| row.router.is_none() && row.port == finished.port);
            rows.extend(own.filter(|row| hosts.contains(&row.host)));
            if last {
                return Ok(rows);
            }
            filter.page.0 += 1;
        }
    }

    fn preloader(&self) -> Preloader {
        Preloader::new(self.context.clone(), worker::consoles())
    }

    /// Shows what would be sent to a router. False when it cannot be onboarded now.
    async fn plan(
        &self,
        router: &OnboardingRow,
        arguments: &Arguments,
        passwords: &BTreeMap<String, String>,
    ) -> Result<bool, Failure> {
        let t = self.t;
        let detail = self.show(router.id).await?;
        let board = router.identity.as_ref().map(|own| format!(" · {} · {}", own.board, own.version));
        println!("\n{}{}", router.host, board.unwrap_or_default());
        if router.state == OnboardingState::Working {
            println!("  {}", t.onboarding.state_working());
            return Ok(false);
        }
        let server = arguments.server.clone().unwrap_or(detail.server);
        let password = passwords.get(&router.host).cloned().unwrap_or_default();
        let form = OnboardingForm { name: router.name.clone(), server, password };
        onboarding::prepare(self.context, &self.permit, router.id, &form).await.map_err(refused)?;
        let consoles = worker::consoles();
        if let Err(why) = onboarding::plan(self.context, consoles.as_ref(), &self.permit, router.id).await? {
            println!("  {}", because(&why, t));
            if matches!(why, Because::LoginRefused { .. }) {
                println!("  {}", t.onboarding.passwords_hint());
            }
            return Ok(false);
        }
        for planned in self.show(router.id).await?.plan {
            println!("  {}", step_name(planned.step, t));
            planned.commands.iter().for_each(|command| println!("    {command}"));
        }
        Ok(true)
    }

    async fn show(&self, id: OnboardingId) -> Result<OnboardingDetail, Failure> {
        Ok(onboarding::show(self.context, &self.permit, id).await?)
    }

    /// Works until every router is ours or stopped, and tells each step.
    async fn work(&self, routers: &[OnboardingId]) -> Result<(), Failure> {
        let preloader = self.preloader();
        let mut working = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let preloader = preloader.clone();
            working.spawn(async move {
                loop {
                    if !matches!(preloader.work().await, Ok(true)) {
                        tokio::time::sleep(LOOK).await;
                    }
                }
            });
        }
        let mut told = BTreeMap::new();
        loop {
            let mut all = Vec::new();
            for id in routers {
                let row = self.show(*id).await?.row;
                self.tell(&row, &mut told);
                all.push(row.state);
            }
            if all.iter().all(|state| matches!(state, OnboardingState::Registered | OnboardingState::Stopped)) {
                working.shutdown().await;
                preloader.release().await?;
                let stopped = all.iter().filter(|state| **state == OnboardingState::Stopped).count();
                return if stopped == 0 { Ok(()) } else { Err(Failure::new(self.t.onboarding.some_stopped(stopped))) };
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    fn tell(&self, row: &OnboardingRow, told: &mut BTreeMap<OnboardingId, String>) {
        let t = self.t;
        let why = row.because.as_ref().map(|why| because(why, t)).unwrap_or_default();
        let line = match (row.state, row.step) {
            (OnboardingState::Registered, _) => t.onboarding.now_ours(&row.host, &row.name),
            (OnboardingState::Stopped, _) => format!("{}: {} {why}", row.host, t.onboarding.state_stopped()),
            (_, Some(step)) if why.is_empty() => format!("{}: {}", row.host, step_name(step, t)),
            (_, Some(step)) => format!("{}: {} ({why})", row.host, step_name(step, t)),
            (_, None) => return,
        };
        if told.get(&row.id) != Some(&line) {
            println!("{line}");
            told.insert(row.id, line);
        }
    }
}

/// What a form refuses, as a sentence about the argument.
fn refused(error: workflows::Error) -> Failure {
    let workflows::Error::Refused(Refusal::Fields { fields }) = error else { return error.into() };
    let sentences = fields.iter().map(|wrong| {
        let argument = match wrong.field.as_str() {
            "range" => "--subnet",
            "server" => "--server",
            other => other,
        };
        let what = match &wrong.problem {
            Problem::NotARange => {
                "write a range such as 192.168.88.0/28 that begins where the network begins".to_owned()
            }
            Problem::RangeTooLarge { most } => format!("at most {most} addresses: split the range"),
            Problem::NotPrivate => "only private addresses are looked at".to_owned(),
            Problem::NotThisMachine => "a demo looks at this machine only: 127.0.0.0/8".to_owned(),
            Problem::Taken { by } => format!("{by} is another router's name"),
            Problem::Fixed => "the router holds another already".to_owned(),
            _ => "write addresses such as 10.0.0.5 or 10.0.0.0/24".to_owned(),
        };
        format!("{argument}: {what}")
    });
    Failure::usage(sentences.collect())
}

/// An address and its password on each line. What is on a sticker does not belong on a command line, where others see it.
fn read_passwords(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    let lines = text.lines().filter_map(|line| line.trim().split_once(char::is_whitespace));
    Ok(lines.map(|(address, password)| (address.to_owned(), password.trim().to_owned())).collect())
}

/// Without a terminal nobody can be asked, and the answer is no.
fn agreed(question: &str) -> io::Result<bool> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(false);
    }
    print!("\n{question} ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "s" | "si" | "sí"))
}

fn language() -> Locale {
    let said =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    said.and_then(|code| Locale::from_code(&code)).unwrap_or(Locale::En)
}
