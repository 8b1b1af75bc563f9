//! One outage: what it holds, its tickets as one, how long it lasts, and its end.

use domain::ids::OutageId;
use domain::outage::OutageState;
use domain::views::collections::OutageRow;
use leptos::prelude::*;

use super::{
    api::{ChangeLastDay, EndOutage, show_outage},
    list::{badge, end_words, place},
};
use crate::{
    i18n::{Words, words},
    office::tickets::api::AnswerOutage,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Field, Form, FormState, Kind, Submit, Textarea, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn OutagePage() -> impl IntoView {
    let id = use_id::<OutageId>();
    let (last_day, end) = (use_form::<ChangeLastDay>(), use_form::<EndOutage>());
    let tell = use_form::<AnswerOutage>();
    let done = (last_day.done(), end.done(), tell.done());
    let outage = Resource::new_blocking(
        move || (id.get(), done.0.get(), done.1.get(), done.2.get()),
        |(id, ..)| async move { show_outage(id?).await },
    );
    view! { <Loaded from=outage view=move |outage| view! { <Outage outage last_day end tell/> }/> }
}

#[component]
fn Outage(
    outage: OutageRow,
    last_day: FormState<ChangeLastDay>,
    end: FormState<EndOutage>,
    tell: FormState<AnswerOutage>,
) -> impl IntoView {
    let t = words();
    let places = vec![(t.collections.outages().to_owned(), "/office/outages".to_owned())];
    let goes_on = !outage.state.is_over() && may("edit_outages");
    let ending = goes_on.then(|| {
        let outage = outage.clone();
        view! { <Ending outage form=end/> }
    });
    let lasting = goes_on.then(|| {
        let (id, ends_on) = (outage.id.to_string(), outage.ends_on.map(|last| last.to_string()).unwrap_or_default());
        view! {
            <Card title=t.collections.how_long()>
                <Form state=last_day>
                    <input type="hidden" name="outage" value=id/>
                    <Field name="ends_on" label=t.collections.last_day() hint=t.collections.last_day_hint()
                           kind=Kind::Date value=ends_on optional=true/>
                    <div class="form-actions"><Submit>{t.common.save()}</Submit></div>
                </Form>
            </Card>
        }
    });
    let telling = (outage.open_tickets > 0 && may("answer_tickets")).then(|| {
        let (id, hint) = (outage.id.to_string(), t.tickets.tell_all_hint(outage.open_tickets));
        view! {
            <Card title=t.tickets.tell_all()>
                <Form state=tell>
                    <input type="hidden" name="outage" value=id/>
                    <Textarea name="message" label=t.tickets.message() hint most=2000/>
                    <div class="form-actions"><Submit variant=Variant::Primary icon=Icon::Check>{t.tickets.send()}</Submit></div>
                </Form>
            </Card>
        }
    });
    view! {
        <PageHeader title=place(&outage.place, t) summary=outage.reason.clone() places state=badge(&outage, t)>{ending}</PageHeader>
        <div class="columns">
            <Card title=t.tickets.outage()><About outage/></Card>
            {lasting}
            {telling}
        </div>
    }
}

#[component]
fn About(outage: OutageRow) -> impl IntoView {
    let t = words();
    let reported_at = format::date_time(local(outage.reported_at), t);
    let reported = match outage.reported_by {
        Some(name) => t.tickets.by_staff(reported_at, name),
        None => reported_at,
    };
    let last = outage.ends_on.map_or_else(|| t.collections.open_end().to_owned(), |last| format::long_date(last, t));
    let tickets = match (outage.tickets, may("see_tickets")) {
        (0, _) | (_, false) => format::count(outage.tickets).into_any(),
        (count, true) => {
            let href = format!("/office/tickets?outage={}", outage.id);
            view! { <a href=href>{t.tickets.merged_tickets(count)}</a> }.into_any()
        }
    };
    view! {
        <Facts>
            <Fact label=t.collections.from()>{format::long_date(outage.starts_on, t)}</Fact>
            <Fact label=t.collections.last_day()>{last}</Fact>
            <Fact label=t.tickets.opened()>{reported}</Fact>
            <Fact label=t.collections.contracts_there()>{format::count(outage.contracts)}</Fact>
            <Fact label=t.tickets.title()>{tickets}</Fact>
            <Fact label=t.tickets.credited()>{credited(outage.credits, t)}</Fact>
        </Facts>
    }
}

fn credited(contracts: i64, t: Words) -> String {
    if contracts == 0 { t.tickets.not_credited().to_owned() } else { t.tickets.credited_contracts(contracts) }
}

#[component]
fn Ending(outage: OutageRow, form: FormState<EndOutage>) -> impl IntoView {
    let t = words();
    let (icon, label) = end_words(&outage, t);
    let (title, what) = match outage.state {
        OutageState::Planned => (t.collections.call_off_title(), t.collections.call_off_what().to_owned()),
        _ => (t.tickets.end_title(), t.tickets.end_what(outage.open_tickets)),
    };
    view! {
        <LinkButton href="/office/outages" variant=Variant::Quiet>{t.collections.outages()}</LinkButton>
        <Confirm id="end" label title variant=Variant::Primary icon open=form.was_refused()>
            <p>{what}</p>
            <Form state=form>
                <input type="hidden" name="outage" value=outage.id.to_string()/>
                <Submit variant=Variant::Primary>{label}</Submit>
            </Form>
        </Confirm>
    }
}
