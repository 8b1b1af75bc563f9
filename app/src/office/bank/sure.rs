//! What is certain, to be looked at and booked in one go.

use domain::views::bank::MatchedRow;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    api::{BookSure, list_sure},
    work::columns,
};
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::Variant,
        empty::EmptyState,
        form::{Form, FormState, Submit, use_form},
        icon::Icon,
        list::Table,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn SurePage() -> impl IntoView {
    let t = words();
    let form = use_form::<BookSure>();
    let done = form.done();
    let rows = Resource::new_blocking(move || done.get(), |_| list_sure());
    let places = vec![(t.bank.title().to_owned(), "/office/bank".to_owned())];
    let query = use_query_map();
    let outcome = move || {
        let query = query.read();
        let count = |name| query.get_str(name).and_then(|count| count.parse::<i64>().ok());
        let (booked, left) = (count("booked")?, count("left").unwrap_or_default());
        let rest = (left > 0).then(|| view! { <p>{t.bank.left(left)}</p> });
        Some(view! { <Notice tone=Tone::Ok icon=Icon::Check title=t.bank.were_booked(booked)>{rest}</Notice> })
    };
    view! {
        <PageHeader title=t.bank.sure() summary=t.bank.sure_hint() places/>
        <div role="status">{outcome}</div>
        <Loaded from=rows view=move |rows| view! { <Sure rows form/> }/>
    }
}

#[component]
fn Sure(rows: Vec<MatchedRow>, form: FormState<BookSure>) -> impl IntoView {
    let t = words();
    if rows.is_empty() {
        return view! { <EmptyState icon=Icon::Check title=t.bank.none_sure() hint=t.bank.none_sure_hint()/> }
            .into_any();
    }
    let pairs = rows.iter().enumerate().filter_map(|(nth, matched)| {
        let customer = matched.suggestions.first()?.customer.id;
        let value = format!("{}:{customer}", matched.row.id);
        Some(view! { <input type="hidden" name=format!("sure[rows][{nth}]") value=value/> })
    });
    let pairs = pairs.collect_view();
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let book = may("book_statements").then(|| {
        view! {
            <Form state=form>
                {pairs}
                <div class="form-actions">
                    <Submit variant=Variant::Primary icon=Icon::Check>{t.bank.book_all(count)}</Submit>
                </div>
            </Form>
        }
    });
    let href = |matched: &MatchedRow| format!("/office/bank/rows/{}", matched.row.id);
    view! {
        <Table columns=columns(t) rows label=t.bank.sure() href/>
        {book}
    }
    .into_any()
}
