//! Documents: who issues them, the logo, and the templates that they are made with.

pub mod api;
mod letterhead;
mod logo;
mod settings;
mod template;

pub use settings::DocumentsPage;
pub use template::TemplatePage;

use domain::letterhead::TemplateKind;

use crate::i18n::Words;

pub(super) fn template_name(kind: TemplateKind, t: Words) -> &'static str {
    match kind {
        TemplateKind::Invoice => t.documents.kind_invoice(),
        TemplateKind::Quote => t.documents.kind_quote(),
        TemplateKind::Receipt => t.documents.kind_receipt(),
        TemplateKind::Statement => t.documents.kind_statement(),
        TemplateKind::Contract => t.documents.kind_contract(),
    }
}
