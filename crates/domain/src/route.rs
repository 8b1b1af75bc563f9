//! In which order to go around: a suggestion, which people may change.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::position::Position;
use crate::work_order::DayPart;

/// Somewhere to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    pub part: DayPart,
    /// `None`: nobody knows where it is; such a stop comes at the end of its part of the day.
    pub position: Option<Position>,
}

/// The stops' numbers in the order to go: those of the morning first and those of the afternoon last, as they were
/// promised, and in each part always to the nearest one from where one is. Without a `start`, the first stop is it.
pub fn suggested(start: Option<Position>, stops: &[Stop]) -> Vec<usize> {
    let mut here = start;
    let mut route = Vec::new();
    for part in DayPart::ALL {
        let mut left: Vec<usize> = (0..stops.len()).filter(|stop| stops[*stop].part == *part).collect();
        while let Some(next) = nearest(here, &left, stops) {
            let stop = left.remove(next);
            here = stops[stop].position.or(here);
            route.push(stop);
        }
    }
    route
}

/// The stops' numbers in the order to go, from what somebody typed beside each: `None` beside one that has no number.
/// Whoever moves a stop forward means before the one that has this number now, and whoever moves it back means after it;
/// what has no number comes at the end.
pub fn numbered(typed: &[Option<u32>]) -> Vec<usize> {
    let mut route: Vec<usize> = (0..typed.len()).collect();
    route.sort_by_key(|stop| match typed[*stop] {
        Some(number) => {
            let now = u32::try_from(*stop).unwrap_or(u32::MAX).saturating_add(1);
            (number, number.cmp(&now))
        }
        None => (u32::MAX, Ordering::Equal),
    });
    route
}

/// Which of those that are left is the nearest; of equal ones, the first.
fn nearest(here: Option<Position>, left: &[usize], stops: &[Stop]) -> Option<usize> {
    let far = |place: &usize| match (here, stops[left[*place]].position) {
        (Some(here), Some(there)) => (0, apart(here, there)),
        (None, Some(_)) => (0, Decimal::ZERO),
        (_, None) => (1, Decimal::ZERO),
    };
    (0..left.len()).min_by_key(far)
}

/// The square of how far two places of a town are from each other, in degrees of latitude: enough to compare. A degree of
/// longitude is as long as the cosine of the latitude says.
fn apart(from: Position, to: Position) -> Decimal {
    let half_way = (from.latitude() + to.latitude()) / Decimal::TWO;
    let north = to.latitude() - from.latitude();
    let east = (to.longitude() - from.longitude()) * cosine(half_way);
    north * north + east * east
}

/// By its series, which from pole to pole is right to the hundredth.
fn cosine(degrees: Decimal) -> Decimal {
    let radians = degrees * Decimal::new(17_453_293, 9);
    let square = radians * radians;
    let (two, four, six) = (Decimal::TWO, Decimal::from(24), Decimal::from(720));
    Decimal::ONE - square / two + square * square / four - square * square * square / six
}

#[cfg(test)]
mod tests {
    use super::*;
    use DayPart::{Afternoon, Any, Morning};

    fn at(position: &str) -> Option<Position> {
        Some(position.parse().unwrap())
    }

    fn stop(part: DayPart, position: &str) -> Stop {
        Stop { part, position: at(position) }
    }

    #[test]
    fn one_always_goes_to_the_nearest_stop_that_is_left() {
        let stops = [
            stop(Any, "17.06, -96.72"),
            stop(Any, "17.20, -96.72"),
            stop(Any, "17.10, -96.72"),
            stop(Any, "17.07, -96.72"),
        ];
        assert_eq!(suggested(at("17.00, -96.72"), &stops), [0, 3, 2, 1]);
        assert_eq!(suggested(at("17.30, -96.72"), &stops), [1, 2, 3, 0]);
        assert_eq!(suggested(None, &stops), [0, 3, 2, 1], "from the first one");
    }

    #[test]
    fn what_was_promised_for_the_morning_comes_before_the_rest_and_the_afternoon_after_it() {
        let stops = [
            stop(Afternoon, "17.01, -96.72"),
            stop(Any, "17.02, -96.72"),
            stop(Morning, "17.30, -96.72"),
            stop(Any, "17.29, -96.72"),
        ];
        assert_eq!(suggested(at("17.00, -96.72"), &stops), [2, 3, 1, 0]);
    }

    #[test]
    fn a_stop_without_a_position_comes_after_those_that_have_one() {
        let stops = [Stop { part: Any, position: None }, stop(Any, "17.50, -96.72"), stop(Any, "17.01, -96.72")];
        assert_eq!(suggested(at("17.00, -96.72"), &stops), [2, 1, 0]);
        assert_eq!(suggested(None, &[]), Vec::<usize>::new());
    }

    #[test]
    fn a_number_says_where_a_stop_goes_and_the_others_make_way() {
        for (typed, route) in [
            (vec![1, 2, 3, 4], vec![0, 1, 2, 3]),
            (vec![4, 3, 2, 1], vec![3, 2, 1, 0]),
            // Only one was changed: the last to the second place, the second to the last.
            (vec![1, 2, 3, 2], vec![0, 3, 1, 2]),
            (vec![1, 4, 3, 4], vec![0, 2, 3, 1]),
            (vec![9, 2, 3, 4], vec![1, 2, 3, 0]),
            (vec![10, 20, 15, 5], vec![3, 0, 2, 1]),
        ] {
            let typed: Vec<Option<u32>> = typed.into_iter().map(Some).collect();
            assert_eq!(numbered(&typed), route, "{typed:?}");
        }
        assert_eq!(numbered(&[None, Some(2), None, Some(1)]), [3, 1, 0, 2], "what came meanwhile is at the end");
        assert_eq!(numbered(&[]), Vec::<usize>::new());
    }

    #[test]
    fn a_degree_of_longitude_is_shorter_far_from_the_equator() {
        let stops = [stop(Any, "60.60, 10.00"), stop(Any, "60.00, 11.00")];
        assert_eq!(suggested(at("60.00, 10.00"), &stops), [1, 0], "half a degree against three fifths");
        let stops = [stop(Any, "0.60, 10.00"), stop(Any, "0.00, 11.00")];
        assert_eq!(suggested(at("0.00, 10.00"), &stops), [0, 1]);
    }
}
