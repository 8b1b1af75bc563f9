//! A table of boxes row by row, before any of them is made: what each becomes, and what has to be mended first.

use domain::nap_import::{BadCell, NapColumn, NapProblem};
use domain::views::nap_imports::{NapBecomes, NapImportDetail, NapLine};
use leptos::prelude::*;

use super::{
    api::{ImportNaps, see_nap_import},
    naps_place, plant_place,
};
use crate::{
    i18n::{Words, words},
    surroundings::local,
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        form::{Form, FormState, Submit, use_form},
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
pub fn NapImportPage() -> impl IntoView {
    let id = use_id();
    let form = use_form::<ImportNaps>();
    let done = form.done();
    let import =
        Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { see_nap_import(id?).await });
    view! { <Loaded from=import view=move |import| view! { <Preview import form/> }/> }
}

#[component]
fn Preview(import: NapImportDetail, form: FormState<ImportNaps>) -> impl IntoView {
    let t = words();
    let places = vec![plant_place(t), naps_place(t), (t.boxes.title().to_owned(), "/office/plant/imports".to_owned())];
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let (boxes, wrong) = (count(import.new_boxes()), count(import.wrong_lines()));
    let NapImportDetail { import: sent, missing: columns_missing, lines } = import;
    let id = sent.id.to_string();
    let all_there = wrong == 0 && columns_missing.is_empty();
    let label = t.boxes.rows();
    let some = !lines.is_empty();
    let rows = some.then(|| view! { <Card title=label><Table columns=columns(t) rows=lines label/></Card> });
    let wrong = (wrong > 0).then(|| {
        view! {
            <Notice tone=Tone::Warn icon=Icon::Alert title=t.boxes.wrong_rows(wrong)>
                <p>{t.boxes.wrong_rows_hint()}</p>
            </Notice>
        }
    });
    view! {
        <PageHeader title=sent.file_name summary=t.boxes.preview_hint() places/>
        <Card>
            <Facts>
                <Fact label=t.boxes.sent_at()>{format::date_time(local(sent.at), t)}</Fact>
                {sent.by.map(|who| view! { <Fact label=t.boxes.sent_by()>{who}</Fact> })}
                <Fact label=t.boxes.written()>{format::count(sent.written)}</Fact>
            </Facts>
        </Card>
        {missing(&columns_missing, t)}
        {wrong}
        <Confirm import=id boxes all_there form/>
        {rows}
    }
}

/// Nothing of a table without these columns can be read.
fn missing(columns: &[NapColumn], t: Words) -> Option<AnyView> {
    let names: Vec<&str> = columns.iter().map(|column| column_name(*column, t)).collect();
    let title = t.boxes.missing(names.join(", "));
    (!names.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Danger icon=Icon::Alert title>
                <p>{t.boxes.missing_hint()}</p>
            </Notice>
        }
        .into_any()
    })
}

/// The button that makes the boxes, or that there is nothing to make.
#[component]
fn Confirm(import: String, boxes: i64, all_there: bool, form: FormState<ImportNaps>) -> impl IntoView {
    let t = words();
    let again = view! { <LinkButton href="/office/plant/imports">{t.boxes.another()}</LinkButton> };
    if boxes == 0 {
        let all_there = all_there.then(|| {
            view! {
                <Notice tone=Tone::Ok icon=Icon::Check title=t.boxes.nothing_new()>
                    <p>{t.boxes.nothing_new_hint()}</p>
                </Notice>
            }
        });
        return view! {
            {all_there}
            <div class="form-actions">{again}</div>
        }
        .into_any();
    }
    view! {
        <Form state=form>
            <input type="hidden" name="import" value=import/>
            <div class="form-actions">
                <Submit variant=Variant::Primary icon=Icon::Check>{t.boxes.make(boxes)}</Submit>
                {again}
            </div>
        </Form>
    }
    .into_any()
}

fn columns(t: Words) -> Vec<Column<NapLine>> {
    vec![
        Column::new(t.boxes.line(), |line: &NapLine| line.line.to_string()).number(),
        Column::new(t.boxes.name(), |line: &NapLine| line.name.clone()),
        Column::new(t.boxes.becomes(), move |line: &NapLine| becomes(&line.becomes, t)),
    ]
}

fn becomes(becomes: &NapBecomes, t: Words) -> AnyView {
    match becomes {
        NapBecomes::New { position, capacity, sector, behind } => {
            let ports = t.boxes.ports(capacity);
            let parts = [Some(position.to_string()), Some(ports), sector.clone(), behind.clone()];
            let facts = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            view! { <span><Badge tone=Tone::Accent icon=Icon::Plus label=t.boxes.new_box()/>" "{facts}</span> }
                .into_any()
        }
        NapBecomes::Same { nap } => view! {
            <span>
                <Badge tone=Tone::Ok icon=Icon::Check label=t.boxes.same()/>" "
                <a href=format!("/office/plant/naps/{nap}")>{t.boxes.see_it()}</a>
            </span>
        }
        .into_any(),
        NapBecomes::Nothing { bad } => {
            let bad: Vec<_> = bad.iter().map(|cell| told(cell, t)).collect();
            view! {
                <Badge tone=Tone::Danger icon=Icon::Alert label=t.boxes.left_out()/>
                <ul class="changes">{bad}</ul>
            }
            .into_any()
        }
    }
}

/// `Latitud «norte»: escriba grados ...`
fn told(cell: &BadCell, t: Words) -> AnyView {
    let column = column_name(cell.column, t);
    let place = if cell.typed.is_empty() { column.to_owned() } else { t.boxes.typed(column, &cell.typed) };
    let other = match cell.problem {
        NapProblem::OtherBox { nap } | NapProblem::NotBehind { nap } => Some(nap),
        _ => None,
    };
    let link = other.map(|nap| {
        view! { " "<a href=format!("/office/plant/naps/{nap}")>{t.boxes.see_it()}</a> }
    });
    view! { <li>{format!("{place}: {}", sentence(&cell.problem, t))}{link}</li> }.into_any()
}

fn column_name(column: NapColumn, t: Words) -> &'static str {
    match column {
        NapColumn::Name => t.boxes.column_name(),
        NapColumn::Latitude => t.boxes.column_latitude(),
        NapColumn::Longitude => t.boxes.column_longitude(),
        NapColumn::Capacity => t.boxes.column_capacity(),
        NapColumn::Sector => t.boxes.column_sector(),
        NapColumn::Olt => t.boxes.column_olt(),
        NapColumn::Pon => t.boxes.column_pon(),
        NapColumn::Splitter => t.boxes.column_splitter(),
        NapColumn::Fibre => t.boxes.column_fibre(),
    }
}

fn sentence(problem: &NapProblem, t: Words) -> String {
    let plain = match problem {
        NapProblem::TooLong { most } => return t.boxes.too_long(most),
        NapProblem::NotDegrees { most } => return t.boxes.not_degrees(most),
        NapProblem::NotWhole { least, most } => return t.boxes.not_whole(least, most),
        NapProblem::Twice { line } => return t.boxes.twice(line),
        NapProblem::Missing => t.boxes.missing_cell(),
        NapProblem::NotAPon => t.boxes.not_a_pon(),
        NapProblem::NotWays => t.boxes.not_ways(),
        NapProblem::TooManyWays => t.boxes.too_many_ways(),
        NapProblem::OtherBox { .. } => t.boxes.other_box(),
        NapProblem::NotBehind { .. } => t.boxes.not_behind(),
        NapProblem::UnknownSector => t.boxes.unknown_sector(),
        NapProblem::UnknownOlt => t.boxes.unknown_olt(),
        NapProblem::UnknownPon => t.boxes.unknown_pon(),
        NapProblem::NoPortLeft => t.boxes.no_port_left(),
    };
    plain.to_owned()
}
