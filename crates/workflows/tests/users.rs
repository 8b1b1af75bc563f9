//! Users, and who may still let the others in.

#![expect(clippy::unwrap_used, reason = "a failure in a test is what it reports")]

mod people;
#[path = "people/portal.rs"]
mod portal;

use chrono::Duration;
use domain::failure::{Blocker, Failure, FieldProblem, Problem};
use domain::role::Role;
use domain::views::audit::{AuditFilter, FieldChange};
use domain::views::list::{Direction, PageNumber};
use domain::views::users::{NewUser, UserFilter, UserSort, UserState};
use people::{choose, home, mails, new_user, refusal, sign_in, token_in, user, who};
use workflows::permit::{EditUsers, SeeAudit, SeeUsers};
use workflows::testing::story;
use workflows::{audit, auth, users};

const LAST: Failure = Failure::Blocked { what: Blocker::LastAdministrator };

#[tokio::test]
async fn a_new_user_is_invited_by_mail_and_chooses_a_password_within_a_week() {
    let story = story("2026-03-01").await;
    user(&story, "admin@example.com", Role::Admin).await;
    let form = new_user("Noc@Example.com", Role::Noc);
    let id = users::create(&story, &story.may::<EditUsers>(), &form).await.unwrap();
    let state = || async { users::detail(&story, &story.may::<SeeUsers>(), id).await.unwrap().state };
    assert_eq!(state().await, UserState::Invited);
    let invitation = mails(&story).await.pop().unwrap();
    assert_eq!((invitation.to.as_str(), invitation.subject.as_str()), ("noc@example.com", "Su acceso a Fibra del Sur"));
    story.clock.advance(Duration::days(7) - Duration::seconds(1));
    auth::reset_password(&story, &home(), &choose(&token_in(&invitation), people::PASSWORD)).await.unwrap();
    assert_eq!(state().await, UserState::Active);
}

#[tokio::test]
async fn all_mistakes_in_the_form_are_told_at_once() {
    let story = story("2026-03-01").await;
    let form = NewUser { email: "ana".to_owned(), role: "customer".to_owned(), ..NewUser::default() };
    let problem = |field: &str, problem| FieldProblem { field: field.to_owned(), problem };
    let all = vec![
        problem("name", Problem::Required),
        problem("email", Problem::NotAnEmail),
        problem("language", Problem::UnknownChoice),
        problem("customer", Problem::Required),
    ];
    let refused = refusal(users::create(&story, &story.may::<EditUsers>(), &form).await);
    assert_eq!(refused, Failure::Fields { fields: all });
}

#[tokio::test]
async fn an_address_is_one_users_only() {
    let story = story("2026-03-01").await;
    user(&story, "ana@example.com", Role::Admin).await;
    let again = new_user("ANA@example.com", Role::Noc);
    let refused = refusal(users::create(&story, &story.may::<EditUsers>(), &again).await);
    assert_eq!(refused, Failure::field("email", Problem::Taken { by: "ana@example.com".to_owned() }));
}

#[tokio::test]
async fn the_last_administrator_keeps_role_and_access() {
    let story = story("2026-03-01").await;
    let permit = story.may::<EditUsers>();
    let ana = user(&story, "ana@example.com", Role::Admin).await;
    // Somebody who never accepted the invitation could not let the others in.
    users::create(&story, &permit, &new_user("invited@example.com", Role::Admin)).await.unwrap();
    assert_eq!(refusal(users::disable(&story, &permit, ana).await), LAST);
    assert_eq!(refusal(users::change_role(&story, &permit, ana, Role::Noc).await), LAST);

    let eva = user(&story, "eva@example.com", Role::Admin).await;
    users::change_role(&story, &permit, ana, Role::Noc).await.unwrap();
    assert_eq!(refusal(users::disable(&story, &permit, eva).await), LAST);
}

#[tokio::test]
async fn two_administrators_cannot_put_each_other_out_at_the_same_moment() {
    let story = story("2026-03-01").await;
    let permit = story.may::<EditUsers>();
    let ana = user(&story, "ana@example.com", Role::Admin).await;
    let eva = user(&story, "eva@example.com", Role::Admin).await;
    let (first, second) =
        tokio::join!(users::disable(&story, &permit, ana), users::change_role(&story, &permit, eva, Role::Noc));
    assert_ne!(first.is_ok(), second.is_ok());
}

#[tokio::test]
async fn a_disabled_user_is_out_at_once_and_can_be_let_in_again() {
    let story = story("2026-03-01").await;
    let permit = story.may::<EditUsers>();
    user(&story, "admin@example.com", Role::Admin).await;
    let ana = user(&story, "ana@example.com", Role::Support).await;
    let session = sign_in(&story, "ana@example.com").await;
    auth::request_reset(&story, &home(), "ana@example.com").await.unwrap();
    let link = token_in(&mails(&story).await.pop().unwrap());
    users::disable(&story, &permit, ana).await.unwrap();
    assert!(who(&story, &session).await.is_none());
    let refused = refusal(auth::reset_password(&story, &home(), &choose(&link, "another long one")).await);
    assert_eq!(refused, Failure::LinkExpired);
    users::enable(&story, &permit, ana).await.unwrap();
    assert!(who(&story, &session).await.is_none());
    sign_in(&story, "ana@example.com").await;
}

#[tokio::test]
async fn a_new_role_holds_from_the_next_sign_in_and_old_sessions_end() {
    let story = story("2026-03-01").await;
    let permit = story.may::<EditUsers>();
    user(&story, "admin@example.com", Role::Admin).await;
    let ana = user(&story, "ana@example.com", Role::Support).await;
    let before = sign_in(&story, "ana@example.com").await;
    users::change_role(&story, &permit, ana, Role::Billing).await.unwrap();
    assert!(who(&story, &before).await.is_none());
    assert_eq!(who(&story, &sign_in(&story, "ana@example.com").await).await.unwrap().role(), Role::Billing);
    let refused = refusal(users::change_role(&story, &permit, ana, Role::Customer).await);
    assert_eq!(refused, Failure::field("role", Problem::UnknownChoice));
}

#[tokio::test]
async fn an_invitation_can_be_repeated_until_it_is_accepted() {
    let story = story("2026-03-01").await;
    let permit = story.may::<EditUsers>();
    user(&story, "admin@example.com", Role::Admin).await;
    let id = users::create(&story, &permit, &new_user("new@example.com", Role::Noc)).await.unwrap();
    users::invite(&story, &permit, id).await.unwrap();
    let sent = mails(&story).await;
    assert_eq!(sent.len(), 2);
    auth::reset_password(&story, &home(), &choose(&token_in(&sent[1]), people::PASSWORD)).await.unwrap();
    assert_eq!(refusal(users::invite(&story, &permit, id).await), Failure::Blocked { what: Blocker::NotInvited });
}

#[tokio::test]
async fn users_are_found_by_part_of_name_or_address_and_sorted() {
    let story = story("2026-03-01").await;
    let permit = story.may::<SeeUsers>();
    for (email, role) in
        [("c@example.com", Role::Admin), ("a_b@example.com", Role::Noc), ("axb@example.org", Role::Noc)]
    {
        user(&story, email, role).await;
    }
    let emails = async |filter: UserFilter| {
        let page = users::list(&story, &permit, &filter).await.unwrap();
        assert_eq!(page.total, i64::try_from(page.rows.len()).unwrap());
        page.rows.into_iter().map(|row| row.email).collect::<Vec<_>>()
    };
    let by_email = UserFilter { sort: UserSort::Email, ..UserFilter::default() };
    assert_eq!(emails(by_email.clone()).await, ["a_b@example.com", "axb@example.org", "c@example.com"]);
    let downwards = UserFilter { direction: Direction::Down, role: Some(Role::Noc), ..by_email.clone() };
    assert_eq!(emails(downwards).await, ["axb@example.org", "a_b@example.com"]);
    let search = |text: &str| UserFilter { search: Some(text.to_owned()), ..by_email.clone() };
    assert_eq!(emails(search("A_B")).await, ["a_b@example.com"]);
    assert_eq!(emails(search("MARÍA")).await.len(), 3);
    let disabled = UserFilter { state: Some(UserState::Disabled), ..by_email };
    assert_eq!(emails(disabled).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_was_done_to_a_user_stands_in_the_audit_without_secrets() {
    let story = story("2026-03-01").await;
    let permit = story.may::<EditUsers>();
    user(&story, "admin@example.com", Role::Admin).await;
    let ana = user(&story, "ana@example.com", Role::Support).await;
    users::change_role(&story, &permit, ana, Role::Billing).await.unwrap();
    let of_ana = AuditFilter { subject: Some("user".to_owned()), subject_id: Some(ana.0), ..AuditFilter::default() };
    let list = async |filter: &AuditFilter| audit::list(&story, &story.may::<SeeAudit>(), filter).await.unwrap();
    let lines = list(&of_ana).await;
    let verbs: Vec<_> = lines.rows.iter().map(|row| row.verb.as_str()).collect();
    assert_eq!(verbs, ["edit_users", "accept_invitation", "edit_users"]);
    let change = |before: &str, after: &str| FieldChange {
        field: "role".to_owned(),
        before: Some(before.to_owned()),
        after: Some(after.to_owned()),
    };
    assert_eq!(lines.rows[0].changes, [change("support", "billing")]);
    assert!(!format!("{:?}", lines.rows).contains("argon2"));

    let day = |day: &str| Some(day.parse().unwrap());
    let that_day = AuditFilter { from: day("2026-03-01"), to: day("2026-03-01"), ..of_ana.clone() };
    assert_eq!(list(&that_day).await.total, 3);
    let before = AuditFilter { to: day("2026-02-28"), ..of_ana.clone() };
    assert_eq!(list(&before).await.total, 0);
    let search = |text: &str| AuditFilter { search: Some(text.to_owned()), ..of_ana.clone() };
    assert_eq!(list(&search("BILLING story")).await.total, 1);
    assert_eq!(list(&search("maria")).await.total, 2);
    assert_eq!(list(&search("billing nobody")).await.total, 0);
    let second_page = AuditFilter { page: PageNumber::page(2), ..of_ana };
    assert_eq!((list(&second_page).await.rows.len(), list(&second_page).await.total), (0, 3));
    assert_eq!(audit::subjects(&story, &story.may::<SeeAudit>()).await.unwrap(), ["user"]);
}
