//! A code that was just made, shown once. It comes to the page in a cookie that lives a minute and goes when it is read:
//! an address would be kept in histories, and without scripting nothing else outlives the form.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    i18n::words,
    parts::document::PrintButton,
    ui::{icon::Icon, notice::Notice, tone::Tone},
};

#[cfg(feature = "ssr")]
const COOKIE: &str = "ramal_portal_code";
#[cfg(feature = "ssr")]
const SECONDS: u32 = 60;

/// The code, and where it is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct NewCode {
    code: String,
    address: String,
}

/// For the page that follows.
#[cfg(feature = "ssr")]
pub(super) fn keep_for_the_page(code: &domain::hotspot::Code) {
    send(code.as_str(), SECONDS);
}

#[cfg(feature = "ssr")]
fn send(value: &str, seconds: u32) {
    let https = use_context::<workflows::Context>().is_some_and(|context| context.public_url.starts_with("https:"));
    let secure = if https { "; Secure" } else { "" };
    crate::cookies::send(&format!(
        "{COOKIE}={value}; Path=/office/customers; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    ));
}

#[cfg(feature = "ssr")]
fn take() -> Option<NewCode> {
    let code: domain::hotspot::Code = crate::cookies::read(COOKIE)?.parse().ok()?;
    let address = format!("{}/invited", use_context::<workflows::Context>()?.public_url);
    send("", 0);
    crate::api::keep_out_of_caches();
    Some(NewCode { code: code.grouped(), address })
}

/// The code that was just made; nothing where none was.
#[component]
pub(super) fn NewCodeShown() -> impl IntoView {
    let t = words();
    let made = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return take();
        #[cfg(not(feature = "ssr"))]
        return None::<NewCode>;
    });
    made.into_inner().map(|made| {
        view! {
            <Notice tone=Tone::Accent icon=Icon::User title=t.people.new_code()>
                <p class="portal-code">{made.code}</p>
                <p>{t.people.code_once()}</p>
                <p>{t.people.code_where(made.address)}</p>
                <p class="on-screen"><PrintButton/></p>
            </Notice>
        }
    })
}
