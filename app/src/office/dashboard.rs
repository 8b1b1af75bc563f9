//! The first screen: figures, each with its definition and the list behind it, and how the last night went.

pub mod api;
mod demo;
mod figure;
mod links;
mod money;
mod narrowing;
mod page;
mod picker;
mod recurring;
mod run;
mod services;
mod trouble;

pub(in crate::office) use narrowing::Narrowing;
pub use page::DashboardPage;
