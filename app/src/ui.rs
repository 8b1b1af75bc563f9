//! The design system.

pub mod badge;
pub mod button;
pub mod card;
pub mod chart;
pub mod dialog;
pub mod empty;
pub mod form;
pub mod format;
pub mod icon;
pub mod layout;
pub mod list;
pub mod loaded;
pub mod menu;
pub mod notice;
pub mod page;
pub mod timeline;
pub mod tone;
