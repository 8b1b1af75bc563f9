//! A logo is a PNG or an SVG of a modest size. What it is, its bytes say, and not its name.

/// Bytes of a logo.
pub const LARGEST: usize = 256 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Png,
    Svg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    TooLarge,
    /// Neither a PNG nor an SVG.
    UnknownFormat,
    /// An SVG that does more than draw: scripts, links to elsewhere, embedded pages.
    MoreThanADrawing,
}

/// What in an SVG can act or reach out. Refused and not removed: what was let through is what was looked at.
const ACTING: &[&str] = &[
    "<script",
    "<foreignobject",
    "<iframe",
    "<embed",
    "<object",
    "<image",
    "<a ",
    "<animate",
    "<set",
    "<!entity",
    "<!doctype",
    "javascript:",
    "http:",
    "https:",
    "data:",
    "url(",
    "@import",
];
/// The names of the format itself, which are no links.
const NAMESPACES: &[&str] = &["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"];

impl Format {
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// # Errors
/// Why these bytes are no logo.
pub fn check(bytes: &[u8]) -> Result<Format, Refusal> {
    if bytes.len() > LARGEST {
        return Err(Refusal::TooLarge);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Format::Png);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::UnknownFormat)?.trim_start_matches('\u{feff}');
    let text = text.trim_start().to_lowercase();
    if !(text.starts_with("<svg") || text.starts_with("<?xml") && text.contains("<svg")) {
        return Err(Refusal::UnknownFormat);
    }
    // What an SVG fetches from itself, such as a gradient, is drawing.
    let drawn = NAMESPACES.iter().chain(&["url(#"]).fold(text, |text, name| text.replace(name, ""));
    if ACTING.iter().any(|word| drawn.contains(word)) || has_handler(&drawn) {
        return Err(Refusal::MoreThanADrawing);
    }
    Ok(Format::Svg)
}

/// `onload=` and its kin: an attribute that begins with `on`.
fn has_handler(text: &str) -> bool {
    let before_equals = text.split('=').map(str::trim_end);
    before_equals
        .filter_map(|text| text.rsplit(|sign: char| !sign.is_ascii_alphabetic()).next())
        .any(|name| name.len() > 2 && name.starts_with("on"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_let_through_and_what_acts_is_not() {
        let svg =
            |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>");
        assert_eq!(check(svg("<path d=\"M0 0h9\" fill=\"#3a50c8\"/>").as_bytes()), Ok(Format::Svg));
        assert_eq!(check(svg("<rect fill=\"url(#glow)\"/>").as_bytes()), Ok(Format::Svg));
        assert_eq!(check(format!("<?xml version=\"1.0\"?>\n{}", svg("<g/>")).as_bytes()), Ok(Format::Svg));
        for acting in [
            "<script>alert(1)</script>",
            "<SCRIPT/>",
            "<g onload=\"alert(1)\"/>",
            "<g\nonclick = 'x'/>",
            "<image href=\"https://evil.example/x.png\"/>",
            "<foreignObject><p/></foreignObject>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<rect fill=\"url(https://evil.example/)\"/>",
        ] {
            assert_eq!(check(svg(acting).as_bytes()), Err(Refusal::MoreThanADrawing), "{acting}");
        }
        assert_eq!(check(b"<html><svg/></html>"), Err(Refusal::UnknownFormat));
        assert_eq!(check(b"GIF89a"), Err(Refusal::UnknownFormat));
        assert_eq!(check(b"\x89PNG\r\n\x1a\nrest"), Ok(Format::Png));
        assert_eq!(check(&vec![b' '; LARGEST + 1]), Err(Refusal::TooLarge));
    }
}
