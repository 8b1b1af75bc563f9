//! The forms of a router: a new one, and changing one.

use domain::network::RouterMode;
use domain::views::routers::RouterForm;
use leptos::prelude::*;

use super::{
    api::{CreateRouter, EditRouter, begin_edit_router},
    fields::RouterFields,
};
use crate::{
    i18n::words,
    ui::{
        card::Card,
        form::{Form, FormActions, use_form},
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

#[component]
pub fn NewRouterPage() -> impl IntoView {
    let t = words();
    let form = use_form::<CreateRouter>();
    let places = vec![(t.network.routers().to_owned(), "/office/routers".to_owned())];
    let mode = RouterMode::DryRun.word().to_owned();
    let router = RouterForm { port: "8728".to_owned(), mode, ..RouterForm::default() };
    view! {
        <PageHeader title=t.network.new_router() summary=t.network.no_routers_hint() places/>
        <Card>
            <Form state=form>
                <RouterFields router keeps_password=false/>
                <FormActions label=t.network.create() back="/office/routers"/>
            </Form>
        </Card>
    }
}

#[component]
pub fn EditRouterPage() -> impl IntoView {
    let t = words();
    let id = use_id::<domain::ids::RouterId>();
    let form = use_form::<EditRouter>();
    let router = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            let id = id?;
            begin_edit_router(id).await.map(|router| (id, router))
        },
    );
    let fields = move |(id, router): (domain::ids::RouterId, RouterForm)| {
        let own = format!("/office/routers/{id}");
        let places =
            vec![(t.network.routers().to_owned(), "/office/routers".to_owned()), (router.name.clone(), own.clone())];
        view! {
            <PageHeader title=t.network.edit_router() places/>
            <Card>
                <Form state=form>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <RouterFields router keeps_password=true/>
                    <FormActions label=t.common.save() back=own/>
                </Form>
            </Card>
        }
    };
    view! { <Loaded from=router view=fields/> }
}
