//! From the report to the rating.

use domain::failure::{Failure, Problem};
use domain::ticket::{Priority, Standing, TicketAction, TicketError, TicketState};
use domain::timeline::Event;
use domain::views::dashboard::DashboardFilter;
use domain::views::list::PageNumber;
use domain::views::ticket_forms::{
    CategoryForm, FaultForm, HoursForm, MessageForm, PromisesForm, RatingForm, SlaForm, TriageForm,
};
use domain::views::tickets::{TicketFilter, TicketGroup};
use workflows::permit::{AnswerTickets, EditTicketSettings, SeeDashboard, SeeTickets};
use workflows::{dashboard, tickets};

use super::{at, says};
use crate::provider::{problems, provider, refusal, text};

#[tokio::test]
async fn the_clock_runs_stands_while_the_customer_is_asked_and_goes_on_with_what_was_left() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.scope(contract).await;
    let ticket = provider.fault(&scope, contract, "1").await;
    let opened = provider.ticket(ticket).await;
    assert_eq!((opened.row.priority, opened.row.state), (Priority::High, TicketState::New));
    assert_eq!(opened.row.due_at, Some(at("2026-04-01T16:00:00Z")), "first somebody answers");
    assert_eq!(opened.deadlines.resolution.due_at, at("2026-04-02T12:00:00Z"));
    assert_eq!(opened.router.unwrap().name, "norte", "the device is known from the contract");

    provider.now_is("2026-04-01T15:30:00Z");
    assert_eq!(provider.ticket(ticket).await.row.standing, Some(Standing::Soon));
    provider.answer(ticket, &says("is the modem plugged in?", "ask")).await.unwrap();
    let asked = provider.ticket(ticket).await;
    assert_eq!((asked.row.state, asked.row.due_at), (TicketState::Waiting, None));
    assert_eq!(asked.responded_at, Some(at("2026-04-01T15:30:00Z")));

    provider.now_is("2026-04-03T15:30:00Z");
    tickets::answer_mine(&provider, &scope, ticket, &says("it is", "")).await.unwrap();
    let answered = provider.ticket(ticket).await.row;
    assert_eq!((answered.state, answered.due_at), (TicketState::InProgress, Some(at("2026-04-04T12:00:00Z"))));
}

#[tokio::test]
async fn a_resolved_fault_is_complained_about_resolved_again_rated_once_and_closed_by_the_night() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.scope(contract).await;
    let ticket = provider.fault(&scope, contract, "1").await;
    let rating = |stars: &str| RatingForm { stars: text(stars), comment: text("quick") };
    let too_soon = refusal(tickets::rate(&provider, &scope, ticket, &rating("5")).await);
    assert_eq!(too_soon, Failure::Ticket { error: TicketError::NotToBeRated });

    provider.answer(ticket, &says("a new modem", "resolve")).await.unwrap();
    tickets::complain(&provider, &scope, ticket, &says("still red", "")).await.unwrap();
    assert_eq!(provider.state(ticket).await, TicketState::InProgress);
    provider.answer(ticket, &says("a new cable", "resolve")).await.unwrap();
    tickets::rate(&provider, &scope, ticket, &rating("4")).await.unwrap();
    let twice = refusal(tickets::rate(&provider, &scope, ticket, &rating("1")).await);
    assert_eq!(twice, Failure::Ticket { error: TicketError::NotToBeRated });
    assert_eq!(provider.ticket(ticket).await.rating.unwrap().stars, 4);

    provider.nights_up_to("2026-04-04").await;
    assert_eq!(provider.state(ticket).await, TicketState::Resolved, "the customer has three whole days");
    provider.nights_up_to("2026-04-05").await;
    assert_eq!(provider.state(ticket).await, TicketState::Closed);
    let late = refusal(tickets::complain(&provider, &scope, ticket, &says("red again", "")).await);
    let (state, action) = (TicketState::Closed, TicketAction::Complain);
    assert_eq!(late, Failure::Ticket { error: TicketError::NotAllowed { state, action } });
    let story: Vec<_> = provider.show(contract).await.timeline.into_iter().map(|entry| entry.event).collect();
    let opened = |event: &Event| matches!(event, Event::TicketOpened { .. });
    let resolved = |event: &&Event| matches!(event, Event::TicketResolved { .. });
    assert!(story.iter().any(opened) && story.iter().filter(resolved).count() == 2, "{story:#?}");
}

#[tokio::test]
async fn what_staff_write_for_each_other_never_leaves_the_server_and_moves_nothing() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.scope(contract).await;
    let ticket = provider.fault(&scope, contract, "1").await;
    let note = MessageForm { internal: true, ..says("never pays, wait", "") };
    provider.answer(ticket, &note).await.unwrap();
    let seen = provider.ticket(ticket).await;
    assert_eq!((seen.row.state, seen.responded_at), (TicketState::New, None), "a note is no answer");
    assert!(seen.entries.iter().any(|entry| entry.internal));
    provider.answer(ticket, &says("we are coming", "")).await.unwrap();
    let triage = TriageForm { priority: text("urgent"), category: text("2"), ..TriageForm::default() };
    tickets::triage(&provider, &provider.may::<AnswerTickets>(), ticket, &triage).await.unwrap();

    let told = serde_json::to_string(&provider.mine(&scope, ticket).await).unwrap();
    for hidden in ["never pays", "urgent", "story", "internal\":true"] {
        assert!(!told.contains(hidden), "{hidden} in {told}");
    }
    assert!(told.contains("we are coming"));
    let list = tickets::mine(&provider, &scope, PageNumber::page(1)).await.unwrap();
    assert!(!serde_json::to_string(&list).unwrap().contains("urgent"));
}

#[tokio::test]
async fn a_note_for_each_other_neither_stops_the_clock_nor_resolves_what_the_customer_was_not_told() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let ticket = provider.call(contract, "1").await;
    for action in ["ask", "resolve"] {
        let note = MessageForm { internal: true, ..says("it must be the modem", action) };
        let found = problems(provider.answer(ticket, &note).await);
        assert_eq!(found, [(text("action"), Problem::CustomerNotTold)]);
    }
    let left = provider.ticket(ticket).await;
    assert_eq!((left.row.state, left.entries.len()), (TicketState::New, 1));
    assert!(left.row.due_at.is_some());
    let taken = MessageForm { internal: true, ..says("I go there", "take") };
    provider.answer(ticket, &taken).await.unwrap();
    assert_eq!(provider.state(ticket).await, TicketState::InProgress);
}

#[tokio::test]
async fn a_fault_of_another_customer_does_not_exist() {
    let provider = provider("2026-04-01").await;
    let (ana, beto) = (provider.active("ana").await, provider.active("beto").await);
    let (own, other) = (provider.scope(ana).await, provider.scope(beto).await);
    let ticket = provider.fault(&other, beto, "1").await;
    assert_eq!(refusal(tickets::show_mine(&provider, &own, ticket).await), Failure::NotFound);
    assert_eq!(refusal(tickets::answer_mine(&provider, &own, ticket, &says("x", "")).await), Failure::NotFound);
    assert_eq!(tickets::mine(&provider, &own, PageNumber::page(1)).await.unwrap().total, 0);
    let form = FaultForm {
        contract: beto.to_string(),
        category: text("1"),
        body: text("x"),
        idempotency_key: text("2"),
        ..FaultForm::default()
    };
    let found = problems(tickets::open_mine(&provider, &own, &form).await);
    assert_eq!(found, [(text("contract"), Problem::UnknownChoice)]);
}

#[tokio::test]
async fn a_form_sent_twice_is_one_fault() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.scope(contract).await;
    let ticket = provider.fault(&scope, contract, "1").await;
    assert_eq!(provider.fault(&scope, contract, "1").await, ticket);
    assert_eq!(provider.ticket(ticket).await.entries.len(), 1);
}

#[tokio::test]
async fn nobody_reports_without_end() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let scope = provider.scope(contract).await;
    for number in 0..10 {
        provider.fault(&scope, contract, &number.to_string()).await;
    }
    let form =
        FaultForm { category: text("1"), body: text("again"), idempotency_key: text("more"), ..FaultForm::default() };
    let refused = refusal(tickets::open_mine(&provider, &scope, &form).await);
    assert_eq!(refused, Failure::TooManyAttempts { minutes: 60 });
}

#[tokio::test]
async fn the_figures_open_exactly_their_lists() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let opened_at = ["2026-04-01T12:00:00Z", "2026-04-02T05:30:00Z", "2026-04-02T09:00:00Z", "2026-04-02T09:00:00Z"];
    let mut opened = Vec::new();
    for (number, moment) in opened_at.into_iter().enumerate() {
        provider.now_is(moment);
        opened.push(provider.call(contract, &number.to_string()).await);
    }
    provider.answer(opened[3], &says("which colour?", "ask")).await.unwrap();
    provider.now_is("2026-04-02T09:00:00Z");
    let filter = DashboardFilter::default();
    let figures = dashboard::show(&provider, &provider.may::<SeeDashboard>(), &filter).await.unwrap().tickets;
    assert_eq!((figures.open, figures.soon, figures.breached), (4, 1, 1));
    assert_eq!((figures.on_time, figures.waiting), (1, 1));
    let ids = |filter: TicketFilter| {
        let provider = &provider;
        async move { provider.list(&filter).await.page.rows.into_iter().map(|row| row.id).collect::<Vec<_>>() }
    };
    let standing = |standing| TicketFilter { standing: Some(standing), ..TicketFilter::default() };
    assert_eq!(ids(standing(Standing::Breached)).await, [opened[0]]);
    assert_eq!(ids(standing(Standing::Soon)).await, [opened[1]]);
    assert_eq!(ids(standing(Standing::OnTime)).await, [opened[2]]);
    let open = TicketFilter { group: Some(TicketGroup::Open), ..TicketFilter::default() };
    assert_eq!(ids(open).await, [opened[0], opened[1], opened[2], opened[3]], "what is due first comes first");
    let waiting = TicketFilter { state: Some(TicketState::Waiting), ..TicketFilter::default() };
    assert_eq!(ids(waiting).await, [opened[3]]);
    let named = TicketFilter { search: Some(opened[2].code()), ..TicketFilter::default() };
    assert_eq!(ids(named).await, [opened[2]]);
}

#[tokio::test]
async fn another_priority_has_other_deadlines_from_the_beginning() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana").await;
    let ticket = provider.call(contract, "1").await;
    provider.now_is("2026-04-01T18:00:00Z");
    let triage = TriageForm { priority: text("urgent"), category: text("1"), ..TriageForm::default() };
    tickets::triage(&provider, &provider.may::<AnswerTickets>(), ticket, &triage).await.unwrap();
    let changed = provider.ticket(ticket).await;
    assert_eq!(changed.deadlines.resolution.due_at, at("2026-04-01T20:00:00Z"));
    assert_eq!(changed.row.standing, Some(Standing::Breached), "nobody answered within the hour");
}

#[tokio::test]
async fn what_is_promised_when_people_work_and_the_categories_are_the_providers_own() {
    let provider = provider("2026-04-03").await;
    let permit = provider.may::<EditTicketSettings>();
    let line = |response: &str, resolution: &str| SlaForm {
        response_hours: text(response),
        resolution_hours: text(resolution),
        clock: text("business"),
    };
    let promises =
        PromisesForm { low: line("8", "40"), normal: line("4", "20"), high: line("1", "8"), urgent: line("1", "4") };
    tickets::save_promises(&provider, &permit, &promises).await.unwrap();
    let day = "08:00-12:00, 14:00-18:00";
    let hours = HoursForm {
        monday: text(day),
        friday: text(day),
        close_after_days: text("5"),
        credit_from_days: text("2"),
        ..HoursForm::default()
    };
    tickets::save_rules(&provider, &permit, &hours).await.unwrap();
    let wrong = HoursForm { monday: text("8 to 12"), ..hours };
    assert_eq!(problems(tickets::save_rules(&provider, &permit, &wrong).await), [(text("monday"), Problem::NotHours)]);
    let settings = tickets::settings(&provider, &provider.may::<SeeTickets>()).await.unwrap();
    assert_eq!((settings.hours[4].as_str(), settings.hours[1].as_str()), (day, ""));

    let category = CategoryForm {
        name_es: text("Mudanza"),
        name_en: text("Moving house"),
        priority: text("high"),
        ..CategoryForm::default()
    };
    let id = tickets::add_category(&provider, &permit, &category).await.unwrap();
    let taken = problems(tickets::add_category(&provider, &permit, &category).await);
    assert_eq!(taken, [(text("name_es"), Problem::Taken { by: text("Mudanza") })]);
    let contract = provider.active("ana").await;
    let scope = provider.scope(contract).await;
    let form =
        FaultForm { category: id.to_string(), body: text("x"), idempotency_key: text("1"), ..FaultForm::default() };
    let own = problems(tickets::open_mine(&provider, &scope, &form).await);
    assert_eq!(own, [(text("category"), Problem::UnknownChoice)], "it is for staff only");
    // Friday at noon: two till four is lunch, and then Monday.
    let ticket = provider.call(contract, "2").await;
    let deadlines = provider.ticket(ticket).await.deadlines;
    assert_eq!(deadlines.response.due_at, at("2026-04-03T15:00:00Z"));
    assert_eq!(deadlines.resolution.due_at, at("2026-04-06T12:00:00Z"));
}
