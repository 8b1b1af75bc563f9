use super::*;
use crate::calendar::{AnchorDay, BillingTerms};
use crate::discount::{Discount, Lasting, Reduction};
use crate::price::Quantity;

fn problems<T: fmt::Debug>(answer: Result<T, Failure>) -> Vec<(String, Problem)> {
    match answer {
        Err(Failure::Fields { fields }) => fields.into_iter().map(|field| (field.field, field.problem)).collect(),
        answer => panic!("not refused at its fields: {answer:?}"),
    }
}

fn at(field: &str, problem: Problem) -> (String, Problem) {
    (field.to_owned(), problem)
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn pppoe() -> ServiceForm {
    let (router, access, pppoe_user) = (text("1"), text("pppoe"), text("ana.lopez"));
    ServiceForm { router, access, pppoe_user, ..ServiceForm::default() }
}

#[test]
fn a_line_with_nothing_but_its_plan_is_charged_once_at_the_plan_s_price() {
    let wish = LineForm { plan: text("7"), ..LineForm::default() }.check().unwrap();
    assert_eq!((wish.unit_price, wish.terms, wish.quantity), (None, None, Quantity::ONE));
}

#[test]
fn a_recurring_line_is_monthly_in_advance_by_days_unless_told_otherwise() {
    let wish = LineForm { plan: text("7"), every: text("1m"), ..LineForm::default() }.check().unwrap();
    assert_eq!(wish.terms, Some(BillingTerms::monthly(AnchorDay::FIRST)));
}

#[test]
fn all_mistakes_of_a_line_are_told_at_once() {
    let form = LineForm {
        unit_price: text("x"),
        quantity: text("0"),
        discount: DiscountForm {
            discount: text("percent"),
            discount_value: text("101"),
            discount_lasts: text("periods"),
            ..DiscountForm::default()
        },
        every: text("monthly"),
        anchor_day: text("32"),
        ..LineForm::default()
    };
    let expected = [
        at("plan", Problem::Required),
        at("quantity", Problem::OutOfRange),
        at("unit_price", Problem::NotAnAmount),
        at("discount_value", Problem::OutOfRange),
        at("discount_periods", Problem::Required),
        at("discount_reason", Problem::Required),
        at("every", Problem::UnknownChoice),
        at("anchor_day", Problem::OutOfRange),
    ];
    assert_eq!(problems(form.check()), expected);
}

#[test]
fn a_courtesy_needs_a_reason_and_no_amount() {
    let form = DiscountForm { discount: text("courtesy"), ..DiscountForm::default() };
    assert_eq!(problems(form.check()), [at("discount_reason", Problem::Required)]);
    let form = DiscountForm { discount_reason: text("School"), ..form };
    let school = Discount { reduction: Reduction::Courtesy, lasting: Lasting::Always, reason: text("School") };
    assert_eq!(form.check(), Ok(Some(school)));
}

#[test]
fn dhcp_needs_a_mac_and_pppoe_a_user() {
    let dhcp = ServiceForm { access: text("dhcp"), ..pppoe() };
    assert_eq!(problems(dhcp.check()), [at("mac", Problem::Required)]);
    let nameless = ServiceForm { pppoe_user: text(" "), ..pppoe() };
    assert_eq!(problems(nameless.check()), [at("pppoe_user", Problem::Required)]);
    let with_spaces = ServiceForm { pppoe_user: text("ana lopez"), ..pppoe() };
    assert_eq!(problems(with_spaces.check()), [at("pppoe_user", Problem::NotAUserName)]);
}

#[test]
fn a_password_that_was_typed_is_never_printed() {
    let form = ServiceForm { pppoe_password: text("clave-secreta"), ..pppoe() };
    assert!(!format!("{form:?}").contains("clave-secreta"));
    assert_eq!(form.check().unwrap().password.as_deref(), Some("clave-secreta"));
}

#[test]
fn staff_do_not_place_a_hold_for_a_debt() {
    let form = SuspendForm { reason: text("overdue"), effect: text("soft_cut"), why: text("owes") };
    assert_eq!(problems(form.check()), [at("reason", Problem::UnknownChoice)]);
}

#[test]
fn nothing_is_signed_activated_or_closed_in_the_future() {
    let today: NaiveDate = "2026-03-10".parse().unwrap();
    assert_eq!(DateForm::default().check(today), Ok(today));
    assert_eq!(DateForm { on: text("2026-03-09") }.check(today), Ok("2026-03-09".parse().unwrap()));
    assert_eq!(problems(DateForm { on: text("2026-03-11") }.check(today)), [at("on", Problem::InTheFuture)]);
    assert_eq!(problems(CloseForm::default().check(today)), [at("reason", Problem::Required)]);
}
