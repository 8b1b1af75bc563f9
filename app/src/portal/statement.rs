//! The customer's own statement.

use domain::views::statement::StatementView;
use leptos::prelude::*;

use super::api::my_statement;
use crate::{
    i18n::words,
    parts::{
        document::PdfButton,
        statement::{StatementDocument, pdf_address},
    },
    ui::{
        list::{DateFilter, ListQuery, use_list_query},
        loaded::Loaded,
        page::PageHeader,
    },
};

#[component]
pub fn StatementPage() -> impl IntoView {
    let query = use_list_query();
    let statement = Resource::new_blocking(move || query.get(), my_statement);
    view! { <Loaded from=statement view=move |statement| view! { <Statement statement query/> }/> }
}

#[component]
fn Statement(statement: StatementView, query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    let places = vec![(t.portal.invoices().to_owned(), "/portal/invoices".to_owned())];
    let pdf = pdf_address(&statement);
    view! {
        <PageHeader title=t.statement.title() places><PdfButton href=pdf/></PageHeader>
        <DateFilter query label=t.statement.period()/>
        <StatementDocument statement/>
    }
}
