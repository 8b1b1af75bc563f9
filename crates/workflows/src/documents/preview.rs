//! What a template makes of a made-up document.

use documents::TemplateError;
use documents::paper::Issuer;
use domain::contact::Language;
use domain::letterhead::TemplateKind;
use domain::views::documents::TemplateProblem;

use super::Pdf;
use super::paper::{issuer, kind_of, off_the_threads};
use super::templates::told;
use crate::permit::{EditDocuments, Permit};
use crate::{Context, Result};

/// The sample document by `text`, or by the template in use when there is none; else what is wrong with it.
pub async fn preview(
    context: &Context,
    _: &Permit<EditDocuments>,
    kind: TemplateKind,
    text: Option<String>,
    language: Language,
) -> Result<Result<Pdf, Vec<TemplateProblem>>> {
    let mut connection = context.connection().await?;
    let rule = store::letterhead::tax_id_rule(&mut connection).await?;
    let issuer = issuer(&mut connection, &rule).await?;
    let logo = store::letterhead::logo(&mut connection).await?.map(|(bytes, _)| bytes);
    let text = match text {
        Some(text) => Some(text),
        None => store::document_templates::current(&mut connection, kind).await?,
    };
    drop(connection);
    let made = off_the_threads(move || {
        let text = text.unwrap_or_else(|| kind_of(kind).built_in().to_owned());
        try_out(kind, &text, language.word(), issuer, logo.as_deref())
    });
    Ok(match made.await? {
        Ok(bytes) => Ok(Pdf { name: format!("{kind}.pdf"), bytes }),
        Err(errors) => Err(errors.into_iter().map(told).collect()),
    })
}

pub(super) fn try_out(
    kind: TemplateKind,
    text: &str,
    language: &'static str,
    issuer: Issuer,
    logo: Option<&[u8]>,
) -> Result<Vec<u8>, Vec<TemplateError>> {
    let kind = kind_of(kind);
    documents::pdf(text, &documents::sample(kind, language, issuer), logo)
}
