//! Signing in, sessions, and how often one may try.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod people;
mod second_factor;

use chrono::Duration;
use domain::failure::Failure;
use domain::role::Role;
use domain::views::audit::AuditFilter;
use people::{PASSWORD, at, credentials, home, refusal, sign_in, user, who};
use workflows::auth::{self, Visitor, Who};
use workflows::permit::{EditUsers, SeeAudit};
use workflows::testing::{Story, story};
use workflows::{audit, users};

async fn try_with(story: &Story, visitor: &Visitor, email: &str, password: &str) -> workflows::Result<()> {
    auth::sign_in(story, visitor, &credentials(email, password)).await.map(|_| ())
}

#[tokio::test]
async fn the_right_password_begins_a_session_and_signing_out_ends_it() {
    let story = story("2026-03-01").await;
    let id = user(&story, "ana@example.com", Role::Support).await;
    let session = sign_in(&story, " Ana@Example.com ").await;
    let ana = who(&story, &session).await.unwrap();
    assert_eq!((ana.user(), ana.role(), ana.actor().name()), (id, Role::Support, "Ana María"));
    auth::sign_out(&story, &Who::SignedIn(ana)).await.unwrap();
    assert!(who(&story, &session).await.is_none());
}

#[tokio::test]
async fn a_stranger_a_wrong_password_and_a_disabled_user_get_one_answer() {
    let story = story("2026-03-01").await;
    user(&story, "admin@example.com", Role::Admin).await;
    let gone = user(&story, "gone@example.com", Role::Noc).await;
    users::disable(&story, &story.may::<EditUsers>(), gone).await.unwrap();
    for (email, password) in [
        ("admin@example.com", "not the password"),
        ("nobody@example.com", PASSWORD),
        ("gone@example.com", PASSWORD),
        ("no address at all", PASSWORD),
    ] {
        assert_eq!(refusal(try_with(&story, &home(), email, password).await), Failure::WrongCredentials, "{email}");
    }
}

#[tokio::test]
async fn somebody_who_was_invited_cannot_sign_in_before_choosing_a_password() {
    let story = story("2026-03-01").await;
    user(&story, "admin@example.com", Role::Admin).await;
    let invited = people::new_user("new@example.com", Role::Noc);
    users::create(&story, &story.may::<EditUsers>(), &invited).await.unwrap();
    assert_eq!(refusal(try_with(&story, &home(), "new@example.com", PASSWORD).await), Failure::WrongCredentials);
}

#[tokio::test]
async fn after_five_failures_the_sixth_try_is_refused_even_with_the_right_password() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    for _ in 0..5 {
        let refused = refusal(try_with(&story, &home(), "ana@example.com", "a wrong one").await);
        assert_eq!(refused, Failure::WrongCredentials);
    }
    story.clock.advance(Duration::minutes(5));
    let refused = refusal(try_with(&story, &home(), "ana@example.com", PASSWORD).await);
    assert_eq!(refused, Failure::TooManyAttempts { minutes: 10 });
    // From elsewhere she gets in, and here too when the time is over: trying meanwhile did not lengthen it.
    try_with(&story, &at("192.0.2.99"), "ana@example.com", PASSWORD).await.unwrap();
    story.clock.advance(Duration::minutes(10));
    try_with(&story, &home(), "ana@example.com", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn an_address_that_nobody_has_is_limited_as_any_other() {
    let story = story("2026-03-01").await;
    for _ in 0..5 {
        try_with(&story, &home(), "nobody@example.com", PASSWORD).await.unwrap_err();
    }
    let refused = refusal(try_with(&story, &home(), "nobody@example.com", PASSWORD).await);
    assert_eq!(refused, Failure::TooManyAttempts { minutes: 15 });
}

#[tokio::test]
async fn a_success_forgives_the_failures_before_it() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    for _ in 0..3 {
        for _ in 0..4 {
            try_with(&story, &home(), "ana@example.com", "a wrong one").await.unwrap_err();
        }
        try_with(&story, &home(), "ana@example.com", PASSWORD).await.unwrap();
    }
}

#[tokio::test]
async fn one_place_may_fail_thirty_times_whatever_addresses_it_tries() {
    let story = story("2026-03-01").await;
    for n in 0..30 {
        let email = format!("somebody{n}@example.com");
        assert_eq!(refusal(try_with(&story, &home(), &email, PASSWORD).await), Failure::WrongCredentials);
    }
    let refused = refusal(try_with(&story, &home(), "one.more@example.com", PASSWORD).await);
    assert_eq!(refused, Failure::TooManyAttempts { minutes: 15 });
    assert_eq!(
        refusal(try_with(&story, &at("192.0.2.11"), "x@example.com", PASSWORD).await),
        Failure::WrongCredentials
    );
}

#[tokio::test]
async fn tries_at_the_same_moment_do_not_slip_past_the_limit() {
    let story = story("2026-03-01").await;
    let tries = (0..12).map(|_| {
        let context = story.context.clone();
        tokio::spawn(async move {
            auth::sign_in(&context, &home(), &credentials("ana@example.com", "a wrong one")).await.map(|_| ())
        })
    });
    let mut tried = 0;
    for attempt in tries.collect::<Vec<_>>() {
        tried += usize::from(refusal(attempt.await.unwrap()) == Failure::WrongCredentials);
    }
    assert!(tried <= 5, "{tried} passwords were tried");
}

#[tokio::test]
async fn a_session_of_staff_ends_after_twelve_idle_hours() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    let session = sign_in(&story, "ana@example.com").await;
    for _ in 0..4 {
        story.clock.advance(Duration::hours(11));
        assert!(who(&story, &session).await.is_some());
    }
    story.clock.advance(Duration::hours(12));
    assert!(who(&story, &session).await.is_none());
}

#[tokio::test]
async fn a_session_ends_after_thirty_days_however_busy_it_is() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    let session = sign_in(&story, "ana@example.com").await;
    for _ in 0..60 {
        assert!(who(&story, &session).await.is_some());
        story.clock.advance(Duration::hours(12) - Duration::seconds(1));
    }
    story.clock.advance(Duration::minutes(1));
    assert!(who(&story, &session).await.is_none());
}

#[tokio::test]
async fn a_person_sees_and_ends_their_own_sessions_and_no_others() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    user(&story, "eva@example.com", Role::Noc).await;
    let eva = sign_in(&story, "eva@example.com").await;
    let session = sign_in(&story, "ana@example.com").await;
    let elsewhere =
        auth::sign_in(&story, &at("198.51.100.4"), &credentials("ana@example.com", PASSWORD)).await.unwrap();
    let ana = who(&story, &session).await.unwrap();

    let rows = auth::my_sessions(&story, &ana).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.current).count(), 1);
    let other = rows.iter().find(|row| row.address == "198.51.100.4").unwrap();
    auth::end_session(&story, &ana, &other.key).await.unwrap();
    assert!(who(&story, &elsewhere).await.is_none());
    assert!(who(&story, &session).await.is_some());

    let evas = who(&story, &eva).await.unwrap();
    let evas_key = auth::my_sessions(&story, &evas).await.unwrap().into_iter().find(|row| row.current).unwrap().key;
    for foreign in [evas_key.as_str(), "", "zz"] {
        assert_eq!(refusal(auth::end_session(&story, &ana, foreign).await), Failure::NotFound);
    }
    assert!(who(&story, &eva).await.is_some());
}

#[tokio::test]
async fn a_cookie_that_is_no_session_is_nobody() {
    let story = story("2026-03-01").await;
    for cookie in ["", "x", "%00", &"A".repeat(43), &"A".repeat(4000)] {
        assert!(auth::who(&story, cookie).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn signing_in_is_audited_under_the_persons_own_name() {
    let story = story("2026-03-01").await;
    let id = user(&story, "ana@example.com", Role::Admin).await;
    sign_in(&story, "ana@example.com").await;
    let filter = AuditFilter { verb: Some("sign_in".to_owned()), ..AuditFilter::default() };
    let lines = audit::list(&story, &story.may::<SeeAudit>(), &filter).await.unwrap();
    assert_eq!(lines.total, 1);
    assert_eq!(
        (lines.rows[0].actor, lines.rows[0].subject.as_str(), lines.rows[0].subject_id),
        (Some(id), "user", id.0)
    );
}
