//! A morning's work given out: several orders to one technician, and a route in the order that somebody typed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::bulk::MOST;
use super::work_forms::who_and_when;
use crate::failure::{Failure, FormCheck, Problem};
use crate::form;
use crate::ids::{UserId, WorkOrderId};
use crate::work_order::DayPart;

/// Orders that wait, for one technician and one day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssignForm {
    /// The orders that were ticked, each by its id after an `i`.
    pub orders: BTreeMap<String, String>,
    pub technician: String,
    pub on: String,
    /// Blank: each as it was promised.
    pub part: String,
}

/// The form, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Each once, the oldest first.
    pub orders: Vec<WorkOrderId>,
    pub technician: UserId,
    pub on: NaiveDate,
    pub part: Option<DayPart>,
}

impl AssignForm {
    /// # Errors
    /// `Fields`: nothing was ticked, or a day is over.
    pub fn check(&self, today: NaiveDate) -> Result<Assignment, Failure> {
        let mut check = FormCheck::default();
        let orders = check.take("orders", self.ticked());
        let when = who_and_when(&mut check, &self.technician, &self.on, today);
        let part = check.take("part", form::optional_choice(&self.part));
        check.answer((|| {
            let (technician, on) = when?;
            Some(Assignment { orders: orders?, technician, on, part: part? })
        })())
    }

    fn ticked(&self) -> Result<Vec<WorkOrderId>, Problem> {
        let mut orders = self.orders.keys().map(|key| order(key)).collect::<Result<Vec<_>, _>>()?;
        orders.sort_unstable();
        orders.dedup();
        if orders.is_empty() || orders.len() > MOST { Err(Problem::UnknownChoice) } else { Ok(orders) }
    }
}

/// A number beside each stop of a technician's day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RouteForm {
    /// By the order's id after an `i`.
    pub places: BTreeMap<String, String>,
}

impl RouteForm {
    /// # Errors
    /// `Fields`.
    pub fn check(&self) -> Result<BTreeMap<WorkOrderId, u32>, Failure> {
        let mut check = FormCheck::default();
        let mut places = BTreeMap::new();
        for (key, typed) in &self.places {
            let field = format!("places.{key}");
            let place = order(key).and_then(|order| form::whole(typed, 1..=999).map(|place| (order, place)));
            places.extend(check.take(&field, place));
        }
        check.answer(Some(places))
    }
}

fn order(key: &str) -> Result<WorkOrderId, Problem> {
    form::choice(key.strip_prefix('i').unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn problems<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Vec<(String, Problem)> {
        match answer {
            Err(Failure::Fields { fields }) => fields.into_iter().map(|field| (field.field, field.problem)).collect(),
            answer => panic!("{answer:?}"),
        }
    }

    #[test]
    fn orders_are_ticked_and_each_keeps_its_part_of_the_day_unless_another_is_chosen() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 10).unwrap();
        let form = AssignForm {
            orders: typed(&[("i10", "true"), ("i9", "true")]),
            technician: "4".to_owned(),
            on: "2026-03-10".to_owned(),
            part: String::new(),
        };
        let understood = form.check(today).unwrap();
        assert_eq!((understood.orders, understood.part), (vec![WorkOrderId(9), WorkOrderId(10)], None));
        let afternoon = AssignForm { part: "afternoon".to_owned(), ..form.clone() };
        assert_eq!(afternoon.check(today).unwrap().part, Some(DayPart::Afternoon));
        let nothing = AssignForm { orders: BTreeMap::new(), on: "2026-03-09".to_owned(), ..form };
        let wrong = [("orders".to_owned(), Problem::UnknownChoice), ("on".to_owned(), Problem::InThePast)];
        assert_eq!(problems(nothing.check(today)), wrong);
    }

    #[test]
    fn each_stop_of_a_route_has_a_number() {
        let route = |pairs: &[(&str, &str)]| RouteForm { places: typed(pairs) }.check();
        assert_eq!(route(&[("i7", "2"), ("i9", " 1 ")]).unwrap()[&WorkOrderId(9)], 1);
        let wrong = [("places.i7".to_owned(), Problem::Required), ("places.i9".to_owned(), Problem::NotANumber)];
        assert_eq!(problems(route(&[("i7", ""), ("i9", "first")])), wrong);
        assert_eq!(problems(route(&[("i7", "0")])), [("places.i7".to_owned(), Problem::OutOfRange)]);
    }
}
