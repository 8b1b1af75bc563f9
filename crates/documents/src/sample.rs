//! Made-up documents: for the preview of a template, and to try one before it is saved.

use crate::paper::Issuer;
use crate::paper::{
    Account, Content, Contract, Invoice, Kind, Line, Movement, Paid, Paper, Party, Quote, Receipt, Sold, Statement,
    Sums, TaxSum,
};

/// A document of a kind in `es` or `en` that fills every place of a template.
#[must_use]
pub fn sample(kind: Kind, language: &'static str, issuer: Issuer) -> Paper {
    let words = Words { spanish: language == "es" };
    let doc = match kind {
        Kind::Invoice => Content::Invoice(words.invoice()),
        Kind::Quote => Content::Quote(words.quote()),
        Kind::Receipt => Content::Receipt(words.receipt()),
        Kind::Statement => Content::Statement(words.statement()),
        Kind::Contract => Content::Contract(words.contract()),
    };
    let customer = Party {
        name: "María José Fernández Ortiz".to_owned(),
        reference: "C00042".to_owned(),
        tax_id_name: issuer.tax_id_name.clone(),
        tax_id: "FEOM850315QX2".to_owned(),
        address: words.say("Calle de los Naranjos 128, Oaxaca", "128 Orange Street, Oaxaca"),
        phone: "+52 951 555 0142".to_owned(),
        email: "maria.fernandez@example.com".to_owned(),
    };
    Paper { language, issuer, customer, notice: String::new(), doc }
}

struct Words {
    spanish: bool,
}

impl Words {
    fn say(&self, spanish: &str, english: &str) -> String {
        if self.spanish { spanish } else { english }.to_owned()
    }

    fn date(&self, day: u32) -> String {
        self.say(&format!("{day} nov 2026"), &format!("{day} Nov 2026"))
    }

    fn lines(&self) -> Vec<Line> {
        let line = |description: String, period: String, how: String, amounts: [&str; 3]| Line {
            description,
            period,
            how,
            untaxed: amounts[0].to_owned(),
            tax: amounts[1].to_owned(),
            tax_percent: "16".to_owned(),
            total: amounts[2].to_owned(),
        };
        vec![
            line(
                self.say("Fibra 100", "Fibre 100"),
                format!("{} – {}", self.date(4), self.date(30)),
                self.say("27 de 30 días × 25.00", "27 of 30 days × 25.00"),
                ["22.50", "3.60", "26.10"],
            ),
            line(
                self.say("Instalación", "Installation"),
                String::new(),
                "40.00 − 25 %".to_owned(),
                ["30.00", "4.80", "34.80"],
            ),
        ]
    }

    fn sums() -> Sums {
        Sums {
            currency: "USD".to_owned(),
            untaxed: "52.50".to_owned(),
            taxes: vec![TaxSum { percent: "16".to_owned(), base: "52.50".to_owned(), tax: "8.40".to_owned() }],
            total: "60.90".to_owned(),
        }
    }

    fn paid(&self) -> Vec<Paid> {
        vec![Paid { number: "R-2026-000087".to_owned(), on: self.date(10), amount: "20.00 USD".to_owned() }]
    }

    fn invoice(&self) -> Invoice {
        Invoice {
            kind: "invoice".to_owned(),
            state: "issued".to_owned(),
            number: "F-2026-000123".to_owned(),
            control_number: "00-00000123".to_owned(),
            issued_on: self.date(4),
            due_on: self.date(19),
            contract: "C00042".to_owned(),
            corrects: String::new(),
            reason: String::new(),
            lines: self.lines(),
            sums: Self::sums(),
            paid_by: self.paid(),
            open: "40.90 USD".to_owned(),
        }
    }

    fn quote(&self) -> Quote {
        Quote {
            state: "sent".to_owned(),
            number: "P-2026-000017".to_owned(),
            issued_on: self.date(4),
            valid_until: self.date(19),
            contract: "C00042".to_owned(),
            lines: self.lines(),
            sums: Self::sums(),
            promise: self.say(
                "El servicio se activa de inmediato y se emite la factura.",
                "The service is activated at once and the invoice is issued.",
            ),
            note: self.say("El equipo queda en comodato.", "The equipment stays on loan."),
        }
    }

    fn receipt(&self) -> Receipt {
        Receipt {
            number: "R-2026-000087".to_owned(),
            received_on: self.date(10),
            method: self.say("Transferencia", "Transfer"),
            reference: "0045128".to_owned(),
            amount: "70.00 USD".to_owned(),
            paid: vec![Paid {
                number: self.say("Factura F-2026-000123", "Invoice F-2026-000123"),
                on: self.date(10),
                amount: "60.90 USD".to_owned(),
            }],
            unused: "9.10 USD".to_owned(),
        }
    }

    fn statement(&self) -> Statement {
        let movement = |day, what: String, charge: &str, credit: &str, balance: &str| Movement {
            on: self.date(day),
            what,
            charge: charge.to_owned(),
            credit: credit.to_owned(),
            balance: balance.to_owned(),
        };
        let account = Account {
            currency: "USD".to_owned(),
            opening: "12.00".to_owned(),
            movements: vec![
                movement(4, self.say("Factura F-2026-000123", "Invoice F-2026-000123"), "60.90", "", "72.90"),
                movement(10, self.say("Recibo R-2026-000087", "Receipt R-2026-000087"), "", "70.00", "2.90"),
            ],
            charged: "60.90".to_owned(),
            credited: "70.00".to_owned(),
            closing: "2.90".to_owned(),
        };
        Statement { from: self.date(1), to: self.date(30), accounts: vec![account] }
    }

    fn contract(&self) -> Contract {
        Contract {
            code: "C00042".to_owned(),
            state: "active".to_owned(),
            signed_on: self.date(2),
            activated_on: self.date(4),
            address: self.say("Calle de los Naranjos 128, Oaxaca", "128 Orange Street, Oaxaca"),
            currency: "USD".to_owned(),
            lines: vec![Sold {
                description: self.say("Fibra 100", "Fibre 100"),
                speed: "100/20 Mbit/s".to_owned(),
                price: self.say("25.00 + 16 % de impuesto", "25.00 + 16 % tax"),
                terms: self.say("cada mes, por adelantado", "every month, in advance"),
            }],
            terms: vec![
                self.say(
                    "Cada factura vence 15 días después de su emisión.",
                    "Each invoice is due 15 days after its issue.",
                ),
                self.say(
                    "El servicio puede suspenderse 10 días después del vencimiento.",
                    "The service may be suspended 10 days after the due date.",
                ),
            ],
        }
    }
}
