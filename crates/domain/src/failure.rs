//! What can go wrong in words that carry data: worded in both languages where they are shown, and safe to send to a
//! browser (no secrets, no free text of ours).

mod check;

pub use check::{FormCheck, optional, required};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::contract::LifecycleError;
use crate::file::FileRefusal;
use crate::message::TemplateError;
use crate::money::{Currency, Money};
use crate::quote::QuoteError;
use crate::stock::StockError;
use crate::ticket::TicketError;
use crate::views::documents::LogoRefusal;
use crate::work_order::WorkError;

/// Why something that a person asked for was not done. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Failure {
    #[error("nobody is signed in")]
    NotSignedIn,
    #[error("this role may not {verb}")]
    Forbidden { verb: String },
    /// Does not exist, or is not yours: the two look the same.
    #[error("not found")]
    NotFound,
    /// A form with mistakes: each names its field.
    #[error("{} fields need attention", fields.len())]
    Fields { fields: Vec<FieldProblem> },
    #[error(transparent)]
    Lifecycle { error: LifecycleError },
    #[error(transparent)]
    Quote { error: QuoteError },
    #[error(transparent)]
    Ticket { error: TicketError },
    #[error(transparent)]
    Work { error: WorkError },
    #[error(transparent)]
    Stock { error: StockError },
    #[error("unknown address or wrong password")]
    WrongCredentials,
    #[error("too many attempts: wait {minutes} minutes")]
    TooManyAttempts { minutes: i64 },
    /// A reset link that was used, or is too old.
    #[error("the link is no longer valid")]
    LinkExpired,
    #[error("an issued document cannot change")]
    DocumentIssued,
    #[error("the amounts are in different currencies")]
    CurrencyMismatch,
    /// Somebody else changed the record between reading and saving.
    #[error("changed by somebody else meanwhile")]
    ChangedMeanwhile,
    /// What somebody else filled in, under this e-mail address, is theirs to send.
    #[error("filled in by {owner}")]
    Anothers { owner: String },
    /// There is something that must be there first, or must go first.
    #[error("{what} stands in the way")]
    Blocked { what: Blocker },
    /// Ours: the number is in the log, with what happened.
    #[error("incident {number}")]
    Incident { number: String },
}

/// What must be mended before an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blocker {
    NoService,
    NoRecurringLine,
    AlreadyHeld,
    NotHeld,
    HasAllocations,
    InUse,
    LastAdministrator,
    /// The user has a password already, or is disabled.
    NotInvited,
    /// A hold that money does not lift: abuse, a pause, a decision.
    HeldForAnotherReason,
    /// A period that is quoted was billed meanwhile.
    PeriodBilled,
    /// Only money, or somebody of the staff, can do this.
    PaymentNeeded,
    JobRunning,
    JobNotFailed,
    JobNotCancellable,
    /// Nothing keeps a router's jobs from being tried.
    BreakerClosed,
    /// The router is on a dry run: nothing on it may be changed.
    RouterDryRun,
    BusinessDateInTheFuture,
    /// A report of a transfer that was approved or rejected before.
    AlreadyDecided,
    /// The night did not stop, or was let go on before.
    NothingToApprove,
    /// A later night has looked at everybody anew.
    LaterNightRan,
    /// The policy allows no (more) promises.
    NoMorePromises,
    NothingLate,
    /// A parked contract that was tried again, and failed again.
    StillParked,
    /// A certificate of what was withheld is for the invoice that it names.
    Withheld,
    /// There is nothing left of it to give back.
    NothingUnused,
    /// Some of it was given back.
    HasRefunds,
    /// Another change of the contract is under way.
    ChangeUnderWay,
    /// It was decided before, or nothing is left to change.
    ChangeDecided,
    /// The day of return has come.
    PauseOver,
    LeaseOver,
    /// What would be sent was not looked at yet.
    NotPlanned,
    /// The router has no token to report with.
    NoToken,
    /// A contract needs a cut-off policy.
    NoPolicy,
    /// No card gateway is switched on.
    CardsOff,
    /// The card gateway does not answer: nothing was charged.
    CardsNotNow,
    /// The gateway does not know these keys, or they are of the other mode.
    KeysRefused,
    /// Test keys take payments in a demo only.
    TestKeys,
    EventNotParked,
    /// The user has a second factor.
    HasSecondFactor,
    /// The user has none.
    NoSecondFactor,
    /// One's own is turned off with the password and a code.
    OwnSecondFactor,
    /// All ports of the box are somebody's.
    NoPortFree,
    /// Somebody else has the port now, or something hangs on it.
    PortTaken,
    /// They have a port already.
    HasPort,
    /// The box has fewer free places than the splitter has ports.
    NoRoomInBox,
    /// Somebody who keeps the others out of the portal must not begin with themselves.
    Yourself,
    /// Staff keep them out: an owner does not let them in again.
    KeptOutByStaff,
    /// A code of the portal belongs to an address or a number of the customer's, and none is known.
    NothingOnRecord,
    /// A portal has as many people as its owner may invite.
    EnoughPeople,
    /// An order of the same kind is open for the contract, or one for the ticket.
    WorkUnderWay,
}

impl std::fmt::Display for Blocker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{self:?}")
    }
}

/// A mistake in one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name in the form.
    pub field: String,
    pub problem: Problem,
}

/// What is wrong with a value that somebody typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    Required,
    TooLong {
        most: usize,
    },
    TooShort {
        least: usize,
    },
    NotANumber,
    NotADate,
    NotATime,
    /// Two fields of which one must stay blank.
    OneOfTwo,
    NotAnAmount,
    /// Zero, negative, or past the largest value allowed.
    OutOfRange,
    NotAPhone,
    NotAnEmail,
    NotAMac,
    /// Letters, digits and signs without blanks, commas or semicolons.
    NotASerial,
    NotAnAddress,
    /// A network of version 4 such as 10.8.0.0/24, from /16 to /30.
    NotANetwork,
    /// A prefix of version 6 such as 2001:db8:0:7::/64, from /32 to /64.
    NotAPrefix,
    /// An address that is not of the network, or that nobody can have of it.
    OutsideNetwork,
    /// A network that has addresses of another one of the same router.
    NetworkOverlaps,
    /// An address that a service has.
    AlreadyGiven,
    /// An address that is kept back.
    Reserved,
    /// An address that the router gives to whoever asks.
    HandedOut,
    /// A pool of another router.
    OfAnotherRouter,
    /// All addresses are taken.
    NoneFree,
    NotAPosition,
    /// The SHA-256 of a certificate: 64 hexadecimal digits.
    NotAFingerprint,
    /// A name to sign in to a device with: letters, digits and a few signs, no spaces.
    NotAUserName,
    UnknownChoice,
    /// A range of addresses is written `192.168.88.0/28`.
    NotARange,
    /// More addresses than are looked at in one go.
    RangeTooLarge {
        most: u32,
    },
    /// Only private addresses are looked at.
    NotPrivate,
    /// What it was is what the device holds now.
    Fixed,
    /// A demo looks at this machine only, where its simulated routers are.
    NotThisMachine,
    /// No key of a gateway, or one of its other mode.
    NotAKey,
    /// Something else has it already, and only one can.
    Taken {
        by: String,
    },
    /// The service has an ONU from the stock, which has to be taken back first.
    HasOnu {
        serial: String,
    },
    TooManyLines {
        most: usize,
    },
    /// What a model is stays, while there are pieces of it.
    HasPieces,
    /// A serial that nothing in stock has.
    NotInStock,
    /// One of several serials: nothing on the shelves has it.
    NotOnShelf {
        serial: String,
    },
    /// The order of two values, for example a cut before the grace is over.
    OutOfOrder,
    /// A date that has not come yet, where only what has happened can be written down.
    InTheFuture,
    /// A date that is over, where only what comes can still be arranged.
    InThePast,
    DoesNotMatch,
    /// Not the password of whoever is signed in.
    WrongPassword,
    /// No tax number of the company's country: what it calls one, and an example.
    NotATaxId {
        name: String,
        example: String,
    },
    /// No pattern for numbers, or one whose numbers would repeat.
    NotAPattern,
    /// Less than a quote comes to.
    BelowTotal {
        total: Money,
    },
    /// A file that cannot be put on documents.
    NotALogo {
        because: LogoRefusal,
    },
    /// A file that is not kept.
    NotAFile {
        because: FileRefusal,
    },
    /// Spans of the day that do not follow each other: what a right one looks like is in the words.
    NotHours,
    CustomerNotTold,
    /// A template that makes no document: the line, counted from one, and what the typesetter says, in English.
    NotATemplate {
        line: Option<usize>,
        message: String,
    },
    /// The words of a message that cannot be filled in.
    BadTemplate {
        error: TemplateError,
    },
    /// No rate of exchange that is new enough.
    NoRate {
        currency: Currency,
        on: NaiveDate,
    },
    /// A line of a table that cannot be read.
    BadLine {
        line: usize,
    },
    /// A file that cannot be read, and where, if that is known.
    Damaged {
        line: Option<usize>,
    },
    /// Parts that do not add up to the whole.
    NotTheSum {
        of: Money,
    },
    /// More than there is.
    MoreThan {
        most: Money,
    },
    /// No open code of the portal, or one that does not belong to what was typed beside it: nobody is told which.
    UnknownCode,
    /// A password that is the person's own address.
    SameAsEmail,
    /// No code of the second factor that is good now.
    WrongCode,
}

impl Failure {
    /// A single mistake in one field.
    pub fn field(field: &str, problem: Problem) -> Self {
        Self::Fields { fields: vec![FieldProblem { field: field.to_owned(), problem }] }
    }
}

impl From<QuoteError> for Failure {
    fn from(error: QuoteError) -> Self {
        Self::Quote { error }
    }
}

impl From<TicketError> for Failure {
    fn from(error: TicketError) -> Self {
        Self::Ticket { error }
    }
}

impl From<WorkError> for Failure {
    fn from(error: WorkError) -> Self {
        Self::Work { error }
    }
}

impl From<StockError> for Failure {
    fn from(error: StockError) -> Self {
        Self::Stock { error }
    }
}

impl From<LifecycleError> for Failure {
    fn from(error: LifecycleError) -> Self {
        Self::Lifecycle { error }
    }
}
