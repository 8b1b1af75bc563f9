//! The customer's signature, drawn with a finger. It goes into the form as a picture when the form is kept.

use leptos::{
    ev::PointerEvent,
    html,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Blob, CanvasRenderingContext2d, FormData, HtmlCanvasElement},
};

use super::photo;
use crate::{i18n::words, ui::icon::Icon};

const ID: &str = "signature-pad";
/// Set on the canvas when something was drawn.
const DRAWN: &str = "data-drawn";

/// Only with scripting: without it the name is signature enough.
#[component]
pub(super) fn SignaturePad() -> impl IntoView {
    let t = words();
    let canvas = NodeRef::<html::Canvas>::new();
    let drawing = RwSignal::new(false);
    let down = move |event: PointerEvent| {
        if let Some(canvas) = canvas.get_untracked() {
            // A finger that leaves the frame goes on drawing.
            let _ = canvas.set_pointer_capture(event.pointer_id());
            drawing.set(begin(&canvas, &event).is_some());
        }
    };
    let moved = move |event: PointerEvent| {
        if let Some(canvas) = canvas.get_untracked().filter(|_| drawing.get_untracked()) {
            draw(&canvas, &event);
        }
    };
    let up = move |_: PointerEvent| drawing.set(false);
    let clear = move |_| {
        if let Some(canvas) = canvas.get_untracked() {
            // Setting the size empties it.
            canvas.set_width(canvas.width());
            let _ = canvas.remove_attribute(DRAWN);
        }
    };
    view! {
        <div class="field needs-scripting">
            <p class="field-label" id="signature-label">{t.work.sign_here()}</p>
            <canvas
                class="signature"
                id=ID
                width="300"
                height="150"
                role="img"
                aria-labelledby="signature-label"
                node_ref=canvas
                on:pointerdown=down
                on:pointermove=moved
                on:pointerup=up
                on:pointercancel=up
            ></canvas>
            <p class="field-hint">{t.work.sign_here_hint()}</p>
            <div>
                <button type="button" class="button" data-variant="quiet" on:click=clear>
                    {Icon::Close.view()}
                    <span>{t.work.clear_signature()}</span>
                </button>
            </div>
        </div>
    }
}

fn pen(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Black on white, so that it is seen wherever it is shown.
fn begin(canvas: &HtmlCanvasElement, event: &PointerEvent) -> Option<()> {
    let pen = pen(canvas)?;
    if !canvas.has_attribute(DRAWN) {
        pen.set_fill_style_str("#fff");
        pen.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        canvas.set_attribute(DRAWN, "true").ok()?;
    }
    pen.set_stroke_style_str("#000");
    pen.set_line_width(2.0);
    pen.set_line_cap("round");
    pen.begin_path();
    pen.move_to(f64::from(event.offset_x()), f64::from(event.offset_y()));
    Some(())
}

fn draw(canvas: &HtmlCanvasElement, event: &PointerEvent) -> Option<()> {
    let pen = pen(canvas)?;
    pen.line_to(f64::from(event.offset_x()), f64::from(event.offset_y()));
    pen.stroke();
    Some(())
}

/// Puts the picture into the form, when there is one; answers whether.
pub(super) fn attach(form: &FormData) -> bool {
    picture()
        .is_some_and(|blob| form.append_with_blob_and_filename("report[signature]", &blob, "signature.png").is_ok())
}

fn picture() -> Option<Blob> {
    let canvas: HtmlCanvasElement = document().get_element_by_id(ID)?.dyn_into().ok()?;
    if !canvas.has_attribute(DRAWN) {
        return None;
    }
    photo::drawn(&canvas, "image/png")
}
