//! Invoices and credit notes, to take away.

use domain::views::invoices::{InvoiceList, InvoiceRow};

use super::api::list_invoices;
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};
use crate::parts::document::{document_kind, standing};

pub(in crate::office) fn invoices(t: Words) -> Listing {
    Columns::<InvoiceRow>::begin()
        .text(t.money.number(), |row| row.number.clone())
        .text(t.money.kind(), move |row| document_kind(row.kind, t))
        .text(t.money.customer(), |row| row.customer_name.clone())
        .text(t.money.contract(), |row| row.contract_code.clone())
        .date(t.money.issued(), |row| row.issued_on)
        .date(t.money.due(), |row| row.due_on)
        .text(t.money.standing(), move |row| standing(row.standing, t))
        .money(t.money.total(), |row| row.total)
        .money(t.money.open(), |row| row.open)
        .currency(t.accounts.currency(), |row| row.total)
        .of(list_invoices, |list: InvoiceList| list.page)
}
