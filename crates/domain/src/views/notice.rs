//! The page that customers who are cut are sent to. Nobody signs in there: it shows what the address it was asked from
//! may know, and no name.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::service::HoldReason;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The provider's name.
    pub company: String,
    /// `None`: whoever asks is not known by this address, or is not cut.
    pub cut: Option<NoticeOfCut>,
    pub how_to_pay: String,
    pub phone: String,
    pub email: String,
    /// Where one signs in and pays.
    pub portal: String,
}

/// Why the service at this address is cut, and what is owed for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeOfCut {
    pub since: Option<NaiveDate>,
    /// Each once.
    pub reasons: Vec<HoldReason>,
    /// Oldest due first.
    pub invoices: Vec<NoticeOfInvoice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeOfInvoice {
    pub number: String,
    pub due_on: NaiveDate,
    pub open: Money,
}

impl NoticeOfCut {
    /// Whether paying brings the service back.
    pub fn is_about_money(&self) -> bool {
        self.reasons.iter().all(|reason| *reason == HoldReason::Overdue)
    }
}
