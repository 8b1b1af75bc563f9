//! `ramal schedule` as somebody types it.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use std::process::{Command, Output};

fn ramal(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ramal")).arg("schedule").args(arguments.split(' ')).output().unwrap()
}

fn lines(arguments: &str) -> Vec<String> {
    let output = ramal(arguments);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && errors.is_empty(), "{arguments}: {errors}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// `start end days/of amount invoice_on` of each line.
fn rows(arguments: &str) -> Vec<String> {
    let row = |line: &String| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let (start, end) = (text(&row["period"][0]), text(&row["period"][1]));
        let (days, of) = (&row["days"], &row["of"]);
        format!("{start} {end} {days}/{of} {} {}", text(&row["amount"]), text(&row["invoice_on"]))
    };
    lines(arguments).iter().map(row).collect()
}

#[test]
fn each_period_is_one_json_object_with_its_keys_in_order() {
    let printed = lines(
        "--start 2026-01-31 --every 1m --anchor 31 --mode prepaid --first prorate --price 30.00 --quantity 1 --count 13",
    );
    assert_eq!(printed.len(), 13);
    assert_eq!(
        printed[0],
        r#"{"period":["2026-01-31","2026-02-28"],"invoice_on":"2026-01-31","days":28,"of":28,"amount":"30.00"}"#
    );
    assert_eq!(
        printed[12],
        r#"{"period":["2027-01-31","2027-02-28"],"invoice_on":"2027-01-31","days":28,"of":28,"amount":"30.00"}"#
    );
}

#[test]
fn the_first_part_month_is_charged_as_asked() {
    let printed =
        |first: &str| rows(&format!("--start 2026-03-10 --every 1m --anchor 1 --first {first} --price 31 --count 1"));
    assert_eq!(printed("prorate"), ["2026-03-10 2026-04-01 22/31 22.00 2026-03-10"]);
    assert_eq!(printed("full"), ["2026-03-10 2026-04-01 22/31 31.00 2026-03-10"]);
    assert_eq!(printed("free"), ["2026-03-10 2026-04-01 22/31 0.00 2026-03-10"]);
}

#[test]
fn an_end_cuts_the_last_period_and_the_list() {
    assert_eq!(
        rows("--start 2026-03-10 --every 3m --anchor 10 --mode postpaid --price 10.01 --quantity 3 --until 2026-06-20"),
        ["2026-03-10 2026-06-10 92/92 30.03 2026-06-10", "2026-06-10 2026-06-20 10/92 3.26 2026-06-20"]
    );
    assert_eq!(
        rows("--start 2026-03-10 --every 1m --anchor 1 --first full --price 31 --until 2026-03-15"),
        ["2026-03-10 2026-03-15 5/31 5.00 2026-03-10"]
    );
}

#[test]
fn amounts_have_the_decimals_of_their_currency() {
    let amounts = |currency: &str| {
        rows(&format!("--start 2026-03-02 --every 1m --anchor 1 --price 1000 --count 1 --currency {currency}"))
    };
    assert_eq!(amounts("JPY"), ["2026-03-02 2026-04-01 30/31 968 2026-03-02"]);
    assert_eq!(amounts("USD"), ["2026-03-02 2026-04-01 30/31 967.74 2026-03-02"]);
    assert_eq!(amounts("KWD"), ["2026-03-02 2026-04-01 30/31 967.742 2026-03-02"]);
}

#[test]
fn bad_input_is_one_line_and_status_2() {
    let good = "--start 2026-01-31 --every 1m --anchor 31 --mode prepaid --first prorate --price 30.00 --quantity 1 --count 3 --until 2026-06-01 --currency USD";
    assert_eq!(lines(good).len(), 3);
    for (option, wrong) in [
        ("--start", "2026-02-30"),
        ("--start", "31/01/2026"),
        ("--start", "2026-1-31"),
        ("--start", "2026-06-01"),
        ("--every", "0m"),
        ("--every", "1q"),
        ("--every", "-1m"),
        ("--anchor", "0"),
        ("--anchor", "32"),
        ("--anchor", "-1"),
        ("--mode", "later"),
        ("--first", "half"),
        ("--price", "-1"),
        ("--price", "cheap"),
        ("--price", "1,50"),
        ("--quantity", "0"),
        ("--quantity", "-2"),
        ("--count", "0"),
        ("--count", "-1"),
        ("--count", "many"),
        ("--until", "2026-01-31"),
        ("--until", "2025-01-01"),
        ("--currency", "dollars"),
        ("--nonsense", "1"),
    ] {
        let mut words: Vec<&str> = good.split(' ').collect();
        match words.iter().position(|word| *word == option) {
            Some(at) => words[at + 1] = wrong,
            None => words.extend([option, wrong]),
        }
        refused(&words.join(" "));
    }
    refused("--every 1m --price 30");
    refused("--start 2026-01-31 --every 1m --price");
    refused("--start 9999-01-31 --every 1m --price 30 --count 13");
    refused("--start 2026-01-31 --every 1m --price 9999999999999999999999 --quantity 9999999999999999999999");
}

fn refused(arguments: &str) {
    let output = ramal(arguments);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments}");
    assert!(output.stdout.is_empty(), "{arguments}");
    assert_eq!(errors.trim_end().lines().count(), 1, "{arguments}: {errors}");
    assert!(errors.len() > 20, "{arguments}: {errors}");
}
