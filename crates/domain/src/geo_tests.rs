use super::*;

fn at(text: &str) -> Position {
    text.parse().unwrap()
}

fn near(one: f64, other: f64, by: f64) -> bool {
    (one - other).abs() <= by
}

#[test]
fn distances_are_those_of_the_great_circle() {
    for (from, to, metres, within) in [
        ("17.0606, -96.7253", "17.0606, -96.7253", 0, 0),
        // A thousandth of a degree to the north is 111 m everywhere, to the east only on the equator.
        ("17.0606, -96.7253", "17.0616, -96.7253", 111, 1),
        ("0, 0", "0, 0.001", 111, 1),
        ("17.0606, -96.7253", "17.0606, -96.7243", 106, 1),
        ("60, 10", "60, 10.001", 56, 1),
        // Oaxaca to Mexico City; London to New York.
        ("17.0606, -96.7253", "19.4326, -99.1332", 366_000, 2_000),
        ("51.5074, -0.1278", "40.7128, -74.0060", 5_570_000, 5_000),
        ("0, 0", "0, 180", 20_015_100, 200),
    ] {
        let found = distance(at(from), at(to));
        assert!(found.abs_diff(metres) <= within, "{from} to {to}: {found}");
        assert_eq!(found, distance(at(to), at(from)), "the way back is as long");
    }
}

#[test]
fn whoever_is_near_enough_is_in_the_box_around() {
    for center in ["17.0606, -96.7253", "0, 0", "-54.8, -68.3", "69.6, 18.9"] {
        let bounds = Bounds::around(at(center), 300);
        let (latitude, longitude) = degrees(at(center));
        for (north, east) in [(0.0026, 0.0), (-0.0026, 0.0), (0.0, 0.0026), (0.0, -0.0026), (0.0018, 0.0018)] {
            let point = position(latitude + north, longitude + east / latitude.to_radians().cos());
            assert!(distance(at(center), point) <= 300, "{point}");
            assert!(bounds.hold(point), "{point}");
        }
        assert!(!bounds.hold(position(latitude + 0.004, longitude)));
    }
}

#[test]
fn the_projection_is_that_of_the_tiles_of_the_web() {
    // https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames: what the formula there gives.
    for (place, zoom, column, row) in
        [("0, 0", 1, 1, 1), ("17.0606, -96.7253", 14, 3789, 7403), ("51.5074, -0.1278", 10, 511, 340)]
    {
        let spot = project(degrees(at(place)), zoom);
        let tile = ((spot.x / TILE).floor().to_u32(), (spot.y / TILE).floor().to_u32());
        assert_eq!(tile, (Some(column), Some(row)), "{place}");
        assert_eq!(unproject(spot, zoom), at(place), "and back");
    }
}

#[test]
fn the_center_is_in_the_middle_and_the_corners_are_the_bounds() {
    let window = Window::new(at("17.0606, -96.7253"), 15);
    assert_eq!(window.spot(window.center), Spot { x: WIDTH / 2.0, y: HEIGHT / 2.0 });
    let Bounds { south_west, north_east } = window.bounds();
    let (low, high) = (window.spot(south_west), window.spot(north_east));
    assert!(near(low.x, 0.0, 0.2) && near(low.y, HEIGHT, 0.2), "{low:?}");
    assert!(near(high.x, WIDTH, 0.2) && near(high.y, 0.0, 0.2), "{high:?}");
    let east = window.moved(1, 0);
    assert!(near(east.spot(window.center).x, 0.0, 0.2), "half of it is left behind");
    assert_eq!((window.zoomed(true).zoom, window.zoomed(false).zoom), (16, 14));
    assert_eq!(Window::new(window.center, 200).zoom, LAST_ZOOM);
}

#[test]
fn everything_fits_and_one_house_is_shown_with_its_street() {
    let town = Bounds { south_west: at("17.02, -96.78"), north_east: at("17.12, -96.66") };
    let window = Window::fitting(town);
    for corner in [town.south_west, town.north_east] {
        let spot = window.spot(corner);
        assert!((0.0..=WIDTH).contains(&spot.x) && (0.0..=HEIGHT).contains(&spot.y), "{spot:?}");
    }
    let closer = window.zoomed(true);
    assert!(!closer.bounds().hold(town.south_west), "no closer one would do");
    let house = Bounds { south_west: at("17.06, -96.72"), north_east: at("17.06, -96.72") };
    assert_eq!(Window::fitting(house).zoom, 17);
}

#[test]
fn tiles_cover_the_drawing_without_a_gap() {
    let window = Window::new(at("17.0606, -96.7253"), 14);
    let tiles = window.tiles();
    let reaches = |least: fn(&Tile) -> f64| tiles.iter().map(least).fold(f64::INFINITY, f64::min);
    assert!(reaches(|tile| tile.at.x) <= 0.0 && reaches(|tile| tile.at.y) <= 0.0);
    assert!(reaches(|tile| -tile.at.x - TILE) <= -WIDTH && reaches(|tile| -tile.at.y - TILE) <= -HEIGHT);
    assert!((12..=20).contains(&tiles.len()), "{}", tiles.len());
}

#[test]
fn the_scale_is_a_round_length() {
    for (zoom, metres) in [(17, 200), (14, 1_000), (6, 200_000)] {
        let scale = Window::new(at("17.0606, -96.7253"), zoom).scale();
        assert_eq!(scale.metres, metres, "{zoom}");
        assert!((WIDTH / 13.0..=WIDTH / 5.0).contains(&scale.width), "{scale:?}");
    }
}
