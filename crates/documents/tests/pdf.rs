//! What documents say, read back from their PDFs.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

use documents::paper::{Content, Issuer};
use documents::{Kind, Paper, pdf, sample};

fn issuer() -> Issuer {
    Issuer {
        name: "Fibra del Sur".to_owned(),
        legal_name: "Fibra del Sur, S.A. de C.V.".to_owned(),
        tax_id_name: "RFC".to_owned(),
        tax_id: "FSU010203AB4".to_owned(),
        address: "Av. Reforma 12\n68000 Oaxaca".to_owned(),
        phone: "+52 951 555 0100".to_owned(),
        email: "hola@fibradelsur.example".to_owned(),
        website: "fibradelsur.example".to_owned(),
        how_to_pay: "Banco del Sur, cuenta 0123 4567\nTransferencias: envíe su comprobante.".to_owned(),
    }
}

fn text(pdf: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(pdf).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn built_in(kind: Kind, paper: &Paper) -> String {
    text(&pdf(kind.built_in(), paper, None).unwrap())
}

#[test]
fn every_built_in_template_says_what_it_must_in_both_languages() {
    let titles = [
        (Kind::Invoice, "Factura", "Invoice"),
        (Kind::Quote, "Presupuesto", "Pre-invoice"),
        (Kind::Receipt, "Recibo", "Receipt"),
        (Kind::Statement, "Estado de cuenta", "Statement"),
        (Kind::Contract, "Contrato de servicio", "Service contract"),
    ];
    for (kind, spanish, english) in titles {
        for (language, title) in [("es", spanish), ("en", english)] {
            let said = built_in(kind, &sample(kind, language, issuer()));
            for part in [title, "Fibra del Sur, S.A. de C.V.", "RFC FSU010203AB4", "María José Fernández Ortiz"] {
                assert!(said.contains(part), "{kind:?} in {language} lacks {part}: {said}");
            }
        }
    }
}

#[test]
fn an_invoice_shows_the_sum_behind_each_line_its_taxes_and_how_to_pay() {
    let said = built_in(Kind::Invoice, &sample(Kind::Invoice, "es", issuer()));
    for part in [
        "F-2026-000123",
        "Número de control",
        "00-00000123",
        "27 de 30 días × 25.00",
        "4 nov 2026 – 30 nov 2026",
        "Impuesto 16 % de 52.50",
        "60.90 USD",
        "40.90 USD",
        "Banco del Sur, cuenta 0123 4567",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_void_invoice_says_so_across_the_page_and_asks_for_no_money() {
    let mut paper = sample(Kind::Invoice, "en", issuer());
    if let Content::Invoice(invoice) = &mut paper.doc {
        invoice.state = "void".to_owned();
    }
    let said = built_in(Kind::Invoice, &paper);
    assert!(said.contains("VOID") && !said.contains("HOW TO PAY"), "{said}");
}

#[test]
fn a_contract_is_signed_by_whom_its_letterhead_names() {
    let mut paper = sample(Kind::Contract, "es", issuer());
    let said = built_in(Kind::Contract, &paper);
    assert_eq!(said.matches("Fibra del Sur").count(), 2, "{said}");
    assert_eq!(said.matches("Fibra del Sur, S.A. de C.V.").count(), 2, "{said}");
    paper.issuer.legal_name.clear();
    assert_eq!(built_in(Kind::Contract, &paper).matches("Fibra del Sur").count(), 2);
}

#[test]
fn text_of_customers_is_text_and_never_a_template() {
    let mut paper = sample(Kind::Invoice, "en", issuer());
    paper.customer.name = "#panic(\"x\") *not bold* $x$".to_owned();
    assert!(built_in(Kind::Invoice, &paper).contains("#panic(\"x\") *not bold* $x$"));
}

#[test]
fn a_logo_is_drawn_and_a_broken_one_is_told() {
    let paper = sample(Kind::Receipt, "es", issuer());
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
    assert!(pdf(Kind::Receipt.built_in(), &paper, Some(svg)).is_ok());
    let broken = pdf(Kind::Receipt.built_in(), &paper, Some(b"\x89PNG\r\n\x1a\nnothing")).unwrap_err();
    assert!(!broken.is_empty());
}

#[test]
fn a_template_error_names_its_line() {
    let paper = sample(Kind::Invoice, "en", issuer());
    let error = |template: &str| pdf(template, &paper, None).unwrap_err().remove(0);
    assert_eq!(error("Hello\n\n#no-such-thing()").line, Some(3));
    assert_eq!(error("Hello #sys.inputs.doc.total").line, Some(1));
    // Wrong use of a shared part is told where the template uses it.
    assert_eq!(error("#import \"/ramal.typ\": *\n\n#charges(7)").line, Some(3));
    let unclosed = error("#let x = (");
    assert!(unclosed.message.contains("unclosed"), "{unclosed:?}");
}

#[test]
fn a_template_reaches_no_files_no_packages_and_no_clock() {
    let paper = sample(Kind::Invoice, "en", issuer());
    for reaching in [
        "#read(\"/etc/passwd\")",
        "#image(\"/etc/passwd\")",
        "#include \"/etc/passwd\"",
        "#import \"@preview/tablex:0.0.8\": *",
        "#datetime.today()",
    ] {
        assert!(pdf(reaching, &paper, None).is_err(), "{reaching}");
    }
}

#[test]
fn a_template_that_would_take_for_ever_is_given_up() {
    let paper = sample(Kind::Invoice, "en", issuer());
    let endless = pdf("#while true { }", &paper, None).unwrap_err();
    assert_eq!(endless[0].line, Some(1), "{endless:?}");
    let long = "x".repeat(documents::LARGEST_TEMPLATE + 1);
    assert!(pdf(&long, &paper, None).unwrap_err()[0].message.contains("longer than"));
}
