//! Who may come into a customer's portal, how they are let in, and what they read and accept there.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::customers::Contact;
use super::list::Choice;
use super::users::UserState;
use crate::contact::{Email, Phone};
use crate::contract::ContractStateName;
use crate::failure::{Failure, FormCheck, Problem, required};
use crate::form;
use crate::hotspot::Code;
use crate::ids::{ContractId, FileId, MessageId, PortalCodeId, UserId};
use crate::message::{Channel, Purpose};
use crate::password::Password;
use crate::portal::{Asking, PortalRight};

/// Everybody who may come in, or is asked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalPeople {
    pub people: Vec<Person>,
    /// Codes that still open; staff alone see them.
    pub codes: Vec<OpenCode>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub right: PortalRight,
    pub state: UserState,
    /// When a session of theirs last asked for something; unknown once its session is gone.
    pub seen_at: Option<DateTime<Utc>>,
}

/// A code that was handed out and not used yet. The code itself is nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCode {
    pub id: PortalCodeId,
    pub name: String,
    pub right: PortalRight,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Somebody to be invited by mail, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub name: String,
    pub email: String,
    pub right: String,
}

/// Somebody to whom a code is handed, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    pub name: String,
    pub right: String,
}

/// What somebody with a code types. `contact` is an e-mail address or a phone number that the provider knows already;
/// `email` is what they will sign in with, and may be blank where `contact` is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComeIn {
    pub code: String,
    pub contact: String,
    pub email: String,
    pub password: Password,
    pub repeated_password: Password,
}

/// `ComeIn` when nothing is wrong with it by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    pub code: Code,
    pub contact: String,
    pub email: Email,
}

impl PersonForm {
    pub fn check(&self) -> Result<(String, Email, PortalRight), Failure> {
        let mut check = FormCheck::default();
        let name = check.take("name", required(&self.name, 200));
        let email = check.take("email", email(&self.email));
        let right = check.take("right", form::choice(&self.right));
        check.answer((|| Some((name?, email?, right?)))())
    }
}

impl CodeForm {
    pub fn check(&self) -> Result<(String, PortalRight), Failure> {
        let mut check = FormCheck::default();
        let name = check.take("name", required(&self.name, 200));
        let right = check.take("right", form::choice(&self.right));
        check.answer(name.zip(right))
    }
}

impl ComeIn {
    pub fn check(&self) -> Result<Coming, Failure> {
        let mut check = FormCheck::default();
        let code = match self.code.trim() {
            "" => Err(Problem::Required),
            code => code.parse().map_err(|_| Problem::UnknownCode),
        };
        let code = check.take("code", code);
        let contact = check.take("contact", required(&self.contact, 254));
        let typed =
            if self.email.trim().is_empty() && self.contact.contains('@') { &self.contact } else { &self.email };
        let email = check.take("email", email(typed));
        check.take("password", self.password.check(typed));
        let repeated = if self.repeated_password == self.password { Ok(()) } else { Err(Problem::DoesNotMatch) };
        check.take("repeated_password", repeated);
        check.answer((|| Some(Coming { code: code?, contact: contact?, email: email? }))())
    }
}

fn email(typed: &str) -> Result<Email, Problem> {
    required(typed, 254)?.parse().map_err(|_| Problem::NotAnEmail)
}

/// A contract as its customer finds it among their documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractPaper {
    pub contract: Choice<ContractId>,
    pub state: ContractStateName,
    pub asking: Asking,
    /// The newest first.
    pub acceptances: Vec<Acceptance>,
}

/// A contract to be read and accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractToAccept {
    pub paper: ContractPaper,
    /// The SHA-256 of the PDF that is there to be read now, in hexadecimal: what is accepted is this one and no other.
    pub sha256: String,
}

/// That somebody accepted a contract as it was then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// As typed in place of a signature.
    pub name: String,
    /// Who was signed in.
    pub user: String,
    pub at: DateTime<Utc>,
    pub address: String,
    pub user_agent: String,
    /// The PDF as it was read, and its SHA-256 in hexadecimal.
    pub file: FileId,
    pub sha256: String,
    /// The contract still says the same.
    pub is_current: bool,
}

/// As typed; `sha256` is that of the PDF that the page showed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AcceptanceForm {
    pub name: String,
    pub agreed: bool,
    pub sha256: String,
}

impl AcceptanceForm {
    /// The name.
    pub fn check(&self) -> Result<String, Failure> {
        let mut check = FormCheck::default();
        let name = check.take("name", required(&self.name, 200));
        check.take("agreed", if self.agreed { Ok(()) } else { Err(Problem::Required) });
        check.answer(name)
    }
}

/// How the provider reaches the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub reference: String,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    /// Others to call.
    pub contacts: Vec<Contact>,
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    pub email: String,
    pub phone: String,
}

impl ProfileForm {
    pub fn check(&self) -> Result<(Option<Email>, Option<Phone>), Failure> {
        let mut check = FormCheck::default();
        let email = check.take("email", form::optional_email(&self.email));
        let phone = check.take("phone", form::optional_phone(&self.phone));
        check.answer(email.zip(phone))
    }
}

/// What was sent to the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    pub id: MessageId,
    pub at: DateTime<Utc>,
    pub channel: Channel,
    pub purpose: Purpose,
    /// Empty for what has none.
    pub subject: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeText {
    pub row: NoticeRow,
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_with_a_code_signs_in_with_the_address_on_record_unless_another_is_typed() {
        let form = ComeIn {
            code: Code::of([3; 9]).grouped().to_lowercase(),
            contact: "Ana@Example.com".to_owned(),
            password: Password::new("una clave bien larga"),
            repeated_password: Password::new("una clave bien larga"),
            ..ComeIn::default()
        };
        let coming = form.check().unwrap();
        assert_eq!((coming.code, coming.email.as_str()), (Code::of([3; 9]), "ana@example.com"));
        let by_phone = ComeIn { contact: "951 123 4567".to_owned(), ..form.clone() };
        assert_eq!(by_phone.check(), Err(Failure::field("email", Problem::Required)));
        let another = ComeIn { email: "eva@example.com".to_owned(), ..by_phone };
        assert_eq!(another.check().unwrap().email.as_str(), "eva@example.com");
        let mistyped = ComeIn { code: "2222222223".to_owned(), ..form };
        assert_eq!(mistyped.check(), Err(Failure::field("code", Problem::UnknownCode)));
    }

    #[test]
    fn a_contract_is_accepted_with_a_name_and_a_tick() {
        let form = AcceptanceForm { name: " Ana Pérez ".to_owned(), agreed: true, sha256: String::new() };
        assert_eq!(form.check(), Ok("Ana Pérez".to_owned()));
        let unticked = AcceptanceForm { agreed: false, ..form };
        assert_eq!(unticked.check(), Err(Failure::field("agreed", Problem::Required)));
    }
}
