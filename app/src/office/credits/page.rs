//! The form of a credit note, and beside it the credit note that it will make, by the very rules that make it.

use domain::credit::{CreditLine, InvoicedLine};
use domain::money::Money;
use domain::views::credits::{CreditForm, CreditHow, Creditable};
use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlInputElement, HtmlSelectElement},
};
use leptos_router::hooks::use_query_map;

use super::api::{CreditInvoice, open_credit};
use crate::{
    i18n::{Words, words},
    parts::{
        amount::{bare, money},
        document::document_title,
        terms::period,
    },
    ui::{
        button::{LinkButton, Variant},
        card::Card,
        empty::EmptyState,
        form::{Checkbox, Field, Form, FormActions, FormState, Kind, MoneyInput, Select, Textarea, use_form},
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

const HOW: &str = "form[how]";
const FROM: &str = "form[from]";

fn amount_of(line: &InvoicedLine) -> String {
    format!("form[amounts][{}]", line.id)
}

#[component]
pub fn CreditPage() -> impl IntoView {
    let id = use_id();
    let form = use_form::<CreditInvoice>();
    let invoice = Resource::new_blocking(move || id.get(), |id| async move { open_credit(id?).await });
    view! { <Loaded from=invoice view=move |invoice| view! { <Credit invoice form/> }/> }
}

#[component]
fn Credit(invoice: Creditable, form: FormState<CreditInvoice>) -> impl IntoView {
    let t = words();
    let title = document_title(&invoice.row, t);
    let own = format!("/office/invoices/{}", invoice.row.id);
    let places = vec![(t.money.invoices().to_owned(), "/office/invoices".to_owned()), (title.clone(), own.clone())];
    let title = t.changes.credit_title(title);
    let summary = t.changes.credit_left(&invoice.row.customer_name, money(invoice.left));
    if !invoice.left.is_positive() {
        return view! {
            <PageHeader title places/>
            <EmptyState icon=Icon::Check title=t.changes.credit_nothing_left()>
                <LinkButton href=own variant=Variant::Primary>{t.changes.back_to_invoice()}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let typed = RwSignal::new(asked(&invoice));
    let of_form = invoice.clone();
    view! {
        <PageHeader title summary places/>
        // The fields tell what is typed into them by an event that rises to here.
        <div class="columns" data-wide="true" on:input=move |event| note(&event, typed)>
            <Card title=t.changes.credit_what()><CreditFields invoice=of_form form/></Card>
            <Card title=t.changes.credit_preview()><WillCredit invoice typed/></Card>
        </div>
    }
    .into_any()
}

fn note(event: &ev::Event, typed: RwSignal<CreditForm>) {
    let Some(target) = event.target() else { return };
    let (name, value) = match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => (input.name(), input.value()),
        Err(target) => match target.dyn_into::<HtmlSelectElement>() {
            Ok(select) => (select.name(), select.value()),
            Err(_) => return,
        },
    };
    typed.update(|form| match name.as_str() {
        HOW => form.how = value,
        FROM => form.from = value,
        name => {
            let line = name.strip_prefix("form[amounts][").and_then(|rest| rest.strip_suffix(']'));
            if let Some(line) = line {
                form.amounts.insert(line.to_owned(), value);
            }
        }
    });
}

/// What the form begins with: all of it, or what somebody without scripting asked the outcome of.
fn asked(invoice: &Creditable) -> CreditForm {
    let query = use_query_map();
    let asked = |name: &str| query.with_untracked(|query| query.get(name));
    let amounts = invoice.lines.iter().filter_map(|line| Some((line.id.to_string(), asked(&amount_of(line))?)));
    CreditForm {
        how: asked(HOW).unwrap_or_else(|| CreditHow::Everything.to_string()),
        from: asked(FROM).unwrap_or_else(|| invoice.today.to_string()),
        amounts: amounts.collect(),
        bill_again: asked("form[bill_again]").is_some(),
        why: asked("form[why]").unwrap_or_default(),
    }
}

#[component]
fn CreditFields(invoice: Creditable, form: FormState<CreditInvoice>) -> impl IntoView {
    let t = words();
    let values = asked(&invoice);
    let own = format!("/office/invoices/{}", invoice.row.id);
    let has_days = invoice.lines.iter().any(|line| !line.days_left.is_empty());
    let hows = CreditHow::ALL.iter().filter(|how| **how != CreditHow::Days || has_days);
    let hows = hows.map(|how| (how.to_string(), credit_how(*how, t).to_owned())).collect();
    let currency = invoice.left.currency().to_string();
    let typed = values.amounts.clone();
    let amounts = invoice.lines.clone().into_iter().filter_map(move |line| {
        let left = line.left.total().ok().filter(|left| left.is_positive())?;
        let value = typed.get(&line.id.to_string()).cloned().unwrap_or_default();
        let hint = t.changes.credit_line_left(money(left));
        Some(view! { <MoneyInput name=amount_of(&line) label=described(&line, t) hint value currency=currency.clone() optional=true/> })
    });
    // Only without scripting, which otherwise shows it while it is typed.
    let recalculate = format!(
        "<button class=\"button\" data-variant=\"secondary\" formmethod=\"get\" formaction=\"{own}/credit\"><span>{}</span></button>",
        t.money.recalculate()
    );
    view! {
        <Form state=form>
            <input type="hidden" name="invoice" value=invoice.row.id.to_string()/>
            <Select name=HOW label=t.changes.credit_how() choices=hows value=values.how/>
            <div class="form-when" data-when="days">
                <Field name=FROM label=t.changes.credit_from() hint=t.changes.credit_from_hint() kind=Kind::Date value=values.from/>
            </div>
            <div class="form-when" data-when="amounts">{amounts.collect_view()}</div>
            <Checkbox name="form[bill_again]" label=t.changes.credit_again() hint=t.changes.credit_again_hint() checked=values.bill_again/>
            <Textarea name="form[why]" label=t.changes.credit_why() hint=t.changes.credit_why_hint() value=values.why most=500/>
            <noscript inner_html=recalculate/>
            <FormActions label=t.changes.credit_issue() back=own icon=Icon::Check/>
        </Form>
    }
}

fn credit_how(how: CreditHow, t: Words) -> &'static str {
    match how {
        CreditHow::Everything => t.changes.credit_how_everything(),
        CreditHow::Days => t.changes.credit_how_days(),
        CreditHow::Amounts => t.changes.credit_how_amounts(),
    }
}

fn described(line: &InvoicedLine, t: Words) -> String {
    match &line.time {
        Some(time) => format!("{} ({})", line.description, period(&time.period, t)),
        None => line.description.clone(),
    }
}

#[component]
fn WillCredit(invoice: Creditable, typed: RwSignal<CreditForm>) -> impl IntoView {
    let outcome = move || match typed.with(|form| invoice.preview(form)) {
        Ok(lines) => view! { <Preview invoice=invoice.clone() lines/> }.into_any(),
        Err(_) => view! { <p class="muted">{words().changes.credit_nothing_yet()}</p> }.into_any(),
    };
    view! { <div class="stack" role="status">{outcome}</div> }
}

#[component]
fn Preview(invoice: Creditable, lines: Vec<CreditLine>) -> impl IntoView {
    let t = words();
    let sum = domain::credit::sum(&lines).and_then(|sum| Ok((sum, sum.total()?)));
    let totals = sum.ok().map(|(sum, total)| {
        let pays = total.checked_min(invoice.row.open).unwrap_or(total);
        let rest = total.checked_sub(pays).unwrap_or(Money::zero(total.currency()));
        let number = invoice.row.number.clone().unwrap_or_default();
        view! {
            <dl class="document-totals">
                <div><dt>{t.money.untaxed()}</dt><dd>{money(sum.untaxed)}</dd></div>
                <div><dt>{t.money.tax()}</dt><dd>{money(sum.tax)}</dd></div>
                <div class="document-total"><dt>{t.money.total()}</dt><dd>{money(total)}</dd></div>
            </dl>
            {pays.is_positive().then(|| view! { <p>{t.changes.credit_pays(money(pays), number)}</p> })}
            {rest.is_positive().then(|| view! { <p>{t.changes.credit_rest(money(rest))}</p> })}
        }
    });
    let concept = move |line: &CreditLine| {
        let time = line.time.map(|time| {
            view! { <span class="document-detail">{period(&time.period, t)}" · "{t.parts.days_of(time.days, time.of)}</span> }
        });
        view! { <span>{line.description.clone()}{time}</span> }.into_any()
    };
    let total = |line: &CreditLine| line.amounts.total().map(bare).unwrap_or_default();
    let columns = vec![Column::new(t.money.concept(), concept), Column::new(t.money.total(), total).number()];
    view! {
        <Table columns rows=lines label=t.changes.credit_preview()/>
        {totals}
    }
}
