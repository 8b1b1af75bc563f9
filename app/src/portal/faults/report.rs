//! Reporting a fault: in plain words, with a photo.

use domain::views::tickets::{FaultOffer, FaultyContract};
use leptos::prelude::*;

use super::api::{ReportFault, begin_fault};
use crate::{
    i18n::words,
    parts::ticket::name,
    ui::{
        card::Card,
        form::{FileInput, FormActions, FormState, Select, Textarea, UploadForm, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        notice::Notice,
        page::PageHeader,
        tone::Tone,
    },
};

#[component]
pub fn NewFaultPage() -> impl IntoView {
    let form = use_form::<ReportFault>();
    let offer = Resource::new_blocking(|| (), |()| begin_fault());
    view! { <Loaded from=offer view=move |offer| view! { <Reporting offer form/> }/> }
}

#[component]
fn Reporting(offer: FaultOffer, form: FormState<ReportFault>) -> impl IntoView {
    let t = words();
    let places = vec![(t.faults.title().to_owned(), "/portal/faults".to_owned())];
    let several = offer.contracts.len() > 1;
    let down = offer.contracts.iter().filter(|one| one.outage.is_some()).cloned();
    let down = down.map(|contract| view! { <DownHere contract several/> }).collect_view();
    let categories: Vec<_> =
        offer.categories.iter().map(|category| (category.id.to_string(), name(&category.name, t))).collect();
    let contracts = offer.contracts.clone();
    view! {
        <PageHeader title=t.faults.report() summary=t.faults.report_hint() places/>
        {down}
        <Card>
            <UploadForm state=form>
                <input type="hidden" name="fault[idempotency_key]" value=offer.idempotency_key.clone()/>
                <WhichContract contracts/>
                <Select name="fault[category]" label=t.faults.what() choices=categories/>
                <Textarea name="fault[body]" label=t.faults.tell() hint=t.faults.tell_hint() most=4000/>
                <FileInput name="fault[files]" label=t.faults.photo() hint=t.faults.photo_hint() several=true/>
                <FormActions label=t.faults.send() back="/portal/faults" icon=Icon::Check/>
            </UploadForm>
        </Card>
    }
}

/// Whoever has one connection is not asked which.
#[component]
fn WhichContract(contracts: Vec<FaultyContract>) -> impl IntoView {
    let t = words();
    match contracts.as_slice() {
        [] => ().into_any(),
        [one] => view! { <input type="hidden" name="fault[contract]" value=one.id.to_string()/> }.into_any(),
        all => {
            let choices: Vec<_> = all.iter().map(|one| (one.id.to_string(), one.street.clone())).collect();
            view! { <Select name="fault[contract]" label=t.faults.place() choices/> }.into_any()
        }
    }
}

/// We know already: before anything is asked.
#[component]
fn DownHere(contract: FaultyContract, several: bool) -> impl IntoView {
    let t = words();
    contract.outage.map(|outage| {
        let since = format::date(outage.since, t);
        let until = match outage.until {
            Some(until) => t.faults.down_until(format::date(until, t)),
            None => t.faults.down_working().to_owned(),
        };
        let title = if several { t.faults.down_at(contract.street) } else { t.faults.down().to_owned() };
        view! {
            <Notice tone=Tone::Warn icon=Icon::Alert title>
                <p>{t.faults.down_since(outage.place, since)}" "{until}</p>
            </Notice>
        }
    })
}
