//! Files that people send: what is taken, by what the bytes say and never by the name.

use serde::{Deserialize, Serialize};

use crate::ids::FileId;
use crate::words::words;

/// What a photo of a good phone or a bank's receipt takes.
pub const LARGEST: usize = 5 * 1024 * 1024;
/// With one message.
pub const MOST: usize = 5;
const LONGEST_NAME: usize = 80;

words! {
    /// What is kept. No SVG, no HTML, no office document: nothing that a browser would run.
    pub enum FileKind {
        Png = "png",
        Jpeg = "jpeg",
        Webp = "webp",
        Pdf = "pdf",
    }
}

words! {
    /// Why a file was not taken.
    pub enum FileRefusal {
        TooLarge = "too_large",
        UnknownKind = "unknown_kind",
        TooMany = "too_many",
        Empty = "empty",
    }
}

impl FileKind {
    /// What the bytes are, by their first ones.
    ///
    /// # Errors
    /// Why they are not kept.
    pub fn of(bytes: &[u8]) -> Result<Self, FileRefusal> {
        let kind = match bytes {
            [] => return Err(FileRefusal::Empty),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Self::Png,
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::Webp,
            [b'%', b'P', b'D', b'F', b'-', ..] => Self::Pdf,
            _ => return Err(FileRefusal::UnknownKind),
        };
        if bytes.len() > LARGEST { Err(FileRefusal::TooLarge) } else { Ok(kind) }
    }

    /// As browsers know it: the only type that it is ever served as.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
        }
    }

    pub fn is_image(self) -> bool {
        !matches!(self, Self::Pdf)
    }
}

/// What a file may be called: no path, no control characters, and the ending of what it is.
pub fn name(typed: &str, kind: FileKind) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let plain: String = stem.chars().filter(|letter| !letter.is_control() && !"\"<>:|?*;".contains(*letter)).collect();
    let plain = plain.trim().trim_start_matches('.');
    let short: String = plain.chars().take(LONGEST_NAME).collect();
    let stem = if short.is_empty() { "file" } else { short.as_str() };
    format!("{stem}.{}", kind.extension())
}

/// A file that came in with a form, as the form's field says it: `12 photo.jpg`, or `!too_large photo.jpg`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    Kept { file: FileId, name: String },
    Refused { because: FileRefusal, name: String },
}

impl Sent {
    /// `None` for what is neither.
    pub fn read(field: &str) -> Option<Self> {
        let (first, name) = field.split_once(' ').unwrap_or((field, ""));
        let name = name.to_owned();
        match first.strip_prefix('!') {
            Some(because) => Some(Self::Refused { because: because.parse().ok()?, name }),
            None => Some(Self::Kept { file: first.parse().ok()?, name }),
        }
    }
}

impl std::fmt::Display for Sent {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Kept { file, name } => write!(formatter, "{file} {name}"),
            Self::Refused { because, name } => write!(formatter, "!{because} {name}"),
        }
    }
}

/// The files of a form's field.
///
/// # Errors
/// `NotAFile`, when one of them was refused or there are more than are taken at once.
pub fn kept(fields: &[String]) -> Result<Vec<FileId>, crate::failure::Problem> {
    use crate::failure::Problem::{NotAFile, UnknownChoice};
    let mut files = Vec::new();
    for field in fields.iter().filter(|field| !field.trim().is_empty()) {
        match Sent::read(field).ok_or(UnknownChoice)? {
            Sent::Kept { file, .. } => files.push(file),
            Sent::Refused { because, .. } => return Err(NotAFile { because }),
        }
    }
    if files.len() > MOST { Err(NotAFile { because: FileRefusal::TooMany }) } else { Ok(files) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let png = b"\x89PNG\r\n\x1a\n....";
        let cases: [(&[u8], Result<FileKind, FileRefusal>); 9] = [
            (png, Ok(FileKind::Png)),
            (b"\xff\xd8\xff\xe0....JFIF", Ok(FileKind::Jpeg)),
            (b"RIFF....WEBPVP8 ", Ok(FileKind::Webp)),
            (b"%PDF-1.7", Ok(FileKind::Pdf)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", Err(FileRefusal::UnknownKind)),
            (b"<!doctype html><script>alert(1)</script>", Err(FileRefusal::UnknownKind)),
            (b"GIF89a/*", Err(FileRefusal::UnknownKind)),
            (b"PK\x03\x04", Err(FileRefusal::UnknownKind)),
            (b"", Err(FileRefusal::Empty)),
        ];
        for (bytes, expected) in cases {
            assert_eq!(FileKind::of(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
        let mut large = png.to_vec();
        large.resize(LARGEST + 1, 0);
        assert_eq!(FileKind::of(&large), Err(FileRefusal::TooLarge));
    }

    #[test]
    fn a_name_has_no_path_and_the_ending_of_what_the_file_is() {
        let cases = [
            ("../../etc/passwd", "passwd.png"),
            ("C:\\fotos\\módem roto.JPG", "módem roto.png"),
            ("photo.php\0.png", "photo.php.png"),
            (".htaccess", "file.png"),
            ("a\r\nSet-Cookie: x.png", "aSet-Cookie x.png"),
            ("\"><img src=x>.svg", "img src=x.png"),
            ("", "file.png"),
        ];
        for (typed, expected) in cases {
            assert_eq!(name(typed, FileKind::Png), expected, "{typed:?}");
        }
        assert_eq!(name(&"x".repeat(500), FileKind::Pdf).len(), LONGEST_NAME + 4);
    }

    #[test]
    fn a_forms_field_names_files_or_says_why_there_is_none() {
        use crate::failure::Problem;
        let fields = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(kept(&fields(&["12 módem roto.jpg", "", "13"])), Ok(vec![FileId(12), FileId(13)]));
        let refused = Problem::NotAFile { because: FileRefusal::TooLarge };
        assert_eq!(kept(&fields(&["12 a.jpg", "!too_large b.jpg"])), Err(refused));
        assert_eq!(kept(&fields(&["../x"])), Err(Problem::UnknownChoice));
        let many = Problem::NotAFile { because: FileRefusal::TooMany };
        assert_eq!(kept(&fields(&["1", "2", "3", "4", "5", "6"])), Err(many));
        let sent = Sent::Kept { file: FileId(7), name: "a b.png".to_owned() };
        assert_eq!(Sent::read(&sent.to_string()), Some(sent));
    }
}
