use super::*;

const HERE: StockPlaceId = StockPlaceId(1);
const THERE: StockPlaceId = StockPlaceId(2);
const SERVICE: ServiceId = ServiceId(3);
const ANA: CustomerId = CustomerId(4);
const LUIS: CustomerId = CustomerId(5);
const INSTALL: Step = Step::Install { service: SERVICE, customer: ANA, leased: false };

fn installed(ownership: Ownership) -> Custody {
    Custody { whereabouts: Whereabouts::Installed { service: SERVICE }, ownership }
}

fn with_ana(ownership: Ownership) -> Custody {
    Custody { whereabouts: Whereabouts::WithCustomer { customer: ANA }, ownership }
}

#[test]
fn ours_goes_out_and_comes_back() {
    let stock = Custody::received(HERE);
    let van = stock.apply(Step::Transfer { to: THERE }).unwrap();
    assert_eq!(van, Custody::received(THERE));
    assert_eq!(van.apply(INSTALL), Ok(installed(Ownership::Ours)));
    assert_eq!(installed(Ownership::Ours).apply(Step::TakeBack { to: HERE }), Ok(stock));
    assert_eq!(stock.apply(Step::Transfer { to: HERE }), Err(StockError::AlreadyThere));
}

#[test]
fn what_is_installed_is_not_installed_again() {
    let state = EquipmentState::Installed;
    assert_eq!(installed(Ownership::Ours).apply(INSTALL), Err(StockError::Whereabouts { state }));
    assert_eq!(installed(Ownership::Ours).apply(Step::Transfer { to: HERE }), Err(StockError::Whereabouts { state }));
}

#[test]
fn what_is_leased_is_ours_until_the_end_and_then_the_customers() {
    let leased =
        Custody::received(HERE).apply(Step::Install { service: SERVICE, customer: ANA, leased: true }).unwrap();
    assert_eq!(leased, installed(Ownership::Leased));
    assert_eq!(leased.apply(Step::Pass), Ok(installed(Ownership::Customer)));
    assert_eq!(leased.apply(Step::EndLease), Ok(installed(Ownership::Ours)));
    assert_eq!(leased.apply(Step::TakeBack { to: HERE }), Ok(Custody::received(HERE)));
    assert!(!leased.allows(Step::Sell { customer: ANA }));
}

#[test]
fn what_is_the_customers_stays_with_the_customer_and_serves_nobody_else() {
    for ownership in [Ownership::Sold, Ownership::Customer] {
        let theirs = installed(ownership);
        for step in [Step::TakeBack { to: HERE }, Step::WriteOff, Step::Sell { customer: ANA }, Step::Lease] {
            assert_eq!(theirs.apply(step), Err(StockError::NotOurs { ownership }), "{step:?}");
        }
        assert_eq!(theirs.apply(Step::Leave { customer: ANA }), Ok(with_ana(ownership)));
        assert_eq!(with_ana(ownership).apply(INSTALL), Ok(theirs));
        let to_luis = Step::Install { service: SERVICE, customer: LUIS, leased: false };
        assert_eq!(with_ana(ownership).apply(to_luis), Err(StockError::AnotherCustomers));
    }
}

#[test]
fn what_was_sold_can_be_given_back_and_is_ours_again_and_nothing_else_can() {
    let back = Step::Return { to: HERE };
    for sold in [installed(Ownership::Sold), with_ana(Ownership::Sold)] {
        assert_eq!(sold.apply(back), Ok(Custody::received(HERE)));
    }
    let sold = Custody::received(HERE).apply(Step::Sell { customer: ANA }).unwrap();
    let again = sold.apply(back).unwrap();
    assert!(again.allows(Step::Sell { customer: LUIS }) && again.allows(INSTALL));
    for (custody, ownership) in [
        (installed(Ownership::Ours), Ownership::Ours),
        (installed(Ownership::Leased), Ownership::Leased),
        (installed(Ownership::Customer), Ownership::Customer),
        (with_ana(Ownership::Customer), Ownership::Customer),
    ] {
        assert_eq!(custody.apply(back), Err(StockError::NotSold { ownership }));
    }
    let state = EquipmentState::InStock;
    assert_eq!(Custody::received(THERE).apply(back), Err(StockError::Whereabouts { state }));
}

#[test]
fn what_was_written_off_can_only_be_found() {
    let gone = Custody::received(HERE).apply(Step::WriteOff).unwrap();
    for step in [Step::Transfer { to: THERE }, INSTALL, Step::TakeBack { to: HERE }, Step::Sell { customer: ANA }] {
        assert_eq!(gone.apply(step), Err(StockError::Whereabouts { state: EquipmentState::WrittenOff }), "{step:?}");
    }
    assert_eq!(gone.apply(Step::Find { at: THERE }), Ok(Custody::received(THERE)));
}

#[test]
fn a_serial_is_kept_in_one_spelling() {
    assert_eq!(" hwtc1a2b3c4d ".parse::<Serial>().unwrap().as_str(), "HWTC1A2B3C4D");
    for (typed, problem) in [
        ("", Problem::Required),
        ("ab", Problem::TooShort { least: 3 }),
        ("HWTC 1A2B", Problem::NotASerial),
        ("HWTC;1A2B", Problem::NotASerial),
        (&"7".repeat(41), Problem::TooLong { most: 40 }),
    ] {
        assert_eq!(typed.parse::<Serial>(), Err(problem), "{typed}");
    }
}

#[test]
fn a_sticker_says_its_serial_alone_or_among_other_things() {
    for (code, serial) in [
        ("hwtc1a2b3c4d", "HWTC1A2B3C4D"),
        ("SN:HWTC1A2B3C4D;MAC:02AA00000001", "HWTC1A2B3C4D"),
        ("MODEL=HG8145V5 S/N=HWTC1A2B3C4D", "HWTC1A2B3C4D"),
        ("HWTC1A2B3C4D 02AA00000001", "HWTC1A2B3C4D"),
        ("  ", ""),
    ] {
        assert_eq!(Serial::in_code(code), serial, "{code}");
    }
}
