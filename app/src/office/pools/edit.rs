//! The forms of a network: a new one, and changing one.

use domain::ids::AddressPoolId;
use domain::views::pools::{PoolChoices, PoolForm};
use leptos::prelude::*;

use super::{
    api::{CreatePool, EditPool, begin_pool, show_pool},
    fields::PoolFields,
};
use crate::{
    failure::AppError,
    i18n::words,
    ui::{
        card::Card,
        form::{Form, FormActions, use_form},
        list::ListQuery,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn NewPoolPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreatePool>();
    let choices = Resource::new_blocking(|| (), |()| begin_pool());
    let places = vec![(t.access.pools().to_owned(), "/office/pools".to_owned())];
    let fields = move |choices: PoolChoices| {
        let router = match choices.routers.as_slice() {
            [only] => only.id.to_string(),
            _ => String::new(),
        };
        let pool = PoolForm { router, ..PoolForm::default() };
        view! {
            <Card>
                <Form state=form>
                    <PoolFields pool choices/>
                    <FormActions label=t.network.create() back="/office/pools"/>
                </Form>
            </Card>
        }
    };
    view! {
        <PageHeader title=t.access.new_pool() summary=t.access.no_pools_hint() places/>
        <Loaded from=choices view=fields/>
    }
}

#[component]
pub fn EditPoolPage() -> impl IntoView {
    let t = words();
    let id = use_id::<AddressPoolId>();
    let form = use_form::<EditPool>();
    let found = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let pool = show_pool(id?, ListQuery::default()).await?.pool;
            Ok::<_, AppError>((pool, begin_pool().await?))
        },
    );
    let fields = move |(row, choices): (domain::views::pools::PoolRow, PoolChoices)| {
        let own = format!("/office/pools/{}", row.id);
        let places = vec![(t.access.pools().to_owned(), "/office/pools".to_owned()), (row.name.clone(), own.clone())];
        view! {
            <PageHeader title=t.access.edit_pool() places/>
            <Card>
                <Form state=form>
                    <input type="hidden" name="id" value=row.id.to_string()/>
                    <PoolFields pool=PoolForm::from(&row) choices/>
                    <FormActions label=t.common.save() back=own/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=found view=fields/> }
}
