//! Routers that may become ours, to take away.

use domain::network::RouterIdentity;
use domain::views::list::Page;
use domain::views::onboarding::OnboardingRow;

use super::api::list_onboardings;
use super::{state_name, step_name};
use crate::i18n::Words;
use crate::office::exports::{Columns, Listing};

pub(in crate::office) fn routers(t: Words) -> Listing {
    let about = |of: fn(&RouterIdentity) -> &String| {
        move |row: &OnboardingRow| row.identity.as_ref().map(|one| of(one).clone())
    };
    Columns::<OnboardingRow>::begin()
        .text(t.onboarding.address(), |row| row.host.clone())
        .text(t.network.name(), |row| row.name.clone())
        .text(t.onboarding.state(), move |row| state_name(row.state, t))
        .text(t.onboarding.next_step(), move |row| row.step.map(|step| step_name(step, t)))
        .text(t.network.board(), about(|identity| &identity.board))
        .text(t.exports.version(), about(|identity| &identity.version))
        .moment(t.onboarding.found_at(), |row| row.found_at)
        .of(list_onboardings, |page: Page<OnboardingRow>| page)
}
