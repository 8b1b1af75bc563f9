//! Serials read by the device's camera, where the browser can read codes by itself. Elsewhere one types, or uses a reader
//! that types.

use std::{cell::Cell, rc::Rc, time::Duration};

use domain::stock::Serial;
use leptos::{
    leptos_dom::helpers::{IntervalHandle, set_interval_with_handle},
    prelude::*,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{
        Event,
        js_sys::{Array, Function, Object, Reflect},
    },
};

use crate::{
    i18n::{Words, words},
    ui::icon::Icon,
};

/// Between two looks at the picture.
const EVERY: Duration = Duration::from_millis(250);

/// What stickers have.
const FORMATS: [&str; 5] = ["code_128", "code_39", "ean_13", "qr_code", "data_matrix"];

/// How the search for a code goes.
#[derive(Clone, PartialEq)]
enum Looking {
    Off,
    Begun,
    /// While it goes on, where several are read.
    Found {
        serial: String,
        goes_on: bool,
    },
    Refused,
}

/// One camera and its field.
#[derive(Clone, Copy)]
struct Scan {
    field: &'static str,
    several: bool,
    looking: RwSignal<Looking>,
}

/// A button that reads a code into the field of this name; with `several`, one after the other, each a line of it. It is
/// there only where the browser can do it.
#[component]
pub fn ScanInto(field: &'static str, #[prop(optional)] several: bool) -> impl IntoView {
    let t = words();
    let can = RwSignal::new(false);
    Effect::new(move |_| can.set(browser_can()));
    let scan = Scan { field, several, looking: RwSignal::new(Looking::Off) };
    let toggle = move |_| {
        if scan.is_on() {
            scan.looking.set(Looking::Off);
        } else {
            scan.looking.set(Looking::Begun);
            if scan.begin().is_none() {
                scan.looking.set(Looking::Refused);
            }
        }
    };
    let on = move || scan.looking.with(Looking::is_on);
    let label = move || if on() { t.stock.scan_stop() } else { t.stock.scan() };
    view! {
        <div class="scan needs-scripting" hidden=move || !can.get()>
            <button type="button" class="button" data-variant="secondary" on:click=toggle>
                {Icon::Search.view()}
                <span>{label}</span>
            </button>
            <video class="scan-picture" id=scan.picture() hidden=move || !on() playsinline=true muted=true
                   aria-label=t.stock.scan_picture()></video>
            <p class="field-hint" role="status">{move || scan.looking.with(|looking| told(looking, t))}</p>
        </div>
    }
}

fn told(looking: &Looking, t: Words) -> Option<String> {
    match looking {
        Looking::Off => None,
        Looking::Begun => Some(t.stock.scan_looking().to_owned()),
        Looking::Found { serial, .. } => Some(t.stock.scan_found(serial)),
        Looking::Refused => Some(t.stock.scan_refused().to_owned()),
    }
}

impl Looking {
    fn is_on(&self) -> bool {
        matches!(self, Self::Begun | Self::Found { goes_on: true, .. })
    }
}

impl Scan {
    fn is_on(self) -> bool {
        self.looking.try_with_untracked(Looking::is_on).unwrap_or_default()
    }

    /// The id of the picture's element.
    fn picture(self) -> String {
        format!("scan-{}", self.field)
    }

    /// Asks for the camera; `None` when it cannot be asked for.
    fn begin(self) -> Option<()> {
        let devices = get(&window().navigator(), "mediaDevices")?;
        let camera = object("facingMode", &"environment".into())?;
        let asked = call(&devices, "getUserMedia", &[object("video", &camera)?])?;
        let given = Closure::once_into_js(move |stream: JsValue| {
            if self.look(&stream).is_none() {
                stop(&stream);
                self.looking.try_set(Looking::Refused);
            }
        });
        let refused = Closure::once_into_js(move |_: JsValue| {
            self.looking.try_set(Looking::Refused);
        });
        call(&asked, "then", &[given, refused]).map(drop)
    }

    /// Shows what the camera sees, and looks for a code in it, until one is found, somebody closes it or leaves the page.
    fn look(self, stream: &JsValue) -> Option<()> {
        let picture: JsValue = document().get_element_by_id(&self.picture())?.into();
        Reflect::set(&picture, &"srcObject".into(), stream).ok()?;
        call(&picture, "play", &[])?;
        let detector = detector()?;
        let timer = Rc::new(Cell::new(None::<IntervalHandle>));
        let (own_timer, stream) = (Rc::clone(&timer), stream.clone());
        let look = move || {
            let is_shown = get(&picture, "isConnected").is_some_and(|connected| connected.is_truthy());
            if is_shown && self.is_on() {
                self.read(&detector, &picture);
                return;
            }
            stop(&stream);
            if let Some(timer) = own_timer.take() {
                timer.clear();
            }
        };
        timer.set(Some(set_interval_with_handle(look, EVERY).ok()?));
        Some(())
    }

    /// Looks at the picture once.
    fn read(self, detector: &JsValue, picture: &JsValue) -> Option<()> {
        // Before there is a frame, the browser refuses to look.
        if get(picture, "readyState")?.as_f64()? < 2.0 {
            return None;
        }
        let asked = call(detector, "detect", std::slice::from_ref(picture))?;
        let answered = Closure::once_into_js(move |codes: JsValue| {
            self.found(&codes);
        });
        call(&asked, "then", &[answered]).map(drop)
    }

    fn found(self, codes: &JsValue) -> Option<()> {
        let code = get(&Array::from(codes).get(0), "rawValue")?.as_string()?;
        let serial = Serial::in_code(&code);
        if serial.is_empty() || !self.is_on() {
            return None;
        }
        self.write(&serial)?;
        self.looking.try_set(Looking::Found { serial, goes_on: self.several });
        Some(())
    }

    /// Into the field, as if it had been typed.
    fn write(self, serial: &str) -> Option<()> {
        let field = document().query_selector(&format!("[name=\"{}\"]", self.field)).ok()??;
        let typed = get(&field, "value")?.as_string()?;
        let written = match typed.trim_end() {
            before if self.several && before.lines().any(|line| line.trim() == serial) => return Some(()),
            before if self.several && !before.is_empty() => format!("{before}\n{serial}\n"),
            _ if self.several => format!("{serial}\n"),
            _ => serial.to_owned(),
        };
        Reflect::set(&field, &"value".into(), &written.into()).ok()?;
        field.dispatch_event(&Event::new("input").ok()?).ok().map(drop)
    }
}

/// Whether this browser reads codes, and gives its camera to this page.
fn browser_can() -> bool {
    let detects = Reflect::has(&window(), &"BarcodeDetector".into()).unwrap_or_default();
    detects && get(&window().navigator(), "mediaDevices").is_some()
}

fn detector() -> Option<JsValue> {
    let formats: Array = FORMATS.iter().map(|format| JsValue::from_str(format)).collect();
    let class: Function = get(&window(), "BarcodeDetector")?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of1(&object("formats", &formats)?)).ok()
}

/// Lets go of the camera.
fn stop(stream: &JsValue) {
    if let Some(tracks) = call(stream, "getTracks", &[]) {
        for track in Array::from(&tracks).iter() {
            call(&track, "stop", &[]);
        }
    }
}

/// An object with one property.
fn object(name: &str, value: &JsValue) -> Option<JsValue> {
    let object = Object::new();
    Reflect::set(&object, &name.into(), value).ok()?;
    Some(object.into())
}

pub(crate) fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

pub(crate) fn call(object: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = get(object, name)?.dyn_into().ok()?;
    method.apply(object, &arguments.iter().collect()).ok()
}
