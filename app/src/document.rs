//! The HTML document around the app, and the one that stands in when the app could not be rendered.

use std::sync::Arc;

use http::{HeaderValue, header};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags};
use workflows::map::tile_origin;

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
                <ServiceWorker site=options.site_pkg_dir.clone()/>
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
    plain_page(options, preferences, t.public.incident_title(), move || {
        view! {
            {Icon::Alert.view()}
            <h1 class="empty-title">{t.public.incident_title()}</h1>
            <p class="empty-hint">{t.public.incident_hint()}</p>
            <p class="incident-number">{number}</p>
            <a class="button" data-variant="primary" href="/"><span>{t.public.to_start()}</span></a>
        }
        .into_any()
    })
}

/// What the browser keeps to show in place of a page when there is no network; it says nothing of anybody. The link
/// leads to whatever address it stands in for.
#[must_use]
pub fn offline_page(options: LeptosOptions, preferences: Preferences) -> String {
    let t = Words::of(preferences.locale);
    plain_page(options, preferences, t.public.offline_title(), move || {
        view! {
            {Icon::Alert.view()}
            <h1 class="empty-title">{t.public.offline_title()}</h1>
            <p class="empty-hint">{t.public.offline_hint()}</p>
            <a class="button" data-variant="primary" href=""><span>{t.public.offline_again()}</span></a>
        }
        .into_any()
    })
}

/// A document that needs nothing but its style.
fn plain_page(
    options: LeptosOptions,
    preferences: Preferences,
    title: &'static str,
    content: impl FnOnce() -> AnyView,
) -> String {
    let document = || {
        view! {
            <!DOCTYPE html>
            <html lang=preferences.locale.code() data-theme=preferences.theme.word()>
                <head>
                    <Head options theme=preferences.theme/>
                    <title>{title}</title>
                </head>
                <body>
                    <div class="public" data-density="portal">
                        <main class="public-content">
                            <div class="panel empty">{content()}</div>
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
        <meta name="theme-color" content="#3a50c8"/>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
        <link rel="apple-touch-icon" href="/icon-touch-180.png"/>
        // With its cookies: the manifest speaks the language that was chosen.
        <link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials"/>
        <HashedStylesheet options id="style"/>
    }
}

/// Starts `public/sw.js` a while after the page has loaded, so that it takes nothing from the first visit. `site` is the folder of
/// this version's files: with another one the browser starts the worker anew.
#[component]
fn ServiceWorker(site: Arc<str>) -> impl IntoView {
    let address = format!("/sw.js?site={site}");
    let start = format!("navigator.serviceWorker?.register({address:?})");
    let script = format!("addEventListener('load', () => setTimeout(() => {start}, 3000))");
    view! { <script nonce=use_nonce()>{script}</script> }
}

fn send_policy() {
    let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else { return };
    // Nothing else is fetched from elsewhere, and this only where a tile server is set.
    let context = use_context::<workflows::Context>();
    let tiles = context.and_then(|context| tile_origin(context.tiles.as_deref()?)).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data: {tiles}; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
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
    fn the_page_for_no_network_leads_back_to_where_it_stands_and_names_nobody() {
        let options = LeptosOptions::builder().output_name("ramal").build();
        let preferences = Preferences { locale: Locale::Es, theme: Theme::Light };
        let html = offline_page(options, preferences);
        assert!(html.contains("Sin conexión") && html.contains("href=\"\""), "{html}");
        assert!(!html.contains("<script") && !html.contains("sign_out"), "{html}");
    }

    #[test]
    fn the_incident_page_tells_its_number_in_the_readers_language() {
        let options = LeptosOptions::builder().output_name("ramal").build();
        let preferences = Preferences { locale: Locale::En, theme: Theme::Dark };
        let html = incident_page(options, preferences, "K7Q2M9XA");
        assert!(html.contains("K7Q2M9XA") && html.contains("<html lang=\"en\" data-theme=\"dark\""), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }
}
