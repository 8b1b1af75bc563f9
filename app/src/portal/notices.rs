//! What the provider wrote to the customer.

pub mod api;

use domain::views::portal_people::{NoticeRow, NoticeText};
use leptos::prelude::*;

use self::api::{my_notice, my_notices};
use crate::{
    i18n::{Words, words},
    parts::message::{channel_name, purpose_name},
    surroundings::{local, may},
    ui::{
        button::LinkButton,
        card::Card,
        empty::EmptyState,
        format,
        icon::Icon,
        list::{Column, List, use_list_query},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn NoticesPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let notices = Resource::new_blocking(move || query.get(), my_notices);
    let places = vec![(t.people.more().to_owned(), "/portal/more".to_owned())];
    let empty = move || {
        view! { <EmptyState icon=Icon::Mail title=t.people.no_notices() hint=t.people.no_notices_hint()/> }.into_any()
    };
    let href = |row: &NoticeRow| format!("/portal/notices/{}", row.id);
    view! {
        <PageHeader title=t.people.notices() summary=t.people.notices_hint() places>
            {may("own_portal").then(|| view! {
                <LinkButton href="/portal/messages" icon=Icon::Edit>{t.people.notice_preferences()}</LinkButton>
            })}
        </PageHeader>
        <Loaded from=notices view=move |page| view! {
            <List query page columns=columns(t) label=t.people.notices() href empty/>
        }/>
    }
}

fn columns(t: Words) -> Vec<Column<NoticeRow>> {
    vec![
        Column::new(t.people.notice_about(), move |row: &NoticeRow| title(row, t)),
        Column::new(t.people.notice_way(), move |row: &NoticeRow| channel_name(row.channel, t)).secondary(),
        Column::new(t.people.notice_when(), move |row: &NoticeRow| format::date_time(local(row.at), t)),
    ]
}

/// What rings has no subject.
fn title(row: &NoticeRow, t: Words) -> String {
    match row.subject.as_str() {
        "" => purpose_name(row.purpose, t).to_owned(),
        subject => subject.to_owned(),
    }
}

#[component]
pub fn NoticePage() -> impl IntoView {
    let t = words();
    let id = use_id();
    let notice = Resource::new_blocking(move || id.get(), |id| async move { my_notice(id?).await });
    let page = move |notice: NoticeText| {
        let places = vec![(t.people.notices().to_owned(), "/portal/notices".to_owned())];
        let summary =
            format!("{} · {}", channel_name(notice.row.channel, t), format::date_time(local(notice.row.at), t));
        view! {
            <PageHeader title=title(&notice.row, t) summary places/>
            <Card><p class="message-text">{notice.text}</p></Card>
        }
    };
    view! { <Loaded from=notice view=page/> }
}
