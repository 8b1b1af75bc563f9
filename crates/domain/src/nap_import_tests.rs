use super::*;

fn columns(heads: &[&str]) -> Result<NapColumns, Vec<NapColumn>> {
    NapColumns::of(&heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>())
}

fn all() -> NapColumns {
    columns(&["name", "latitude", "longitude", "capacity", "sector", "olt", "pon", "splitter", "fibre"]).unwrap()
}

fn read(row: &str) -> Result<TypedNap, Vec<BadCell>> {
    all().read(&row.split(';').collect::<Vec<_>>())
}

fn wrong(row: &str) -> Vec<(NapColumn, NapProblem)> {
    read(row).unwrap_err().into_iter().map(|bad| (bad.column, bad.problem)).collect()
}

#[test]
fn columns_have_names_of_both_languages_in_any_order_and_unknown_ones_do_not_matter() {
    let spanish = columns(&["Puertos", "LONGITUD", "Poste", "Latitud", "Caja NAP"]).unwrap();
    let nap = spanish.read(&["8", "-96.72", "de madera", "17.06", "NAP-1"]).unwrap();
    assert_eq!((nap.name.as_str(), nap.capacity, nap.position.to_string().as_str()), ("NAP-1", 8, "17.06, -96.72"));
    assert!(columns(&["name", "lat", "lon", "ports", "Fibra (m)", "PON_port"]).is_ok());
    assert_eq!(columns(&["name", "lat"]), Err(vec![NapColumn::Longitude, NapColumn::Capacity]));
}

#[test]
fn a_row_is_a_box_and_where_its_light_comes_from() {
    let nap = read(" NAP-1 ; 17.0612345 ;-96,72;16;Centro;OLT-1;1/0;1:8;2400").unwrap();
    assert_eq!(nap.position.to_string(), "17.061234, -96.72");
    assert_eq!((nap.capacity, nap.fibre_metres, nap.sector.as_deref()), (16, Some(2_400), Some("Centro")));
    assert_eq!(nap.behind, Some(Behind { olt: "OLT-1".to_owned(), slot: 1, number: 0, ways: Ways::Eight }));
    // Without a splitter, one of as many ways as the box has room.
    assert_eq!(read("NAP-1;17;-96;16;;OLT-1;2/3;;").unwrap().behind.unwrap().ways, Ways::Sixteen);
    // What is left out at the end of a row is blank.
    let bare = read("NAP-1;17;-96;12").unwrap();
    assert_eq!((bare.behind, bare.sector, bare.fibre_metres), (None, None, None));
}

#[test]
fn everything_that_is_wrong_with_a_row_is_told_at_once() {
    use NapColumn::{Capacity, Fibre, Latitude, Longitude, Name, Olt, Pon, Splitter};
    use NapProblem::{Missing, NotAPon, NotDegrees, NotWays, NotWhole, TooLong, TooManyWays};
    let ports = || NotWhole { least: 1, most: 512 };
    for (row, told) in [
        (
            ";91;-181;0",
            vec![
                (Name, Missing),
                (Latitude, NotDegrees { most: 90 }),
                (Longitude, NotDegrees { most: 180 }),
                (Capacity, ports()),
            ],
        ),
        ("NAP-1;;;", vec![(Latitude, Missing), (Longitude, Missing), (Capacity, Missing)]),
        ("NAP-1;17° 3' N;-96;ocho", vec![(Latitude, NotDegrees { most: 90 }), (Capacity, ports())]),
        ("NAP-1;17.06, -96.72;-96;8", vec![(Latitude, NotDegrees { most: 90 })]),
        ("NAP-1;17;-96;513", vec![(Capacity, ports())]),
        ("NAP-1;17;-96;8;;;1/0", vec![(Olt, Missing)]),
        ("NAP-1;17;-96;8;;OLT-1", vec![(Pon, Missing)]),
        ("NAP-1;17;-96;8;;;;8", vec![(Olt, Missing), (Pon, Missing)]),
        ("NAP-1;17;-96;8;;OLT-1;0/1/0", vec![(Pon, NotAPon)]),
        ("NAP-1;17;-96;8;;OLT-1;64/0", vec![(Pon, NotAPon)]),
        ("NAP-1;17;-96;8;;OLT-1;1/0;7", vec![(Splitter, NotWays)]),
        ("NAP-1;17;-96;8;;OLT-1;1/0;1:16", vec![(Splitter, TooManyWays)]),
        // No splitter has twelve ways: somebody has to say which one it is.
        ("NAP-1;17;-96;12;;OLT-1;1/0", vec![(Splitter, Missing)]),
        ("NAP-1;17;-96;8;;;;;60001", vec![(Fibre, NotWhole { least: 0, most: 60_000 })]),
    ] {
        assert_eq!(wrong(row), told, "{row}");
    }
    let long = "N".repeat(101);
    assert_eq!(wrong(&format!("{long};17;-96;8")), [(Name, TooLong { most: 100 })]);
    let told = read("NAP-1;norte;-96;8").unwrap_err();
    assert_eq!(told[0].typed, "norte", "with what was typed");
}

#[test]
fn the_example_can_be_read_in_both_languages() {
    for language in [Language::Spanish, Language::English] {
        let example = example(language);
        let mut lines = example.lines();
        let heads: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
        let columns = NapColumns::of(&heads).unwrap();
        let naps: Vec<TypedNap> =
            lines.map(|line| columns.read(&line.split(',').collect::<Vec<_>>()).unwrap()).collect();
        assert_eq!(naps.iter().map(|nap| nap.behind.is_some()).collect::<Vec<_>>(), [false, true]);
    }
}
