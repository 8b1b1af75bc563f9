//! The PPPoE password. Opening the page shows it, and each showing is written into the audit.

use domain::ids::ContractId;
use domain::views::contracts::ContractDetail;
use leptos::prelude::*;

use super::{
    api::{reveal_secret, show_contract},
    href, places,
};
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
pub fn SecretPage() -> impl IntoView {
    let t = words();
    let id = use_id::<ContractId>();
    let found = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            Ok::<_, AppError>((show_contract(id).await?, reveal_secret(id).await?))
        },
    );
    let page = move |(contract, secret): (ContractDetail, String)| {
        let user = contract.network.as_ref().and_then(|network| network.pppoe_user.clone());
        view! {
            <PageHeader title=t.contracts.secret_title(&contract.code) summary=t.contracts.secret_hint() places=places(&contract, t)/>
            <Card>
                <Facts>
                    <Fact label=t.contracts.user()><code>{user}</code></Fact>
                    <Fact label=t.contracts.password()><code>{secret}</code></Fact>
                </Facts>
                <div class="form-actions">
                    <LinkButton href=href(contract.id) variant=Variant::Primary>{t.contracts.back()}</LinkButton>
                </div>
            </Card>
        }
    };
    view! { <Loaded from=found view=page/> }
}
