//! What the pages of documents ask the server. PDFs and the logo have addresses of their own, under `/documents`.

use domain::letterhead::TemplateKind;
use domain::views::documents::{DocumentSettings, LetterheadForm, TemplateDetail};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::failure::AppError;
#[cfg(feature = "ssr")]
use {crate::api, workflows::documents, workflows::permit::EditDocuments};

#[server(input = GetUrl)]
pub async fn show_document_settings() -> Result<DocumentSettings, AppError> {
    let (context, permit) = api::permit::<EditDocuments>()?;
    Ok(documents::show_settings(&context, &permit).await?)
}

#[server]
pub async fn save_letterhead(letterhead: LetterheadForm) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditDocuments>()?;
    documents::save_letterhead(&context, &permit, &letterhead).await?;
    api::go_to("/office/documents?done=saved");
    Ok(())
}

#[server(input = GetUrl)]
pub async fn show_template(kind: TemplateKind) -> Result<TemplateDetail, AppError> {
    let (context, permit) = api::permit::<EditDocuments>()?;
    Ok(documents::show_template(&context, &permit, kind).await?)
}

#[server]
pub async fn save_template(kind: TemplateKind, #[server(default)] text: String) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditDocuments>()?;
    documents::save_template(&context, &permit, kind, &text).await?;
    api::go_to(&format!("/office/documents/{kind}?done=saved"));
    Ok(())
}

#[server]
pub async fn restore_template(kind: TemplateKind, #[server(default)] version: Option<i64>) -> Result<(), AppError> {
    let (context, permit) = api::permit::<EditDocuments>()?;
    documents::restore_template(&context, &permit, kind, version).await?;
    api::go_to(&format!("/office/documents/{kind}?done=saved"));
    Ok(())
}
