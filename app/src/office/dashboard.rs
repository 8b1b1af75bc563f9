//! The first screen: figures, each with its definition and the list behind it, and how the last night went.

pub mod api;
mod demo;
mod figure;
mod page;
mod run;

pub use page::DashboardPage;
