//! What a browser says of itself, as people call it. It may say anything: this is for recognising one's own devices, and
//! decides nothing.

/// A browser and what it runs on, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Device {
    pub browser: Option<&'static str>,
    pub system: Option<&'static str>,
}

/// Sign and name. Browsers name those before them that they are like, so the first that fits is the one.
const BROWSERS: [(&str, &str); 11] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

impl Device {
    /// Of a `User-Agent` header.
    #[must_use]
    pub fn of(user_agent: &str) -> Self {
        Self { browser: first(&BROWSERS, user_agent), system: first(&SYSTEMS, user_agent) }
    }
}

fn first(signs: &[(&str, &'static str)], text: &str) -> Option<&'static str> {
    signs.iter().find(|(sign, _)| text.contains(sign)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_called_what_its_owner_calls_it() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (user_agent, browser, system) in [
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/149.0 Safari/537.36 Edg/149.0"), Some("Edge"), Some("Windows")),
            (format!("Mozilla/5.0 (Linux; Android 15; Pixel 9) {webkit} Chrome/149.0 Mobile Safari/537.36"), Some("Chrome"), Some("Android")),
            (format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} HeadlessChrome/149.0 Safari/537.36"), Some("Chrome"), Some("Linux")),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0".to_owned(), Some("Firefox"), Some("Linux")),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1".to_owned(), Some("Safari"), Some("iPhone")),
            ("curl/8.9.1".to_owned(), Some("curl"), None),
            ("Story/1.0".to_owned(), None, None),
            (String::new(), None, None),
        ] {
            assert_eq!(Device::of(&user_agent), Device { browser, system }, "{user_agent}");
        }
    }
}
