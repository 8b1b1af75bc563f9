//! The page that customers who are cut are sent to, whatever they asked for: a document of its own, without scripting
//! and without anything to fetch but its style.

use domain::service::HoldReason;
use domain::views::notice::{Notice, NoticeOfCut, NoticeOfInvoice};
use leptos::prelude::*;

use crate::{
    i18n::{Locale, Words},
    parts::amount::money,
    ui::format,
};

/// The whole document. `style` is the address of its style sheet, `languages` the parameter that chooses a language.
#[must_use]
pub fn notice_page(notice: Notice, locale: Locale, style: &'static str) -> String {
    let t = Words::of(locale);
    let others = Locale::ALL.into_iter().filter(|other| *other != locale);
    let others = others.map(|other| {
        let name = Words::of(other).access.language();
        view! { <a href=format!("?lang={}", other.code()) lang=other.code() hreflang=other.code()>{name}</a> }
    });
    let others = others.collect::<Vec<_>>();
    let document = || {
        view! {
            <!DOCTYPE html>
            <html lang=locale.code()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <meta name="color-scheme" content="light dark"/>
                    <title>{format!("{} · {}", t.access.notice_title(), notice.company)}</title>
                    <link rel="stylesheet" href=style/>
                </head>
                <body>
                    <header><strong>{notice.company.clone()}</strong><nav>{others}</nav></header>
                    <main>
                        <Why cut=notice.cut.clone() t/>
                        <HowToPay notice=notice.clone() t/>
                        <Contact notice=notice.clone() t/>
                    </main>
                </body>
            </html>
        }
        .to_html()
    };
    Owner::new().with(document)
}

#[component]
fn Why(cut: Option<NoticeOfCut>, t: Words) -> impl IntoView {
    let Some(cut) = cut else {
        return view! { <h1>{t.access.notice_title()}</h1> <p>{t.access.notice_general()}</p> }.into_any();
    };
    let since = cut.since.map(|since| view! { <p>{t.access.notice_since(format::long_date(since, t))}</p> });
    let reasons = cut.reasons.iter().map(|reason| view! { <p>{reason_words(*reason, t)}</p> });
    let reasons = reasons.collect::<Vec<_>>();
    view! {
        <h1>{t.access.notice_title()}</h1>
        {reasons}
        {since}
        <Invoices invoices=cut.invoices t/>
    }
    .into_any()
}

fn reason_words(reason: HoldReason, t: Words) -> &'static str {
    match reason {
        HoldReason::Overdue => t.access.notice_overdue(),
        HoldReason::Pause => t.access.notice_pause(),
        HoldReason::Abuse | HoldReason::Staff => t.access.notice_decision(),
    }
}

#[component]
fn Invoices(invoices: Vec<NoticeOfInvoice>, t: Words) -> impl IntoView {
    (!invoices.is_empty()).then(|| {
        let rows = invoices.into_iter().map(|invoice| {
            view! {
                <tr>
                    <th scope="row">{invoice.number}</th>
                    <td>{format::date(invoice.due_on, t)}</td>
                    <td class="amount">{money(invoice.open)}</td>
                </tr>
            }
        });
        view! {
            <section>
                <h2>{t.access.notice_owed()}</h2>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t.access.notice_invoice()}</th>
                            <th scope="col">{t.access.notice_due()}</th>
                            <th scope="col" class="amount">{t.access.notice_amount()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect::<Vec<_>>()}</tbody>
                </table>
            </section>
        }
    })
}

#[component]
fn HowToPay(notice: Notice, t: Words) -> impl IntoView {
    notice.cut.as_ref().is_none_or(|cut| cut.is_about_money() || !cut.invoices.is_empty()).then(|| {
        let lines = notice.how_to_pay.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect::<Vec<_>>();
        view! {
            <section>
                <h2>{t.access.notice_pay()}</h2>
                {lines}
                <p><a class="button" href=notice.portal>{t.access.notice_portal()}</a></p>
                <p class="muted">{t.access.notice_after()}</p>
            </section>
        }
    })
}

#[component]
fn Contact(notice: Notice, t: Words) -> impl IntoView {
    let row = |label: &'static str, text: String, scheme: &'static str| {
        (!text.is_empty()).then(|| {
            let href = format!("{scheme}{text}");
            view! { <p>{label}": "<a href=href>{text}</a></p> }
        })
    };
    let known = !(notice.phone.is_empty() && notice.email.is_empty());
    known.then(|| {
        view! {
            <section>
                <h2>{t.access.notice_contact()}</h2>
                {row(t.access.notice_phone(), notice.phone, "tel:")}
                {row(t.access.notice_email(), notice.email, "mailto:")}
            </section>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(reasons: Vec<HoldReason>) -> Notice {
        let invoice = NoticeOfInvoice {
            number: "F-2026-000123".to_owned(),
            due_on: chrono::NaiveDate::from_ymd_opt(2026, 3, 15).unwrap(),
            open: domain::money::Money::new("27.5".parse().unwrap(), "USD".parse().unwrap()),
        };
        Notice {
            company: "Fibra <del> Sur".to_owned(),
            cut: Some(NoticeOfCut { since: None, reasons, invoices: vec![invoice] }),
            how_to_pay: "SPEI".to_owned(),
            phone: "+52 951 000 1111".to_owned(),
            email: String::new(),
            portal: "https://ramal.test".to_owned(),
        }
    }

    #[test]
    fn what_is_owed_is_told_in_both_languages_and_what_was_typed_is_text() {
        for (locale, told) in [(Locale::Es, "Hay facturas vencidas"), (Locale::En, "invoices past due")] {
            let html = notice_page(notice(vec![HoldReason::Overdue]), locale, "/style.css");
            assert!(html.contains(told) && html.contains("F-2026-000123") && html.contains("27.50"), "{html}");
            assert!(html.contains("Fibra &lt;del&gt; Sur") && !html.contains("<script"), "{html}");
        }
    }

    #[test]
    fn nobody_is_told_to_pay_for_what_money_does_not_lift() {
        let mut paused = notice(vec![HoldReason::Pause]);
        if let Some(cut) = &mut paused.cut {
            cut.invoices.clear();
        }
        let html = notice_page(paused, Locale::En, "/style.css");
        assert!(html.contains("paused") && !html.contains("How to pay"), "{html}");
    }
}
