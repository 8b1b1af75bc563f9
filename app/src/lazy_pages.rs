//! How the table of routes makes pages that the browser fetches when somebody goes there.

/// An area's pages: one chunk that the browser fetches when somebody goes there. Each `Name => component;` is a page,
/// and `Name::route()` what the table of routes wants. There is deliberately no chunk for each page: pages of an area
/// share most of what they are made of, and the splitter would cut that into hundreds of files. Nor has each page a type of
/// route of its own: the code of that would be in what everybody fetches, once for each page.
macro_rules! lazy_pages {
    ($area:ident, $preload:ident, $pages:ident: $($page:ident => $component:path;)*) => {
        #[derive(Clone, Copy)]
        enum $pages {
            $($page,)*
        }

        #[lazy]
        fn $area(page: $pages) -> AnyView {
            match page {
                $($pages::$page => shown($component),)*
            }
        }

        impl ChooseView for $pages {
            async fn choose(self) -> AnyView {
                $area(self).await
            }

            async fn preload(&self) {
                #[cfg(target_arch = "wasm32")]
                $preload().await;
            }
        }

        $(
            enum $page {}

            impl $page {
                fn route() -> $pages {
                    $pages::$page
                }
            }
        )*
    };
}
