//! The bank's statements: files, the work list of what came in, and whose it is.

pub mod api;
mod evidence;
#[cfg(feature = "ssr")]
pub(super) mod export;
mod preview;
mod row;
mod statements;
mod sure;
mod upload;
mod work;

pub use preview::StatementPage;
pub use row::BankRowPage;
pub use statements::StatementsPage;
pub use sure::SurePage;
pub use upload::UploadPage;
pub use work::BankPage;

use domain::bank::BankRowState;
use leptos::prelude::*;

use crate::{
    i18n::{Words, words},
    surroundings::may,
    ui::{
        badge::Badge,
        button::{LinkButton, Variant},
        icon::Icon,
        page::Tabs,
        tone::Tone,
    },
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Work,
    Files,
}

#[component]
fn Parts(open: Part) -> impl IntoView {
    let t = words();
    let tab = |part, name: &str, href: &str| (name.to_owned(), href.to_owned(), part == open);
    let tabs = vec![
        tab(Part::Work, t.bank.movements(), "/office/bank"),
        tab(Part::Files, t.bank.files(), "/office/bank/statements"),
    ];
    view! { <Tabs tabs label=t.bank.title()/> }
}

fn upload_button(variant: Variant, t: Words) -> Option<AnyView> {
    may("import_statements").then(|| {
        view! { <LinkButton href="/office/bank/upload" variant icon=Icon::Plus>{t.bank.upload()}</LinkButton> }
            .into_any()
    })
}

fn state_word(state: BankRowState, t: Words) -> &'static str {
    match state {
        BankRowState::Open => t.bank.open(),
        BankRowState::Booked => t.bank.booked(),
        BankRowState::NotOurs => t.bank.not_ours(),
    }
}

fn state_badge(state: BankRowState, t: Words) -> AnyView {
    let (tone, icon) = match state {
        BankRowState::Open => (Tone::Accent, Icon::Clock),
        BankRowState::Booked => (Tone::Ok, Icon::Check),
        BankRowState::NotOurs => (Tone::Neutral, Icon::Close),
    };
    view! { <Badge tone icon label=state_word(state, t)/> }.into_any()
}
