//! Tickets: what people type, and what it says.

use serde::{Deserialize, Serialize};

use super::tickets::{Name, Rating};
use crate::business_time::{BusinessHours, DayHours};
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::ids::{ContractId, FileId, OutageId, TicketCategoryId, UserId};
use crate::ticket::{Priority, Sla, SlaClock, TicketAction};
use crate::{file, form};

/// As typed, by a customer or by staff.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FaultForm {
    /// Blank: about none of the connections.
    pub contract: String,
    pub category: String,
    /// Blank: the category's name.
    pub subject: String,
    /// Staff only; blank: the category's.
    pub priority: String,
    pub body: String,
    pub files: Vec<String>,
    pub idempotency_key: String,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    pub contract: Option<ContractId>,
    pub category: TicketCategoryId,
    pub subject: Option<String>,
    pub priority: Option<Priority>,
    pub body: String,
    pub files: Vec<FileId>,
    pub idempotency_key: String,
}

impl FaultForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<Fault, Failure> {
        let mut check = FormCheck::default();
        let contract = check.take("contract", form::optional_choice(&self.contract));
        let category = check.take("category", form::choice(&self.category));
        let subject = check.take("subject", optional(&self.subject, 120));
        let priority = check.take("priority", form::optional_choice(&self.priority));
        let body = check.take("body", required(&self.body, LONGEST_MESSAGE));
        let files = check.take("files", file::kept(&self.files));
        let idempotency_key = check.take("idempotency_key", required(&self.idempotency_key, 64));
        check.answer((|| {
            Some(Fault {
                contract: contract?,
                category: category?,
                subject: subject?,
                priority: priority?,
                body: body?,
                files: files?,
                idempotency_key: idempotency_key?,
            })
        })())
    }
}

const LONGEST_MESSAGE: usize = 4000;

/// As typed below a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageForm {
    pub body: String,
    pub files: Vec<String>,
    /// Staff only: for each other.
    pub internal: bool,
    /// Staff only: what becomes of the ticket; blank: it stays what it is.
    pub action: String,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    pub body: String,
    pub files: Vec<FileId>,
    pub internal: bool,
    pub action: Option<TicketAction>,
}

impl MessageForm {
    /// Something must be said, or shown, or done; and whoever is asked, or told that it works, must be able to read it.
    ///
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<Message, Failure> {
        let mut check = FormCheck::default();
        let files = check.take("files", file::kept(&self.files));
        let action = check.take("action", self.action());
        let enough = files.as_ref().is_none_or(|files| !files.is_empty());
        let body = match enough {
            true => optional(&self.body, LONGEST_MESSAGE).map(Option::unwrap_or_default),
            false => required(&self.body, LONGEST_MESSAGE),
        };
        let body = check.take("body", body);
        check.answer((|| Some(Message { body: body?, files: files?, internal: self.internal, action: action? }))())
    }

    fn action(&self) -> Result<Option<TicketAction>, Problem> {
        match form::optional_choice::<TicketAction>(&self.action)? {
            Some(action) if self.internal && action.speaks_to_customer() => Err(Problem::CustomerNotTold),
            action => Ok(action),
        }
    }
}

/// As typed: who works on it, how urgent it is, and what about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TriageForm {
    pub assignee: String,
    pub priority: String,
    pub category: String,
    pub outage: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Triage {
    pub assignee: Option<UserId>,
    pub priority: Priority,
    pub category: TicketCategoryId,
    pub outage: Option<OutageId>,
}

impl TriageForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<Triage, Failure> {
        let mut check = FormCheck::default();
        let assignee = check.take("assignee", form::optional_choice(&self.assignee));
        let priority = check.take("priority", form::choice(&self.priority));
        let category = check.take("category", form::choice(&self.category));
        let outage = check.take("outage", form::optional_choice(&self.outage));
        check.answer((|| {
            Some(Triage { assignee: assignee?, priority: priority?, category: category?, outage: outage? })
        })())
    }
}

/// As typed, once, at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RatingForm {
    pub stars: String,
    pub comment: String,
}

impl RatingForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<Rating, Failure> {
        let mut check = FormCheck::default();
        let stars =
            form::whole(&self.stars, 1..=5).and_then(|stars| i32::try_from(stars).map_err(|_| Problem::OutOfRange));
        let stars = check.take("stars", stars);
        let comment = check.take("comment", optional(&self.comment, 500));
        check.answer((|| Some(Rating { stars: stars?, comment: comment?.unwrap_or_default() }))())
    }
}

/// As typed: the whole table of promises.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromisesForm {
    pub low: SlaForm,
    pub normal: SlaForm,
    pub high: SlaForm,
    pub urgent: SlaForm,
}

/// One line of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SlaForm {
    pub response_hours: String,
    pub resolution_hours: String,
    pub clock: String,
}

impl PromisesForm {
    /// # Errors
    /// `Fields`, such as `high.response_hours`.
    pub fn check(&self) -> Result<Vec<Sla>, Failure> {
        let mut check = FormCheck::default();
        let lines = [
            (Priority::Low, &self.low),
            (Priority::Normal, &self.normal),
            (Priority::High, &self.high),
            (Priority::Urgent, &self.urgent),
        ];
        let slas = lines.map(|(priority, line)| line.check(priority, &mut check));
        check.answer(slas.into_iter().collect())
    }
}

impl SlaForm {
    fn check(&self, priority: Priority, check: &mut FormCheck) -> Option<Sla> {
        let mut hours = |field: &str, value| check.take(&format!("{priority}.{field}"), value);
        let response = hours("response_hours", form::whole(&self.response_hours, 1..=2000));
        let resolution = form::whole(&self.resolution_hours, 1..=2000).and_then(|hours| {
            if response.is_some_and(|response| response > hours) { Err(Problem::OutOfOrder) } else { Ok(hours) }
        });
        let resolution = hours("resolution_hours", resolution);
        let clock: Option<SlaClock> = check.take(&format!("{priority}.clock"), form::choice(&self.clock));
        Some(Sla { priority, response_hours: response?, resolution_hours: resolution?, clock: clock? })
    }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HoursForm {
    pub monday: String,
    pub tuesday: String,
    pub wednesday: String,
    pub thursday: String,
    pub friday: String,
    pub saturday: String,
    pub sunday: String,
    pub close_after_days: String,
    /// Blank: outages are not credited.
    pub credit_from_days: String,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketRules {
    pub hours: BusinessHours,
    pub close_after_days: u32,
    pub credit_from_days: Option<u32>,
}

impl HoursForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<TicketRules, Failure> {
        let mut check = FormCheck::default();
        let mut day = |field: &str, text: &str| check.take(field, text.parse::<DayHours>()).unwrap_or_default();
        let hours = BusinessHours([
            day("monday", &self.monday),
            day("tuesday", &self.tuesday),
            day("wednesday", &self.wednesday),
            day("thursday", &self.thursday),
            day("friday", &self.friday),
            day("saturday", &self.saturday),
            day("sunday", &self.sunday),
        ]);
        let close = check.take("close_after_days", form::whole(&self.close_after_days, 1..=60));
        let credit = check.take("credit_from_days", form::optional_whole(&self.credit_from_days, 1..=60));
        check.answer(close.zip(credit).map(|(close_after_days, credit_from_days)| TicketRules {
            hours,
            close_after_days,
            credit_from_days,
        }))
    }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CategoryForm {
    pub name_es: String,
    pub name_en: String,
    pub priority: String,
    pub for_customers: bool,
    pub goes_with_outages: bool,
    pub archived: bool,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CategoryFacts {
    pub name: Name,
    pub priority: Priority,
    pub for_customers: bool,
    pub goes_with_outages: bool,
    pub archived: bool,
}

impl CategoryForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<CategoryFacts, Failure> {
        let mut check = FormCheck::default();
        let es = check.take("name_es", required(&self.name_es, 80));
        let en = check.take("name_en", required(&self.name_en, 80));
        let priority = check.take("priority", form::choice(&self.priority));
        check.answer((|| {
            Some(CategoryFacts {
                name: Name { es: es?, en: en? },
                priority: priority?,
                for_customers: self.for_customers,
                goes_with_outages: self.goes_with_outages,
                archived: self.archived,
            })
        })())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_or_shows_something() {
        let form = MessageForm::default();
        assert_eq!(form.check(), Err(Failure::field("body", Problem::Required)));
        let photo = MessageForm { files: vec!["7 modem.jpg".to_owned()], ..form.clone() };
        assert_eq!(photo.check().map(|message| message.files), Ok(vec![FileId(7)]));
        let unknown = MessageForm { body: "hola".to_owned(), action: "delete".to_owned(), ..form };
        assert_eq!(unknown.check(), Err(Failure::field("action", Problem::UnknownChoice)));
    }

    #[test]
    fn a_note_for_each_other_neither_asks_the_customer_nor_says_that_it_works() {
        let note = |internal, action: &str| {
            let form =
                MessageForm { body: "hola".to_owned(), internal, action: action.to_owned(), ..Default::default() };
            form.check().map(|message| message.action)
        };
        for action in ["ask", "resolve"] {
            assert_eq!(note(true, action), Err(Failure::field("action", Problem::CustomerNotTold)));
        }
        assert_eq!(note(true, "take"), Ok(Some(TicketAction::Take)));
        assert_eq!(note(true, ""), Ok(None));
        assert_eq!(note(false, "resolve"), Ok(Some(TicketAction::Resolve)));
    }

    #[test]
    fn a_refused_file_is_told_with_the_rest_of_the_form() {
        let form = FaultForm {
            category: "1".to_owned(),
            files: vec!["!unknown_kind dibujo.svg".to_owned()],
            idempotency_key: "key".to_owned(),
            ..FaultForm::default()
        };
        let Err(Failure::Fields { fields }) = form.check() else { panic!("refused") };
        let found: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(found, ["body", "files"]);
    }

    #[test]
    fn nobody_promises_to_solve_before_answering() {
        let line = |response: &str| SlaForm {
            response_hours: response.to_owned(),
            resolution_hours: "8".to_owned(),
            clock: "business".to_owned(),
        };
        let form = PromisesForm { low: line("8"), normal: line("1"), high: line("10"), urgent: line("1") };
        assert_eq!(form.check(), Err(Failure::field("high.resolution_hours", Problem::OutOfOrder)));
    }
}
