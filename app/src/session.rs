//! The session's cookie, and the way to the sign-in page and back.

use domain::views::account::home_of;
use workflows::Context;
use workflows::auth::NewSession;

use crate::cookies;

/// The cookie that holds the session's secret.
pub const COOKIE: &str = "ramal_session";

/// Longer than any session, which the server ends: the browser need not know when.
const SECONDS: u32 = 30 * 24 * 60 * 60;

/// Gives the browser its session. No script can read it, and other sites cannot make the browser send it.
pub fn begin(context: &Context, session: &NewSession) {
    send(context, &session.token.text(), SECONDS);
}

/// Takes it back.
pub fn end(context: &Context) {
    send(context, "", 0);
}

fn send(context: &Context, value: &str, seconds: u32) {
    let secure = if context.public_url.starts_with("https:") { "; Secure" } else { "" };
    cookies::send(&format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"));
}

/// The sign-in page, and back to `next` from there.
#[must_use]
pub fn sign_in_path(next: &str) -> String {
    leading_to("/sign-in", next)
}

/// Where a code is typed, or a second factor set up, and on to `next` from there.
#[must_use]
pub fn second_factor_path(next: &str) -> String {
    leading_to("/second-factor", next)
}

fn leading_to(page: &str, next: &str) -> String {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{page}?next={next}")
}

/// Where a new session leads: to the code that it waits for, to `next` when that is a page of ours, or to where the person's
/// role begins.
#[must_use]
pub fn first_page(session: &NewSession, next: &str) -> String {
    let page = local_path(next).unwrap_or(home_of(session.role));
    if session.waits_for_code { second_factor_path(page) } else { page.to_owned() }
}

/// `next` when it is a page of ours: nobody is led to another site, whatever the address they signed in with says.
#[must_use]
pub fn local_path(next: &str) -> Option<&str> {
    let harmless = |c: char| !c.is_control() && c != '\\';
    let local = next.starts_with('/') && !next.starts_with("//") && next.chars().all(harmless);
    local.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_ours_is_gone_to_after_signing_in() {
        assert_eq!(local_path("/office/users?page=2#top"), Some("/office/users?page=2#top"));
        for elsewhere in
            ["", "office", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/a\r\nb"]
        {
            assert_eq!(local_path(elsewhere), None, "{elsewhere:?}");
        }
    }
}
