//! What the technician looks at on the spot, a list for each kind of work.

use domain::views::work::ChecklistItem;
use domain::work_order::WorkKind;
use leptos::prelude::*;

use super::{
    BOARD,
    api::{SaveWorkChecklist, show_work_checklists},
};
use crate::{
    i18n::words,
    parts::work::kind_word,
    surroundings::may,
    ui::{
        button::Variant,
        card::Card,
        form::{Form, FormState, Submit, Textarea, use_form},
        icon::Icon,
        list::use_list_query,
        loaded::Loaded,
        page::{PageHeader, Tabs},
    },
};

#[component]
pub fn ChecklistsPage() -> impl IntoView {
    let t = words();
    let query = use_list_query();
    let form = use_form::<SaveWorkChecklist>();
    let done = form.done();
    let kind = Memo::new(move |_| query.read().filter_as::<WorkKind>("kind").unwrap_or(WorkKind::Install));
    let items = Resource::new_blocking(
        move || (kind.get(), done.get()),
        |(kind, _)| async move { show_work_checklists().await.map(|items| (kind, items)) },
    );
    let tabs = move || {
        let tabs = WorkKind::ALL.iter().map(|tab| {
            let words = kind_word(*tab, t).to_owned();
            (words, format!("{BOARD}/settings?kind={tab}"), *tab == kind.get())
        });
        view! { <Tabs tabs=tabs.collect() label=t.work.settings()/> }
    };
    let places = vec![(t.work.title().to_owned(), BOARD.to_owned())];
    view! {
        <PageHeader title=t.work.settings() summary=t.work.settings_hint() places/>
        {tabs}
        <Loaded from=items view=move |(kind, items)| view! { <Items kind items form/> }/>
    }
}

#[component]
fn Items(kind: WorkKind, items: Vec<ChecklistItem>, form: FormState<SaveWorkChecklist>) -> impl IntoView {
    let t = words();
    let own = || items.iter().filter(|item| item.kind == kind);
    let es: Vec<&str> = own().map(|item| item.name.es.as_str()).collect();
    let en: Vec<&str> = own().map(|item| item.name.en.as_str()).collect();
    let (es, en) = (es.join("\n"), en.join("\n"));
    let save = may("edit_work").then(|| {
        view! { <div class="form-actions"><Submit variant=Variant::Primary icon=Icon::Check>{t.common.save()}</Submit></div> }
    });
    view! {
        <Card>
            <Form state=form>
                <input type="hidden" name="checklist[kind]" value=kind.word()/>
                <Textarea name="checklist[es]" label=t.work.list_es() value=es rows=8 most=4000 optional=true/>
                <Textarea name="checklist[en]" label=t.work.list_en() value=en rows=8 most=4000 optional=true/>
                {save}
            </Form>
        </Card>
    }
}
