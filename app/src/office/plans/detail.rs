//! One plan: its form for those who may change it, its facts for the others.

use domain::ids::TaxId;
use domain::views::list::Choice;
use domain::views::plans::{PlanDetail, PlanForm, PlanRow};
use leptos::prelude::*;

use super::{
    api::{AddPlanPrice, ArchivePlan, EditPlan, RemovePlanPrice, UnarchivePlan, show_plan},
    fields::PlanFields,
    kind_name,
    list::archived_badge,
    prices::Prices,
};
use crate::{
    i18n::words,
    parts::amount::speed,
    surroundings::{local, may},
    ui::{
        button::{LinkButton, Variant},
        card::{Card, Fact, Facts},
        dialog::Confirm,
        form::{Form, FormState, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
        param::use_id,
    },
};

/// They live as long as the page does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
struct Forms {
    edit: FormState<EditPlan>,
    archive: FormState<ArchivePlan>,
    unarchive: FormState<UnarchivePlan>,
    add_price: FormState<AddPlanPrice>,
    remove_price: FormState<RemovePlanPrice>,
}

#[component]
pub fn PlanPage() -> impl IntoView {
    let id = use_id();
    let forms = Forms {
        edit: use_form(),
        archive: use_form(),
        unarchive: use_form(),
        add_price: use_form(),
        remove_price: use_form(),
    };
    let done = [
        forms.edit.done(),
        forms.archive.done(),
        forms.unarchive.done(),
        forms.add_price.done(),
        forms.remove_price.done(),
    ];
    let plan = Resource::new_blocking(
        move || (id.get(), done.map(|done| done.get())),
        |(id, ..)| async move { show_plan(id?).await },
    );
    view! { <Loaded from=plan view=move |plan| view! { <Plan plan forms/> }/> }
}

#[component]
fn Plan(plan: PlanDetail, forms: Forms) -> impl IntoView {
    let t = words();
    let PlanDetail { plan, taxes, prices, sectors } = plan;
    let (id, currency) = (plan.id, plan.facts.currency.to_string());
    let places = vec![(t.catalogue.plans().to_owned(), "/office/plans".to_owned())];
    let archived = plan.archived_at.map(|at| t.catalogue.archived_since(format::date(local(at).date(), t)));
    let state = plan.archived_at.map(|_| archived_badge(t)).unwrap_or_else(|| ().into_any());
    let contracts = (plan.contracts > 0 && may("see_contracts")).then(|| {
        let href = format!("/office/contracts?plan={}", plan.id);
        let label = format!("{} ({})", t.catalogue.see_contracts(), format::count(plan.contracts));
        view! { <LinkButton href icon=Icon::Contract>{label}</LinkButton> }
    });
    let shown = match may("edit_plans") {
        true => view! { <EditForm plan=plan.clone() taxes forms/> }.into_any(),
        false => view! { <Shown plan=plan.clone()/> }.into_any(),
    };
    view! {
        <PageHeader title=plan.facts.name.clone() summary=archived.unwrap_or_default() places state>
            {contracts}
            {may("edit_plans").then(|| view! { <Selling plan=plan.clone() forms/> })}
        </PageHeader>
        <Card>{shown}</Card>
        <Prices plan=id currency prices sectors add=forms.add_price remove=forms.remove_price/>
    }
}

#[component]
fn EditForm(plan: PlanRow, taxes: Vec<Choice<TaxId>>, forms: Forms) -> impl IntoView {
    let t = words();
    view! {
        <Form state=forms.edit>
            <input type="hidden" name="id" value=plan.id.to_string()/>
            <PlanFields plan=PlanForm::from(&plan.facts) taxes/>
            <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
        </Form>
    }
}

#[component]
fn Shown(plan: PlanRow) -> impl IntoView {
    let t = words();
    let facts = plan.facts;
    view! {
        <Facts>
            <Fact label=t.catalogue.code()>{facts.code}</Fact>
            <Fact label=t.catalogue.kind()>{kind_name(facts.kind, t)}</Fact>
            {facts.speed.map(|fast| view! { <Fact label=t.catalogue.speed()>{speed(fast)}</Fact> })}
            {facts.burst.map(|burst| {
                let told = t.access.burst_of(speed(burst.limit), burst.seconds, speed(burst.threshold));
                view! { <Fact label=t.access.burst()>{told}</Fact> }
            })}
            <Fact label=t.catalogue.price()>{format::money(facts.price.get(), facts.currency.code())}</Fact>
            <Fact label=t.catalogue.tax()>{plan.tax.name}</Fact>
        </Facts>
    }
}

/// Selling it no longer, or again.
#[component]
fn Selling(plan: PlanRow, forms: Forms) -> impl IntoView {
    let t = words();
    let id = plan.id.to_string();
    match plan.archived_at {
        Some(_) => view! {
            <Form state=forms.unarchive>
                <input type="hidden" name="plan" value=id/>
                <Submit icon=Icon::Play>{t.catalogue.unarchive()}</Submit>
            </Form>
        }
        .into_any(),
        None => view! {
            <Confirm id="archive" label=t.catalogue.archive() title=t.catalogue.archive_title(&plan.facts.name)
                     open=forms.archive.was_refused()>
                <p>{t.catalogue.archive_what()}</p>
                <Form state=forms.archive>
                    <input type="hidden" name="plan" value=id/>
                    <Submit variant=Variant::Primary>{t.catalogue.archive()}</Submit>
                </Form>
            </Confirm>
        }
        .into_any(),
    }
}
