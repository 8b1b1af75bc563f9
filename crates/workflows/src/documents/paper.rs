//! From content to PDF: who issues it, for whom, by which template.

use documents::paper::{Content, Issuer, Paper, Party};
use documents::{Kind, TemplateError};
use domain::ids::CustomerId;
use domain::letterhead::TemplateKind;
use domain::tax_id::TaxIdRule;

use super::words::Words;
use super::{Pdf, Reader};
use crate::permit::Verb;
use crate::{Error, Result};

/// The kind that the typesetter knows.
pub(super) fn kind_of(kind: TemplateKind) -> Kind {
    match kind {
        TemplateKind::Invoice => Kind::Invoice,
        TemplateKind::Quote => Kind::Quote,
        TemplateKind::Receipt => Kind::Receipt,
        TemplateKind::Statement => Kind::Statement,
        TemplateKind::Contract => Kind::Contract,
    }
}

/// The words of a customer's language.
pub(super) async fn words_of(connection: &mut store::Connection, customer: CustomerId) -> Result<Words> {
    Ok(Words(store::customers::get(connection, customer).await?.facts.language))
}

/// What is particular to one document; the rest follows from the customer and the company.
pub(super) struct Sheet {
    pub kind: TemplateKind,
    pub customer: CustomerId,
    /// Street and city, where the document has one.
    pub address: Option<(String, String)>,
    /// For the file's name.
    pub number: String,
    pub doc: Content,
}

/// The sheet as a PDF, by the provider's template. Where that one fails, the built-in one stands in: staff read why on
/// the document, customers get it without.
pub(super) async fn print<V: Verb>(
    connection: &mut store::Connection,
    reader: &Reader<V>,
    sheet: Sheet,
) -> Result<Pdf> {
    print_and_tell(connection, reader.is_staff(), sheet).await
}

/// The same for what is sent to the customer.
pub(super) async fn print_for_customer(connection: &mut store::Connection, sheet: Sheet) -> Result<Pdf> {
    print_and_tell(connection, false, sheet).await
}

async fn print_and_tell(connection: &mut store::Connection, tells_errors: bool, sheet: Sheet) -> Result<Pdf> {
    let rule = store::letterhead::tax_id_rule(connection).await?;
    let (party, words) = party(connection, &sheet, &rule).await?;
    let paper = Paper {
        language: words.code(),
        issuer: issuer(connection, &rule).await?,
        customer: party,
        notice: String::new(),
        doc: sheet.doc,
    };
    let own = store::document_templates::current(connection, sheet.kind).await?;
    let logo = store::letterhead::logo(connection).await?.map(|(bytes, _)| bytes);
    let tells = tells_errors.then_some(words);
    let bytes = off_the_threads(move || typeset(sheet.kind, own.as_deref(), paper, logo.as_deref(), tells)).await?;
    Ok(Pdf { name: file_name(&sheet.number), bytes: bytes.map_err(|errors| Error::internal(NoDocument(errors)))? })
}

fn typeset(
    kind: TemplateKind,
    own: Option<&str>,
    mut paper: Paper,
    logo: Option<&[u8]>,
    tells: Option<Words>,
) -> Result<Vec<u8>, Vec<TemplateError>> {
    let kind = kind_of(kind);
    if let Some(own) = own {
        match documents::pdf(own, &paper, logo) {
            Ok(bytes) => return Ok(bytes),
            Err(errors) => paper.notice = tells.map(|words| notice(words, &errors)).unwrap_or_default(),
        }
    }
    // Without the logo, should it be what fails.
    documents::pdf(kind.built_in(), &paper, logo).or_else(|_| documents::pdf(kind.built_in(), &paper, None))
}

fn notice(words: Words, errors: &[TemplateError]) -> String {
    let error = errors.first().map(|error| match error.line {
        Some(line) => format!("{} {line}: {}", words.say("línea", "line"), error.message),
        None => error.message.clone(),
    });
    let said = words.say(
        "Su plantilla tiene un error y se usó la incluida. El cliente no ve este aviso.",
        "Your template has an error and the built-in one was used. The customer does not see this note.",
    );
    format!("{said} {}", error.unwrap_or_default())
}

/// Typesetting computes: it must not keep others from being answered.
pub(crate) async fn off_the_threads<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

/// Even the built-in template failed.
#[derive(Debug, thiserror::Error)]
#[error("no document: {0:?}")]
pub(crate) struct NoDocument(pub Vec<TemplateError>);

pub(crate) async fn issuer(connection: &mut store::Connection, rule: &TaxIdRule) -> Result<Issuer> {
    let company = store::company::get(connection).await?;
    let letterhead = store::letterhead::get(connection).await?;
    Ok(Issuer {
        name: company.name,
        legal_name: letterhead.legal_name,
        tax_id_name: rule.name.clone(),
        tax_id: letterhead.tax_id,
        address: letterhead.address,
        phone: letterhead.phone,
        email: letterhead.email,
        website: letterhead.website,
        how_to_pay: letterhead.how_to_pay,
    })
}

async fn party(connection: &mut store::Connection, sheet: &Sheet, rule: &TaxIdRule) -> Result<(Party, Words)> {
    let customer = store::customers::get(connection, sheet.customer).await?;
    let facts = customer.facts;
    let address = sheet.address.as_ref().map(|(street, city)| match city.as_str() {
        "" => street.clone(),
        city => format!("{street}, {city}"),
    });
    let party = Party {
        name: facts.name,
        reference: customer.reference,
        tax_id_name: rule.name.clone(),
        tax_id: facts.tax_id.unwrap_or_default(),
        address: address.unwrap_or_default(),
        phone: facts.phone.map(|phone| phone.to_string()).unwrap_or_default(),
        email: facts.email.map(|email| email.to_string()).unwrap_or_default(),
    };
    Ok((party, Words(facts.language)))
}

/// Numbers have patterns that people type: only what is safe in a header and on a disk stays.
fn file_name(number: &str) -> String {
    let safe: String = number
        .chars()
        .map(|sign| if sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.') { sign } else { '-' })
        .collect();
    format!("{safe}.pdf")
}
