//! People of one customer: who sees, who pays, who decides.

use domain::portal::PortalRight;
use http::{Method, StatusCode};

use super::{May, address, functions, method_of, told};
use crate::provider::provider;

/// All of a customer's people.
pub const CUSTOMER: May = May::Customers(PortalRight::Viewer);
pub const PAYER: May = May::Customers(PortalRight::Payer);
pub const OWNER: May = May::Customers(PortalRight::Owner);

#[tokio::test]
async fn a_viewer_sees_a_payer_also_pays_and_an_owner_also_decides() {
    let provider = provider().await;
    let mut problems = Vec::new();
    for right in PortalRight::ALL.iter().copied() {
        let cookie = provider.sign_in_as_person("C00001", right).await;
        for function in functions() {
            let May::Customers(least) = function.may else { continue };
            let answer = provider.call(&method_of(function), &address(function), function.arguments, &cookie).await;
            let refused = answer.status == StatusCode::FORBIDDEN && answer.text.contains("forbidden");
            let may = match least {
                PortalRight::Owner => right == PortalRight::Owner,
                PortalRight::Payer => right != PortalRight::Viewer,
                PortalRight::Viewer => true,
            };
            if refused == may {
                problems.push(told(function, right.word(), &answer));
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[tokio::test]
async fn who_pays_does_not_accept_a_quote_by_paying_it() {
    let provider = provider().await;
    let mut connection = provider.story.connection().await.unwrap();
    let quote = store::testing::documents::quote(&mut connection, "P-1", "C00001").await.unwrap();
    for (right, expected) in [(PortalRight::Payer, StatusCode::FORBIDDEN), (PortalRight::Owner, StatusCode::OK)] {
        let cookie = provider.sign_in_as_person("C00001", right).await;
        let arguments = format!("quote={quote}&idempotency_key={quote}");
        let function = "/do/app/portal/pay/api/pay_quote_by_card";
        let answer = provider.call(&Method::POST, function, &arguments, &cookie).await;
        assert_eq!(answer.status, expected, "{right}: {}", answer.text);
    }
}
