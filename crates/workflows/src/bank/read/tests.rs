use domain::bank::{Columns, LineProblem, Movement, StatementFormat};

use super::*;

const CSV: &str = include_str!("fixtures/banco.csv");
const MT940: &str = include_str!("fixtures/statement.sta");
const CAMT: &str = include_str!("fixtures/camt053.xml");

fn read_all(content: &str) -> Result<Contents, Damaged> {
    contents(format_of(content), content, &Columns::guess(&heads(content)))
}

fn told(movements: &[Movement]) -> Vec<(usize, String, String, &str, &str)> {
    let told = |it: &'_ Movement| (it.line, it.booked_on.to_string(), it.amount.normalize().to_string());
    movements
        .iter()
        .map(|it| {
            let (line, on, amount) = told(it);
            (line, on, amount, it.reference.as_str(), it.name.as_str())
        })
        .collect()
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn a_file_is_known_by_how_it_begins() {
    let formats = [CSV, MT940, CAMT].map(format_of);
    assert_eq!(formats, [StatementFormat::Csv, StatementFormat::Mt940, StatementFormat::Camt053]);
}

#[test]
fn a_csv_file_gives_its_movements_and_names_its_bad_lines() {
    let contents = read_all(CSV).unwrap();
    let expected = [
        (2, text("2026-04-03"), text("34.8"), "000771204", "ANA LOPEZ"),
        (3, text("2026-04-03"), text("-1.5"), "", ""),
        (5, text("2026-04-04"), text("1234.5"), "F-2026-000002", "BETO RUÍZ; HIJOS"),
        (6, text("2026-04-04"), text("10"), "88", ""),
        (7, text("2026-04-04"), text("10"), "88", ""),
    ];
    assert_eq!(told(&contents.movements), expected);
    let bad: Vec<_> = contents.bad.iter().map(|bad| (bad.line, bad.problem)).collect();
    assert_eq!(bad, [(4, LineProblem::NoAmount), (8, LineProblem::NoDate)]);
}

#[test]
fn an_mt940_statement_gives_its_movements() {
    let movements = read_all(MT940).unwrap().movements;
    let expected = [
        (1, text("2026-04-03"), text("34.8"), "771204", ""),
        (2, text("2026-04-03"), text("-1.5"), "COM042026", ""),
        (3, text("2026-04-04"), text("69.6"), "88123", ""),
    ];
    assert_eq!(told(&movements), expected);
    assert_eq!(movements[0].description, "ANA LOPEZ FACTURA F-2026-000001");
}

#[test]
fn a_camt053_statement_gives_what_was_booked() {
    let movements = read_all(CAMT).unwrap().movements;
    let shown = told(&movements);
    let shown: Vec<_> = shown
        .iter()
        .map(|(_, on, amount, reference, name)| (on.as_str(), amount.as_str(), *reference, *name))
        .collect();
    let expected = [
        ("2026-04-03", "34.8", "771204", "Ana López & hijos"),
        ("2026-04-03", "-1.5", "COM042026", ""),
        ("2026-04-04", "69.6", "AB-99", "Beto Ruiz"),
    ];
    assert_eq!(shown, expected);
    assert_eq!(movements[2].description, "contrato C00002");
}

#[test]
fn a_damaged_file_is_refused_whole_and_says_where() {
    let cut = &CAMT[..CAMT.len() / 2];
    assert!(matches!(read_all(cut), Err(Damaged { line: Some(line) }) if line > 10));
    let no_amount = CAMT.replace("34.80", "many");
    assert!(matches!(read_all(&no_amount), Err(Damaged { line: Some(_) })));
    assert!(read_all("<html><body>Please sign in</body></html>").is_err(), "what a bank sends when a session ended");
    let line_of = |content: &str, text: &str| content.lines().position(|line| line.contains(text)).map(|nth| nth + 1);
    for (right, wrong) in
        [(":61:2604030403C34,80", ":61:26XX030403C34,80"), (":61:2604040404C69,60", ":61:2604040404C69")]
    {
        let damaged = MT940.replace(right, wrong);
        assert_eq!(read_all(&damaged), Err(Damaged { line: line_of(&damaged, wrong) }), "{wrong}");
    }
    let without_end = MT940.split(":62F:").next().unwrap();
    assert_eq!(read_all(without_end), Err(Damaged { line: Some(without_end.lines().count()) }));
}

#[test]
fn what_windows_wrote_is_read_too() {
    assert_eq!(decoded(b"\xef\xbb\xbfPe\xc3\xb1a"), "Peña");
    assert_eq!(decoded(b"Pe\xf1a"), "Peña");
}
