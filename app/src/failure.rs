//! What a server function answers when it does not do what was asked, and the words for it.
//!
//! The words are found on the server; in a browser only by what checks a form without a network (`field`), so that nobody
//! else loads the words of all failures.

mod error;

pub use error::{AppError, Told};

use crate::{
    i18n::Words,
    parts::{
        amount::money,
        quote::quote_state,
        stock::{ownership_word, state_word as stock_state},
        ticket::state_word,
        work,
    },
    ui::format,
};
use domain::{
    contract::{ContractStateName, LifecycleError},
    failure::{Blocker, Failure, Problem},
    file::FileRefusal,
    message::TemplateError,
    quote::QuoteError,
    stock::StockError,
    ticket::TicketError,
    views::documents::LogoRefusal,
    work_order::WorkError,
};

fn fields(failure: &Failure, t: Words) -> Vec<(String, String)> {
    match failure {
        Failure::Fields { fields } => {
            fields.iter().map(|field| (field.field.clone(), problem(&field.problem, t))).collect()
        }
        _ => Vec::new(),
    }
}

fn sentence(failure: &Failure, t: Words) -> String {
    let plain = match failure {
        Failure::TooManyAttempts { minutes } => return t.failure.too_many_attempts(*minutes),
        Failure::Incident { number } => return t.failure.incident(number),
        Failure::Lifecycle { error } => return lifecycle(error, t),
        Failure::Quote { error } => return quote(error, t),
        Failure::Ticket { error } => return ticket(error, t),
        Failure::Work { error: WorkError::NotAllowed { state, .. } } => {
            return t.work.not_allowed(work::state_word(*state, t));
        }
        Failure::Stock { error } => return stock(*error, t),
        Failure::Anothers { owner } => return t.work.anothers(owner),
        Failure::Blocked { what } => blocker(*what, t),
        Failure::NotSignedIn => t.failure.not_signed_in(),
        Failure::Forbidden { .. } => t.failure.forbidden(),
        Failure::NotFound => t.failure.not_found(),
        Failure::Fields { .. } => t.failure.fields_hint(),
        Failure::WrongCredentials => t.failure.wrong_credentials(),
        Failure::LinkExpired => t.failure.link_expired(),
        Failure::DocumentIssued => t.failure.document_issued(),
        Failure::CurrencyMismatch => t.failure.currency_mismatch(),
        Failure::ChangedMeanwhile => t.failure.changed_meanwhile(),
    };
    plain.to_owned()
}

fn blocker(blocker: Blocker, t: Words) -> &'static str {
    match blocker {
        Blocker::NoService => t.failure.no_service(),
        Blocker::NoRecurringLine => t.failure.no_recurring_line(),
        Blocker::AlreadyHeld => t.failure.already_held(),
        Blocker::NotHeld => t.failure.not_held(),
        Blocker::HasAllocations => t.failure.has_allocations(),
        Blocker::InUse => t.failure.in_use(),
        Blocker::LastAdministrator => t.failure.last_administrator(),
        Blocker::NotInvited => t.failure.not_invited(),
        Blocker::Yourself => t.people.yourself(),
        Blocker::KeptOutByStaff => t.people.kept_out_by_staff(),
        Blocker::NothingOnRecord => t.people.nothing_on_record(),
        Blocker::EnoughPeople => t.people.enough_people(),
        Blocker::HeldForAnotherReason => t.failure.held_for_another_reason(),
        Blocker::PeriodBilled => t.failure.period_billed(),
        Blocker::PaymentNeeded => t.failure.payment_needed(),
        Blocker::JobRunning => t.failure.job_running(),
        Blocker::JobNotFailed => t.failure.job_not_failed(),
        Blocker::JobNotCancellable => t.failure.job_not_cancellable(),
        Blocker::Withheld => t.failure.withheld(),
        Blocker::BreakerClosed => t.failure.breaker_closed(),
        Blocker::RouterDryRun => t.failure.router_dry_run(),
        Blocker::NothingUnused => t.failure.nothing_unused(),
        Blocker::HasRefunds => t.failure.has_refunds(),
        Blocker::NoToken => t.failure.no_token(),
        Blocker::NoPolicy => t.failure.no_policy(),
        Blocker::NotPlanned => t.failure.not_planned(),
        Blocker::CardsOff => t.gateway.blocked_off(),
        Blocker::CardsNotNow => t.gateway.blocked_not_now(),
        Blocker::KeysRefused => t.gateway.blocked_keys(),
        Blocker::TestKeys => t.gateway.blocked_test(),
        Blocker::HasSecondFactor => t.security.blocked_has(),
        Blocker::NoSecondFactor => t.security.blocked_none(),
        Blocker::OwnSecondFactor => t.security.blocked_own(),
        Blocker::WorkUnderWay => t.work.already_open(),
        Blocker::EventNotParked => t.gateway.blocked_not_parked(),
        Blocker::NoPortFree => t.plant.blocked_none_free(),
        Blocker::PortTaken => t.plant.blocked_taken(),
        Blocker::HasPort => t.plant.blocked_has_port(),
        Blocker::NoRoomInBox => t.plant.blocked_no_room(),
        Blocker::AlreadyDecided => t.failure.already_decided(),
        Blocker::ChangeUnderWay => t.failure.change_under_way(),
        Blocker::ChangeDecided => t.failure.change_decided(),
        Blocker::PauseOver => t.failure.pause_over(),
        Blocker::LeaseOver => t.failure.lease_over(),
        Blocker::BusinessDateInTheFuture => t.failure.business_date_in_the_future(),
        Blocker::NothingToApprove => t.failure.nothing_to_approve(),
        Blocker::LaterNightRan => t.failure.later_night_ran(),
        Blocker::NoMorePromises => t.failure.no_more_promises(),
        Blocker::NothingLate => t.failure.nothing_late(),
        Blocker::StillParked => t.failure.still_parked(),
    }
}

fn lifecycle(error: &LifecycleError, t: Words) -> String {
    match error {
        LifecycleError::NotAllowed { state, event } => {
            let state = match state {
                ContractStateName::Draft => t.failure.state_draft(),
                ContractStateName::Open => t.failure.state_open(),
                ContractStateName::Active => t.failure.state_active(),
                ContractStateName::Closed => t.failure.state_closed(),
            };
            let event = match event.as_str() {
                "sign" => t.failure.event_sign(),
                "activate" => t.failure.event_activate(),
                "close" => t.failure.event_close(),
                "change" => t.failure.event_change(),
                "move" => t.failure.event_move(),
                "change_holder" => t.failure.event_change_holder(),
                "reconnect" | "revive" => t.failure.event_reconnect(),
                "discount" => t.failure.event_discount(),
                other => other,
            };
            t.failure.contract_not_allowed(state, event)
        }
        LifecycleError::AddressWithoutPosition => t.failure.address_without_position().to_owned(),
        LifecycleError::BeforePresentState { date, earlier } => {
            t.failure.before_present_state(format::date(*date, t), format::date(*earlier, t))
        }
    }
}

fn quote(error: &QuoteError, t: Words) -> String {
    match error {
        QuoteError::NotAllowed { state, .. } => t.failure.quote_not_allowed(quote_state(*state, t)),
        QuoteError::Empty => t.failure.quote_empty().to_owned(),
        QuoteError::Expired { valid_until } => t.failure.quote_expired(format::date(*valid_until, t)),
    }
}

fn ticket(error: &TicketError, t: Words) -> String {
    match error {
        TicketError::NotAllowed { state, .. } => t.tickets.not_allowed(state_word(*state, t)),
        TicketError::NotToBeRated => t.tickets.not_to_be_rated().to_owned(),
    }
}

fn stock(error: StockError, t: Words) -> String {
    let plain = match error {
        StockError::Whereabouts { state } => return t.stock.not_there(stock_state(state, t)),
        StockError::NotOurs { ownership } => return t.stock.not_ours(ownership_word(ownership, t)),
        StockError::NotSold { ownership } => return t.stock.not_sold(ownership_word(ownership, t)),
        StockError::AlreadyThere => t.stock.already_there(),
        StockError::HasOnu => t.stock.has_onu(),
        StockError::AnotherCustomers => t.stock.another_customers(),
        StockError::ContractClosed => t.stock.contract_closed(),
        StockError::PlaceArchived => t.stock.place_archived(),
    };
    plain.to_owned()
}

/// What is wrong with a value and what to type instead.
fn problem(problem: &Problem, t: Words) -> String {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let plain = match problem {
        Problem::TooLong { most } => return t.failure.too_long(count(*most)),
        Problem::TooShort { least } => return t.failure.too_short(count(*least)),
        Problem::BadTemplate { error } => return bad_template(error, t),
        Problem::NoRate { currency, on } => return t.failure.no_rate(currency, format::date(*on, t)),
        Problem::BadLine { line } => return t.failure.bad_line(line),
        Problem::Damaged { line: Some(line) } => return t.bank.damaged_at(line),
        Problem::Damaged { line: None } => t.bank.damaged(),
        Problem::NotTheSum { of } => return t.failure.not_the_sum(money(*of)),
        Problem::MoreThan { most } => return t.failure.more_than(money(*most)),
        Problem::Taken { by } => return t.failure.taken(by),
        Problem::HasOnu { serial } => return t.stock.has_onu_serial(serial),
        Problem::TooManyLines { most } => return t.stock.too_many_lines(count(*most)),
        Problem::HasPieces => t.stock.has_pieces(),
        Problem::NotOnShelf { serial } => return t.stock.not_on_shelf(serial),
        Problem::NotInStock => t.stock.not_in_stock(),
        Problem::NotASerial => t.stock.not_a_serial(),
        Problem::BelowTotal { total } => return t.failure.below_total(money(*total)),
        Problem::NotAPattern => return t.failure.not_a_pattern("F-{year}-{n:6}"),
        Problem::NotATaxId { name, example } => return t.failure.not_a_tax_id(name, example),
        Problem::NotATemplate { line: Some(line), message } => return t.failure.not_a_template(count(*line), message),
        Problem::NotATemplate { line: None, message } => return t.failure.not_a_template_at_all(message),
        Problem::NotALogo { because } => match because {
            LogoRefusal::TooLarge => t.failure.logo_too_large(),
            LogoRefusal::UnknownFormat => t.failure.logo_unknown_format(),
            LogoRefusal::MoreThanADrawing => t.failure.logo_more_than_a_drawing(),
        },
        Problem::NotAFile { because } => match because {
            FileRefusal::TooLarge => t.tickets.file_too_large(),
            FileRefusal::UnknownKind => t.tickets.file_unknown_kind(),
            FileRefusal::TooMany => t.tickets.file_too_many(),
            FileRefusal::Empty => t.tickets.file_empty(),
        },
        Problem::NotHours => t.tickets.not_hours(),
        Problem::CustomerNotTold => t.tickets.customer_not_told(),
        Problem::Required => t.failure.required(),
        Problem::NotANumber => t.failure.not_a_number(),
        Problem::NotADate => t.failure.not_a_date(),
        Problem::NotATime => t.failure.not_a_time(),
        Problem::OneOfTwo => t.failure.one_of_two(),
        Problem::NotAnAmount => t.failure.not_an_amount(),
        Problem::OutOfRange => t.failure.out_of_range(),
        Problem::NotAPhone => t.failure.not_a_phone(),
        Problem::NotAnEmail => t.failure.not_an_email(),
        Problem::NotAMac => t.failure.not_a_mac(),
        Problem::NotAnAddress => t.failure.not_an_address(),
        Problem::NotANetwork => t.access.not_a_network(),
        Problem::NotAPrefix => t.access.not_a_prefix(),
        Problem::OutsideNetwork => t.access.outside_network(),
        Problem::NetworkOverlaps => t.access.network_overlaps(),
        Problem::AlreadyGiven => t.access.already_given(),
        Problem::Reserved => t.access.is_reserved(),
        Problem::HandedOut => t.access.handed_out(),
        Problem::OfAnotherRouter => t.access.of_another_router(),
        Problem::NoneFree => t.access.none_free(),
        Problem::NotAPosition => t.failure.not_a_position(),
        Problem::NotAKey => t.gateway.not_a_key(),
        Problem::UnknownChoice => t.failure.unknown_choice(),
        Problem::InTheFuture => t.failure.in_the_future(),
        Problem::InThePast => t.failure.in_the_past(),
        Problem::OutOfOrder => t.failure.out_of_order(),
        Problem::NotARange => t.failure.not_a_range(),
        Problem::RangeTooLarge { most } => return t.failure.range_too_large(most),
        Problem::Fixed => t.failure.fixed(),
        Problem::NotPrivate => t.failure.not_private(),
        Problem::NotThisMachine => t.failure.not_this_machine(),
        Problem::NotAFingerprint => t.failure.not_a_fingerprint(),
        Problem::NotAUserName => t.failure.not_a_user_name(),
        Problem::UnknownCode => t.people.unknown_code(),
        Problem::SameAsEmail => t.failure.same_as_email(),
        Problem::WrongCode => t.security.wrong_code(),
        Problem::DoesNotMatch => t.failure.does_not_match(),
        Problem::WrongPassword => t.failure.wrong_password(),
    };
    plain.to_owned()
}

fn bad_template(error: &TemplateError, t: Words) -> String {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    match error {
        TemplateError::UnknownValue { line, name } => t.messages.no_such_value(count(*line), name),
        TemplateError::NotClosed { line } => t.messages.not_closed(count(*line)),
    }
}
