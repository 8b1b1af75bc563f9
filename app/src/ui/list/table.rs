//! A real table, from a description of its columns. On a phone each row becomes a card with the columns' names.

use std::any::Any;

use domain::views::list::{Direction, Page};
use leptos::{ev::KeyboardEvent, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

use super::{ListQuery, Pager};
use crate::ui::{empty::nothing_found, icon::Icon};

type Cell<Row> = Box<dyn Fn(&Row) -> AnyView + Send + Sync>;

/// The address of a row's record: any function of the row.
pub struct Href<Row>(Box<dyn Fn(&Row) -> String + Send + Sync>);

impl<Row, F: Fn(&Row) -> String + Send + Sync + 'static> From<F> for Href<Row> {
    fn from(href: F) -> Self {
        Self(Box::new(href))
    }
}

/// A column: its name, and what a row shows in it.
pub struct Column<Row> {
    label: String,
    cell: Cell<Row>,
    sort: Option<&'static str>,
    number: bool,
    secondary: bool,
}

impl<Row> Column<Row> {
    /// `Column::new(t.invoices.due(), move |row: &InvoiceRow| format::date(row.due_on, t))`
    pub fn new<V: IntoAny + 'static>(
        label: impl Into<String>,
        cell: impl Fn(&Row) -> V + Send + Sync + 'static,
    ) -> Self {
        let cell = Box::new(move |row: &Row| content(cell(row)));
        Self { label: label.into(), cell, sort: None, number: false, secondary: false }
    }

    /// The head becomes a link that sorts by this key.
    #[must_use]
    pub fn sorted(mut self, key: &'static str) -> Self {
        self.sort = Some(key);
        self
    }

    /// A figure: right-aligned.
    #[must_use]
    pub fn number(mut self) -> Self {
        self.number = true;
        self
    }

    /// Left out where there is little room.
    #[must_use]
    pub fn secondary(mut self) -> Self {
        self.secondary = true;
        self
    }

    fn align(&self) -> Option<&'static str> {
        self.number.then_some("end")
    }

    fn room(&self) -> Option<&'static str> {
        self.secondary.then_some("wide")
    }
}

/// An empty text leaves its cell empty, so that the style sheet can leave it out: by itself it would be written as a space.
fn content<V: IntoAny + 'static>(cell: V) -> AnyView {
    let is_empty = (&cell as &dyn Any).downcast_ref::<String>().is_some_and(String::is_empty);
    if is_empty { ().into_any() } else { cell.into_any() }
}

/// A page of a list: the table with its pager, or what to do when it is empty. `href` is the address of a row's
/// record, `|plan: &PlanRow| ...`; the first column is the link. `empty` is shown when nothing narrows the list and
/// there is still nothing.
#[component]
pub fn List<Row, V>(
    query: Memo<ListQuery>,
    page: Page<Row>,
    columns: Vec<Column<Row>>,
    #[prop(into)] label: String,
    #[prop(optional, into)] href: Option<Href<Row>>,
    empty: impl FnOnce() -> V,
) -> impl IntoView
where
    Row: Send + Sync + 'static,
    V: IntoAny,
{
    let query = query.get_untracked();
    if page.rows.is_empty() {
        return if query.is_narrowed() || page.number > 1 { nothing_found() } else { empty().into_any() };
    }
    let (total, number) = (page.total, page.number);
    let sorted = query.clone();
    view! {
        <Frame columns rows=page.rows label href sorted=Some(sorted)/>
        <Pager query total number/>
    }
    .into_any()
}

/// A table without pages, such as an invoice's lines.
#[component]
pub fn Table<Row>(
    columns: Vec<Column<Row>>,
    rows: Vec<Row>,
    /// What the table holds, for those who do not see it.
    #[prop(into)]
    label: String,
    #[prop(optional, into)] href: Option<Href<Row>>,
) -> impl IntoView
where
    Row: Send + Sync + 'static,
{
    view! { <Frame columns rows label href sorted=None/> }
}

/// The table itself; with `sorted`, its heads sort.
#[component]
fn Frame<Row>(
    columns: Vec<Column<Row>>,
    rows: Vec<Row>,
    label: String,
    href: Option<Href<Row>>,
    sorted: Option<ListQuery>,
) -> impl IntoView
where
    Row: Send + Sync + 'static,
{
    let heads: Vec<_> = columns.iter().map(|column| head(column, sorted.as_ref())).collect();
    let body: Vec<_> = rows.iter().map(|row| body_row(row, &columns, href.as_ref())).collect();
    view! {
        <div class="table-frame">
            <table class="table" aria-label=label data-linked=href.is_some().then_some("true")>
                <thead><tr>{heads}</tr></thead>
                <tbody on:keydown=walk>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn head<Row>(column: &Column<Row>, query: Option<&ListQuery>) -> AnyView {
    let label = column.label.clone();
    let Some((key, query)) = column.sort.zip(query) else {
        return view! { <th scope="col" data-align=column.align() data-room=column.room()>{label}</th> }.into_any();
    };
    let direction = query.sort.as_ref().filter(|(sorted, _)| sorted == key).map(|(_, direction)| *direction);
    let (aria, icon) = match direction {
        Some(Direction::Up) => (Some("ascending"), Some(Icon::Up.view())),
        Some(Direction::Down) => (Some("descending"), Some(Icon::Down.view())),
        None => (None, None),
    };
    view! {
        <th scope="col" data-align=column.align() data-room=column.room() aria-sort=aria>
            <a href=query.sorted_by(key).href()>{label}{icon}</a>
        </th>
    }
    .into_any()
}

fn body_row<Row>(row: &Row, columns: &[Column<Row>], href: Option<&Href<Row>>) -> AnyView {
    let cells: Vec<_> = columns
        .iter()
        .enumerate()
        .map(|(nth, column)| {
            let content = (column.cell)(row);
            let content = match href {
                Some(href) if nth == 0 => view! { <a class="row-link" href=(href.0)(row)>{content}</a> }.into_any(),
                _ => content,
            };
            view! {
                <td data-label=column.label.clone() data-align=column.align() data-room=column.room()>{content}</td>
            }
        })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}

/// Up and down go from row to row; enter opens, since the focus is on the row's link.
fn walk(event: KeyboardEvent) {
    let forward = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let here = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let row = here.and_then(|element| element.closest("tr").ok().flatten());
    let next = row.and_then(|row| if forward { row.next_element_sibling() } else { row.previous_element_sibling() });
    let link = next.and_then(|row| row.query_selector(".row-link").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = link.focus();
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn html(sort: &str) -> String {
        let columns = vec![
            Column::new("Name", |row: &(&str, i32)| row.0).sorted("name"),
            Column::new("Owed", |row: &(&str, i32)| row.1.to_string()).sorted("owed").number(),
        ];
        let sorted = ListQuery::from_pairs([("sort".to_owned(), sort.to_owned())].into_iter());
        let href = Href::from(|row: &(&str, i32)| format!("/people/{}", row.0));
        view! { <Frame columns rows=vec![("ana", 5)] label="People".into() href=Some(href) sorted=Some(sorted)/> }
            .to_html()
    }

    #[test]
    fn a_head_says_how_it_is_sorted_and_leads_to_the_other_way_round() {
        Owner::new().with(|| {
            let html = html("name");
            assert!(html.contains("aria-sort=\"ascending\""), "{html}");
            assert!(html.contains("href=\"?sort=-name\""), "{html}");
            assert!(html.contains("href=\"?sort=owed\""), "{html}");
        });
    }

    #[test]
    fn the_first_column_is_the_link_and_each_cell_knows_its_columns_name() {
        Owner::new().with(|| {
            let html = html("");
            assert!(html.contains("href=\"/people/ana\""), "{html}");
            assert!(html.contains("data-label=\"Owed\" data-align=\"end\""), "{html}");
        });
    }

    #[test]
    fn a_cell_without_a_value_holds_nothing_that_is_seen() {
        Owner::new().with(|| {
            let columns = vec![Column::new("Where", |_: &i32| String::new())];
            let html = view! { <Frame columns rows=vec![1] label="Stock".into() href=None sorted=None/> }.to_html();
            let (_, cell) = html.split_once("data-label=\"Where\"").unwrap();
            let (_, content) = cell.split_once('>').unwrap();
            // Comments alone: the marks of what the browser may put there.
            assert!(content.starts_with("<!"), "{html}");
        });
    }
}
