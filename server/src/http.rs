//! The server's edge: what every request passes on its way to the pages and server functions, and every answer on its
//! way back. From the outside in:
//!
//! | layer | what it does |
//! |---|---|
//! | [`log`] | a line for each request, without queries and bodies |
//! | [`headers`] | what our pages never do, told to browsers |
//! | [`incident`] | a panic or an endless wait becomes an incident with a number |
//! | limit | no body is longer than a megabyte; files come by [`uploads`], which keeps them and passes the rest on |
//! | [`origin`] | what another site made a browser send is refused |
//! | [`visitor`] | who asks: network address and browser |
//! | [`session`] | who is signed in |
//! | [`gate`] | pages that need somebody signed in lead to the sign-in page |
//! | `app::sent_back` | a failed function gets its HTTP status; a plain form goes back with what was typed |
//!
//! What other services send by themselves comes by [`crate::webhooks`]: it proves who it is from by a signature, and passes
//! only the outermost of these.
//!
//! Deliberately absent: roles and permits. They are asked for where something is done, in `workflows`.

mod documents;
mod downloads;
mod exports;
mod files;
mod gate;
mod headers;
mod health;
mod hotspots;
mod incident;
mod installable;
mod live;
mod log;
mod naps;
mod notice;
mod origin;
mod session;
mod site;
mod statements;
mod uploads;
mod visitor;

pub use notice::notice_router;
pub use site::{NoSite, Site};
pub use visitor::Proxies;

use std::sync::Arc;

use app::sent_back::keep_what_was_typed;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use domain::views::process::ProcessSetting;
use http::request::Parts;
use leptos::context::{provide_context, use_context};
use origin::OwnOrigin;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use workflows::Context;
use workflows::auth::{SignedIn, Visitor, Who};
use workflows::ports::{Consoles, Gateway, Routers};

/// Forms are small; what is larger has a route of its own.
const LARGEST_BODY: usize = 1024 * 1024;

/// What the edge needs to know.
pub struct Edge {
    pub context: Context,
    pub site: Site,
    pub proxies: Proxies,
    /// For asking a router who it is; what changes one is the worker's.
    pub routers: Arc<dyn Routers>,
    /// For asking one that is no record yet what would be changed.
    pub consoles: Arc<dyn Consoles>,
    /// For opening a page to pay on, and hearing what became of it.
    pub gateway: Arc<dyn Gateway>,
    /// How this process is set, for the page that shows it.
    pub settings: Arc<[ProcessSetting]>,
    /// Lines that have no end of their own end with it.
    pub stop: CancellationToken,
}

/// Everything that the web server answers. Fails when the context's public address is none.
pub fn router(edge: Edge) -> Result<Router, http::uri::InvalidUri> {
    let Edge { context, site, proxies, routers, consoles, gateway, settings, stop } = edge;
    let own_origin = OwnOrigin::new(&context.public_url)?;
    let is_https = headers::IsHttps(context.public_url.starts_with("https:"));
    let guarded = |routes: Router| {
        routes
            .layer(from_fn(gate::lead))
            .layer(from_fn_with_state(context.clone(), session::note))
            .layer(from_fn_with_state(proxies.clone(), visitor::note))
            .layer(from_fn_with_state(own_origin.clone(), origin::refuse_foreign))
            .layer(CompressionLayer::new())
    };
    let for_pages = context.clone();
    let events = crate::webhooks::gateway_routes(context.clone(), gateway.clone());
    let pages = site
        .pages(move || {
            provide_context(routers.clone());
            provide_context(consoles.clone());
            provide_context(gateway.clone());
            provide_context(settings.clone());
            provide(&for_pages);
        })
        .merge(documents::routes(context.clone()))
        .merge(hotspots::routes(context.clone()))
        .layer(from_fn(keep_what_was_typed))
        .merge(installable::routes(context.clone(), site.options()))
        .merge(downloads::routes(context.clone()))
        .merge(exports::routes(context.clone()))
        .merge(files::routes(context.clone()))
        .merge(live::routes(&context, stop))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        // Counts for itself what a form with files brings.
        .layer(from_fn_with_state(context.clone(), uploads::receive))
        .layer(DefaultBodyLimit::disable());
    let statements = statements::routes(context.clone()).layer(RequestBodyLimitLayer::new(statements::LARGEST_FILE));
    let naps = naps::routes(context.clone()).layer(RequestBodyLimitLayer::new(naps::LARGEST_FILE));
    Ok(Router::new()
        .merge(guarded(pages))
        .merge(guarded(statements))
        .merge(guarded(naps))
        .merge(events)
        .merge(site.packages())
        .merge(crate::webhooks::routes(context.clone()).layer(from_fn_with_state(proxies.clone(), visitor::note)))
        .merge(Router::new().route("/health", get(health::answer)).with_state(context))
        .layer(from_fn(incident::catch))
        .layer(from_fn_with_state(is_https, headers::protect))
        .layer(from_fn(log::note)))
}

/// What pages and server functions find with `use_context`: see `app::api`.
fn provide(context: &Context) {
    provide_context(context.clone());
    let Some(parts) = use_context::<Parts>() else { return };
    if let Some(who) = parts.extensions.get::<SignedIn>() {
        provide_context(who.clone());
    }
    if let Some(who) = parts.extensions.get::<Who>() {
        provide_context(who.clone());
    }
    if let Some(visitor) = parts.extensions.get::<Visitor>() {
        provide_context(visitor.clone());
    }
}
