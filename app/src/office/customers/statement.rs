//! A customer's statement.

use domain::ids::CustomerId;
use domain::views::statement::StatementView;
use leptos::prelude::*;

use super::{api::show_statement, href};
use crate::{
    i18n::words,
    parts::{
        document::{PdfButton, PrintButton},
        statement::{StatementDocument, pdf_address},
    },
    ui::{
        list::{DateFilter, ListQuery, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn StatementPage() -> impl IntoView {
    let id = use_id::<CustomerId>();
    let query = use_list_query();
    let statement = Resource::new_blocking(
        move || (id.get(), query.get()),
        |(id, query)| async move { show_statement(id?, query).await },
    );
    view! { <Loaded from=statement view=move |statement| view! { <Statement statement query/> }/> }
}

#[component]
fn Statement(statement: StatementView, query: Memo<ListQuery>) -> impl IntoView {
    let t = words();
    let places = vec![
        (t.customers.title().to_owned(), "/office/customers".to_owned()),
        (statement.customer.name.clone(), href(statement.customer.id)),
    ];
    let pdf = pdf_address(&statement);
    view! {
        <PageHeader title=t.statement.title() summary=t.statement.summary() places>
            <PdfButton href=pdf/>
            <PrintButton/>
        </PageHeader>
        <DateFilter query label=t.statement.period()/>
        <StatementDocument statement/>
    }
}
