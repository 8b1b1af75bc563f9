//! A file before it is imported: how it is read, what is new in it, and what could not be read.

use domain::bank::{BadLine, DateOrder, LineProblem, Movement};
use domain::views::bank::{ColumnsForm, StatementPreview};
use leptos::prelude::*;

use super::api::{ImportStatement, SetColumns, preview_statement};
use crate::{
    i18n::{Words, words},
    ui::{
        button::Variant,
        card::Card,
        form::{Form, FormState, Select, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Table},
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

#[component]
pub fn StatementPage() -> impl IntoView {
    let id = use_id();
    let (columns, import) = (use_form::<SetColumns>(), use_form::<ImportStatement>());
    let done = columns.done();
    let preview =
        Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { preview_statement(id?).await });
    view! { <Loaded from=preview view=move |preview| view! { <Preview preview columns import/> }/> }
}

#[component]
fn Preview(
    preview: StatementPreview,
    columns: FormState<SetColumns>,
    import: FormState<ImportStatement>,
) -> impl IntoView {
    let t = words();
    let row = preview.row.clone();
    let statement = row.id.to_string();
    let places = vec![
        (t.bank.title().to_owned(), "/office/bank".to_owned()),
        (t.bank.files().to_owned(), "/office/bank/statements".to_owned()),
    ];
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let summary = format!("{} {}", t.bank.fresh(count(preview.fresh)), t.bank.known(count(preview.known)));
    let importing = (preview.fresh > 0).then(|| {
        let (label, statement) = (t.bank.import(count(preview.fresh)), statement.clone());
        view! {
            <Form state=import>
                <input type="hidden" name="statement" value=statement/>
                <Submit variant=Variant::Primary icon=Icon::Check>{label}</Submit>
            </Form>
        }
    });
    let mapping = preview.columns.as_ref().map(|read| {
        view! { <Mapping form=columns statement=statement.clone() heads=preview.heads.clone() read=ColumnsForm::from(read)/> }
    });
    let bad = (!preview.bad.is_empty()).then(|| view! { <Bad statement=statement.clone() bad=preview.bad.clone()/> });
    let label = t.bank.first_movements();
    view! {
        <PageHeader title=row.file_name.clone() summary places/>
        <p class="muted">{row.account.name.clone()}" · "{row.account.currency.to_string()}</p>
        {mapping}
        <Card title=label><Table columns=movements(t) rows=preview.movements label/></Card>
        {bad}
        {importing}
    }
}

fn movements(t: Words) -> Vec<Column<Movement>> {
    vec![
        Column::new(t.bank.line(), |movement: &Movement| movement.line.to_string()).secondary(),
        Column::new(t.bank.booked_on(), move |movement: &Movement| format::date(movement.booked_on, t)),
        Column::new(t.money.reference(), |movement: &Movement| movement.reference.clone()),
        Column::new(t.bank.payer(), |movement: &Movement| movement.name.clone()),
        Column::new(t.bank.description(), |movement: &Movement| movement.description.clone()).secondary(),
        Column::new(t.money.amount(), |movement: &Movement| format::amount(movement.amount)).number(),
    ]
}

#[component]
fn Mapping(form: FormState<SetColumns>, statement: String, heads: Vec<String>, read: ColumnsForm) -> impl IntoView {
    let t = words();
    let choices: Vec<_> = heads
        .into_iter()
        .enumerate()
        .map(|(nth, head)| (nth.to_string(), if head.is_empty() { t.bank.nth_column(nth + 1) } else { head }))
        .collect();
    let order = |order: &DateOrder| (order.word().to_owned(), order_word(*order, t).to_owned());
    let orders: Vec<_> = DateOrder::ALL.iter().map(order).collect();
    let column = move |name: &str, label: &'static str, value: String| {
        let (name, choices) = (format!("columns[{name}]"), choices.clone());
        view! { <Select name label choices value optional=true/> }
    };
    view! {
        <Card title=t.bank.columns()>
            <p>{t.bank.columns_hint()}</p>
            <Form state=form>
                <input type="hidden" name="statement" value=statement/>
                {column("date", t.bank.booked_on(), read.date)}
                <Select name="columns[date_order]" label=t.bank.date_order() choices=orders value=read.date_order/>
                {column("amount", t.bank.signed(), read.amount)}
                {column("came_in", t.bank.came_in(), read.came_in)}
                {column("went_out", t.bank.went_out(), read.went_out)}
                {column("reference", t.money.reference(), read.reference)}
                {column("name", t.bank.payer(), read.name)}
                {column("description", t.bank.description(), read.description)}
                <Submit icon=Icon::Search>{t.bank.read_again()}</Submit>
            </Form>
        </Card>
    }
}

fn order_word(order: DateOrder, t: Words) -> &'static str {
    match order {
        DateOrder::DayFirst => t.bank.day_first(),
        DateOrder::MonthFirst => t.bank.month_first(),
        DateOrder::YearFirst => t.bank.year_first(),
    }
}

#[component]
fn Bad(statement: String, bad: Vec<BadLine>) -> impl IntoView {
    let t = words();
    let count = i64::try_from(bad.len()).unwrap_or(i64::MAX);
    let columns = vec![
        Column::new(t.bank.line(), |bad: &BadLine| bad.line.to_string()),
        Column::new(t.bank.problem(), move |bad: &BadLine| problem_word(bad.problem, t)),
        Column::new(t.bank.told(), |bad: &BadLine| bad.text.clone()),
    ];
    let href = format!("/office/bank/statements/{statement}/bad.csv");
    view! {
        <Notice tone=Tone::Warn icon=Icon::Alert title=t.bank.bad(count)>
            <p>
                {t.bank.bad_hint()}" "
                <a href=href rel="external" download="">{t.bank.download_bad()}</a>
            </p>
        </Notice>
        <Table columns rows=bad label=t.bank.bad_lines()/>
    }
}

fn problem_word(problem: LineProblem, t: Words) -> &'static str {
    match problem {
        LineProblem::NoDate => t.bank.no_date(),
        LineProblem::NoAmount => t.bank.no_amount(),
        LineProblem::TooFewColumns => t.bank.too_few_columns(),
    }
}
