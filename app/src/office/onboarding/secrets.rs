//! The passwords that were made for a router. Asking for them shows them, and each showing is written into the audit.

use domain::ids::OnboardingId;
use domain::views::onboarding::{OnboardingDetail, OnboardingSecrets};
use leptos::prelude::*;

use super::api::{reveal_rescue, show_onboarding};
use crate::{
    failure::AppError,
    i18n::words,
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn SecretsPage() -> impl IntoView {
    let t = words();
    let id = use_id::<OnboardingId>();
    let found = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            Ok::<_, AppError>((show_onboarding(id).await?, reveal_rescue(id).await?))
        },
    );
    let page = move |(router, secrets): (OnboardingDetail, OnboardingSecrets)| {
        let back = format!("/office/onboarding/{}", router.row.id);
        let places = vec![
            (t.onboarding.title().to_owned(), "/office/onboarding".to_owned()),
            (router.row.name.clone(), back.clone()),
        ];
        view! {
            <PageHeader title=t.onboarding.passwords_title(&router.row.name) summary=t.onboarding.passwords_audited() places/>
            <Card>
                <Facts>
                    <Fact label=t.onboarding.rescue_user()><code>{secrets.rescue_user}</code></Fact>
                    <Fact label=t.onboarding.rescue_password()><code>{secrets.rescue_password}</code></Fact>
                    <Fact label=t.onboarding.backup_password()><code>{secrets.backup_password}</code></Fact>
                </Facts>
                <div class="form-actions">
                    <LinkButton href=back variant=Variant::Primary>{t.onboarding.back()}</LinkButton>
                </div>
            </Card>
        }
    };
    view! { <Loaded from=found view=page/> }
}
