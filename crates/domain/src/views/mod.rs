//! Plain structs that screens show, a file per screen area.

pub mod list;
