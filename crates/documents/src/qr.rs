//! QR codes, as drawings that a template can place.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serializer;

/// A text as the SVG of its QR code.
pub fn as_drawing<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&svg(text))
}

/// Nothing for a text that is too long for a code.
fn svg(text: &str) -> String {
    let Some(Squares { size, path }) = squares(text) else { return String::new() };
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\"><path d=\"{path}\"/></svg>")
}

/// A QR code as a path of an SVG.
#[derive(Clone, Debug)]
pub struct Squares {
    /// Along a side.
    pub size: i32,
    /// Runs of dark squares, line by line.
    pub path: String,
}

/// `None` for a text that is too long for a code.
#[must_use]
pub fn squares(text: &str) -> Option<Squares> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let _ = write!(path, "M{start} {y}h{width}v1h-{width}z", width = x - start);
            }
            x += 1;
        }
    }
    Some(Squares { size: code.size(), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_a_drawing_with_the_corners_that_readers_look_for() {
        let drawing = svg("http://wifi.example/login?username=K7MW3RTX9P");
        assert!(drawing.contains("M0 0h7v1h-7z"), "the first line of the first corner: {drawing}");
        assert_eq!(svg(&"x".repeat(5000)), "");
    }
}
