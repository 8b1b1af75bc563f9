//! The same done to many records: what would happen to whom, and what happened.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::contract::ContractStateName;
use crate::failure::{Failure, FormCheck, Problem, optional, required};
use crate::ids::SectorId;
use crate::invoice::InvoiceState;
use crate::message::{Addressee, Channel, Purpose};
use crate::views::jobs::{JobState, JobSubject};
use crate::words::words;

/// Records at once. Whoever has more narrows the list: somebody should be able to look at what is about to happen.
pub const MOST: usize = 500;
/// Records that a preview names.
pub const NAMED: usize = 50;

words! {
    pub enum BulkAction {
        /// A hold by staff is placed on contracts.
        Hold = "hold",
        /// Holds by staff are lifted.
        Lift = "lift",
        /// Jobs that were given up are done again.
        Repeat = "repeat",
        /// Jobs that wait are taken off the queue.
        Cancel = "cancel",
        /// Work orders that wait are given to a technician.
        Assign = "assign",
        /// The addresses of contracts are put in another sector.
        Sector = "sector",
        /// The customers of contracts are written to.
        Message = "message",
        /// The customers of invoices are written to.
        MessageOfInvoices = "message_of_invoices",
        /// Invoices and credit notes are mailed to their customers.
        Send = "send",
    }
}

words! {
    /// Why a record is left as it is.
    pub enum SkipReason {
        NotActive = "not_active",
        AlreadyHeld = "already_held",
        NotHeld = "not_held",
        NotGivenUp = "not_given_up",
        NotWaiting = "not_waiting",
        /// A person does not take it off the queue.
        NotCancellable = "not_cancellable",
        /// The address is in the sector already.
        InSector = "in_sector",
        /// It is at the address of another one that is chosen, and follows it.
        SameAddress = "same_address",
        /// The customer has another one that is chosen, and is written to once.
        SameCustomer = "same_customer",
        /// They want nothing but what they must know.
        OnlyNecessary = "only_necessary",
        /// There is no way to reach them.
        NoWay = "no_way",
        NoEmail = "no_email",
        /// A draft, or voided.
        NotIssued = "not_issued",
    }
}

impl BulkAction {
    /// What keeps a contract from it; `held`: staff hold it already.
    pub fn skips_contract(self, state: ContractStateName, held: bool) -> Option<SkipReason> {
        match self {
            Self::Hold if state != ContractStateName::Active => Some(SkipReason::NotActive),
            Self::Hold => held.then_some(SkipReason::AlreadyHeld),
            Self::Lift => (!held).then_some(SkipReason::NotHeld),
            _ => Some(SkipReason::NotActive),
        }
    }

    /// What keeps a job from it.
    pub fn skips_job(self, state: JobState, subject: &JobSubject) -> Option<SkipReason> {
        match self {
            Self::Repeat => (state != JobState::GivenUp).then_some(SkipReason::NotGivenUp),
            _ if !subject.can_be_cancelled() => Some(SkipReason::NotCancellable),
            _ => (state != JobState::Waiting).then_some(SkipReason::NotWaiting),
        }
    }
}

/// What keeps a customer from being written to by staff; `ringing` are the channels that the provider has.
pub fn skips_writing(addressee: &Addressee, ringing: &[Channel]) -> Option<SkipReason> {
    match addressee.way(Purpose::Announcement, ringing) {
        Some(_) => None,
        None if addressee.preference.essential_only => Some(SkipReason::OnlyNecessary),
        None => Some(SkipReason::NoWay),
    }
}

/// What keeps a document from being mailed.
pub fn skips_sending(state: InvoiceState, has_email: bool) -> Option<SkipReason> {
    match state {
        InvoiceState::Draft | InvoiceState::Void => Some(SkipReason::NotIssued),
        InvoiceState::Issued => (!has_email).then_some(SkipReason::NoEmail),
    }
}

/// Which rows of a list are meant: those that are ticked, or all that the list's filters leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    Rows(Vec<i64>),
    All,
}

impl Chosen {
    /// From the list's address: `row-7` for each that is ticked, or `rows=all`.
    pub fn of(filters: &[(String, String)]) -> Self {
        if filters.iter().any(|(name, value)| name == "rows" && value == "all") {
            return Self::All;
        }
        Self::Rows(filters.iter().filter_map(|(name, _)| name.strip_prefix("row-")?.parse().ok()).collect())
    }
}

/// A record with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub id: i64,
    pub name: String,
    /// What was not chosen and changes with it: the other contracts at its address.
    pub also: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    pub name: String,
    pub because: SkipReason,
}

/// What would happen. Nothing has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkPreview {
    pub targets: Vec<Target>,
    pub skipped: Vec<Skipped>,
    /// There are more than can be done at once: none is done.
    pub too_many: bool,
    /// Sent back when it is confirmed: confirmed twice, it is done once.
    pub key: String,
}

/// What was looked at before, to be done now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    /// `7,9,12`
    pub rows: String,
    /// For what is kept as evidence.
    pub why: String,
}

impl BulkForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self, needs_reason: bool) -> Result<(Vec<i64>, String), Failure> {
        let mut form = FormCheck::default();
        let rows = form.take("rows", rows(&self.rows));
        let why = match needs_reason {
            true => required(&self.why, 500),
            false => optional(&self.why, 500).map(Option::unwrap_or_default),
        };
        let why = form.take("why", why);
        form.answer(rows.zip(why))
    }
}

/// What is done once, however often the same preview is confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkOnceForm {
    /// `7,9,12`
    pub rows: String,
    /// The preview's.
    pub key: String,
}

/// The same with the sector that the addresses are put in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkSectorForm {
    pub rows: String,
    pub key: String,
    pub sector: String,
}

/// The same with what is written to the customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkMessageForm {
    pub rows: String,
    pub key: String,
    pub subject: String,
    pub text: String,
}

/// The rows, and the key of their preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    pub rows: Vec<i64>,
    pub key: String,
}

/// What is written to the customers, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkMessage {
    pub once: Once,
    pub subject: String,
    pub text: String,
}

impl BulkOnceForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<Once, Failure> {
        let mut form = FormCheck::default();
        let once = once(&mut form, &self.rows, &self.key);
        form.answer(once)
    }
}

impl BulkSectorForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<(Once, SectorId), Failure> {
        let mut form = FormCheck::default();
        let once = once(&mut form, &self.rows, &self.key);
        let sector = form.take("sector", self.sector.parse().map_err(|_| Problem::UnknownChoice));
        form.answer(once.zip(sector))
    }
}

impl BulkMessageForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<BulkMessage, Failure> {
        let mut form = FormCheck::default();
        let once = once(&mut form, &self.rows, &self.key);
        let subject = form.take("subject", required(&self.subject, 150));
        // As browsers send lines.
        let text = form.take("text", required(&self.text.replace("\r\n", "\n"), 1_000));
        let message = (|| Some(BulkMessage { once: once?, subject: subject?, text: text? }))();
        form.answer(message)
    }
}

fn once(form: &mut FormCheck, ids: &str, key: &str) -> Option<Once> {
    let rows = form.take("rows", rows(ids));
    let key = form.take("key", required(key, 64));
    rows.zip(key).map(|(rows, key)| Once { rows, key })
}

fn rows(text: &str) -> Result<Vec<i64>, Problem> {
    let rows = text.split(',').map(|row| row.trim().parse()).collect::<Result<Vec<i64>, _>>();
    rows.ok().filter(|rows| rows.len() <= MOST).ok_or(Problem::UnknownChoice)
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkResult {
    pub id: i64,
    pub name: String,
    /// Why it was not done.
    pub failure: Option<Failure>,
    /// It was left out, as the preview would have said.
    #[serde(default)]
    pub skipped: Option<SkipReason>,
}

/// What was done to many records, for whoever did it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkRun {
    pub action: BulkAction,
    pub why: String,
    pub at: DateTime<Utc>,
    pub results: Vec<BulkResult>,
}

/// How many are skipped for which reason.
pub fn by_reason(skipped: &[Skipped]) -> BTreeMap<SkipReason, usize> {
    let mut counts = BTreeMap::new();
    for one in skipped {
        *counts.entry(one.because).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Language;
    use crate::message::Preference;
    use crate::views::jobs::GatewayWork;

    #[test]
    fn what_cannot_be_done_is_skipped_for_its_reason() {
        use ContractStateName::{Active, Closed};
        assert_eq!(BulkAction::Hold.skips_contract(Active, false), None);
        assert_eq!(BulkAction::Hold.skips_contract(Active, true), Some(SkipReason::AlreadyHeld));
        assert_eq!(BulkAction::Hold.skips_contract(Closed, false), Some(SkipReason::NotActive));
        assert_eq!(BulkAction::Lift.skips_contract(Active, true), None);
        assert_eq!(BulkAction::Lift.skips_contract(Active, false), Some(SkipReason::NotHeld));
        let (preview, charge) =
            (JobSubject::Preview, JobSubject::Gateway { customer: None, work: GatewayWork::Payment });
        assert_eq!(BulkAction::Repeat.skips_job(JobState::GivenUp, &preview), None);
        assert_eq!(BulkAction::Cancel.skips_job(JobState::Waiting, &preview), None);
        assert_eq!(BulkAction::Cancel.skips_job(JobState::Running, &preview), Some(SkipReason::NotWaiting));
        assert_eq!(BulkAction::Cancel.skips_job(JobState::Waiting, &charge), Some(SkipReason::NotCancellable));
    }

    #[test]
    fn who_wants_no_announcements_or_cannot_be_reached_is_not_written_to() {
        let addressee = |email: bool, essential_only: bool| Addressee {
            name: "Ana".to_owned(),
            language: Language::Spanish,
            email: email.then(|| "ana@example.com".parse().unwrap()),
            phone: Some("+5215512345678".parse().unwrap()),
            preference: Preference { channel: Channel::Mail, essential_only },
        };
        for (email, essential_only, ringing, expected) in [
            (true, false, &[][..], None),
            (false, false, &[Channel::Sms][..], None),
            (false, false, &[][..], Some(SkipReason::NoWay)),
            (true, true, &[Channel::Sms][..], Some(SkipReason::OnlyNecessary)),
        ] {
            assert_eq!(skips_writing(&addressee(email, essential_only), ringing), expected, "{email} {essential_only}");
        }
    }

    #[test]
    fn only_what_was_issued_is_mailed_and_only_where_there_is_an_address() {
        for (state, has_email, expected) in [
            (InvoiceState::Issued, true, None),
            (InvoiceState::Issued, false, Some(SkipReason::NoEmail)),
            (InvoiceState::Draft, true, Some(SkipReason::NotIssued)),
            (InvoiceState::Void, true, Some(SkipReason::NotIssued)),
        ] {
            assert_eq!(skips_sending(state, has_email), expected, "{state} {has_email}");
        }
    }

    #[test]
    fn what_is_written_to_many_has_a_subject_a_text_and_the_key_of_its_preview() {
        let text = |text: &str| text.to_owned();
        let form = BulkMessageForm { rows: text("7,9"), key: text("k"), subject: text("Obras"), text: text("a\r\nb") };
        let message = form.check().unwrap();
        assert_eq!((message.once.rows, message.text.as_str()), (vec![7, 9], "a\nb"));
        let Err(Failure::Fields { fields }) =
            (BulkMessageForm { rows: text("7"), ..BulkMessageForm::default() }).check()
        else {
            panic!("it is refused")
        };
        assert_eq!(fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>(), ["key", "subject", "text"]);
    }

    #[test]
    fn rows_are_ticked_one_by_one_or_all_of_the_filter() {
        let filters = |pairs: &[(&str, &str)]| {
            Chosen::of(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>())
        };
        assert_eq!(filters(&[("row-7", "on"), ("row-x", "on"), ("state", "active")]), Chosen::Rows(vec![7]));
        assert_eq!(filters(&[("row-7", "on"), ("rows", "all")]), Chosen::All);
    }

    #[test]
    fn what_is_done_has_rows_and_where_it_is_kept_a_reason() {
        let form = |rows: &str, why: &str| BulkForm { rows: rows.to_owned(), why: why.to_owned() };
        assert_eq!(form("7,9", "").check(false), Ok((vec![7, 9], String::new())));
        assert!(form("7,9", "").check(true).is_err());
        assert!(form("", "x").check(true).is_err());
        assert!(form("7;9", "x").check(true).is_err());
    }
}
