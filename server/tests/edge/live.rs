//! The line on which pages are called when a figure changed.

use domain::role::Role;
use futures::StreamExt;
use http::StatusCode;

use crate::provider::provider;

const LINE: &str = "/office/live";

#[tokio::test]
async fn whoever_looks_at_figures_is_called_once_when_several_change() {
    let provider = provider().await;
    let cookie = provider.sign_in(Role::Support).await;
    let answer = provider.follow(LINE, &cookie, "same-origin").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let mut calls = answer.into_body().into_data_stream();
    let mut connection = provider.story.connection().await.unwrap();
    for number in ["F-1", "F-2", "F-3"] {
        store::testing::documents::issue(&mut connection, number, "C00001").await.unwrap();
    }
    let call = calls.next().await.unwrap().unwrap();
    assert_eq!(String::from_utf8_lossy(&call), "data: changed\n\n");
}

#[tokio::test]
async fn who_may_not_see_the_dashboard_hears_nothing_and_neither_does_another_site() {
    let provider = provider().await;
    for (role, from, expected) in [
        (Role::Technician, "same-origin", StatusCode::FORBIDDEN),
        (Role::Customer, "same-origin", StatusCode::SEE_OTHER),
        (Role::Admin, "cross-site", StatusCode::FORBIDDEN),
        (Role::Admin, "same-site", StatusCode::FORBIDDEN),
    ] {
        let cookie = provider.sign_in(role).await;
        assert_eq!(provider.follow(LINE, &cookie, from).await.status(), expected, "{role} {from}");
    }
    assert_eq!(provider.follow(LINE, "", "same-origin").await.status(), StatusCode::SEE_OTHER);
}
