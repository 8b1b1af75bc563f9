//! When a night asks before it cuts, and the days on which nobody is cut.

use domain::collections::Holiday;
use domain::views::collections::{CollectionSettings, InterlockForm};
use leptos::prelude::*;

use super::api::{AddHoliday, ChangeInterlock, RemoveHoliday, see_limits};
use crate::{
    i18n::words,
    surroundings::may,
    ui::{
        button::Variant,
        card::{Card, Fact, Facts},
        form::{Checkbox, Field, Form, FormState, Kind, Submit, use_form},
        format,
        icon::Icon,
        loaded::Loaded,
        page::PageHeader,
    },
};

/// They live as long as the page does, so that a refusal stays where it happened.
#[derive(Clone, Copy)]
struct Forms {
    interlock: FormState<ChangeInterlock>,
    add: FormState<AddHoliday>,
    remove: FormState<RemoveHoliday>,
}

#[component]
pub fn LimitsPage() -> impl IntoView {
    let t = words();
    let forms = Forms { interlock: use_form(), add: use_form(), remove: use_form() };
    let done = (forms.interlock.done(), forms.add.done(), forms.remove.done());
    let settings = Resource::new_blocking(
        move || (done.0.get(), done.1.get(), done.2.get()),
        |_| async move { see_limits().await },
    );
    let places = vec![(t.catalogue.policies().to_owned(), "/office/policies".to_owned())];
    let shown = move |settings: CollectionSettings| {
        view! {
            <Interlocked settings=settings.clone() form=forms.interlock/>
            <Holidays holidays=settings.holidays forms/>
        }
    };
    view! {
        <PageHeader title=t.collections.limits() summary=t.collections.limits_hint() places/>
        <Loaded from=settings view=shown/>
    }
}

#[component]
fn Interlocked(settings: CollectionSettings, form: FormState<ChangeInterlock>) -> impl IntoView {
    let t = words();
    let comes_to = t.collections.cap_comes_to(format::count(settings.most), format::count(settings.active));
    let typed = InterlockForm::from(&settings.interlock);
    let content = if may("edit_policies") {
        view! {
            <p>{comes_to}</p>
            <Form state=form>
                <div class="fields">
                    <Field name="interlock[cap_percent]" label=t.collections.cap() hint=t.collections.cap_hint()
                           kind=Kind::Decimal unit="%" value=typed.cap_percent/>
                    <Field name="interlock[cap_floor]" label=t.collections.floor() hint=t.collections.floor_hint()
                           kind=Kind::Whole value=typed.cap_floor/>
                    <Field name="interlock[silent_days]" label=t.collections.silence() hint=t.collections.silence_hint()
                           kind=Kind::Whole unit=t.catalogue.days_unit() optional=true value=typed.silent_days/>
                </div>
                <div class="form-actions"><Submit variant=Variant::Primary>{t.common.save()}</Submit></div>
            </Form>
        }
        .into_any()
    } else {
        let silence = match settings.interlock.silent_days {
            Some(days) => t.catalogue.days(days.into()),
            None => t.catalogue.never().to_owned(),
        };
        view! {
            <p>{comes_to}</p>
            <Facts>
                <Fact label=t.collections.cap()>{typed.cap_percent}" %"</Fact>
                <Fact label=t.collections.floor()>{typed.cap_floor}</Fact>
                <Fact label=t.collections.silence()>{silence}</Fact>
            </Facts>
        }
        .into_any()
    };
    view! { <Card title=t.collections.interlock()>{content}</Card> }
}

#[component]
fn Holidays(holidays: Vec<Holiday>, forms: Forms) -> impl IntoView {
    let t = words();
    let none = holidays.is_empty();
    let entries = holidays.into_iter().map(move |holiday| view! { <HolidayEntry holiday remove=forms.remove/> });
    let add = may("edit_policies").then(|| {
        view! {
            <h3 class="card-part">{t.collections.add_holiday()}</h3>
            <Form state=forms.add>
                <div class="fields">
                    <Field name="holiday[on]" label=t.collections.holiday_date() kind=Kind::Date/>
                    <Field name="holiday[name]" label=t.catalogue.name() most=100/>
                </div>
                <Checkbox name="holiday[yearly]" label=t.collections.yearly()/>
                <div class="form-actions"><Submit icon=Icon::Plus>{t.collections.add_holiday()}</Submit></div>
            </Form>
        }
    });
    view! {
        <Card title=t.collections.holidays()>
            <p>{t.collections.holidays_hint()}</p>
            {none.then(|| view! { <p class="muted">{t.collections.no_holidays()}</p> })}
            <ul class="entries">{entries.collect_view()}</ul>
            {add}
        </Card>
    }
}

#[component]
fn HolidayEntry(holiday: Holiday, remove: FormState<RemoveHoliday>) -> impl IntoView {
    let t = words();
    let date = if holiday.yearly {
        t.collections.every_year(format::date(holiday.on, t))
    } else {
        format::long_date(holiday.on, t)
    };
    let name = holiday.name.clone();
    view! {
        <li class="entry">
            <div>
                <p><strong>{holiday.name}</strong></p>
                <p class="muted">{date}</p>
            </div>
            {may("edit_policies").then(|| view! {
                <Form state=remove>
                    <input type="hidden" name="on" value=holiday.on.to_string()/>
                    <Submit variant=Variant::Quiet icon=Icon::Close>
                        {t.collections.remove()}<span class="visually-hidden">" "{name}</span>
                    </Submit>
                </Form>
            })}
        </li>
    }
}
