//! A code from the phone beside the password.

use chrono::Duration;
use domain::failure::{Blocker, Failure, Problem};
use domain::password::Password;
use domain::role::Role;
use domain::views::account::{SecondFactor, TurnOff, Wants};
use workflows::auth::{self, NewSession, Pending, Secret, SignedIn, Who};
use workflows::permit::{EditAccess, EditUsers, SeeUsers};
use workflows::testing::{Story, story};
use workflows::users;

use crate::people::{PASSWORD, at, choose, credentials, home, mails, refusal, sign_in, token_in, user, who};

const EMAIL: &str = "ana@example.com";

fn wrong_code() -> Failure {
    Failure::field("code", Problem::WrongCode)
}

/// What the phone shows now.
fn code(story: &Story, secret: &Secret) -> String {
    secret.code_at(story.clock.now())
}

/// Until the phone shows another code.
fn next_code(story: &Story) {
    story.clock.advance(Duration::seconds(30));
}

async fn whose(story: &Story, session: &NewSession) -> Option<Who> {
    auth::who(story, &session.token.text()).await.unwrap()
}

async fn signed_in(story: &Story) -> SignedIn {
    who(story, &sign_in(story, EMAIL).await).await.unwrap()
}

/// Whoever is on the way in has typed the password already.
async fn propose(story: &Story, who: &Who) -> workflows::Result<()> {
    let password = if matches!(who, Who::SignedIn(_)) { PASSWORD } else { "" };
    auth::propose_second_factor(story, &home(), who, &Password::new(password)).await
}

/// Whoever it is has a second factor from here on; the recovery codes with it.
async fn set_up(story: &Story, who: &Who) -> (Secret, Vec<String>) {
    propose(story, who).await.unwrap();
    let SecondFactor::Proposed { proposal } = auth::second_factor(story, who).await.unwrap() else {
        panic!("nothing is proposed");
    };
    let secret = Secret::parse(&proposal.secret).unwrap();
    auth::confirm_second_factor(story, who, &code(story, &secret)).await.unwrap();
    next_code(story);
    (secret, proposal.recovery_codes)
}

/// An administrator with a second factor.
async fn ana(story: &Story) -> (Secret, Vec<String>) {
    user(story, EMAIL, Role::Admin).await;
    let who = Who::SignedIn(signed_in(story).await);
    set_up(story, &who).await
}

/// The password was right.
async fn waiting(story: &Story) -> (NewSession, Pending) {
    let session = sign_in(story, EMAIL).await;
    assert!(session.waits_for_code);
    match whose(story, &session).await {
        Some(Who::Pending(pending)) => (session, pending),
        other => panic!("{other:?}"),
    }
}

async fn enter(story: &Story, pending: &Pending, code: &str) -> workflows::Result<NewSession> {
    auth::enter_code(story, &home(), pending, code).await
}

#[tokio::test]
async fn the_password_opens_nothing_and_the_code_begins_another_session() {
    let story = story("2026-03-01").await;
    let (secret, _) = ana(&story).await;
    let (first, pending) = waiting(&story).await;
    assert_eq!(pending.wants(), Wants::Code);
    assert!(who(&story, &first).await.is_none());
    assert_eq!(refusal(enter(&story, &pending, "000000x").await), wrong_code());
    let session = enter(&story, &pending, &code(&story, &secret)).await.unwrap();
    assert!(who(&story, &session).await.is_some());
    assert!(whose(&story, &first).await.is_none());
}

#[tokio::test]
async fn nothing_is_asked_for_before_the_first_code_was_typed() {
    let story = story("2026-03-01").await;
    user(&story, EMAIL, Role::Noc).await;
    let ana = Who::SignedIn(signed_in(&story).await);
    propose(&story, &ana).await.unwrap();
    let refused = refusal(auth::confirm_second_factor(&story, &ana, "123").await);
    assert_eq!(refused, wrong_code());
    assert!(!sign_in(&story, EMAIL).await.waits_for_code);
}

#[tokio::test]
async fn a_browser_that_was_left_open_does_not_set_up_a_code_without_the_password() {
    let story = story("2026-03-01").await;
    user(&story, EMAIL, Role::Noc).await;
    let who = Who::SignedIn(signed_in(&story).await);
    let propose = async |password: &str| {
        refusal(auth::propose_second_factor(&story, &home(), &who, &Password::new(password)).await)
    };
    assert_eq!(propose("").await, Failure::field("current_password", Problem::Required));
    for _ in 0..5 {
        assert_eq!(propose("not this one").await, Failure::field("current_password", Problem::WrongPassword));
    }
    assert_eq!(propose(PASSWORD).await, Failure::TooManyAttempts { minutes: 15 }, "as at signing in");
    assert_eq!(auth::second_factor(&story, &who).await.unwrap(), SecondFactor::Off { required: false });
}

#[tokio::test]
async fn a_secret_waits_a_quarter_of_an_hour_for_its_first_code() {
    let story = story("2026-03-01").await;
    user(&story, EMAIL, Role::Noc).await;
    let who = Who::SignedIn(signed_in(&story).await);
    propose(&story, &who).await.unwrap();
    story.clock.advance(Duration::minutes(14));
    let SecondFactor::Proposed { proposal } = auth::second_factor(&story, &who).await.unwrap() else {
        panic!("nothing is proposed");
    };
    let secret = Secret::parse(&proposal.secret).unwrap();
    story.clock.advance(Duration::minutes(1));
    assert_eq!(auth::second_factor(&story, &who).await.unwrap(), SecondFactor::Off { required: false });
    let late = refusal(auth::confirm_second_factor(&story, &who, &code(&story, &secret)).await);
    assert_eq!(late, Failure::Blocked { what: Blocker::NoSecondFactor });
    set_up(&story, &who).await;
}

#[tokio::test]
async fn turning_it_on_ends_the_sessions_that_were_begun_without_a_code() {
    let story = story("2026-03-01").await;
    user(&story, EMAIL, Role::Noc).await;
    let (here, elsewhere) = (sign_in(&story, EMAIL).await, sign_in(&story, EMAIL).await);
    set_up(&story, &whose(&story, &here).await.unwrap()).await;
    assert!(who(&story, &here).await.is_some());
    assert!(whose(&story, &elsewhere).await.is_none());
}

#[tokio::test]
async fn a_code_is_taken_once() {
    let story = story("2026-03-01").await;
    let (secret, _) = ana(&story).await;
    let (_, first) = waiting(&story).await;
    let (_, second) = waiting(&story).await;
    let seen = code(&story, &secret);
    enter(&story, &first, &seen).await.unwrap();
    assert_eq!(refusal(enter(&story, &second, &seen).await), wrong_code());
    next_code(&story);
    enter(&story, &second, &code(&story, &secret)).await.unwrap();
}

#[tokio::test]
async fn the_code_that_turned_it_on_is_used_up() {
    let story = story("2026-03-01").await;
    user(&story, EMAIL, Role::Noc).await;
    let who = Who::SignedIn(signed_in(&story).await);
    let (secret, _) = set_up(&story, &who).await;
    let before = secret.code_at(story.clock.now() - Duration::seconds(30));
    let (_, pending) = waiting(&story).await;
    assert_eq!(refusal(enter(&story, &pending, &before).await), wrong_code());
}

#[tokio::test]
async fn each_recovery_code_lets_in_once() {
    let story = story("2026-03-01").await;
    let (_, codes) = ana(&story).await;
    let (_, pending) = waiting(&story).await;
    let session = enter(&story, &pending, &codes[3].to_lowercase()).await.unwrap();
    let ana = whose(&story, &session).await.unwrap();
    assert_eq!(auth::second_factor(&story, &ana).await.unwrap(), SecondFactor::On { recovery_codes_left: 9 });
    let (_, pending) = waiting(&story).await;
    assert_eq!(refusal(enter(&story, &pending, &codes[3]).await), wrong_code());
    enter(&story, &pending, &codes[4]).await.unwrap();
}

#[tokio::test]
async fn guessing_codes_is_limited_as_guessing_passwords_is() {
    let story = story("2026-03-01").await;
    let (secret, _) = ana(&story).await;
    let (_, pending) = waiting(&story).await;
    for _ in 0..5 {
        assert_eq!(refusal(enter(&story, &pending, "12345").await), wrong_code());
    }
    let refused = refusal(enter(&story, &pending, &code(&story, &secret)).await);
    assert_eq!(refused, Failure::TooManyAttempts { minutes: 15 });
}

#[tokio::test]
async fn guessing_codes_from_many_places_is_over_for_the_day() {
    let story = story("2026-03-01").await;
    let (secret, _) = ana(&story).await;
    for _ in 0..5 {
        let (_, pending) = waiting(&story).await;
        for place in 0..10 {
            let from = at(&format!("198.51.100.{place}"));
            assert_eq!(refusal(auth::enter_code(&story, &from, &pending, "12345").await), wrong_code());
        }
        story.clock.advance(Duration::minutes(15));
    }
    let (_, pending) = waiting(&story).await;
    let refused = refusal(enter(&story, &pending, &code(&story, &secret)).await);
    assert_eq!(refused, Failure::TooManyAttempts { minutes: 24 * 60 - 75 });
    story.clock.advance(Duration::days(1));
    let (_, pending) = waiting(&story).await;
    enter(&story, &pending, &code(&story, &secret)).await.unwrap();
}

#[tokio::test]
async fn a_session_waits_ten_minutes_for_its_code() {
    let story = story("2026-03-01").await;
    ana(&story).await;
    let (session, _) = waiting(&story).await;
    story.clock.advance(Duration::minutes(9));
    assert!(whose(&story, &session).await.is_some());
    story.clock.advance(Duration::minutes(1));
    assert!(whose(&story, &session).await.is_none());
}

#[tokio::test]
async fn a_link_to_a_new_password_does_not_lead_around_the_code() {
    let story = story("2026-03-01").await;
    ana(&story).await;
    auth::request_reset(&story, &home(), EMAIL).await.unwrap();
    let link = token_in(&mails(&story).await.pop().unwrap());
    let session = auth::reset_password(&story, &home(), &choose(&link, "another long one")).await.unwrap();
    assert!(session.waits_for_code);
    assert!(who(&story, &session).await.is_none());
}

#[tokio::test]
async fn turning_it_off_takes_the_password_and_a_code_and_is_told_by_mail() {
    let story = story("2026-03-01").await;
    let (secret, _) = ana(&story).await;
    let (_, pending) = waiting(&story).await;
    let session = enter(&story, &pending, &code(&story, &secret)).await.unwrap();
    let ana = who(&story, &session).await.unwrap();
    next_code(&story);
    mails(&story).await;
    let off = |password: &str, code: String| TurnOff { current_password: Password::new(password), code };
    let visitor = home();
    let turn_off = async |form: TurnOff| auth::turn_off_second_factor(&story, &visitor, &ana, &form).await;
    let refused = refusal(turn_off(off("not this one", code(&story, &secret))).await);
    assert_eq!(refused, Failure::field("current_password", Problem::WrongPassword));
    assert_eq!(refusal(turn_off(off(PASSWORD, "000".to_owned())).await), wrong_code());
    turn_off(off(PASSWORD, code(&story, &secret))).await.unwrap();
    assert_eq!(mails(&story).await.pop().unwrap().subject, "Su cuenta ya no pide un código");
    assert!(!sign_in(&story, EMAIL).await.waits_for_code);
}

#[tokio::test]
async fn whoever_has_one_turns_it_off_before_setting_up_another() {
    let story = story("2026-03-01").await;
    user(&story, EMAIL, Role::Noc).await;
    let who = Who::SignedIn(signed_in(&story).await);
    set_up(&story, &who).await;
    let refused = refusal(propose(&story, &who).await);
    assert_eq!(refused, Failure::Blocked { what: Blocker::HasSecondFactor });
}

#[tokio::test]
async fn an_administrator_takes_it_away_from_whoever_lost_the_phone() {
    let story = story("2026-03-01").await;
    let permit = story.may::<EditUsers>();
    let lost = user(&story, EMAIL, Role::Noc).await;
    let session = sign_in(&story, EMAIL).await;
    set_up(&story, &whose(&story, &session).await.unwrap()).await;
    let has = async || users::detail(&story, &story.may::<SeeUsers>(), lost).await.unwrap().second_factor;
    assert!(has().await);
    users::reset_second_factor(&story, &permit, lost).await.unwrap();
    assert!(!has().await);
    assert!(who(&story, &session).await.is_none());
    assert!(!sign_in(&story, EMAIL).await.waits_for_code);
    let again = refusal(users::reset_second_factor(&story, &permit, lost).await);
    assert_eq!(again, Failure::Blocked { what: Blocker::NoSecondFactor });
}

#[tokio::test]
async fn an_administrator_does_not_get_around_their_own_password_and_code() {
    let story = story("2026-03-01").await;
    let (secret, _) = ana(&story).await;
    let (_, pending) = waiting(&story).await;
    let session = enter(&story, &pending, &code(&story, &secret)).await.unwrap();
    let ana = who(&story, &session).await.unwrap();
    let permit = ana.actor().permit::<EditUsers>().unwrap();
    let refused = refusal(users::reset_second_factor(&story, &permit, ana.user()).await);
    assert_eq!(refused, Failure::Blocked { what: Blocker::OwnSecondFactor });
    assert!(sign_in(&story, EMAIL).await.waits_for_code);
}

#[tokio::test]
async fn where_it_is_required_staff_without_it_get_no_further_than_setting_it_up() {
    let story = story("2026-03-01").await;
    user(&story, EMAIL, Role::Admin).await;
    let session = sign_in(&story, EMAIL).await;
    users::require_second_factor(&story, &story.may::<EditAccess>(), true).await.unwrap();
    let access = users::access(&story, &story.may::<SeeUsers>()).await.unwrap();
    assert_eq!((access.second_factor_required, access.staff_without), (true, 1));
    // Also who is in already.
    assert!(who(&story, &session).await.is_none());
    let pending = whose(&story, &session).await.unwrap();
    assert!(matches!(&pending, Who::Pending(pending) if pending.wants() == Wants::SecondFactor));
    set_up(&story, &pending).await;
    assert!(who(&story, &session).await.is_some());
    assert_eq!(users::access(&story, &story.may::<SeeUsers>()).await.unwrap().staff_without, 0);
}

#[tokio::test]
async fn all_other_sessions_end_at_once_and_an_administrator_ends_anybodys() {
    let story = story("2026-03-01").await;
    let (see, edit) = (story.may::<SeeUsers>(), story.may::<EditUsers>());
    let id = user(&story, EMAIL, Role::Noc).await;
    let here = sign_in(&story, EMAIL).await;
    let elsewhere = auth::sign_in(&story, &at("198.51.100.4"), &credentials(EMAIL, PASSWORD)).await.unwrap();
    auth::end_other_sessions(&story, &who(&story, &here).await.unwrap()).await.unwrap();
    assert!(who(&story, &here).await.is_some());
    assert!(who(&story, &elsewhere).await.is_none());

    let again = sign_in(&story, EMAIL).await;
    let rows = users::sessions(&story, &see, id).await.unwrap();
    assert_eq!(rows.len(), 2);
    users::end_session(&story, &edit, id, &rows[0].key).await.unwrap();
    assert_eq!(users::sessions(&story, &see, id).await.unwrap().len(), 1);
    users::end_sessions(&story, &edit, id).await.unwrap();
    assert!(who(&story, &here).await.is_none() && who(&story, &again).await.is_none());
    assert_eq!(refusal(users::end_session(&story, &edit, id, &rows[0].key).await), Failure::NotFound);
}
