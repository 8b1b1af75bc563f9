//! Pieces of screens that know the domain: which state has which word, icon and colour, why somebody is cut, what a
//! charge is made of, and the story of a contract. They read no data: pages give it to them.

pub mod acceptance;
pub mod amount;
pub mod because;
pub mod card;
pub mod change;
pub mod cut;
pub mod discount;
pub mod document;
pub mod held_back;
pub mod here;
pub mod late_fee;
pub mod live;
pub mod message;
pub mod people;
pub mod place;
pub mod plant;
pub mod promise;
pub mod quote;
pub mod scan;
pub mod session;
pub mod state;
pub mod statement;
pub mod stock;
pub mod story;
pub mod terms;
pub mod ticket;
pub mod transfer;
pub mod work;

/// Whom a sentence is for. Customers read no names of staff, no notes and no jargon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Staff,
    Customer,
}
