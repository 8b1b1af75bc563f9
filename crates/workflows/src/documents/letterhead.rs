//! Who issues documents, as the law wants it named.

use domain::views::documents::{DocumentSettings, LetterheadForm};

use crate::permit::{EditDocuments, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

pub(super) const SUBJECT: Subject = Subject { kind: "letterhead", id: 1 };

pub async fn show_settings(context: &Context, _: &Permit<EditDocuments>) -> Result<DocumentSettings> {
    let mut connection = context.connection().await?;
    Ok(DocumentSettings {
        company: store::company::get(&mut connection).await?.name,
        tax_id: store::letterhead::tax_id_rule(&mut connection).await?,
        letterhead: store::letterhead::get(&mut connection).await?,
        has_logo: store::letterhead::logo(&mut connection).await?.is_some(),
        templates: store::document_templates::list(&mut connection).await?,
    })
}

/// # Errors
/// `Fields`, among them a tax number that is none of the company's country.
pub async fn save_letterhead(context: &Context, permit: &Permit<EditDocuments>, form: &LetterheadForm) -> Result<()> {
    let mut transaction = context.begin().await?;
    let letterhead = form.check(&store::letterhead::tax_id_rule(&mut transaction).await?)?;
    let before = store::letterhead::get(&mut transaction).await?;
    store::letterhead::save(&mut transaction, &letterhead).await?;
    audit(context, &mut transaction, permit, SUBJECT, Some(&before), Some(&letterhead)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
