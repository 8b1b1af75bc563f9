//! The story of a contract that staff and customer read: facts, worded where they are shown.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::DateRange;
use crate::collections::{LateFeeEvidence, PromiseOutcome};
use crate::credit::CreditBecause;
use crate::discount::Discount;
use crate::ids::{
    ContractId, EquipmentId, FileId, InvoiceId, MessageId, OutageId, PaymentId, QuoteId, TicketId, TransferReportId,
    WorkOrderId,
};
use crate::invoice::PaymentMethod;
use crate::leasing::LeaseState;
use crate::message::{Channel, Purpose};
use crate::money::Money;
use crate::plan_change::{ChangeState, ChangeSummary};
use crate::plant::PortNow;
use crate::service::{HoldEffect, HoldEvidence, HoldReason, ServiceState, TechnicalState};
use crate::stock::MoveKind;
use crate::views::collection_orders::CollectionOutcome;
use crate::work_order::{VisitOutcome, WorkKind};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    ContractDrafted,
    ContractSigned {
        on: NaiveDate,
    },
    /// The customer read it in the portal and accepted it, under this name.
    ContractAccepted {
        name: String,
    },
    ContractActivated {
        on: NaiveDate,
    },
    ContractClosed {
        on: NaiveDate,
        reason: String,
    },
    /// Revived by a quote that was confirmed or paid.
    ServiceReconnected {
        quote: QuoteId,
        number: String,
    },
    ContractImported {
        source: String,
    },
    /// A line of an active contract got a discount, or (with `None`) lost the one it had.
    DiscountChanged {
        line: String,
        discount: Option<Discount>,
    },
    InvoiceIssued {
        invoice: InvoiceId,
        number: String,
        total: Money,
        due_on: NaiveDate,
        period: Option<DateRange>,
    },
    /// An invoice that another one's lateness cost.
    LateFeeCharged {
        fee: InvoiceId,
        number: String,
        total: Money,
        evidence: LateFeeEvidence,
    },
    InvoiceVoided {
        invoice: InvoiceId,
        number: String,
        reason: String,
    },
    CreditNoteIssued {
        note: InvoiceId,
        number: String,
        total: Money,
        /// The number of the invoice that it corrects.
        corrects: String,
        because: CreditBecause,
    },
    PaymentReceived {
        payment: PaymentId,
        receipt: String,
        amount: Money,
        method: PaymentMethod,
    },
    PaymentRefunded {
        payment: PaymentId,
        receipt: String,
        amount: Money,
        method: PaymentMethod,
        reason: String,
    },
    CreditRefunded {
        note: InvoiceId,
        number: String,
        amount: Money,
        method: PaymentMethod,
        reason: String,
    },
    /// The money never came, or was taken back by the bank.
    PaymentReversed {
        payment: PaymentId,
        receipt: String,
        amount: Money,
        reason: String,
    },
    TransferReported {
        report: TransferReportId,
        amount: Money,
        reference: String,
    },
    TransferRejected {
        report: TransferReportId,
        amount: Money,
        reference: String,
        reason: String,
    },
    /// A change of what the contract sells: asked for, decided on, applied.
    Change {
        what: ChangeSummary,
        now: ChangeState,
    },
    Moved {
        from: String,
        to: String,
    },
    /// What became of a port of the fibre plant: which one, such as `NAP-12/3`.
    Port {
        port: String,
        now: PortNow,
    },
    /// The contract went from one customer to another, who has it by another code.
    HolderChanged {
        on: NaiveDate,
        from: String,
        to: String,
        contract: ContractId,
        code: String,
    },
    Leased {
        equipment: String,
        until: NaiveDate,
    },
    LeaseEndsSoon {
        equipment: String,
        on: NaiveDate,
        plan: String,
    },
    LeaseEnded {
        equipment: String,
        now: LeaseState,
    },
    HoldPlaced {
        reason: HoldReason,
        effect: HoldEffect,
        evidence: HoldEvidence,
    },
    HoldLifted {
        reason: HoldReason,
        effect: HoldEffect,
        because: LiftReason,
    },
    ServiceStateChanged {
        from: ServiceState,
        to: ServiceState,
    },
    /// A device was read, and holds something else than before.
    TechnicalStateRead {
        router: String,
        from: TechnicalState,
        to: TechnicalState,
    },
    /// The equipment is to be fetched: its serial, as far as it is known.
    CollectionOrdered {
        equipment: String,
    },
    CollectionClosed {
        equipment: String,
        outcome: CollectionOutcome,
    },
    /// A piece from the stock came to the customer, or went.
    Equipment {
        item: EquipmentId,
        /// Model and serial.
        name: String,
        what: MoveKind,
    },
    PromiseMade {
        amount: Money,
        until: NaiveDate,
    },
    PromiseEnded {
        amount: Money,
        until: NaiveDate,
        outcome: PromiseOutcome,
    },
    TicketOpened {
        ticket: TicketId,
        subject: String,
    },
    TicketResolved {
        ticket: TicketId,
        subject: String,
    },
    /// Somebody was at the customer's.
    Visited {
        order: WorkOrderId,
        work: WorkKind,
        outcome: VisitOutcome,
    },
    /// A device could not be brought to hold what is wanted; a person must look.
    ProvisioningGivenUp {
        router: String,
    },
    MessageSent {
        message: MessageId,
        purpose: Purpose,
        channel: Channel,
        to: String,
    },
    /// A part of the network that the service hangs at was down.
    OutageBegan {
        outage: OutageId,
        place: String,
        reason: String,
    },
    OutageOver {
        outage: OutageId,
        place: String,
    },
    /// Somebody added it to a ticket.
    FileAdded {
        file: FileId,
        name: String,
        ticket: TicketId,
    },
}

/// Why a hold was lifted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LiftReason {
    /// Nothing late enough is owed any more.
    Paid,
    /// The day of return came, or the customer came back sooner.
    PauseOver,
    Decision {
        why: String,
    },
    ContractClosed,
    /// By the quote of this number; the debt stays.
    Reconnected {
        quote: String,
    },
    /// Somebody gave their word to pay.
    Promised,
    /// The customer reported a transfer that covers it; until that day somebody looks at it.
    Provisional {
        until: NaiveDate,
    },
}

impl Event {
    /// Whether the customer reads this too. What happened between the provider and its devices stays inside.
    pub fn is_for_customer(&self) -> bool {
        !matches!(
            self,
            Self::ProvisioningGivenUp { .. }
                | Self::ContractDrafted
                | Self::Port { .. }
                | Self::MessageSent { .. }
                | Self::OutageBegan { .. }
                | Self::OutageOver { .. }
                | Self::FileAdded { .. }
                | Self::CollectionOrdered { .. }
                | Self::CollectionClosed { .. }
                | Self::Equipment { what: MoveKind::WrittenOff, .. }
        )
    }

    /// The same without what staff wrote for each other: it does not even leave the server.
    #[must_use]
    pub fn without_notes(mut self) -> Self {
        match &mut self {
            Self::ContractClosed { reason: note, .. }
            | Self::InvoiceVoided { reason: note, .. }
            | Self::HoldPlaced { evidence: HoldEvidence::Decision { why: note }, .. }
            | Self::HoldLifted { because: LiftReason::Decision { why: note }, .. } => note.clear(),
            _ => {}
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_staff_wrote_for_each_other_is_not_for_the_customer() {
        let note = "sends spam, third time";
        let (reason, effect) = (HoldReason::Abuse, HoldEffect::HardCut);
        let notes = [
            Event::HoldPlaced { reason, effect, evidence: HoldEvidence::Decision { why: note.to_owned() } },
            Event::HoldLifted { reason, effect, because: LiftReason::Decision { why: note.to_owned() } },
            Event::ContractClosed { on: NaiveDate::default(), reason: note.to_owned() },
            Event::InvoiceVoided { invoice: InvoiceId(1), number: "F-1".to_owned(), reason: note.to_owned() },
        ];
        for event in notes {
            let told = serde_json::to_string(&event.without_notes()).unwrap();
            assert!(!told.contains("spam"), "{told}");
        }
    }
}
