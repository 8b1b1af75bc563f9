//! The login page that a router serves, in the provider's dress and in both languages. It needs nothing from elsewhere:
//! who reads it reaches nothing yet. Values in `$(...)` are the router's; `{{...}}` are filled in here.
//!
//! Nothing in it is secret: whoever is near the hotspot is shown it. So a router fetches it without a password.

use std::io::Write;

use domain::ids::HotspotId;
use domain::views::hotspots::HotspotFacts;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

use super::audited;
use crate::jobs::enqueue_hotspots;
use crate::permit::{EditHotspots, Permit, SeeHotspots};
use crate::{Context, Error, Result, record};

/// A file for the router.
#[derive(Clone, Debug)]
pub struct File {
    pub name: &'static str,
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

/// The names of the files. The logo has one name whatever it is, so that the list is always the same: inside is an SVG.
pub const PAGE_FILES: &[&str] = &[
    "login.html",
    "alogin.html",
    "status.html",
    "logout.html",
    "error.html",
    "rlogin.html",
    "redirect.html",
    "errors.txt",
    "md5.js",
    "hotspot.js",
    "hotspot.css",
    "logo.svg",
];

/// What is filled in.
struct Dress {
    name: String,
    accent: String,
    on_accent: &'static str,
    logo: Vec<u8>,
    /// How to reach the provider.
    contact: String,
    portal: String,
}

/// One file of a hotspot's login page.
///
/// # Errors
/// `NotFound`, also for a name that is no file of it.
pub async fn file(context: &Context, hotspot: HotspotId, name: &str) -> Result<File> {
    let mut connection = context.connection().await?;
    let facts = store::hotspots::record(&mut connection, hotspot).await?.facts;
    let files = files(&dress(&mut connection, &facts, &context.public_url).await?);
    files.into_iter().find(|file| file.name == name).ok_or_else(|| domain::failure::Failure::NotFound.into())
}

/// All of them as one archive, for those who put them on a router by hand.
///
/// # Errors
/// `NotFound`.
pub async fn archive(context: &Context, _: &Permit<SeeHotspots>, hotspot: HotspotId) -> Result<Vec<u8>> {
    let mut connection = context.connection().await?;
    let facts = store::hotspots::record(&mut connection, hotspot).await?.facts;
    let files = files(&dress(&mut connection, &facts, &context.public_url).await?);
    zipped(&files).map_err(Error::internal)
}

/// A file as it looks before anybody signed in: without what the router fills in, and without its conditions.
#[must_use]
pub fn previewed(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let mut left = String::new();
    for (nth, part) in text.split("$(if ").enumerate() {
        let kept = if nth == 0 { part } else { part.split_once("$(endif)").map_or("", |(_, kept)| kept) };
        left.push_str(kept);
    }
    let mut shown = String::new();
    for (nth, part) in left.split("$(").enumerate() {
        let kept = if nth == 0 { part } else { part.split_once(')').map_or("", |(_, kept)| kept) };
        shown.push_str(kept);
    }
    shown.into_bytes()
}

fn zipped(files: &[File]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for file in files {
        archive.start_file(file.name, stored)?;
        archive.write_all(&file.bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The router is to fetch the page. It does so at the look that is then due at once.
///
/// # Errors
/// `NotFound`.
pub async fn install(context: &Context, permit: &Permit<EditHotspots>, hotspot: HotspotId) -> Result<()> {
    let mut transaction = context.begin().await?;
    let facts = store::hotspots::lock(&mut transaction, hotspot).await?.facts;
    let version = version(&mut transaction, &facts).await?;
    store::hotspots::want_page(&mut transaction, hotspot, &version).await?;
    record::audit(context, &mut transaction, permit, audited(hotspot), None::<&()>, Some(&version)).await?;
    enqueue_hotspots(context, &mut transaction, &[hotspot], false).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Tells the page as it would be now from the one that a router has.
pub(super) async fn version(connection: &mut store::Connection, facts: &HotspotFacts) -> Result<String> {
    let mut hash = Sha256::new();
    for file in files(&dress(connection, facts, "").await?) {
        hash.update(file.bytes);
    }
    Ok(hex::encode(hash.finalize()).chars().take(8).collect())
}

async fn dress(connection: &mut store::Connection, facts: &HotspotFacts, public_url: &str) -> Result<Dress> {
    let company = store::company::get(connection).await?;
    let letterhead = store::letterhead::get(connection).await?;
    let contact = [letterhead.phone, letterhead.email].into_iter().filter(|part| !part.is_empty());
    let contact = contact.collect::<Vec<_>>().join(" · ");
    let logo = store::letterhead::logo(connection).await?;
    Ok(Dress {
        logo: logo_file(logo.as_ref().map(|(bytes, format)| (bytes.as_slice(), format.as_str())), &company.name),
        name: company.name,
        accent: facts.accent.clone(),
        on_accent: readable_on(&facts.accent),
        contact,
        portal: public_url.to_owned(),
    })
}

/// As an SVG whatever it was; without one, the provider's name.
fn logo_file(logo: Option<(&[u8], &str)>, name: &str) -> Vec<u8> {
    use base64::Engine;
    match logo {
        Some((bytes, "svg")) => bytes.to_vec(),
        Some((bytes, _)) => {
            let data = base64::engine::general_purpose::STANDARD.encode(bytes);
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 80\"><image width=\"240\" height=\"80\" \
                 href=\"data:image/png;base64,{data}\"/></svg>"
            )
            .into_bytes()
        }
        None => format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 48\"><text x=\"120\" y=\"33\" \
             font-family=\"sans-serif\" font-size=\"28\" font-weight=\"bold\" text-anchor=\"middle\" \
             fill=\"#1b2330\">{}</text></svg>",
            escaped(name)
        )
        .into_bytes(),
    }
}

/// Black or white, whichever is read more easily on a colour.
fn readable_on(accent: &str) -> &'static str {
    let part = |from: usize| accent.get(from..from + 2).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let weighed = [(1, 299), (3, 587), (5, 114)].map(|(from, weight)| part(from).unwrap_or_default() * weight);
    if weighed.iter().sum::<u32>() > 150_000 { "#1b2330" } else { "#ffffff" }
}

fn files(dress: &Dress) -> Vec<File> {
    let text = |name, mime, template: &str| File { name, mime, bytes: filled(template, dress).into_bytes() };
    const HTML: &str = "text/html; charset=utf-8";
    vec![
        text("login.html", HTML, include_str!("page/login.html")),
        text("alogin.html", HTML, include_str!("page/alogin.html")),
        text("status.html", HTML, include_str!("page/status.html")),
        text("logout.html", HTML, include_str!("page/logout.html")),
        text("error.html", HTML, include_str!("page/error.html")),
        text("rlogin.html", HTML, include_str!("page/rlogin.html")),
        text("redirect.html", HTML, include_str!("page/redirect.html")),
        text("errors.txt", "text/plain; charset=utf-8", include_str!("page/errors.txt")),
        text("md5.js", "text/javascript; charset=utf-8", include_str!("page/md5.js")),
        text("hotspot.js", "text/javascript; charset=utf-8", include_str!("page/hotspot.js")),
        text("hotspot.css", "text/css; charset=utf-8", include_str!("page/hotspot.css")),
        File { name: "logo.svg", mime: "image/svg+xml", bytes: dress.logo.clone() },
    ]
}

fn filled(template: &str, dress: &Dress) -> String {
    let portal = match dress.portal.as_str() {
        "" => String::new(),
        url => format!(
            "<p><a href=\"{url}\"><span class=\"es\">¿Es cliente? Entre a su cuenta</span><span class=\"en\">A \
             customer? Go to your account</span></a></p>",
            url = escaped(url)
        ),
    };
    template
        .replace("{{NAME}}", &escaped(&dress.name))
        .replace("{{ACCENT}}", &dress.accent)
        .replace("{{ON_ACCENT}}", dress.on_accent)
        .replace("{{CONTACT}}", &escaped(&dress.contact))
        .replace("{{PORTAL}}", &portal)
}

/// A dollar sign would be the beginning of a variable to the router.
fn escaped(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    escaped.replace('$', "&#36;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Vec<(&'static str, String)> {
        let dress = Dress {
            name: "Red \"Ñandú\" <1> $(mac)".into(),
            accent: "#ffcc00".into(),
            on_accent: readable_on("#ffcc00"),
            logo: logo_file(None, "Red"),
            contact: "+52 951 555 0142".into(),
            portal: "https://ramal.example".into(),
        };
        files(&dress).into_iter().map(|file| (file.name, String::from_utf8(file.bytes).unwrap())).collect()
    }

    #[test]
    fn the_files_are_those_that_a_router_is_told_to_fetch() {
        let names: Vec<_> = pages().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, PAGE_FILES);
    }

    #[test]
    fn nothing_is_left_to_fill_in_and_nothing_comes_from_elsewhere() {
        for (name, text) in pages() {
            assert!(!text.contains("{{"), "{name}");
            let others = text.replace("https://ramal.example", "").replace("http://www.w3.org/2000/svg", "");
            let is_elsewhere =
                ["http://", "https://", "//cdn", "@import", "url("].iter().any(|word| others.contains(word));
            assert!(!is_elsewhere, "{name} reaches elsewhere");
        }
    }

    #[test]
    fn a_provider_s_name_is_no_markup_and_no_variable_of_the_router() {
        let (_, login) = pages().into_iter().find(|(name, _)| *name == "login.html").unwrap();
        assert!(login.contains("Red &quot;Ñandú&quot; &lt;1&gt; &#36;(mac)"), "{login}");
    }

    #[test]
    fn each_condition_of_the_router_is_closed() {
        for (name, text) in pages() {
            assert_eq!(text.matches("$(if ").count(), text.matches("$(endif)").count(), "{name}");
        }
    }

    #[test]
    fn a_preview_has_nothing_of_the_router_in_it() {
        for (name, text) in pages().into_iter().filter(|(name, _)| name.ends_with(".html")) {
            let shown = String::from_utf8(previewed(text.as_bytes())).unwrap();
            assert!(!shown.contains("$("), "{name}");
        }
        assert_eq!(previewed(b"a$(if x)b$(y)$(endif)c$(z)d"), b"acd");
    }

    #[test]
    fn both_languages_say_everything() {
        for (name, text) in pages().into_iter().filter(|(name, _)| name.ends_with(".html")) {
            assert_eq!(text.matches("class=\"es\"").count(), text.matches("class=\"en\"").count(), "{name}");
        }
    }

    #[test]
    fn text_is_readable_on_any_colour() {
        assert_eq!(
            [readable_on("#ffcc00"), readable_on("#3247b8"), readable_on("#000000")],
            ["#1b2330", "#ffffff", "#ffffff"]
        );
    }
}
