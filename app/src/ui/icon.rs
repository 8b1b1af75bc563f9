//! The icons: drawn on a grid of 24, in the text's colour. An icon never stands alone; the word is beside it.

use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident $path:literal)*) => {
        /// An icon by what it means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon { $($name,)* }

        impl Icon {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            const fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }
    };
}

icons! {
    Home "M4 11 12 4l8 7M6 9.5V20h4.5v-5.5h3V20H18V9.5"
    Dashboard "M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z"
    Customers "M9 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5M2.5 20c.3-3.6 2.9-5.5 6.5-5.5s6.2 1.9 6.5 5.5M16 4.5a3.5 3.5 0 0 1 0 6.7M18 15c2.1.7 3.3 2.4 3.5 5"
    Contract "M6 3h8.5L19 7.5V21H6zM14 3v5h5M9 12.5h7M9 16.5h4.5"
    Invoice "M5 3v18l2.3-1.5L9.7 21l2.3-1.5 2.3 1.5 2.4-1.5L19 21V3zM9 8h6M9 12h6"
    Payment "M3 6h18v12H3zM3 10h18M7 14.5h3"
    Plan "M4 14a8 8 0 0 1 16 0M12 14l4-4.5M4 18h16"
    Sector "M12 21c4-4.5 6.5-7.8 6.5-11.2A6.4 6.4 0 0 0 12 3.4a6.4 6.4 0 0 0-6.5 6.4C5.5 13.2 8 16.5 12 21M12 12a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6"
    Router "M4 13h16v6H4zM8 16h.01M12 16h5M16.5 13V9M13.5 6.3a4.3 4.3 0 0 1 6 0M12 9V13"
    Job "M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2"
    User "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5c.5-4 3.3-6 7.5-6s7 2 7.5 6"
    Audit "M12 4a8.5 8.5 0 1 1-8 5.5M4 4v5.5h5.5M12 8v4.5l3 2"
    Filter "M4 6h16M7 12h10M10 18h4"
    Search "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.3 15.3 20.5 20.5"
    Plus "M12 5v14M5 12h14"
    Edit "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5"
    Check "M4.5 12.5 10 18 19.5 7"
    Close "M6 6l12 12M18 6 6 18"
    Alert "M12 4 2.5 20h19zM12 10v4.5M12 17.3v.01"
    Info "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5M12 7.7v.01"
    Clock "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5.5l3.5 2"
    Pause "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M10 9v6M14 9v6"
    Cut "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M5.7 5.7l12.6 12.6"
    Play "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M10.3 8.5v7l5-3.5z"
    Left "M14.5 6 8.5 12l6 6"
    Right "M9.5 6l6 6-6 6"
    Up "M6 14.5l6-6 6 6"
    Down "M6 9.5l6 6 6-6"
    Menu "M4 7h16M4 12h16M4 17h16"
    More "M4.7 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0M11.2 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0M17.7 12a.8.8 0 1 0 1.6 0 .8.8 0 1 0-1.6 0"
    Sun "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"
    Moon "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5"
    Device "M3 5h18v11H3zM8.5 20h7M12 16v4"
    Language "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3 12h18M12 3c2.7 2.5 4 5.5 4 9s-1.3 6.5-4 9c-2.7-2.5-4-5.5-4-9s1.3-6.5 4-9"
    SignOut "M14 4H5v16h9M10 12h11M17 8l4 4-4 4"
    Mail "M3 5.5h18v13H3zM3.5 6.5 12 13l8.5-6.5"
    Phone "M6 3.5h4l1.5 5-2.3 1.7a12 12 0 0 0 4.6 4.6l1.7-2.3 5 1.5v4c0 1-1 2-2 2C11 20 4 13 4 5.5c0-1 1-2 2-2"
    Download "M12 4v11M7 10.5l5 5 5-5M4.5 20h15"
    Print "M7 8.5V3.5h10v5M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z"
    Signal "M5 19v-4M10 19v-8M15 19V8M20 19V4"
}

impl Icon {
    /// The drawing, hidden from readers of the screen: the word beside it says the same.
    #[must_use]
    pub fn view(self) -> AnyView {
        view! {
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <path d=self.path()></path>
            </svg>
        }
        .into_any()
    }
}
