//! Customers come into their portal: invited by mail, by a code, or by whoever owns it.

use chrono::Duration;
use domain::contact::Language;
use domain::failure::{Blocker, Failure, Problem};
use domain::hotspot::Code;
use domain::ids::{CustomerId, UserId};
use domain::password::Password;
use domain::portal::PortalRight;
use domain::views::audit::{AuditFilter, FieldChange};
use domain::views::customers::CustomerForm;
use domain::views::portal_people::{CodeForm, ComeIn, PersonForm, ProfileForm};
use domain::views::users::UserState;
use workflows::auth::{self, NewSession, Visitor};
use workflows::permit::{Actor, EditCustomers, EditPortalAccess, OwnerScope, SeeAudit, SeeCustomers};
use workflows::testing::{Story, story};
use workflows::{audit, customers, portal, portal_people};

use crate::people::{PASSWORD, at, choose, home, mails, refusal, set_up_company, sign_in, token_in, who};

const UNKNOWN: Problem = Problem::UnknownCode;

/// A company, known by a telephone and a mailbox.
async fn company(story: &Story, name: &str) -> CustomerId {
    set_up_company(story).await;
    let form = CustomerForm {
        kind: "company".to_owned(),
        name: name.to_owned(),
        email: format!("{}@example.com", name.to_lowercase()),
        phone: "+52 951 123 4567".to_owned(),
        language: "es".to_owned(),
        ..CustomerForm::default()
    };
    customers::create(story, &story.may::<EditCustomers>(), &form).await.unwrap()
}

fn person(email: &str, right: PortalRight) -> PersonForm {
    PersonForm { name: "Ana María".to_owned(), email: email.to_owned(), right: right.to_string() }
}

/// Somebody who was invited by mail and chose `PASSWORD`.
async fn invited(story: &Story, customer: CustomerId, email: &str, right: PortalRight) -> UserId {
    let permit = story.may::<EditPortalAccess>();
    let id = portal_people::invite(story, &permit, customer, &person(email, right)).await.unwrap();
    let invitation = mails(story).await.pop().unwrap();
    auth::reset_password(story, &home(), &choose(&token_in(&invitation), PASSWORD)).await.unwrap();
    id
}

async fn actor(story: &Story, email: &str) -> Actor {
    who(story, &sign_in(story, email).await).await.unwrap().actor().clone()
}

async fn owner(story: &Story, customer: CustomerId, email: &str) -> (UserId, OwnerScope) {
    let id = invited(story, customer, email, PortalRight::Owner).await;
    (id, actor(story, email).await.owner_scope().unwrap())
}

async fn code(story: &Story, customer: CustomerId, right: PortalRight) -> Code {
    let form = CodeForm { name: "Beto Ruiz".to_owned(), right: right.to_string() };
    portal_people::make_code(story, &story.may::<EditPortalAccess>(), customer, &form).await.unwrap()
}

fn coming(code: &Code, contact: &str, email: &str) -> ComeIn {
    ComeIn {
        code: code.grouped(),
        contact: contact.to_owned(),
        email: email.to_owned(),
        password: Password::new(PASSWORD),
        repeated_password: Password::new(PASSWORD),
    }
}

async fn come_in(story: &Story, from: &Visitor, form: &ComeIn) -> workflows::Result<NewSession> {
    auth::come_in(story, from, form).await
}

fn unknown() -> Failure {
    Failure::field("code", UNKNOWN)
}

#[tokio::test]
async fn whoever_is_invited_to_see_sees_and_does_not_pay() {
    let story = story("2026-03-01").await;
    let sur = company(&story, "Sur").await;
    invited(&story, sur, "contador@example.com", PortalRight::Viewer).await;
    let actor = actor(&story, "contador@example.com").await;
    assert_eq!(actor.customer_scope().unwrap().customer(), sur);
    assert_eq!(actor.payer_scope().unwrap_err(), Failure::Forbidden { verb: "pay_in_portal".to_owned() });
    assert_eq!(actor.owner_scope().unwrap_err(), Failure::Forbidden { verb: "own_portal".to_owned() });
    let people = portal_people::list(&story, &story.may::<SeeCustomers>(), sur).await.unwrap().people;
    assert_eq!((people[0].right, people[0].state), (PortalRight::Viewer, UserState::Active));
}

#[tokio::test]
async fn a_code_lets_one_person_in_once_with_the_telephone_that_is_on_record() {
    let story = story("2026-03-01").await;
    let sur = company(&story, "Sur").await;
    let code = code(&story, sur, PortalRight::Payer).await;
    let form = coming(&code, "951 123 4567", "Beto@Example.com");
    let session = come_in(&story, &home(), &form).await.unwrap();
    let actor = who(&story, &session).await.unwrap().actor().clone();
    assert_eq!((actor.name(), actor.payer_scope().unwrap().customer()), ("Beto Ruiz", sur));
    assert!(actor.owner_scope().is_err());
    // Next time with the address, and with the code no more.
    sign_in(&story, "beto@example.com").await;
    let again = coming(&code, "951 123 4567", "otro@example.com");
    assert_eq!(refusal(come_in(&story, &home(), &again).await), unknown());
    let left = portal_people::list(&story, &story.may::<SeeCustomers>(), sur).await.unwrap().codes;
    assert_eq!(left, []);
}

#[tokio::test]
async fn a_code_that_is_wrong_old_withdrawn_or_anothers_has_one_answer() {
    let story = story("2026-03-01").await;
    let (sur, norte) = (company(&story, "Sur").await, company(&story, "Norte").await);
    let refused = async |code: &Code, contact: &str, from: &str| {
        refusal(come_in(&story, &at(from), &coming(code, contact, "beto@example.com")).await)
    };
    let good = code(&story, sur, PortalRight::Owner).await;
    assert_eq!(refused(&Code::of([7; 9]), "sur@example.com", "192.0.2.1").await, unknown());
    assert_eq!(refused(&good, "norte@example.com", "192.0.2.2").await, unknown());
    assert_eq!(refused(&good, "951 999 9999", "192.0.2.3").await, unknown());

    let withdrawn = code(&story, norte, PortalRight::Owner).await;
    let open = portal_people::list(&story, &story.may::<SeeCustomers>(), norte).await.unwrap().codes;
    let permit = story.may::<EditPortalAccess>();
    assert_eq!(portal_people::withdraw_code(&story, &permit, open[0].id).await.unwrap(), norte);
    assert_eq!(refusal(portal_people::withdraw_code(&story, &permit, open[0].id).await), Failure::NotFound);
    assert_eq!(refused(&withdrawn, "norte@example.com", "192.0.2.4").await, unknown());

    story.clock.advance(Duration::days(7));
    assert_eq!(refused(&good, "sur@example.com", "192.0.2.5").await, unknown());
}

#[tokio::test]
async fn guessing_codes_is_slowed_down() {
    let story = story("2026-03-01").await;
    let sur = company(&story, "Sur").await;
    for guess in 0..5 {
        let form = coming(&Code::of([guess; 9]), "sur@example.com", "");
        assert_eq!(refusal(come_in(&story, &home(), &form).await), unknown());
    }
    let good = code(&story, sur, PortalRight::Owner).await;
    let form = coming(&good, "sur@example.com", "");
    assert_eq!(refusal(come_in(&story, &home(), &form).await), Failure::TooManyAttempts { minutes: 15 });
    story.clock.advance(Duration::minutes(15));
    come_in(&story, &home(), &form).await.unwrap();
}

#[tokio::test]
async fn a_code_opens_nobody_elses_account_but_stands_in_for_a_mail_that_never_came() {
    let story = story("2026-03-01").await;
    let sur = company(&story, "Sur").await;
    invited(&story, sur, "duena@example.com", PortalRight::Owner).await;
    let viewer = code(&story, sur, PortalRight::Viewer).await;
    let theirs = coming(&viewer, "sur@example.com", "duena@example.com");
    let taken = Failure::field("email", Problem::Taken { by: "duena@example.com".to_owned() });
    assert_eq!(refusal(come_in(&story, &home(), &theirs).await), taken);

    let permit = story.may::<EditPortalAccess>();
    let beto = person("beto@example.com", PortalRight::Owner);
    let waiting = portal_people::invite(&story, &permit, sur, &beto).await.unwrap();
    let link = token_in(&mails(&story).await.pop().unwrap());
    let session = come_in(&story, &home(), &coming(&viewer, "sur@example.com", "beto@example.com")).await.unwrap();
    let beto = who(&story, &session).await.unwrap();
    assert_eq!(beto.user(), waiting);
    // With what the code gives, and the link of the mail opens nothing any more.
    assert!(beto.actor().payer_scope().is_err());
    let late = auth::reset_password(&story, &home(), &choose(&link, "another long one")).await;
    assert_eq!(refusal(late), Failure::LinkExpired);
}

#[tokio::test]
async fn a_code_needs_an_address_or_a_number_on_record() {
    let story = story("2026-03-01").await;
    set_up_company(&story).await;
    let unreachable = CustomerForm {
        kind: "person".to_owned(),
        name: "Eva".to_owned(),
        language: "es".to_owned(),
        ..CustomerForm::default()
    };
    let eva = customers::create(&story, &story.may::<EditCustomers>(), &unreachable).await.unwrap();
    let form = CodeForm { name: "Eva".to_owned(), right: PortalRight::Owner.to_string() };
    let made = portal_people::make_code(&story, &story.may::<EditPortalAccess>(), eva, &form).await;
    assert_eq!(refusal(made), Failure::Blocked { what: Blocker::NothingOnRecord });
}

#[tokio::test]
async fn an_owner_says_who_else_comes_in_and_never_shuts_out_themselves() {
    let story = story("2026-03-01").await;
    let sur = company(&story, "Sur").await;
    let (myself, scope) = owner(&story, sur, "duena@example.com").await;
    let beto = person("beto@example.com", PortalRight::Viewer);
    let beto = portal_people::invite_mine(&story, &scope, &home(), &beto).await.unwrap();
    let invitation = mails(&story).await.pop().unwrap();
    assert_eq!(invitation.to.as_str(), "beto@example.com");
    auth::reset_password(&story, &home(), &choose(&token_in(&invitation), PASSWORD)).await.unwrap();

    let session = sign_in(&story, "beto@example.com").await;
    assert!(who(&story, &session).await.unwrap().actor().payer_scope().is_err());
    portal_people::change_my_right(&story, &scope, beto, PortalRight::Payer).await.unwrap();
    // It holds at once, in the session that is open.
    assert!(who(&story, &session).await.unwrap().actor().payer_scope().is_ok());
    portal_people::end_my_access(&story, &scope, beto).await.unwrap();
    assert!(who(&story, &session).await.is_none());
    portal_people::restore_my_access(&story, &scope, beto).await.unwrap();
    sign_in(&story, "beto@example.com").await;

    let yourself = Failure::Blocked { what: Blocker::Yourself };
    assert_eq!(refusal(portal_people::end_my_access(&story, &scope, myself).await), yourself);
    let viewer = PortalRight::Viewer;
    assert_eq!(refusal(portal_people::change_my_right(&story, &scope, myself, viewer).await), yourself);
}

#[tokio::test]
async fn whom_staff_keep_out_the_owner_does_not_let_in() {
    let story = story("2026-03-01").await;
    let sur = company(&story, "Sur").await;
    let (_, scope) = owner(&story, sur, "duena@example.com").await;
    let beto = invited(&story, sur, "beto@example.com", PortalRight::Payer).await;
    let permit = story.may::<EditPortalAccess>();
    let kept_out = Failure::Blocked { what: Blocker::KeptOutByStaff };

    portal_people::end_access(&story, &permit, sur, beto).await.unwrap();
    assert_eq!(refusal(portal_people::restore_my_access(&story, &scope, beto).await), kept_out);
    portal_people::restore_access(&story, &permit, sur, beto).await.unwrap();
    sign_in(&story, "beto@example.com").await;

    // Both do: staff's word holds.
    portal_people::end_my_access(&story, &scope, beto).await.unwrap();
    portal_people::end_access(&story, &permit, sur, beto).await.unwrap();
    portal_people::end_my_access(&story, &scope, beto).await.unwrap();
    assert_eq!(refusal(portal_people::restore_my_access(&story, &scope, beto).await), kept_out);
}

#[tokio::test]
async fn an_owner_fills_nobodys_mailbox() {
    let story = story("2026-03-01").await;
    let sur = company(&story, "Sur").await;
    let (_, scope) = owner(&story, sur, "duena@example.com").await;
    let beto = person("beto@example.com", PortalRight::Viewer);
    let beto = portal_people::invite_mine(&story, &scope, &home(), &beto).await.unwrap();
    let again = async || portal_people::invite_mine_again(&story, &scope, &home(), beto).await;
    again().await.unwrap();
    again().await.unwrap();
    assert_eq!(refusal(again().await), Failure::TooManyAttempts { minutes: 15 });
    story.clock.advance(Duration::minutes(15));
    again().await.unwrap();
}

#[tokio::test]
async fn an_owner_invites_fifty_people_and_staff_whom_they_want() {
    let story = story("2026-03-01").await;
    let sur = company(&story, "Sur").await;
    let (_, scope) = owner(&story, sur, "duena@example.com").await;
    let form = |number: u8| person(&format!("persona-{number}@example.com"), PortalRight::Viewer);
    let invite = async |number: u8| {
        let from = at(&format!("192.0.2.{number}"));
        portal_people::invite_mine(&story, &scope, &from, &form(number)).await
    };
    for number in 1..50 {
        invite(number).await.unwrap();
    }
    assert_eq!(refusal(invite(50).await), Failure::Blocked { what: Blocker::EnoughPeople });
    portal_people::invite(&story, &story.may::<EditPortalAccess>(), sur, &form(50)).await.unwrap();
}

#[tokio::test]
async fn people_of_another_customer_are_not_found() {
    let story = story("2026-03-01").await;
    let (sur, norte) = (company(&story, "Sur").await, company(&story, "Norte").await);
    let (_, scope) = owner(&story, sur, "duena@example.com").await;
    let other = invited(&story, norte, "norte@example.net", PortalRight::Payer).await;
    let (right, permit) = (PortalRight::Viewer, story.may::<EditPortalAccess>());
    for answer in [
        portal_people::change_my_right(&story, &scope, other, right).await,
        portal_people::end_my_access(&story, &scope, other).await,
        portal_people::restore_my_access(&story, &scope, other).await,
        portal_people::invite_mine_again(&story, &scope, &home(), other).await,
        // Nor do staff reach somebody from another customer's page.
        portal_people::end_access(&story, &permit, sur, other).await,
        portal_people::change_right(&story, &permit, sur, other, right).await,
    ] {
        assert_eq!(refusal(answer), Failure::NotFound);
    }
    let mine = portal_people::mine(&story, &scope).await.unwrap();
    assert_eq!(mine.people.iter().map(|person| person.email.as_str()).collect::<Vec<_>>(), ["duena@example.com"]);
}

#[tokio::test]
async fn an_owner_keeps_how_the_provider_reaches_them() {
    let story = story("2026-03-01").await;
    let sur = company(&story, "Sur").await;
    let (_, scope) = owner(&story, sur, "duena@example.com").await;
    let form = ProfileForm { email: "pagos@example.com".to_owned(), phone: "+529517654321".to_owned() };
    portal::edit_profile(&story, &scope, &form).await.unwrap();
    let page = customers::show(&story, &story.may::<SeeCustomers>(), sur).await.unwrap();
    assert_eq!(page.facts.email.unwrap().as_str(), "pagos@example.com");
    assert_eq!(page.facts.name, "Sur");
    // From then on a code comes with the new number.
    let code = code(&story, sur, PortalRight::Payer).await;
    let old = coming(&code, "951 123 4567", "beto@example.com");
    assert_eq!(refusal(come_in(&story, &home(), &old).await), unknown());
    come_in(&story, &home(), &coming(&code, "9517654321", "beto@example.com")).await.unwrap();
}

#[tokio::test]
async fn an_owner_who_changes_the_language_is_written_to_in_it_and_so_is_the_customer() {
    let story = story("2026-03-01").await;
    let sur = company(&story, "Sur").await;
    owner(&story, sur, "duena@example.com").await;
    invited(&story, sur, "contador@example.com", PortalRight::Payer).await;
    let language = async || customers::show(&story, &story.may::<SeeCustomers>(), sur).await.unwrap().facts.language;
    let change = async |email: &str| {
        let who = who(&story, &sign_in(&story, email).await).await.unwrap();
        auth::change_language(&story, &who, Language::English).await.unwrap();
    };
    // Who pays does not decide for the others.
    change("contador@example.com").await;
    assert_eq!(language().await, Language::Spanish);
    change("duena@example.com").await;
    assert_eq!(language().await, Language::English);
    let of_sur = AuditFilter {
        subject: Some("customer".to_owned()),
        subject_id: Some(sur.0),
        verb: Some("change_language".to_owned()),
        ..AuditFilter::default()
    };
    let lines = audit::list(&story, &story.may::<SeeAudit>(), &of_sur).await.unwrap().rows;
    let changed =
        FieldChange { field: "language".to_owned(), before: Some("es".to_owned()), after: Some("en".to_owned()) };
    assert_eq!((lines.len(), &lines[0].changes), (1, &vec![changed]));
}
