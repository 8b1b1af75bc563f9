//! Templates: looked at, changed, and brought back.

use documents::TemplateError;
use domain::failure::{Failure, Problem, required};
use domain::letterhead::TemplateKind;
use domain::views::documents::{TemplateDetail, TemplateProblem};
use serde::Serialize;

use super::paper::{kind_of, off_the_threads};
use super::preview::try_out;
use crate::permit::{EditDocuments, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

pub async fn show_template(context: &Context, _: &Permit<EditDocuments>, kind: TemplateKind) -> Result<TemplateDetail> {
    let mut connection = context.connection().await?;
    let own = store::document_templates::current(&mut connection, kind).await?;
    let broken = match &own {
        Some(own) => problems(&mut connection, kind, own.clone()).await?,
        None => Vec::new(),
    };
    Ok(TemplateDetail {
        kind,
        built_in: own.is_none(),
        text: own.unwrap_or_else(|| kind_of(kind).built_in().to_owned()),
        broken,
        versions: store::document_templates::versions(&mut connection, kind).await?,
    })
}

/// Puts a template into use. Earlier ones are kept.
///
/// # Errors
/// `Fields`: `NotATemplate` with what is wrong and where, since no document could be made with it.
pub async fn save_template(
    context: &Context,
    permit: &Permit<EditDocuments>,
    kind: TemplateKind,
    text: &str,
) -> Result<()> {
    let text = text.replace("\r\n", "\n");
    required(&text, documents::LARGEST_TEMPLATE).map_err(|problem| Failure::field("text", problem))?;
    let mut connection = context.connection().await?;
    if let Some(problem) = problems(&mut connection, kind, text.clone()).await?.into_iter().next() {
        let problem = Problem::NotATemplate { line: problem.line, message: problem.message };
        return Err(Failure::field("text", problem).into());
    }
    drop(connection);
    let own = (text.trim() != kind_of(kind).built_in().trim()).then_some(text);
    put_into_use(context, permit, kind, own.as_deref()).await
}

/// Puts an earlier version into use; `None`, the one that comes with the product. It is not tried out first: should it
/// fail, the built-in one stands in.
///
/// # Errors
/// `NotFound` for a version of another kind.
pub async fn restore_template(
    context: &Context,
    permit: &Permit<EditDocuments>,
    kind: TemplateKind,
    version: Option<i64>,
) -> Result<()> {
    let own = match version {
        None => None,
        Some(id) => store::document_templates::version(&mut *context.connection().await?, kind, id).await?,
    };
    put_into_use(context, permit, kind, own.as_deref()).await
}

async fn put_into_use(
    context: &Context,
    permit: &Permit<EditDocuments>,
    kind: TemplateKind,
    own: Option<&str>,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let before = store::document_templates::current(&mut transaction, kind).await?;
    store::document_templates::save(&mut transaction, kind, own, context.clock.now(), permit.actor().user_id()).await?;
    let index = TemplateKind::ALL.iter().position(|other| *other == kind).and_then(|index| i64::try_from(index).ok());
    let subject = Subject { kind: "template", id: index.unwrap_or_default() + 1 };
    let (before, after) = (Audited::of(kind, before.as_deref()), Audited::of(kind, own));
    audit(context, &mut transaction, permit, subject, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// What keeps a template from making the sample document, in either language.
async fn problems(
    connection: &mut store::Connection,
    kind: TemplateKind,
    text: String,
) -> Result<Vec<TemplateProblem>> {
    let logo = store::letterhead::logo(connection).await?.map(|(bytes, _)| bytes);
    let tried = off_the_threads(move || {
        ["es", "en"].into_iter().find_map(|language| {
            try_out(kind, &text, language, documents::paper::Issuer::default(), logo.as_deref()).err()
        })
    });
    Ok(tried.await?.unwrap_or_default().into_iter().map(told).collect())
}

pub(super) fn told(error: TemplateError) -> TemplateProblem {
    TemplateProblem { line: error.line, message: error.message }
}

/// As the audit shows it.
#[derive(Serialize)]
struct Audited<'a> {
    kind: TemplateKind,
    built_in: bool,
    text: Option<&'a str>,
}

impl<'a> Audited<'a> {
    fn of(kind: TemplateKind, text: Option<&'a str>) -> Self {
        Self { kind, built_in: text.is_none(), text }
    }
}
