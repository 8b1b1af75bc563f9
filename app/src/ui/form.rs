//! Forms that work with scripting and without: see the example in `ui`.

mod choice;
mod field;
mod file;

pub use choice::{Checkbox, Choices, Select, choices_of};
pub use field::{Field, Kind, MoneyInput, Textarea};
pub use file::{FileInput, UploadForm};

use leptos::{
    context::Provider,
    form::ActionForm,
    html,
    prelude::*,
    server_fn::{Http, ServerFn, client::Client, codec::PostUrl, request::ClientReq},
    wasm_bindgen::JsCast,
    web_sys::{Element, FormData, HtmlDialogElement, HtmlFormElement},
};
use serde::de::DeserializeOwned;

use crate::{
    failure::AppError,
    i18n::words,
    sent_back::SentBack,
    ui::{
        button::{LinkButton, Variant},
        icon::Icon,
        notice::Notice,
        tone::Tone,
    },
};

/// A form's state: the server function that it calls, and what came of the last try.
pub struct FormState<A: ServerFn + 'static> {
    action: ServerAction<A>,
    sent_back: StoredValue<Option<SentBack>>,
}

impl<A: ServerFn + 'static> Clone for FormState<A> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<A: ServerFn + 'static> Copy for FormState<A> {}

/// The state of a form for the server function `A`: `let form = use_form::<SavePlan>();`.
#[must_use]
pub fn use_form<A>() -> FormState<A>
where
    A: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    A::Output: Send + Sync + 'static,
{
    let sent_back = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return crate::sent_back::take(A::PATH);
        #[cfg(not(feature = "ssr"))]
        return None::<SentBack>;
    });
    FormState { action: ServerAction::new(), sent_back: StoredValue::new(sent_back.into_inner()) }
}

impl<A> FormState<A>
where
    A: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    A::Output: Clone + Send + Sync + 'static,
{
    /// Why the last try was refused.
    #[must_use]
    pub fn error(self) -> Signal<Option<AppError>> {
        Signal::derive(move || match self.action.value().get() {
            Some(answer) => answer.err(),
            None => self.sent_back.with_value(|sent_back| sent_back.as_ref().map(|sent_back| sent_back.error.clone())),
        })
    }

    /// What the server function gave, when it did not lead elsewhere.
    #[must_use]
    pub fn answer(self) -> Signal<Option<A::Output>> {
        Signal::derive(move || self.action.value().get().and_then(Result::ok))
    }

    /// Counts the tries: make it part of a resource's source, and the resource loads again after each.
    #[must_use]
    pub fn tries(self) -> Signal<usize> {
        Signal::derive(move || self.action.version().get())
    }

    /// The number of the last try that was not refused: make it part of a resource's source, and the page shows what is
    /// true afterwards, while a refusal leaves its dialog open with what was typed.
    #[must_use]
    pub fn done(self) -> Memo<usize> {
        Memo::new(move |before: Option<&usize>| {
            let number = self.action.version().get();
            let done = self.action.value().with(|answer| matches!(answer, Some(Ok(_))));
            if done { number } else { before.copied().unwrap_or_default() }
        })
    }

    /// Whether the form came back refused, so that its dialog is to be seen at once.
    #[must_use]
    pub fn was_refused(self) -> bool {
        self.error().with_untracked(Option::is_some)
    }

    #[must_use]
    pub fn pending(self) -> Signal<bool> {
        self.action.pending().into()
    }
}

/// What the fields of a form know about it.
#[derive(Clone, Copy)]
struct FormContext {
    /// The server function's name: a page may have several forms with a field of the same name.
    function: &'static str,
    errors: Memo<Vec<(String, String)>>,
    sent_back: StoredValue<Option<SentBack>>,
    pending: Signal<bool>,
    /// Each field's words, for the summary.
    labels: StoredValue<Vec<(String, String)>>,
}

/// A field's place in its form.
#[derive(Clone)]
struct Place {
    /// For the element, its hint and its error.
    id: String,
    /// The sentence of what is wrong with it.
    error: Signal<Option<String>>,
    /// As it was typed in the try that was sent back.
    typed: Option<String>,
    /// The form was sent back, so that an absent value means an empty box.
    was_sent: bool,
}

impl Place {
    fn of(name: &str, label: &str) -> Self {
        let key = key(name);
        let Some(form) = use_context::<FormContext>() else {
            let id = id("field", &key);
            return Self { id, error: Signal::stored(None), typed: None, was_sent: false };
        };
        let id = id(form.function, &key);
        form.labels.update_value(|labels| labels.push((key.clone(), label.to_owned())));
        let typed = form.sent_back.with_value(|sent_back| {
            let typed = &sent_back.as_ref()?.typed;
            Some(typed.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone()))
        });
        let error = Signal::derive(move || {
            let errors = form.errors.get();
            errors.into_iter().find(|(field, _)| *field == key).map(|(_, sentence)| sentence)
        });
        Self { id, error, was_sent: typed.is_some(), typed: typed.flatten() }
    }

    fn hint_id(&self) -> String {
        format!("{}-hint", self.id)
    }

    fn error_id(&self) -> String {
        format!("{}-error", self.id)
    }

    /// For `aria-describedby`.
    fn described_by(&self, has_hint: bool) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static {
        let (hint, error_id, error) = (has_hint.then(|| self.hint_id()), self.error_id(), self.error);
        move || {
            let error = error.with(Option::is_some).then(|| error_id.clone());
            match (hint.clone(), error) {
                (Some(hint), Some(error)) => Some(format!("{error} {hint}")),
                (one, other) => one.or(other),
            }
        }
    }
}

/// The id of a field's element.
fn id(function: &str, key: &str) -> String {
    format!("{function}-{}", key.replace('.', "-"))
}

/// The name that errors use: `plan[price]` is `price`, `plan[lines][0][price]` is `lines.0.price`.
fn key(name: &str) -> String {
    match name.split_once('[') {
        None => name.to_owned(),
        Some((_, rest)) => rest.trim_end_matches(']').replace("][", "."),
    }
}

/// A form whose fields show what is wrong with them, under a summary that links to them. Sending it twice by
/// impatience is prevented while the first is under way.
#[component]
pub fn Form<A, Output>(state: FormState<A>, children: Children) -> impl IntoView
where
    A: ServerFn<Error = AppError, Protocol = Http<PostUrl, Output>> + DeserializeOwned + Clone + Send + Sync + 'static,
    A::Output: Clone + Send + Sync + 'static,
    A::Client: Client<AppError>,
    <<A::Client as Client<AppError>>::Request as ClientReq<AppError>>::FormData: From<FormData>,
    Output: 'static,
{
    view! {
        <ActionForm action=state.action>
            <Fields state children/>
        </ActionForm>
    }
}

/// A form that the browser sends by itself, so that the next page is loaded anew: for what changes who is looking.
#[component]
pub fn PlainForm<A>(state: FormState<A>, children: Children) -> impl IntoView
where
    A: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    A::Output: Clone + Send + Sync + 'static,
{
    view! {
        <form method="post" action=A::url()>
            <Fields state children/>
        </form>
    }
}

/// What is in a form: the summary of its errors, and its fields, which know about it.
#[component]
fn Fields<A>(state: FormState<A>, children: Children) -> impl IntoView
where
    A: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    A::Output: Clone + Send + Sync + 'static,
{
    let error = state.error();
    let errors = Memo::new(move |_| error.get().map(|error| error.fields()).unwrap_or_default());
    let function = A::PATH.rsplit('/').next().unwrap_or_default();
    let (sent_back, pending, labels) = (state.sent_back, state.pending(), StoredValue::default());
    let context = FormContext { function, errors, sent_back, pending, labels };
    let fields = NodeRef::<html::Div>::new();
    let done = state.done();
    Effect::new(move |before: Option<usize>| {
        let done = done.get();
        if before.is_some_and(|before| before != done)
            && let Some(fields) = fields.get_untracked()
        {
            close_dialog_around(&fields);
        }
        done
    });
    view! {
        <Provider value=context>
            <ErrorSummary error errors context/>
            <div class="form" node_ref=fields>{children()}</div>
        </Provider>
    }
}

/// What was asked in a dialog has been done: it makes way for the page, and is empty when it is opened again.
fn close_dialog_around(fields: &Element) {
    if let Ok(Some(form)) = fields.closest("dialog form")
        && let Ok(Some(dialog)) = fields.closest("dialog")
    {
        form.unchecked_into::<HtmlFormElement>().reset();
        dialog.unchecked_into::<HtmlDialogElement>().close();
    }
}

/// What went wrong, with links to the fields; it takes the focus when it appears.
#[component]
fn ErrorSummary(
    error: Signal<Option<AppError>>,
    errors: Memo<Vec<(String, String)>>,
    context: FormContext,
) -> impl IntoView {
    let t = words();
    let summary = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<bool>| {
        let now = error.with(Option::is_some);
        if now
            && before.is_some()
            && let Some(summary) = summary.get()
        {
            let _ = summary.focus();
        }
        now
    });
    let links = move || {
        let links = errors.get().into_iter().map(|(field, sentence)| {
            let href = format!("#{}", id(context.function, &field));
            let label = context.labels.with_value(|labels| {
                labels.iter().find(|(key, _)| *key == field).map(|(_, label)| format!("{label}: "))
            });
            view! { <li><a href=href rel="external">{label}{sentence}</a></li> }
        });
        links.collect_view()
    };
    let content = move |error: AppError| {
        let has_fields = errors.with(|errors| !errors.is_empty());
        let title = if has_fields { t.failure.fields_title() } else { t.failure.failed_title() };
        view! {
            <Notice tone=Tone::Danger icon=Icon::Alert title>
                <p>{error.sentence(t)}</p>
                {has_fields.then(|| view! { <ul>{links}</ul> })}
            </Notice>
        }
    };
    view! {
        <div class="error-summary" role="alert" tabindex="-1" node_ref=summary>
            {move || error.get().map(content)}
        </div>
    }
}

/// The form's main button, disabled while the form is under way.
#[component]
pub fn Submit(
    #[prop(optional)] variant: Variant,
    #[prop(optional)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    let pending = use_context::<FormContext>().map(|form| form.pending);
    let pending = move || pending.is_some_and(|pending| pending.get());
    view! {
        <button type="submit" class="button" data-variant=variant.word() disabled=pending aria-busy=move || pending().then_some("true")>
            {icon.map(Icon::view)}
            <span>{children()}</span>
        </button>
    }
}

/// The end of a page that is a form: doing what it is for, and the way back without.
#[component]
pub fn FormActions(
    #[prop(into)] label: String,
    /// The page that one came from.
    #[prop(into)]
    back: String,
    #[prop(default = Variant::Primary)] variant: Variant,
    #[prop(optional)] icon: Option<Icon>,
) -> impl IntoView {
    let t = words();
    view! {
        <div class="form-actions">
            <Submit variant nostrip:icon=icon>{label}</Submit>
            <LinkButton href=back variant=Variant::Quiet>{t.common.cancel()}</LinkButton>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn a_field_has_the_name_that_its_error_has() {
        assert_eq!(key("email"), "email");
        assert_eq!(key("plan[price]"), "price");
        assert_eq!(key("contract[lines][0][price]"), "lines.0.price");
    }
}
