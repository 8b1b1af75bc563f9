//! Makes the demo provider in an empty database.

use chrono::{DateTime, Utc};
use domain::views::documents::LetterheadForm;
use lab::messages::Receiver;
use workflows::Context;
use workflows::demo::{self, PASSWORD};
use workflows::documents;
use workflows::import::odoo::{self, File, Files, Mode};
use workflows::permit::{
    Actor, EditDocuments, EditPlant, EditPortalAccess, EditUsers, Import, OpenTickets, RunBusinessDay,
};

use crate::failure::Failure;

/// The story begins on the morning after Odoo wrote its export.
const BEGINS: &str = "2026-11-21T15:00:00Z";
/// Whose portal the demo's customer sees.
const CUSTOMER: &str = "CLI00001";

/// The export in the program itself, so that a demo needs nothing beside it.
macro_rules! export {
    ($($file:ident = $name:literal),* $(,)?) => {
        Files::from([$((File::$file, include_bytes!(concat!("../../demo/odoo/", $name)).to_vec())),*])
    };
}

/// Sets the clock of a new demo; one that was made before goes on where its clock stands. Answers whether it is new.
///
/// # Errors
/// A database with a real provider's customers in it is left alone.
pub async fn begin(context: &Context) -> Result<bool, Failure> {
    if demo::is_demo(context).await? {
        return Ok(false);
    }
    if demo::has_customers(context).await? {
        return Err(Failure::new("this database has customers of its own: choose another --data-dir for the demo"));
    }
    let permit = actor().permit::<RunBusinessDay>()?;
    demo::begin(context, &permit, BEGINS.parse::<DateTime<Utc>>()?).await?;
    Ok(true)
}

/// Brings the customers over and adds somebody of every role.
pub async fn fill(context: &Context) -> Result<(), Failure> {
    let files = export! {
        Partners = "res.partner.csv",
        Products = "product.product.csv",
        Contracts = "contract.contract.csv",
        Documents = "account.move.csv",
        Payments = "account.payment.csv",
        Reconciliations = "account.partial.reconcile.csv",
    };
    let damaged = |_| Failure::new("the demo's own data cannot be read");
    let records = odoo::read(&files).map_err(damaged)?;
    let options = odoo::Options { today: context.clock.today(), currency: demo::currency(context).await? };
    let plan = odoo::plan(&records, options);
    let permit = actor().permit::<Import>()?;
    odoo::apply(context, &permit, &plan, Mode::Write, |progress| {
        if progress.done % 50 == 0 {
            eprintln!("demo: {} of {} customers", progress.done, progress.of);
        }
    })
    .await?;
    demo::add_people(context, &actor().permit::<EditUsers>()?, CUSTOMER).await?;
    demo::add_examples(context, &actor().permit::<EditUsers>()?, CUSTOMER).await?;
    demo::fill_stock(context, &actor().permit::<EditUsers>()?).await?;
    demo::schedule_reports(context, &actor().permit::<EditUsers>()?).await?;
    demo::report_faults(context, &actor().permit::<OpenTickets>()?, CUSTOMER).await?;
    demo::build_plant(context, &actor().permit::<EditPlant>()?).await?;
    demo::send_technicians(context, &actor().permit::<EditUsers>()?, CUSTOMER).await?;
    let permit = actor().permit::<EditDocuments>()?;
    documents::save_letterhead(context, &permit, &letterhead()).await?;
    documents::save_logo(context, &permit, include_bytes!("../../demo/logo.svg")).await?;
    demo::open_portal(context, &actor().permit::<EditPortalAccess>()?).await?;
    Ok(())
}

/// What the demo's documents say of their issuer.
fn letterhead() -> LetterheadForm {
    let text = str::to_owned;
    LetterheadForm {
        legal_name: text("Fibra del Sur, S.A. de C.V."),
        address: text("Av. Independencia 412\n68000 Oaxaca de Juárez"),
        phone: text("+52 951 555 0100"),
        email: text("hola@fibradelsur.example"),
        website: text("fibradelsur.example"),
        how_to_pay: text(
            "En nuestra oficina, o por transferencia: Banco del Sur, cuenta 0123 4567 8901.\nAvise su transferencia en el portal, con la referencia.",
        ),
        ..LetterheadForm::default()
    }
}

/// Prints who may sign in, and where what would ring can be read.
pub fn print_logins(url: &str, messages: Option<&Receiver>) {
    println!("\nThe demo is at {url}. Everybody's password is {PASSWORD}:");
    for user in demo::users() {
        println!("  {:<12} {}", user.role.to_string(), user.email);
    }
    if let Some(messages) = messages {
        println!("WhatsApp and SMS messages can be read at {}messages", messages.url());
    }
    println!();
}

fn actor() -> Actor {
    Actor::System { name: "demo" }
}
