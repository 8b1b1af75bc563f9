//! Equipment: what it is, where it is, whose it is, and what happened to it.

use domain::stock::{EquipmentKind, EquipmentState, MoveKind, Ownership};

use crate::i18n::Words;

#[must_use]
pub fn kind_word(kind: EquipmentKind, t: Words) -> &'static str {
    match kind {
        EquipmentKind::Onu => t.stock.kind_onu(),
        EquipmentKind::Router => t.stock.kind_router(),
        EquipmentKind::Antenna => t.stock.kind_antenna(),
        EquipmentKind::Radio => t.stock.kind_radio(),
        EquipmentKind::Switch => t.stock.kind_switch(),
        EquipmentKind::Phone => t.stock.kind_phone(),
        EquipmentKind::Decoder => t.stock.kind_decoder(),
        EquipmentKind::Other => t.stock.kind_other(),
    }
}

#[must_use]
pub fn state_word(state: EquipmentState, t: Words) -> &'static str {
    match state {
        EquipmentState::InStock => t.stock.state_in_stock(),
        EquipmentState::Installed => t.stock.state_installed(),
        EquipmentState::WithCustomer => t.stock.state_with_customer(),
        EquipmentState::WrittenOff => t.stock.state_written_off(),
    }
}

#[must_use]
pub fn ownership_word(ownership: Ownership, t: Words) -> &'static str {
    match ownership {
        Ownership::Ours => t.stock.owner_ours(),
        Ownership::Leased => t.stock.owner_leased(),
        Ownership::Sold => t.stock.owner_sold(),
        Ownership::Customer => t.stock.owner_customer(),
    }
}

/// What happened, as the title of a line.
#[must_use]
pub fn move_word(kind: MoveKind, t: Words) -> &'static str {
    match kind {
        MoveKind::Received => t.stock.move_received(),
        MoveKind::Brought => t.stock.move_brought(),
        MoveKind::Transferred => t.stock.move_transferred(),
        MoveKind::Installed => t.stock.move_installed(),
        MoveKind::TakenBack => t.stock.move_taken_back(),
        MoveKind::Left => t.stock.move_left(),
        MoveKind::Sold => t.stock.move_sold(),
        MoveKind::Returned => t.stock.move_returned(),
        MoveKind::Leased => t.stock.move_leased(),
        MoveKind::LeaseEnded => t.stock.move_lease_ended(),
        MoveKind::Passed => t.stock.move_passed(),
        MoveKind::WrittenOff => t.stock.move_written_off(),
        MoveKind::Found => t.stock.move_found(),
    }
}

/// The same for the customer, who reads only of what came to them and went.
#[must_use]
pub fn own_move_word(kind: MoveKind, t: Words) -> &'static str {
    match kind {
        MoveKind::Installed => t.stock.own_installed(),
        MoveKind::TakenBack => t.stock.own_taken_back(),
        MoveKind::Left => t.stock.own_left(),
        MoveKind::Sold => t.stock.own_sold(),
        MoveKind::Returned => t.stock.own_returned(),
        _ => move_word(kind, t),
    }
}
