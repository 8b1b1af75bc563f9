//! People of one customer: who sees, who pays, who decides.

use domain::portal::PortalRight;
use http::StatusCode;

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
