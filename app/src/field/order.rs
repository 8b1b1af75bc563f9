//! An order as it is worked on: where, what, and what came of it.

use domain::ids::WorkOrderId;
use domain::views::work::{FieldOrder, WorkDetail};
use domain::work_order::{WorkAction, WorkState};
use leptos::prelude::*;

use super::{
    api::{FailWork, FinishWork, StartWork, show_field_order},
    outbox::Outbox,
    report::{Failure, Finish},
    unsent::UnsentHere,
};
use crate::{
    i18n::words,
    parts::{
        place::{MapLink, street_and_city},
        work::{kind_word, part_word, state_badge, way_to},
    },
    surroundings::may,
    ui::{
        button::LinkButton,
        card::{Card, Fact, Facts},
        form::{Form, FormState, Submit, use_form},
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        param::use_id,
    },
};

#[derive(Clone, Copy)]
struct Forms {
    start: FormState<StartWork>,
    finish: FormState<FinishWork>,
    fail: FormState<FailWork>,
}

#[component]
pub fn OrderPage() -> impl IntoView {
    let id = use_id::<WorkOrderId>();
    let forms = Forms { start: use_form(), finish: use_form(), fail: use_form() };
    let (started, sent) = (forms.start.done(), Outbox::here().sent());
    let order = Resource::new_blocking(
        move || (id.get(), started.get(), sent.get()),
        |(id, ..)| async move { show_field_order(id?).await },
    );
    view! { <Loaded from=order view=move |order| view! { <Order order forms/> }/> }
}

#[component]
fn Order(order: FieldOrder, forms: Forms) -> impl IntoView {
    let t = words();
    let row = order.order.row.clone();
    let title = format!("{} · {}", kind_word(row.kind, t), row.customer.name);
    let places = vec![(t.work.field().to_owned(), "/field".to_owned())];
    let state = state_badge(row.state, t);
    let place = street_and_city(&row.street, &row.city);
    let way = way_to(row.position, &row.street, &row.city);
    let call = row.phone.clone().map(|phone| {
        view! { <a class="button" data-variant="secondary" href=format!("tel:{phone}")>{Icon::Phone.view()}<span>{t.work.call()}</span></a> }
    });
    let start = (row.state == WorkState::Assigned).then(|| view! { <Start order=row.id form=forms.start/> });
    let about = order.order.clone();
    let report = match row.state.allows(WorkAction::Finish) {
        true => view! {
            <Finish order=order.clone() form=forms.finish/>
            <Failure order form=forms.fail/>
        }
        .into_any(),
        false => view! { <Notice icon=Icon::Info title=t.work.is_over()/> }.into_any(),
    };
    view! {
        <PageHeader title summary=place places state/>
        <UnsentHere order=row.id/>
        <div class="field-steps">
            <a class="button" data-variant="secondary" href=way target="_blank" rel="noreferrer external">
                {Icon::Sector.view()}<span>{t.work.go_there()}</span>
            </a>
            {call}
            {start}
        </div>
        <Card title=t.work.field_order()><About order=about/></Card>
        {report}
    }
}

/// The office sees that somebody is on the way.
#[component]
fn Start(order: WorkOrderId, form: FormState<StartWork>) -> impl IntoView {
    let t = words();
    view! {
        <Form state=form>
            <input type="hidden" name="order" value=order.to_string()/>
            <div class="form-actions"><Submit icon=Icon::Play>{t.work.start()}</Submit></div>
            <p class="field-hint">{t.work.start_hint()}</p>
        </Form>
    }
}

#[component]
fn About(order: WorkDetail) -> impl IntoView {
    let t = words();
    let row = order.row;
    let contract = format!("/office/contracts/{}", row.contract.id);
    let service = may("edit_services").then(|| {
        let href = format!("/office/contracts/{}/service", row.contract.id);
        view! { <LinkButton href icon=Icon::Router>{t.work.set_service()}</LinkButton> }
    });
    view! {
        <Facts>
            <Fact label=t.work.part()>{part_word(row.part, t)}</Fact>
            <Fact label=t.work.contract()><a href=contract rel="external">{row.contract.name}</a></Fact>
            {order.plan.map(|plan| view! { <Fact label=t.work.plan()>{plan}</Fact> })}
            {row.phone.map(|phone| view! { <Fact label=t.work.phone()>{phone}</Fact> })}
            {row.position.map(|position| view! { <Fact label=t.work.position()><MapLink position/></Fact> })}
            {(!row.note.is_empty()).then(|| view! { <Fact label=t.work.note()>{row.note}</Fact> })}
        </Facts>
        {service}
    }
}
