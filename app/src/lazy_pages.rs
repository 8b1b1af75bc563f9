//! How the table of routes makes pages that the browser fetches when somebody goes there.

/// An area's pages: one chunk that the browser fetches when somebody goes there. Each `Name => component;` is a page,
/// and `Name::route()` what the table of routes wants. There is deliberately no chunk for each page: pages of an area
/// share most of what they are made of, and the splitter would cut that into hundreds of files.
macro_rules! lazy_pages {
    ($area:ident, $preload:ident, $pages:ident: $($page:ident => $component:path;)*) => {
        enum $pages {
            $($page,)*
        }

        #[lazy]
        fn $area(page: $pages) -> AnyView {
            match page {
                $($pages::$page => shown($component),)*
            }
        }

        $(
            struct $page;

            impl $page {
                fn route() -> Lazy<Self> {
                    Lazy::new()
                }
            }

            impl LazyRoute for $page {
                fn data() -> Self {
                    Self
                }

                async fn view(_: Self) -> AnyView {
                    $area($pages::$page).await
                }

                async fn preload() {
                    #[cfg(target_arch = "wasm32")]
                    $preload().await;
                }
            }
        )*
    };
}
