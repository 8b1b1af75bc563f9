//! Choosing and changing passwords.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod people;

use chrono::Duration;
use domain::contact::Language;
use domain::failure::{Failure, FieldProblem, Problem};
use domain::password::Password;
use domain::role::Role;
use domain::views::account::{ChangePassword, ResetPassword};
use people::{PASSWORD, choose, credentials, home, mails, refusal, sign_in, token_in, user, who};
use workflows::auth;
use workflows::permit::EditUsers;
use workflows::testing::{Story, story};
use workflows::users;

const ANOTHER: &str = "otra clave muy larga";

/// Asks for a link and reads it in the mailbox.
async fn link(story: &Story, email: &str) -> String {
    auth::request_reset(story, &home(), email).await.unwrap();
    token_in(&mails(story).await.pop().unwrap())
}

async fn can_sign_in(story: &Story, email: &str, password: &str) -> bool {
    auth::sign_in(story, &home(), &credentials(email, password)).await.is_ok()
}

#[tokio::test]
async fn a_reset_link_sets_a_new_password_and_ends_all_other_sessions() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    let before = sign_in(&story, "ana@example.com").await;
    let token = link(&story, "ana@example.com").await;
    let session = auth::reset_password(&story, &home(), &choose(&token, ANOTHER)).await.unwrap();
    assert!(who(&story, &session).await.is_some());
    assert!(who(&story, &before).await.is_none());
    assert!(!can_sign_in(&story, "ana@example.com", PASSWORD).await);
    assert!(can_sign_in(&story, "ana@example.com", ANOTHER).await);
}

#[tokio::test]
async fn a_reset_link_works_once_and_makes_the_others_useless() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    let first = link(&story, "ana@example.com").await;
    let second = link(&story, "ana@example.com").await;
    auth::reset_password(&story, &home(), &choose(&second, ANOTHER)).await.unwrap();
    for used in [&first, &second] {
        let refused = refusal(auth::reset_password(&story, &home(), &choose(used, "a third long one")).await);
        assert_eq!(refused, Failure::LinkExpired);
    }
}

#[tokio::test]
async fn of_two_who_use_one_link_at_the_same_moment_one_is_refused() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    let token = link(&story, "ana@example.com").await;
    let visitor = home();
    let (first, second) = (choose(&token, ANOTHER), choose(&token, "a third long one"));
    let (first, second) =
        tokio::join!(auth::reset_password(&story, &visitor, &first), auth::reset_password(&story, &visitor, &second),);
    assert_ne!(first.is_ok(), second.is_ok());
}

#[tokio::test]
async fn a_reset_link_is_too_old_after_an_hour() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    let token = link(&story, "ana@example.com").await;
    story.clock.advance(Duration::hours(1));
    let refused = refusal(auth::reset_password(&story, &home(), &choose(&token, ANOTHER)).await);
    assert_eq!(refused, Failure::LinkExpired);
    for made_up in ["", "x", &"A".repeat(43)] {
        let refused = refusal(auth::reset_password(&story, &home(), &choose(made_up, ANOTHER)).await);
        assert_eq!(refused, Failure::LinkExpired);
    }
}

#[tokio::test]
async fn asking_for_a_link_is_answered_alike_whether_or_not_somebody_has_the_address() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    let gone = user(&story, "gone@example.com", Role::Noc).await;
    users::disable(&story, &story.may::<EditUsers>(), gone).await.unwrap();
    mails(&story).await;
    for email in ["nobody@example.com", "gone@example.com", "Ana@example.com"] {
        auth::request_reset(&story, &home(), email).await.unwrap();
    }
    let sent = mails(&story).await;
    assert_eq!(sent.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["ana@example.com"]);
}

#[tokio::test]
async fn nobody_can_fill_anothers_mailbox_with_links() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    mails(&story).await;
    for _ in 0..3 {
        auth::request_reset(&story, &home(), "ana@example.com").await.unwrap();
    }
    for email in ["ana@example.com", "ANA@example.com"] {
        let refused = refusal(auth::request_reset(&story, &home(), email).await);
        assert_eq!(refused, Failure::TooManyAttempts { minutes: 15 });
    }
    assert_eq!(mails(&story).await.len(), 3);
    // And it does not keep her from signing in.
    assert!(can_sign_in(&story, "ana@example.com", PASSWORD).await);
}

#[tokio::test]
async fn mails_are_in_the_language_of_their_reader() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    mails(&story).await;
    auth::request_reset(&story, &home(), "ana@example.com").await.unwrap();
    let ana = who(&story, &sign_in(&story, "ana@example.com").await).await.unwrap();
    auth::change_language(&story, &ana, Language::English).await.unwrap();
    auth::request_reset(&story, &home(), "ana@example.com").await.unwrap();
    let subjects: Vec<_> = mails(&story).await.into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["Elija una contraseña nueva", "Choose a new password"]);
}

#[tokio::test]
async fn a_mail_is_sent_once() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    auth::request_reset(&story, &home(), "ana@example.com").await.unwrap();
    assert_eq!(mails(&story).await.len(), 1);
    assert_eq!(mails(&story).await.len(), 0);
}

#[tokio::test]
async fn a_password_that_is_too_short_or_the_address_or_not_repeated_is_refused_and_the_link_stays_good() {
    let story = story("2026-03-01").await;
    user(&story, "ana.maria@example.com", Role::Admin).await;
    let token = link(&story, "ana.maria@example.com").await;
    let problem = |field: &str, problem| FieldProblem { field: field.to_owned(), problem };
    let short = ResetPassword { repeated_password: Password::new("else"), ..choose(&token, "short") };
    let both =
        vec![problem("password", Problem::TooShort { least: 10 }), problem("repeated_password", Problem::DoesNotMatch)];
    assert_eq!(refusal(auth::reset_password(&story, &home(), &short).await), Failure::Fields { fields: both });
    let address = choose(&token, "Ana.Maria@example.com");
    let refused = refusal(auth::reset_password(&story, &home(), &address).await);
    assert_eq!(refused, Failure::field("password", Problem::SameAsEmail));
    auth::reset_password(&story, &home(), &choose(&token, ANOTHER)).await.unwrap();
}

#[tokio::test]
async fn who_changes_the_password_stays_signed_in_here_and_nowhere_else() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    let elsewhere = sign_in(&story, "ana@example.com").await;
    let here = sign_in(&story, "ana@example.com").await;
    let old_link = link(&story, "ana@example.com").await;
    let ana = who(&story, &here).await.unwrap();
    let change = |current: &str| ChangePassword {
        current_password: Password::new(current),
        password: Password::new(ANOTHER),
        repeated_password: Password::new(ANOTHER),
    };
    let refused = refusal(auth::change_password(&story, &home(), &ana, &change("not this one")).await);
    assert_eq!(refused, Failure::field("current_password", Problem::WrongPassword));
    auth::change_password(&story, &home(), &ana, &change(PASSWORD)).await.unwrap();
    assert!(who(&story, &here).await.is_some());
    assert!(who(&story, &elsewhere).await.is_none());
    assert!(can_sign_in(&story, "ana@example.com", ANOTHER).await);
    let refused = refusal(auth::reset_password(&story, &home(), &choose(&old_link, PASSWORD)).await);
    assert_eq!(refused, Failure::LinkExpired);
    assert_eq!(mails(&story).await.pop().unwrap().subject, "Su contraseña cambió");
}

#[tokio::test]
async fn guessing_the_present_password_is_limited_too() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    let ana = who(&story, &sign_in(&story, "ana@example.com").await).await.unwrap();
    let guess = |current: &str| ChangePassword {
        current_password: Password::new(current),
        password: Password::new(ANOTHER),
        repeated_password: Password::new(ANOTHER),
    };
    for _ in 0..5 {
        refusal(auth::change_password(&story, &home(), &ana, &guess("a guess")).await);
    }
    let refused = refusal(auth::change_password(&story, &home(), &ana, &guess(PASSWORD)).await);
    assert_eq!(refused, Failure::TooManyAttempts { minutes: 15 });
}
