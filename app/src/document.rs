//! The HTML document around the app, and the one that stands in when the app could not be rendered.

use http::{HeaderValue, header};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::{
    App,
    i18n::Words,
    preferences::{Preferences, Theme},
    ui::icon::Icon,
};

/// The document around the app. Scripts run only with this answer's nonce, and styles only from our file.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let preferences = Preferences::current();
    send_policy();
    view! {
        <!DOCTYPE html>
        <html lang=preferences.locale.code() data-theme=preferences.theme.word()>
            <head>
                <Head options=options.clone() theme=preferences.theme/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// When even the page could not be written: a whole document without scripting. `number` is in the log.
#[must_use]
pub fn incident_page(options: LeptosOptions, preferences: Preferences, number: &str) -> String {
    let t = Words::of(preferences.locale);
    let number = number.to_owned();
    let document = || {
        view! {
            <!DOCTYPE html>
            <html lang=preferences.locale.code() data-theme=preferences.theme.word()>
                <head>
                    <Head options theme=preferences.theme/>
                    <title>{t.public.incident_title()}</title>
                </head>
                <body>
                    <div class="public" data-density="portal">
                        <main class="public-content">
                            <div class="panel empty">
                                {Icon::Alert.view()}
                                <h1 class="empty-title">{t.public.incident_title()}</h1>
                                <p class="empty-hint">{t.public.incident_hint()}</p>
                                <p class="incident-number">{number}</p>
                                <a class="button" data-variant="primary" href="/"><span>{t.public.to_start()}</span></a>
                            </div>
                        </main>
                    </div>
                </body>
            </html>
        }
        .to_html()
    };
    Owner::new().with(document)
}

#[component]
fn Head(options: LeptosOptions, theme: Theme) -> impl IntoView {
    let scheme = match theme {
        Theme::Device => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content=scheme/>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
        <HashedStylesheet options id="style"/>
    }
}

fn send_policy() {
    let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else { return };
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn the_incident_page_tells_its_number_in_the_readers_language() {
        let options = LeptosOptions::builder().output_name("ramal").build();
        let preferences = Preferences { locale: Locale::En, theme: Theme::Dark };
        let html = incident_page(options, preferences, "K7Q2M9XA");
        assert!(html.contains("K7Q2M9XA") && html.contains("<html lang=\"en\" data-theme=\"dark\""), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }
}
