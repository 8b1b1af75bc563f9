use chrono::NaiveDate;
use domain::{
    ids::{ContractId, PaymentId},
    invoice::PaymentMethod,
    money::{Currency, Money},
};

use super::*;
use crate::i18n::Locale;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn entry(event: Event) -> TimelineEntry {
    TimelineEntry {
        at: day(15).and_hms_opt(14, 5, 0).unwrap().and_utc(),
        on: day(15),
        contract: Some(ContractId(1)),
        for_customer: event.is_for_customer(),
        event,
        actor: "Marta Rivas".to_owned(),
        by_system: false,
    }
}

fn told(event: Event, reader: Reader) -> Vec<Moment> {
    moments(&[entry(event)], reader, Words::of(Locale::En))
}

#[test]
fn staff_read_who_did_it_and_customers_what_it_means_for_them() {
    let closed = Event::ContractClosed { on: day(15), reason: "moved away, left a debt".to_owned() };
    let staff = &told(closed.clone(), Reader::Staff)[0];
    assert_eq!((staff.title.as_str(), staff.detail.as_str()), ("Contract closed", "Moved away, left a debt"));
    assert_eq!(staff.who, "Marta Rivas");
    let customer = &told(closed, Reader::Customer)[0];
    assert_eq!((customer.title.as_str(), customer.detail.as_str()), ("Your contract ended", ""));
    assert_eq!(customer.who, "");
}

#[test]
fn what_happens_between_provider_and_devices_stays_inside() {
    let given_up = Event::ProvisioningGivenUp { router: "R-Norte".to_owned() };
    assert_eq!(told(given_up.clone(), Reader::Customer), []);
    assert_eq!(told(given_up, Reader::Staff)[0].title, "R-Norte: could not be set up");
}

#[test]
fn a_payment_has_a_page_for_staff_who_may_see_it() {
    let paid = Event::PaymentReceived {
        payment: PaymentId(7),
        receipt: "R-2026-000007".to_owned(),
        amount: Money::new("27.50".parse().unwrap(), Currency::USD),
        method: PaymentMethod::Cash,
    };
    assert_eq!(links::record(&paid, Reader::Staff), Some(("see_payments", "/office/payments/7".to_owned())));
    let staff = &told(paid.clone(), Reader::Staff)[0];
    // Nobody is signed in here.
    assert_eq!(staff.href, None);
    assert_eq!(staff.detail, "Receipt R-2026-000007 · Cash");
    let customer = &told(paid, Reader::Customer)[0];
    assert_eq!(customer.title, "We received your payment of 27.50\u{a0}USD");
    assert_eq!(customer.href, None);
}

#[test]
fn a_day_is_named_only_when_it_is_another_than_that_of_the_entry() {
    assert_eq!(told(Event::ContractSigned { on: day(15) }, Reader::Staff)[0].detail, "");
    assert_eq!(told(Event::ContractSigned { on: day(12) }, Reader::Staff)[0].detail, "Dated 12 Nov 2026");
}
