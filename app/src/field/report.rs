//! What is filled in on the spot. With scripting it is kept on the phone first, and sent from there; without, the browser
//! sends it as any other form.

use domain::views::work::{ChecklistItem, FieldOrder};
use domain::work_order::{FailReason, VisitOutcome, WorkKind};
use leptos::{ev, prelude::*, server_fn::ServerFn};

use super::{
    api::{FailWork, FinishWork},
    draft,
    outbox::{LABEL, OWNER, Outbox, URL},
    signature::SignaturePad,
};
use crate::{
    failure::AppError,
    i18n::{Words, words},
    parts::{here::UseMyPosition, scan::ScanInto, ticket::name, work::reason_word},
    ui::{
        button::Variant,
        card::Card,
        form::{Checkbox, Field, FileInput, FormState, Kind, Select, Submit, Textarea, UploadForm, choices_of},
        icon::Icon,
        notice::Notice,
        tone::Tone,
    },
};

/// Takes the form out of the browser's hands, where it can be kept.
fn keeping(
    order: &FieldOrder,
    refused: RwSignal<Option<AppError>>,
) -> (impl Fn(ev::SubmitEvent) + Clone + use<>, impl Fn(ev::Event) + Clone + use<>) {
    let (outbox, id, kind) = (Outbox::here(), order.order.row.id, order.order.row.kind);
    let submit = move |event: ev::SubmitEvent| outbox.take(&event, id, kind, refused);
    let typed = move |event: ev::Event| {
        draft::keep(&outbox.owner(), id, &event);
    };
    (submit, typed)
}

/// What every report begins with.
fn head(order: &FieldOrder, outcome: VisitOutcome, url: &'static str) -> impl IntoView + use<> {
    let row = &order.order.row;
    view! {
        <input type="hidden" name="order" value=row.id.to_string()/>
        <input type="hidden" name=OWNER value=Outbox::here().owner()/>
        <input type="hidden" name=URL value=url/>
        <input type="hidden" name=LABEL value=format!("{} · {}", row.id.code(), row.customer.name)/>
        <input type="hidden" name="report[version]" value=row.version.to_string()/>
        <input type="hidden" name="report[idempotency_key]" value=order.idempotency_key.clone()/>
        <input type="hidden" name="report[outcome]" value=outcome.word()/>
    }
}

#[component]
pub(super) fn Finish(order: FieldOrder, form: FormState<FinishWork>) -> impl IntoView {
    let t = words();
    let refused = RwSignal::new(None::<AppError>);
    let (submit, typed) = keeping(&order, refused);
    let kind = order.order.row.kind;
    let (id, outbox) = (order.order.row.id, Outbox::here());
    Effect::new(move |_| draft::restore(&outbox.owner(), id));
    let wordless = kind != WorkKind::Repair;
    let checks: Vec<_> = order.checklist.iter().map(|item| check(item, t)).collect();
    let (label, hint) = match kind {
        WorkKind::Install => (t.work.finish_install(), t.work.finish_install_hint()),
        WorkKind::Removal => (t.work.finish(), t.work.finish_removal_hint()),
        WorkKind::Repair if order.order.row.ticket.is_some() => (t.work.finish(), t.work.finish_repair_hint()),
        WorkKind::Repair | WorkKind::Move => (t.work.finish(), ""),
    };
    let head = head(&order, VisitOutcome::Done, FinishWork::PATH);
    view! {
        <Card title=t.work.at_the_spot()>
            <div id="finish" on:submit=submit on:input=typed><UploadForm state=form>
                {head}
                <Refused refused/>
                <fieldset><legend>{t.work.checklist()}</legend>{checks}</fieldset>
                <Equipment order/>
                <div class="fields">
                    <Field name="report[dbm]" label=t.work.dbm() unit="dBm" optional=true/>
                    <Field name="report[down_mbps]" label=t.work.down() unit="Mbit/s" kind=Kind::Decimal optional=true/>
                    <Field name="report[up_mbps]" label=t.work.up() unit="Mbit/s" kind=Kind::Decimal optional=true/>
                </div>
                <Field name="report[position]" label=t.work.position() hint=t.work.position_hint() optional=true/>
                <UseMyPosition field="report[position]"/>
                <Textarea name="report[note]" label=t.work.did() hint=note_hint(kind, t) optional=wordless most=2000/>
                <FileInput name="report[files]" label=t.work.photos() hint=t.work.photos_hint() several=true/>
                <SignaturePad/>
                <Field name="report[signed_by]" label=t.work.signer() hint=t.work.signer_hint() most=120 optional=true/>
                <div class="field-steps">
                    <div class="form-actions"><Submit variant=Variant::Primary icon=Icon::Check>{label}</Submit></div>
                </div>
                <p class="field-hint">{hint}</p>
            </UploadForm></div>
        </Card>
    }
}

fn note_hint(kind: WorkKind, t: Words) -> &'static str {
    if kind == WorkKind::Repair { t.work.note_repair_hint() } else { "" }
}

fn check(item: &ChecklistItem, t: Words) -> impl IntoView + use<> {
    view! { <Checkbox name=format!("report[checks][i{}]", item.id) label=name(&item.name, t)/> }
}

/// What hangs there, and where what was taken away goes.
#[component]
fn Equipment(order: FieldOrder) -> impl IntoView {
    let t = words();
    let removal = order.order.row.kind == WorkKind::Removal;
    let places = choices_of(order.places);
    let van = order.van.map(|van| van.to_string()).unwrap_or_default();
    let serial = (!removal).then(|| {
        view! {
            <Field name="report[serial]" label=t.work.serial() hint=t.work.serial_hint() most=40 optional=true/>
            <ScanInto field="report[serial]"/>
        }
    });
    let place = (!places.is_empty()).then(|| {
        view! {
            <Select name="report[place]" label=t.work.taken_to() hint=t.work.taken_to_hint() choices=places value=van optional=true/>
        }
    });
    view! { {serial}{place} }
}

/// A visit of which nothing came.
#[component]
pub(super) fn Failure(order: FieldOrder, form: FormState<FailWork>) -> impl IntoView {
    let t = words();
    let refused = RwSignal::new(None::<AppError>);
    let (submit, _) = keeping(&order, refused);
    let reasons: Vec<_> =
        FailReason::ALL.iter().map(|reason| (reason.word().to_owned(), reason_word(*reason, t).to_owned())).collect();
    let head = head(&order, VisitOutcome::Failed, FailWork::PATH);
    view! {
        <Card title=t.work.could_not()>
            <div on:submit=submit><UploadForm state=form>
                {head}
                <Refused refused/>
                <Select name="report[reason]" label=t.work.reason() choices=reasons/>
                <Textarea name="report[note]" label=t.work.what_happened() optional=true most=2000/>
                <FileInput name="report[files]" label=t.work.photos() hint=t.work.photos_hint() several=true/>
                <div class="form-actions"><Submit icon=Icon::Alert>{t.work.report_failure()}</Submit></div>
            </UploadForm></div>
        </Card>
    }
}

/// What is missing, before anything is kept.
#[component]
fn Refused(refused: RwSignal<Option<AppError>>) -> impl IntoView {
    let t = words();
    let shown = move || {
        refused.get().map(|error| {
            let fields: Vec<_> = error
                .fields()
                .into_iter()
                .map(|(field, sentence)| view! { <li>{format!("{}: {sentence}", field_label(&field, t))}</li> })
                .collect();
            view! { <Notice tone=Tone::Danger icon=Icon::Alert title=error.sentence(t)><ul>{fields}</ul></Notice> }
        })
    };
    view! { <div role="alert">{shown}</div> }
}

/// A field of the report by the words above it.
pub(super) fn field_label(field: &str, t: Words) -> &'static str {
    match field {
        "reason" => t.work.reason(),
        "note" => t.work.did(),
        "serial" | "onu_serial" => t.work.serial(),
        "place" => t.work.taken_to(),
        "position" => t.work.position(),
        "dbm" => t.work.dbm(),
        "down_mbps" => t.work.down(),
        "up_mbps" => t.work.up(),
        "signed_by" => t.work.signer(),
        "signature" => t.work.signature(),
        "files" => t.work.photos(),
        _ => t.work.at_the_spot(),
    }
}
