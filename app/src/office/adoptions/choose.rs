//! Choosing which rows of others become ours: whose each is and why, and what will change once it is ours.

use domain::ids::RouterId;
use domain::network::{Certainty, Clue};
use domain::views::adoptions::{Adoptable, AdoptableRow};
use leptos::prelude::*;

use super::api::{AdoptChosen, see_adoptable};
use crate::{
    i18n::{Words, words},
    office::scans::{api::ScanRouter, differences},
    surroundings::{local, may},
    ui::{
        badge::Badge,
        button::Variant,
        card::Stat,
        empty::EmptyState,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        list::{Column, Filter, List, ListControls, ListQuery, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
        tone::Tone,
    },
};

/// They live as long as the page does.
#[derive(Clone, Copy)]
struct Forms {
    adopt: FormState<AdoptChosen>,
    scan: FormState<ScanRouter>,
}

#[component]
pub fn AdoptPage() -> impl IntoView {
    let id = use_id::<RouterId>();
    let query = use_list_query();
    let forms = Forms { adopt: use_form(), scan: use_form() };
    let rows = Resource::new_blocking(
        move || (id.get(), query.get()),
        |(id, query)| async move { see_adoptable(id?, query).await },
    );
    view! { <Loaded from=rows view=move |found| view! { <Shown found query forms/> }/> }
}

#[component]
fn Shown(found: Adoptable, query: Memo<ListQuery>, forms: Forms) -> impl IntoView {
    let t = words();
    let router = found.router.id;
    let places = vec![
        (t.network.routers().to_owned(), "/office/routers".to_owned()),
        (found.router.name.clone(), format!("/office/routers/{router}")),
    ];
    let summary = match found.scan {
        Some((_, at)) => t.scans.adopt_hint(format::date_time(local(at), t)),
        None => t.scans.adopt_unread().to_owned(),
    };
    let scan = may("scan_routers").then(|| {
        view! {
            <Form state=forms.scan>
                <input type="hidden" name="router" value=router.to_string()/>
                <input type="hidden" name="effect" value="look"/>
                <Submit icon=Icon::Search>{t.scans.read_now()}</Submit>
            </Form>
        }
    });
    let read = found.scan.is_some();
    let content = match read {
        true => view! { <Rows found query form=forms.adopt/> }.into_any(),
        false => {
            view! { <EmptyState icon=Icon::Search title=t.scans.adopt_unread() hint=t.scans.adopt_unread_hint()/> }
                .into_any()
        }
    };
    view! {
        <PageHeader title=t.scans.adopt_title(found_name(&places)) summary places>{scan}</PageHeader>
        {content}
    }
}

fn found_name(places: &[(String, String)]) -> String {
    places.last().map(|(name, _)| name.clone()).unwrap_or_default()
}

#[component]
fn Rows(found: Adoptable, query: Memo<ListQuery>, form: FormState<AdoptChosen>) -> impl IntoView {
    let t = words();
    let router = found.router.id;
    let own = format!("/office/routers/{router}/adopt");
    let stat = |certainty: Certainty, count: i64, tone: Tone| {
        let href = format!("{own}?certainty={certainty}");
        view! { <Stat label=certainty_name(certainty, t) value=format::count(count) href tone/> }
    };
    let stats = [
        stat(Certainty::Certain, found.certain, Tone::Ok),
        stat(Certainty::Probable, found.probable, Tone::Warn),
        stat(Certainty::Unmatched, found.unmatched, Tone::Neutral),
    ];
    let certainties = Certainty::ALL.iter();
    let choices = certainties.map(|one| (one.word().to_owned(), certainty_name(*one, t).to_owned())).collect();
    let filters = vec![Filter { name: "certainty", label: t.scans.certainty().to_owned(), choices }];
    let empty = move || view! { <EmptyState icon=Icon::Check title=t.scans.nothing_foreign() hint=t.scans.nothing_foreign_hint()/> };
    let usable = found.rows.rows.iter().any(|row| row.usable);
    view! {
        <div class="stats">{stats.into_iter().collect_view()}</div>
        <ListControls query search=t.scans.adopt_search() filters/>
        <Form state=form>
            <input type="hidden" name="router" value=router.to_string()/>
            <List query page=found.rows columns=columns(t) label=t.scans.foreign() empty/>
            {usable.then(|| view! {
                <p class="muted">{t.scans.adopt_what()}</p>
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Check>{t.scans.adopt_chosen()}</Submit>
                </div>
            })}
        </Form>
    }
}

fn columns(t: Words) -> Vec<Column<AdoptableRow>> {
    vec![
        Column::new(t.scans.row(), move |row: &AdoptableRow| chosen(row, t)),
        Column::new(t.scans.certainty(), move |row: &AdoptableRow| certainty(row, t)),
        Column::new(t.scans.whose(), move |row: &AdoptableRow| whose(row, t)),
        Column::new(t.scans.comment(), move |row: &AdoptableRow| comment(row, t)),
        Column::new(t.scans.will_change(), move |row: &AdoptableRow| changes(row, t)),
    ]
}

/// The box, ticked for what is certain.
fn chosen(row: &AdoptableRow, t: Words) -> AnyView {
    let (id, path) = (format!("adopt-{}", row.id), row.menu.path());
    let name = view! { <code>{row.name.clone()}</code> };
    if !row.usable {
        return view! { {name}<br/><small class="muted">{path}</small> }.into_any();
    }
    let label = t.scans.choose_row(&row.name);
    view! {
        <span class="checkbox">
            <input type="checkbox" id=id.clone() name=format!("chosen[rows][{}]", row.id) value=row.id.to_string()
                   checked={row.certainty == Certainty::Certain} aria-label=label/>
            <label for=id>{name}</label>
        </span>
        <small class="muted">{path}</small>
    }
    .into_any()
}

fn certainty(row: &AdoptableRow, t: Words) -> AnyView {
    let (tone, icon) = match row.certainty {
        Certainty::Certain => (Tone::Ok, Icon::Check),
        Certainty::Probable => (Tone::Warn, Icon::Search),
        Certainty::Unmatched => (Tone::Neutral, Icon::Info),
    };
    let clues: Vec<&str> = row.clues.iter().map(|clue| clue_name(*clue, t)).collect();
    view! {
        <Badge tone icon label=certainty_name(row.certainty, t)/>
        {(!clues.is_empty()).then(|| view! { <br/><small class="muted">{clues.join(", ")}</small> })}
    }
    .into_any()
}

fn whose(row: &AdoptableRow, t: Words) -> AnyView {
    let Some(owner) = &row.owner else { return view! { <span class="muted">{t.scans.nobody()}</span> }.into_any() };
    let unusable = (!row.usable).then(|| view! { <br/><small class="muted">{t.scans.not_usable()}</small> });
    view! {
        <a href=format!("/office/contracts/{}", owner.contract)>{owner.contract_code.clone()}</a>
        " "{owner.customer_name.clone()}{unusable}
    }
    .into_any()
}

fn comment(row: &AdoptableRow, t: Words) -> AnyView {
    let comment = row.attributes.get("comment").cloned().unwrap_or_default();
    let left_by =
        row.left_by.clone().map(|system| view! { <br/><small class="muted">{t.scans.left_by(system)}</small> });
    view! { {comment}{left_by} }.into_any()
}

fn changes(row: &AdoptableRow, t: Words) -> AnyView {
    if !row.usable {
        return ().into_any();
    }
    let address = row.takes_address.clone().map(|address| view! { <p>{t.scans.takes_address(address)}</p> });
    let changes = match row.changes.is_empty() {
        true => view! { <span class="muted">{t.scans.changes_nothing()}</span> }.into_any(),
        false => differences(row.changes.clone()),
    };
    view! { {changes}{address} }.into_any()
}

fn certainty_name(certainty: Certainty, t: Words) -> &'static str {
    match certainty {
        Certainty::Certain => t.scans.certain(),
        Certainty::Probable => t.scans.probable(),
        Certainty::Unmatched => t.scans.unmatched(),
    }
}

fn clue_name(clue: Clue, t: Words) -> &'static str {
    match clue {
        Clue::User => t.scans.clue_user(),
        Clue::Mac => t.scans.clue_mac(),
        Clue::Address => t.scans.clue_address(),
        Clue::ContractCode => t.scans.clue_code(),
        Clue::Reference => t.scans.clue_reference(),
        Clue::Name => t.scans.clue_name(),
    }
}
