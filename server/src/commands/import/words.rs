//! What the import says on a terminal, in Spanish and English side by side.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::contact::Language;
use domain::money::{Currency, Money};
use workflows::import::odoo::{Mode, Note, NoteKind, Outcome, Preview, Problem, Refusal, SkippedCustomer, Tally, What};

#[derive(Clone, Copy)]
pub struct Words(Language);

/// The same sentence in both languages; names in braces are those in scope.
macro_rules! say {
    ($words:ident, $spanish:literal, $english:literal) => {
        match $words.0 {
            Language::Spanish => format!($spanish),
            Language::English => format!($english),
        }
    };
}

impl Words {
    /// As `LC_ALL`, `LC_MESSAGES` or `LANG` say; English unless they say Spanish.
    pub fn of_the_terminal() -> Self {
        let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
        Self(if said.is_some_and(|value| value.starts_with("es")) { Language::Spanish } else { Language::English })
    }

    /// All lines of the preview: counts and sums, who is left out and why, what else to know.
    pub fn preview(self, preview: &Preview, tried: &Outcome) -> Vec<String> {
        let mut lines = self.counts(preview);
        let Outcome { imported, already_there, refused, new_routers } = tried;
        lines.push(say!(self, "Clientes que se importarían: {imported}", "Customers to import: {imported}"));
        if *already_there > 0 {
            lines.push(say!(
                self,
                "Ya importados antes, quedan como están: {already_there}",
                "Imported before, left as they are: {already_there}"
            ));
        }
        lines.extend(preview.problems.iter().map(|problem| self.problem(problem)));
        lines.extend(preview.skipped.iter().flat_map(|customer| self.skipped(customer)));
        lines.extend(refused.iter().map(|refusal| self.refusal(refusal)));
        lines.extend(new_routers.iter().map(|router| self.new_router(router)));
        lines.extend(preview.notes.iter().map(|note| self.note(note)));
        lines
    }

    fn counts(self, preview: &Preview) -> Vec<String> {
        let Preview {
            customers, contracts, contracts_closed: closed, contracts_suspended: suspended, products, ..
        } = preview;
        let tally = |tally: &Tally| format!("{} ({})", tally.count, sums(&tally.totals));
        let (invoices, notes, payments) =
            (tally(&preview.invoices), tally(&preview.credit_notes), tally(&preview.payments));
        let receivable = sums(&preview.receivable);
        vec![
            say!(self, "Clientes: {customers}", "Customers: {customers}"),
            say!(
                self,
                "Contratos: {contracts} ({closed} terminados, {suspended} suspendidos)",
                "Contracts: {contracts} ({closed} over, {suspended} suspended)"
            ),
            say!(self, "Planes: {products}", "Plans: {products}"),
            say!(self, "Facturas: {invoices}", "Invoices: {invoices}"),
            say!(self, "Notas de crédito: {notes}", "Credit notes: {notes}"),
            say!(self, "Pagos: {payments}", "Payments: {payments}"),
            say!(self, "Por cobrar: {receivable}", "Receivable: {receivable}"),
        ]
    }

    fn skipped(self, customer: &SkippedCustomer) -> Vec<String> {
        let name = match &customer.known_as {
            Some((reference, name)) => format!("{reference} {name}"),
            None => customer.id.to_string(),
        };
        let told = customer.problems.iter().map(|problem| {
            let problem = self.problem(problem);
            say!(self, "Se omite a {name}: {problem}", "Left out: {name}: {problem}")
        });
        told.collect()
    }

    fn refusal(self, refusal: &Refusal) -> String {
        let Refusal { reference, name, constraint } = refusal;
        say!(
            self,
            "Se omite a {reference} {name}: la base de datos ya tiene algo suyo o lo rechaza ({constraint})",
            "Left out: {reference} {name}: the database has something of theirs already, or refuses it ({constraint})"
        )
    }

    fn new_router(self, router: &str) -> String {
        say!(
            self,
            "El router {router} no existe: se crea en modo de prueba; indique después cómo llegar a él",
            "Router {router} does not exist: it is made in dry run; enter afterwards how to reach it"
        )
    }

    /// File, line and what is wrong there.
    pub fn problem(self, problem: &Problem) -> String {
        let what = self.what(&problem.what);
        match problem.line {
            Some(line) => format!("{}:{line}: {what}", problem.file),
            None => format!("{}: {what}", problem.file),
        }
    }

    fn what(self, what: &What) -> String {
        match what {
            What::MissingFile => say!(self, "falta el archivo", "the file is missing"),
            What::EmptyFile => say!(self, "el archivo está vacío", "the file is empty"),
            What::MissingColumn { column } => say!(self, "falta la columna {column}", "column {column} is missing"),
            What::BrokenRecord => say!(
                self,
                "el registro está incompleto o tiene comillas sin cerrar",
                "the record is incomplete, or has a quotation mark that is not closed"
            ),
            What::NotText => say!(self, "no es texto en UTF-8", "it is not text in UTF-8"),
            What::DuplicateId { id, first_line } => say!(
                self,
                "el registro {id} está dos veces; el primero está en la línea {first_line}",
                "record {id} stands twice; the first is in line {first_line}"
            ),
            What::Twice { column, value, first_line } => say!(
                self,
                "{column} {value} está dos veces; la primera en la línea {first_line}",
                "{column} {value} stands twice; first in line {first_line}"
            ),
            What::Empty { column } => say!(self, "{column} está vacío", "{column} is empty"),
            What::BadDate { column, value } => {
                say!(self, "{column}: {value:?} no es una fecha", "{column}: {value:?} is not a date")
            }
            What::BadNumber { column, value } => say!(
                self,
                "{column}: {value:?} no es un número que se pueda usar",
                "{column}: {value:?} is not a number that can be used"
            ),
            What::BadValue { column, value } => {
                say!(self, "{column}: no se entiende {value:?}", "{column}: {value:?} is not understood")
            }
            What::BadPeriod { text } => {
                say!(self, "no se entiende el periodo de {text:?}", "the period in {text:?} is not understood")
            }
            What::Unknown { column, value } => say!(
                self,
                "{column}: no hay ningún registro {value} que se pueda leer",
                "{column}: there is no record {value} that can be read"
            ),
            What::DoesNotAddUp { column, stated, computed } => say!(
                self,
                "{column} dice {stated}, pero la suma da {computed}",
                "{column} says {stated}, but it comes to {computed}"
            ),
            What::PeriodTwice { document, other } => say!(
                self,
                "{document} y {other} cobran los mismos días del mismo servicio",
                "{document} and {other} bill the same days of the same service"
            ),
            What::CustomersDiffer { debit, credit } => say!(
                self,
                "{debit} y {credit} son de clientes distintos",
                "{debit} and {credit} belong to different customers"
            ),
        }
    }

    fn note(self, note: &Note) -> String {
        let about = &note.about;
        match &note.kind {
            NoteKind::BillingDayDrifted { from, kept } => say!(
                self,
                "{about}: el día de cobro pasó del {from} al {kept}; se conserva el {kept}",
                "{about}: the billing day drifted from {from} to {kept}; {kept} is kept"
            ),
            NoteKind::NextInvoiceDiffers { odoo, ours } => {
                let (odoo, ours) = (self.invoice(odoo.as_ref()), self.invoice(ours.as_ref()));
                say!(
                    self,
                    "{about}: la próxima factura sería en Odoo {odoo}, aquí {ours}",
                    "{about}: the next invoice would be {odoo} in Odoo, and is {ours} here"
                )
            }
            NoteKind::WithoutPosition => {
                say!(self, "{about}: la instalación no tiene ubicación", "{about}: the installation has no position")
            }
            NoteKind::NotPosted => say!(
                self,
                "{about}: borrador o documento cancelado; no se importa",
                "{about}: a draft or cancelled document, which is not imported"
            ),
            NoteKind::NotReceived => say!(
                self,
                "{about}: pago que no se recibió; no se importa",
                "{about}: a payment that was not received, and is not imported"
            ),
            NoteKind::WithoutPeriod => {
                say!(self, "{about}: no dice qué días cobra", "{about}: does not tell which days it bills")
            }
        }
    }

    fn invoice(self, invoice: Option<&(NaiveDate, Money)>) -> String {
        match invoice {
            Some((on, amount)) => say!(self, "el {on} por {amount}", "on {on}, {amount}"),
            None => say!(self, "ninguna", "none"),
        }
    }

    pub fn progress(self, done: usize, of: usize, mode: Mode) -> String {
        match mode {
            Mode::Preview => say!(self, "Comprobando clientes: {done} de {of}", "Checking customers: {done} of {of}"),
            Mode::Write => say!(self, "Importando clientes: {done} de {of}", "Importing customers: {done} of {of}"),
        }
    }

    pub fn question(self) -> String {
        say!(self, "¿Importar ahora? [s/N]", "Import now? [y/N]")
    }

    pub fn nothing_was_written(self) -> String {
        say!(
            self,
            "No se escribió nada. Repita con --yes para importar.",
            "Nothing was written. Repeat with --yes to import."
        )
    }

    pub fn nothing_to_do(self) -> String {
        say!(self, "No hay nada que importar.", "There is nothing to import.")
    }

    pub fn done(self, outcome: &Outcome) -> String {
        let Outcome { imported, already_there, refused, .. } = outcome;
        let refused = refused.len();
        say!(
            self,
            "Clientes importados: {imported}; ya estaban: {already_there}; rechazados: {refused}",
            "Customers imported: {imported}; there before: {already_there}; refused: {refused}"
        )
    }
}

fn sums(totals: &BTreeMap<Currency, Money>) -> String {
    let sums: Vec<String> = totals.iter().map(|(currency, amount)| format!("{amount} {currency}")).collect();
    if sums.is_empty() { "0".to_owned() } else { sums.join(", ") }
}
