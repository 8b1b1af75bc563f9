//! Files in a form. The browser sends such a form by itself, with scripting and without; the server keeps the files and
//! answers as to any other form, so that a mistake elsewhere loses neither what was typed nor what was chosen.

use domain::file::Sent;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{Fields, FormContext, FormState, Place, field::Labelled};
use crate::{failure::AppError, i18n::words};

/// A form with a [`FileInput`] in it.
#[component]
pub fn UploadForm<A>(state: FormState<A>, children: Children) -> impl IntoView
where
    A: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    A::Output: Clone + Send + Sync + 'static,
{
    view! {
        <form method="post" action=A::url() enctype="multipart/form-data">
            <Fields state children/>
        </form>
    }
}

/// Photos and PDFs; the argument's field is a list of texts. Give it its place after the other fields.
#[component]
pub fn FileInput(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    /// More than one.
    #[prop(optional)]
    several: bool,
) -> impl IntoView {
    let t = words();
    let place = Place::of(&name, &label);
    let error = place.error;
    let described_by = place.described_by(!hint.is_empty());
    let kept = kept(&name);
    let there = (!kept.is_empty()).then(|| {
        let names: Vec<_> = kept.iter().map(|(_, name)| name.clone()).collect();
        view! { <p class="field-hint">{t.common.attached(names.join(", "))}</p> }
    });
    let hidden = kept.into_iter().enumerate().map(|(number, (value, _))| {
        view! { <input type="hidden" name=format!("{name}[{number}]") value=value/> }
    });
    let hidden = hidden.collect_view();
    view! {
        <Labelled place=place.clone() label hint optional=true>
            {hidden}
            {there}
            <input
                class="input"
                type="file"
                id=place.id
                name=name.clone()
                multiple=several
                accept="image/png,image/jpeg,image/webp,application/pdf"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by
            />
        </Labelled>
    }
}

/// The files that came with the try that was sent back: the server has them.
fn kept(name: &str) -> Vec<(String, String)> {
    let Some(form) = use_context::<FormContext>() else { return Vec::new() };
    let start = format!("{name}[");
    form.sent_back.with_value(|sent_back| {
        let typed = sent_back.iter().flat_map(|sent_back| sent_back.typed.iter());
        let sent = typed.filter(|(field, _)| field.starts_with(&start));
        sent.filter_map(|(_, value)| match Sent::read(value) {
            Some(Sent::Kept { name, .. }) => Some((value.clone(), name)),
            _ => None,
        })
        .collect()
    })
}
