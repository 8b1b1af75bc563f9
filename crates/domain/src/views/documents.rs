//! The screens about documents: letterhead, templates.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, FormCheck, optional};
use crate::form;
use crate::letterhead::{Letterhead, TemplateKind};
use crate::tax_id::TaxIdRule;
use crate::words::words;

/// The page of documents: who issues them, and the templates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentSettings {
    /// The company's name, which stands where no legal name is given.
    pub company: String,
    pub tax_id: TaxIdRule,
    pub letterhead: Letterhead,
    pub has_logo: bool,
    pub templates: Vec<TemplateRow>,
}

/// Which template a kind has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateRow {
    pub kind: TemplateKind,
    /// `None`: the built-in one, never changed.
    pub saved: Option<TemplateVersion>,
}

/// One saving of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateVersion {
    pub id: i64,
    pub built_in: bool,
    pub saved_at: DateTime<Utc>,
    /// `None`: the system.
    pub saved_by: Option<String>,
}

/// The page of one template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateDetail {
    pub kind: TemplateKind,
    pub text: String,
    /// The text is the product's own.
    pub built_in: bool,
    /// What is wrong with the text; documents are made with the built-in template meanwhile.
    pub broken: Vec<TemplateProblem>,
    /// Newest first; the first is in use.
    pub versions: Vec<TemplateVersion>,
}

/// What is wrong with a template, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateProblem {
    /// Counted from one.
    pub line: Option<usize>,
    /// In English, as the typesetter says it.
    pub message: String,
}

words! {
    /// Why a file is no logo.
    pub enum LogoRefusal {
        TooLarge = "too_large",
        UnknownFormat = "unknown_format",
        /// An SVG with scripts or links.
        MoreThanADrawing = "more_than_a_drawing",
    }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LetterheadForm {
    pub legal_name: String,
    pub tax_id: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    pub website: String,
    pub how_to_pay: String,
}

impl LetterheadForm {
    pub fn check(&self, rule: &TaxIdRule) -> Result<Letterhead, Failure> {
        let mut check = FormCheck::default();
        let legal_name = check.take("legal_name", optional(&self.legal_name, 200));
        let tax_id = check.take("tax_id", rule.optional(&self.tax_id));
        let address = check.take("address", optional(&self.address, 500));
        let phone = check.take("phone", optional(&self.phone, 60));
        let email = check.take("email", form::optional_email(&self.email));
        let website = check.take("website", optional(&self.website, 100));
        let how_to_pay = check.take("how_to_pay", optional(&self.how_to_pay, 1000));
        let letterhead = (|| {
            Some(Letterhead {
                legal_name: legal_name?.unwrap_or_default(),
                tax_id: tax_id?.unwrap_or_default(),
                address: lines(&address?.unwrap_or_default()),
                phone: phone?.unwrap_or_default(),
                email: email?.map(String::from).unwrap_or_default(),
                website: website?.unwrap_or_default(),
                how_to_pay: lines(&how_to_pay?.unwrap_or_default()),
            })
        })();
        check.answer(letterhead)
    }
}

/// Browsers end lines in two signs.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

impl From<Letterhead> for LetterheadForm {
    fn from(letterhead: Letterhead) -> Self {
        Self {
            legal_name: letterhead.legal_name,
            tax_id: letterhead.tax_id,
            address: letterhead.address,
            phone: letterhead.phone,
            email: letterhead.email,
            website: letterhead.website,
            how_to_pay: letterhead.how_to_pay,
        }
    }
}
