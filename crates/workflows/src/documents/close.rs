//! The close of a month, on paper: the same figures as on its page, in the company's language.

use documents::format;
use documents::paper::{Close, ClosedCurrency, ClosedLine, Content, JournalAccount, Paper, Party, TaxSum};
use domain::money::MoneyError;
use domain::views::accounts::AccountRow;
use domain::views::closing::{CloseItem, CloseLine, CurrencyClose, Month, MonthClose, TaxLine};

use super::Pdf;
use super::paper::{NoDocument, issuer, off_the_threads};
use super::words::{Words, amount, money};
use crate::permit::{Permit, SeeAccounts};
use crate::{Context, Error, Result, accounts};

pub async fn month_close(context: &Context, permit: &Permit<SeeAccounts>, month: Month) -> Result<Pdf> {
    let close = accounts::close(context, permit, Some(month)).await?;
    let mut connection = context.connection().await?;
    let words = Words(store::company::get(&mut connection).await?.language);
    let rule = store::letterhead::tax_id_rule(&mut connection).await?;
    let paper = Paper {
        language: words.code(),
        issuer: issuer(&mut connection, &rule).await?,
        customer: Party::default(),
        notice: String::new(),
        doc: Content::Close(content(&close, words).map_err(Error::internal)?),
    };
    let logo = store::letterhead::logo(&mut connection).await?.map(|(bytes, _)| bytes);
    let bytes = off_the_threads(move || {
        documents::pdf(documents::CLOSE, &paper, logo.as_deref())
            .or_else(|_| documents::pdf(documents::CLOSE, &paper, None))
    })
    .await?;
    let bytes = bytes.map_err(|errors| Error::internal(NoDocument(errors)))?;
    Ok(Pdf { name: format!("close-{month}.pdf"), bytes })
}

fn content(close: &MonthClose, words: Words) -> Result<Close, MoneyError> {
    let currencies = close.currencies.iter().map(|currency| closed(currency, words));
    Ok(Close {
        month: format::month_and_year(close.month.period().from, words.code()),
        currencies: currencies.collect::<Result<_, _>>()?,
        accounts: close.accounts.iter().map(|row| account(row, words)).collect(),
    })
}

fn closed(close: &CurrencyClose, words: Words) -> Result<ClosedCurrency, MoneyError> {
    let line = |spanish, english, value| ClosedLine { what: words.say(spanish, english), amount: money(value) };
    let mut lines = vec![line("Debían al comienzo", "Owed at the beginning", close.opening)];
    lines.extend(
        close
            .lines
            .iter()
            .map(|happened| ClosedLine { what: what_happened(happened, words), amount: money(happened.amount) }),
    );
    lines.push(line("Saldo inicial más lo que pasó", "The beginning and what happened", close.expected()?));
    lines.push(line("Deben al final", "Owed at the end", close.closing));
    lines.push(line("Según el diario", "By the journal", close.by_journal));
    Ok(ClosedCurrency {
        currency: close.currency.code().to_owned(),
        lines,
        verdict: verdict(close.adds_up(), words),
        taxes: close.taxes.iter().map(|tax| tax_sum(tax, words)).collect(),
        of_which: vec![
            line("Recargos por mora facturados", "Late fees invoiced", close.late_fees),
            line("Retenido por clientes", "Withheld by customers", close.withheld()?),
            line("Impuesto tomado con los pagos", "Tax taken with payments", close.payment_tax),
        ],
    })
}

fn verdict(adds_up: bool, words: Words) -> String {
    match adds_up {
        true => words.say("Cuadra: las tres cuentas dan lo mismo.", "It adds up: three counts say the same."),
        false => {
            words.say("No cuadra: avise a quien mantiene Ramal.", "It does not add up: tell whoever maintains Ramal.")
        }
    }
}

/// `Cobrado · Efectivo`
fn what_happened(line: &CloseLine, words: Words) -> String {
    let item = match line.item {
        CloseItem::Invoiced => words.say("Facturado", "Invoiced"),
        CloseItem::Credited => words.say("Notas de crédito", "Credit notes"),
        CloseItem::Voided => words.say("Anulado", "Voided"),
        CloseItem::Collected => words.say("Cobrado", "Collected"),
        CloseItem::Refunded => words.say("Devuelto", "Refunded"),
        CloseItem::Reversed => words.say("Rebotado", "Bounced"),
    };
    match line.method {
        Some(method) => format!("{item} · {}", words.method(method)),
        None => item,
    }
}

fn tax_sum(tax: &TaxLine, words: Words) -> TaxSum {
    let percent = match tax.percent {
        Some(percent) => format!("{} %", percent.normalize()),
        None => words.say("Documentos sin detalle", "Documents without lines"),
    };
    TaxSum { percent, base: money(tax.untaxed), tax: money(tax.tax) }
}

fn account(row: &AccountRow, words: Words) -> JournalAccount {
    let currency = row.closing.currency();
    let currency = currency.code();
    JournalAccount {
        account: format!("{} ({currency})", account_name(&row.account, words)),
        opening: amount(row.opening),
        debit: amount(row.debit),
        credit: amount(row.credit),
        closing: amount(row.closing),
    }
}

/// What an account is called; one that has no words is written as it is.
fn account_name(account: &str, words: Words) -> String {
    let (spanish, english) = match account {
        "assets:receivable" => ("Cuentas por cobrar", "Receivable"),
        "assets:cash" => ("Caja", "Cash"),
        "assets:card" => ("Tarjetas", "Cards"),
        "assets:transfer" => ("Banco", "Bank"),
        "assets:other" => ("Otros medios", "Other means"),
        "assets:vat_withholding" => ("IVA retenido por clientes", "VAT withheld by customers"),
        "assets:income_withholding" => ("Renta retenida por clientes", "Income tax withheld by customers"),
        "liabilities:customer_credit" => ("Saldos a favor de clientes", "Customers' credit"),
        "liabilities:tax" => ("Impuestos por pagar", "Tax payable"),
        "liabilities:payment_tax" => ("IGTF por pagar", "IGTF payable"),
        "income:internet" => ("Ingresos por internet", "Income from internet"),
        "income:addon" => ("Ingresos por adicionales", "Income from add-ons"),
        "income:late_fees" => ("Recargos por mora", "Late fees"),
        "income:exchange" => ("Ganancia por tipo de cambio", "Exchange gains"),
        "income:other" => ("Otros ingresos", "Other income"),
        "income:unexplained" => ("Ingresos sin detalle", "Income without detail"),
        "expenses:exchange" => ("Pérdida por tipo de cambio", "Exchange losses"),
        "expenses:bank_fees" => ("Cargos bancarios", "Bank charges"),
        "expenses:gateway_fees" => ("Comisiones de la pasarela", "Gateway fees"),
        "equity:exchange" => ("Cambio de moneda", "Exchange of currencies"),
        other => (other, other),
    };
    words.say(spanish, english)
}
