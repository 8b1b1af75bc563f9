//! Which pages are whose. The pages' data is guarded by permits; this only spares people a page that they cannot use.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::role::Role;
use domain::views::account::home_of;
use http::Method;
use workflows::auth::Who;

/// Who has something to do on a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Readers {
    Anybody,
    /// `/` has nothing of its own to show.
    Nobody,
    NobodySignedIn,
    /// Staff, and those who are still to type their code.
    HalfSignedIn,
    SignedIn,
    Staff,
    Customers,
}

fn readers_of(path: &str) -> Readers {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    match first {
        "" => Readers::Nobody,
        "sign-in" | "forgot" => Readers::NobodySignedIn,
        "second-factor" => Readers::HalfSignedIn,
        "account" | "documents" | "files" => Readers::SignedIn,
        "office" | "field" => Readers::Staff,
        "portal" => Readers::Customers,
        _ => Readers::Anybody,
    }
}

/// Leads who is not signed in to the sign-in page and back afterwards, and everybody else to where they belong.
pub async fn lead(request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let asks = match request.extensions().get::<Who>() {
        None => Asks::Nobody,
        Some(Who::Pending(_)) => Asks::Pending,
        Some(Who::SignedIn(who)) => Asks::Somebody(who.role()),
    };
    let uri = request.uri();
    let here = uri.path_and_query().map_or(uri.path(), |path| path.as_str());
    match way(uri.path(), here, asks) {
        Some(there) => Redirect::to(&there).into_response(),
        None => next.run(request).await,
    }
}

/// Who asks for a page.
#[derive(Clone, Copy)]
enum Asks {
    Nobody,
    /// The session waits for a code, or for a second factor.
    Pending,
    Somebody(Role),
}

/// Where somebody is led from a page; `None` when they may stay.
fn way(path: &str, here: &str, asks: Asks) -> Option<String> {
    let readers = readers_of(path);
    match (asks, readers) {
        (Asks::Nobody | Asks::Pending, Readers::Anybody | Readers::NobodySignedIn)
        | (Asks::Pending, Readers::HalfSignedIn) => None,
        (Asks::Nobody, Readers::Nobody) => Some("/sign-in".to_owned()),
        (Asks::Nobody, _) => Some(app::session::sign_in_path(here)),
        (Asks::Pending, _) => Some(app::session::second_factor_path(here)),
        (Asks::Somebody(role), _) => home_unless_allowed(role, readers),
    }
}

fn home_unless_allowed(role: Role, readers: Readers) -> Option<String> {
    let stays = match readers {
        Readers::Anybody | Readers::SignedIn => true,
        Readers::Nobody | Readers::NobodySignedIn => false,
        Readers::Staff | Readers::HalfSignedIn => role.is_staff(),
        Readers::Customers => !role.is_staff(),
    };
    (!stays).then(|| home_of(role).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_signs_in_first_and_comes_back() {
        let way = |path: &str, here: &str| way(path, here, Asks::Nobody);
        assert_eq!(way("/office/users", "/office/users?page=2").unwrap(), "/sign-in?next=%2Foffice%2Fusers%3Fpage%3D2");
        assert_eq!(way("/portal", "/portal").unwrap(), "/sign-in?next=%2Fportal");
        assert_eq!(way("/", "/").unwrap(), "/sign-in");
        assert_eq!(way("/sign-in", "/sign-in"), None);
        assert_eq!(way("/reset", "/reset?token=x"), None);
        assert_eq!(way("/favicon.svg", "/favicon.svg"), None);
    }

    #[test]
    fn who_is_still_to_type_a_code_gets_to_no_other_page() {
        let way = |path: &str, here: &str| way(path, here, Asks::Pending);
        assert_eq!(
            way("/office/users", "/office/users?page=2").unwrap(),
            "/second-factor?next=%2Foffice%2Fusers%3Fpage%3D2"
        );
        assert_eq!(way("/account", "/account").unwrap(), "/second-factor?next=%2Faccount");
        assert_eq!(way("/files/7", "/files/7").unwrap(), "/second-factor?next=%2Ffiles%2F7");
        assert_eq!(way("/second-factor", "/second-factor"), None);
        assert_eq!(way("/sign-in", "/sign-in"), None);
    }

    #[test]
    fn staff_and_customers_are_led_to_their_own_pages() {
        let way = |path: &str, role: Role| way(path, path, Asks::Somebody(role));
        assert_eq!(way("/portal/invoices", Role::Billing).unwrap(), "/office");
        assert_eq!(way("/office", Role::Customer).unwrap(), "/portal");
        assert_eq!(way("/sign-in", Role::Noc).unwrap(), "/office");
        assert_eq!(way("/", Role::Customer).unwrap(), "/portal");
        assert_eq!(way("/office/contracts/7", Role::Technician), None);
        assert_eq!(way("/account", Role::Customer), None);
        // Not the office, although it begins like it.
        assert_eq!(way("/officers", Role::Customer), None);
    }
}
