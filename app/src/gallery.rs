#[leptos::component]
pub fn GalleryPage() -> impl leptos::IntoView { "x" }
