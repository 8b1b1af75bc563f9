//! One piece of equipment: what it is, where it is, whose it is, what happened to it, and what to do with it.

use domain::views::stock::{EquipmentDetail, Located, MoveRow};
use leptos::prelude::*;

use super::{
    actions::{Actions, Forms},
    api::show_equipment,
    located::{state_badge, where_link, where_words},
};
use crate::{
    i18n::{Words, words},
    parts::stock::{kind_word, move_word, ownership_word},
    surroundings::{local, may},
    ui::{
        card::{Card, Fact, Facts},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
        timeline::{Moment, Timeline},
        tone::Tone,
    },
};

#[component]
pub fn EquipmentPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms::use_all();
    let done = forms.done();
    let item =
        Resource::new_blocking(move || (id.get(), done.get()), |(id, _)| async move { show_equipment(id?).await });
    view! { <Loaded from=item view=move |item| view! { <Equipment item forms/> }/> }
}

#[component]
fn Equipment(item: EquipmentDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let places = vec![(t.stock.title().to_owned(), "/office/stock".to_owned())];
    let title = format!("{} {}", item.row.model.name, item.row.serial);
    let state = state_badge(&item.row.located, item.row.comes_back, t);
    let summary = if item.row.comes_back { t.stock.comes_back_why() } else { "" };
    let moves = item.moves.iter().map(|line| moment(line, t)).collect();
    let of_actions = item.clone();
    view! {
        <PageHeader title places state summary><Actions item=of_actions forms/></PageHeader>
        <Card title=t.stock.about()><About item/></Card>
        <Card title=t.stock.history()><Timeline moments=moves/></Card>
    }
}

#[component]
fn About(item: EquipmentDetail) -> impl IntoView {
    let t = words();
    let row = item.row;
    let here = where_words(&row.located);
    let place = match where_link(&row.located) {
        Some(href) => view! { <a href=href>{here}</a> }.into_any(),
        None => t.stock.state_written_off().into_any(),
    };
    let receipt = item.receipt.filter(|_| may("edit_stock")).map(|receipt| {
        let href = format!("/office/stock/receipts/{receipt}");
        view! { <Fact label=t.stock.receipt()><a href=href>{t.stock.receipt_number(receipt)}</a></Fact> }
    });
    let seen = item.seen.map(|seen| {
        let (router, when) = (seen.router.name, format::date_time(local(seen.at), t));
        let words = match seen.address {
            Some(address) => t.stock.seen_with(router, address, when),
            None => t.stock.seen_at(router, when),
        };
        view! { <Fact label=t.stock.seen()>{words}</Fact> }
    });
    let of_model = format!("/office/stock?model={}", row.model.id);
    view! {
        <Facts>
            <Fact label=t.stock.place()>{place}</Fact>
            <Fact label=t.stock.owner()>{ownership_word(row.ownership, t)}</Fact>
            <Fact label=t.stock.kind()>{kind_word(row.kind, t)}</Fact>
            <Fact label=t.stock.model()><a href=of_model>{row.model.name}</a></Fact>
            <Fact label=t.stock.serial()><code>{row.serial}</code></Fact>
            {row.mac.map(|mac| view! { <Fact label=t.stock.mac()><code>{mac}</code></Fact> })}
            {seen}
            {receipt}
        </Facts>
    }
}

fn moment(line: &MoveRow, t: Words) -> Moment {
    let (tone, icon) = match &line.located {
        Located::InStock { .. } => (Tone::Ok, Icon::Check),
        Located::Installed { .. } => (Tone::Accent, Icon::Signal),
        Located::WithCustomer { .. } => (Tone::Neutral, Icon::User),
        Located::WrittenOff => (Tone::Danger, Icon::Close),
    };
    let told = [where_words(&line.located), ownership_word(line.ownership, t).to_owned(), line.reason.clone()];
    let detail = told.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    Moment {
        at: line.at.to_rfc3339(),
        when: format::date_time(local(line.at), t),
        icon,
        tone,
        title: move_word(line.kind, t).to_owned(),
        detail,
        who: if line.by_system { t.parts.automatic().to_owned() } else { line.by.clone() },
        href: where_link(&line.located),
    }
}
