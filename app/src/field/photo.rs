//! Photos are made smaller before they are kept: they are sent from where the network is poor.

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{
        Blob, BlobPropertyBag, CanvasRenderingContext2d, File, FormData, HtmlCanvasElement, ImageBitmap,
        js_sys::{Array, Uint8Array, futures::JsFuture},
    },
};

const FIELD: &str = "report[files]";
/// What is up to so many bytes is sent as it is.
const SMALL: f64 = 1_000_000.0;
/// Of the longer side, in pixels: a label can still be read.
const LONGEST: u32 = 1600;

/// What was chosen; an empty field is a file without anything in it.
fn chosen(form: &FormData) -> Vec<File> {
    let files = form.get_all(FIELD).into_iter().filter_map(|file| file.dyn_into::<File>().ok());
    files.filter(|file| file.size() >= 1.0).collect()
}

pub(super) fn count(form: &FormData) -> usize {
    chosen(form).len()
}

/// Puts smaller ones into the form; what is no picture stays what it is.
pub(super) async fn shrink(form: &FormData) {
    let files = chosen(form);
    form.delete(FIELD);
    for file in files {
        let smaller = if file.size() > SMALL { smaller(&file).await } else { None };
        let content: &Blob = smaller.as_ref().unwrap_or(&file);
        let _ = form.append_with_blob_and_filename(FIELD, content, &file.name());
    }
}

async fn smaller(file: &File) -> Option<Blob> {
    let read = window().create_image_bitmap_with_blob(file).ok()?;
    let picture: ImageBitmap = JsFuture::from(read).await.ok()?.dyn_into().ok()?;
    let longest = picture.width().max(picture.height()).max(1);
    let fit = |side: u32| if longest > LONGEST { (side * LONGEST / longest).max(1) } else { side };
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(fit(picture.width()));
    canvas.set_height(fit(picture.height()));
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    pen.draw_image_with_image_bitmap_and_dw_and_dh(&picture, 0.0, 0.0, width, height).ok()?;
    picture.close();
    drawn(&canvas, "image/jpeg")
}

/// What is on a canvas, as a file.
pub(super) fn drawn(canvas: &HtmlCanvasElement, kind: &str) -> Option<Blob> {
    let address = canvas.to_data_url_with_type(kind).ok()?;
    let (_, encoded) = address.split_once(',')?;
    // Each letter of what the browser decodes is a byte.
    let decoded = window().atob(encoded).ok()?;
    let bytes: Vec<u8> =
        decoded.chars().map(|letter| u8::try_from(u32::from(letter))).collect::<Result<_, _>>().ok()?;
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes.as_slice())), &options).ok()
}
