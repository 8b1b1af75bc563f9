//! The design system: it knows nothing of internet providers. What knows them, such as which state has which colour,
//! is in `parts`; the texts are in `locales`, see [`crate::i18n`].
//!
//! Rules that keep the screens one product:
//! - The server's first paint is complete and works without scripting; hydration changes nothing that is seen. So
//!   nothing here depends on the time, the size of the window or chance, and no style is inline (the policy forbids it).
//! - The address is the state: filters, order, pages and tabs are links, searching is a form that gets.
//! - Colours, sizes and spaces come from `style/tokens.css`. A page has no style of its own: it puts parts together
//!   (`columns`, `stats` and `fields` are classes that lay out what is in them).
//! - A state is a `Badge`: icon, word and colour. Money and other figures are right-aligned, dates come from
//!   [`format`]. One `Primary` button a screen; what is hard to take back asks in a [`dialog::Confirm`].
//!
//! # A list page
//! `office/plans/list.rs`; `ListQuery` is the address' state. The server function turns it into the store's filter.
//! ```ignore
//! #[component]
//! pub fn PlansPage() -> impl IntoView {
//!     let t = words();
//!     let query = use_list_query();
//!     let plans = Resource::new_blocking(move || query.get(), list_plans);
//!     let kinds = PlanKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_name(*kind, t).to_owned())).collect();
//!     let filters = vec![Filter { name: "kind", label: t.catalogue.kind().to_owned(), choices: kinds }];
//!     let table = move |page: Page<PlanRow>| {
//!         let empty = move || view! { <EmptyState icon=Icon::Plan title=t.catalogue.no_plans() hint=t.catalogue.no_plans_hint()/> };
//!         let href = |plan: &PlanRow| format!("/office/plans/{}", plan.id);
//!         view! { <List query page columns=columns(t) label=t.catalogue.plans() href empty/> }
//!     };
//!     let new = may("edit_plans").then(|| {
//!         view! { <LinkButton href="/office/plans/new" variant=Variant::Primary icon=Icon::Plus>{t.catalogue.new_plan()}</LinkButton> }
//!     });
//!     view! {
//!         <PageHeader title=t.catalogue.plans()>{new}</PageHeader>
//!         <ListControls query search=t.catalogue.plans_search() filters><ListTools/></ListControls>
//!         <Loaded from=plans view=table/>
//!     }
//! }
//!
//! /// The first column is the link to the record; on a phone it is the card's title.
//! fn columns(t: Words) -> Vec<Column<PlanRow>> {
//!     vec![
//!         Column::new(t.catalogue.name(), |plan: &PlanRow| plan.facts.name.clone()).sorted("name"),
//!         Column::new(t.catalogue.kind(), move |plan: &PlanRow| kind_name(plan.facts.kind, t)).secondary(),
//!         Column::new(t.catalogue.price(), |plan: &PlanRow| money(plan.facts.price)).sorted("price").number(),
//!     ]
//! }
//! ```
//! In `api.rs`: `pub async fn list_plans(query: ListQuery)` reads `query.search`, `query.filter_as::<PlanKind>("kind")`,
//! `query.sort` and `query.page`. Then the route table (`lib.rs`, or the `*_routes.rs` of its area) gets two lines:
//! `Plans => office::plans::PlansPage;` and `<Route path=path!("/plans") view=Plans::route()/>`.
//!
//! # A detail page
//! What it is, its state and the reason on top; money and network beside each other; the timeline beneath.
//! ```ignore
//! #[component]
//! pub fn ContractPage() -> impl IntoView {
//!     let id = use_id::<ContractId>();
//!     let suspend = use_form::<SuspendContract>();
//!     // What a form did is part of the source: the page shows what is true afterwards.
//!     let done = suspend.done();
//!     let contract = Resource::new_blocking(
//!         move || (id.get(), done.get()),
//!         |(id, _)| async move { show_contract(id?).await },
//!     );
//!     view! { <Loaded from=contract view=move |contract| view! { <Contract contract suspend/> }/> }
//! }
//!
//! #[component]
//! fn Contract(contract: ContractDetail, suspend: FormState<SuspendContract>) -> impl IntoView {
//!     let t = words();
//!     view! {
//!         <PageHeader title=contract.number.clone() state=service_badge(contract.service, t)
//!                     summary=why(&contract, t) places=vec![(t.contracts.title().into(), "/office/contracts".into())]>
//!             <Confirm id="suspend" label=t.contracts.suspend() title=t.contracts.suspend_title() variant=Variant::Danger
//!                      open=suspend.was_refused()>
//!                 <p>{t.contracts.suspend_what()}</p>
//!                 <Form state=suspend>
//!                     <input type="hidden" name="contract" value=contract.id.to_string()/>
//!                     <Field name="reason" label=t.contracts.reason()/>
//!                     <Submit variant=Variant::Danger>{t.contracts.suspend()}</Submit>
//!                 </Form>
//!             </Confirm>
//!         </PageHeader>
//!         <div class="columns">
//!             <Card title=t.contracts.money()><Facts><Fact label=t.contracts.owed()>{money(contract.owed)}</Fact></Facts></Card>
//!             <Card title=t.contracts.network()>...</Card>
//!         </div>
//!         <Card title=t.contracts.history()><Timeline moments=moments(&contract.events, t)/></Card>
//!     }
//! }
//! ```
//!
//! # A form
//! The server function takes a struct of what was typed (strings; `#[serde(default)]` on the struct), checks all of it
//! with `FormCheck`, and leads on with `?done=saved` (`created`, `recorded`, `removed`, `sent`, `queued`), which the layout words.
//! ```ignore
//! #[server]
//! pub async fn save_plan(plan: PlanForm) -> Result<(), AppError> {
//!     let (context, permit) = api::permit::<EditPlans>()?;
//!     let id = plans::save(&context, &permit, plan).await?;     // Err(Failure::Fields { .. }): each at its field
//!     api::go_to(&format!("/office/plans/{id}?done=saved"));
//!     Ok(())
//! }
//!
//! let form = use_form::<SavePlan>();
//! view! {
//!     <Form state=form>
//!         <Field name="plan[name]" label=t.catalogue.name() value=plan.name most=80/>
//!         <MoneyInput name="plan[price]" label=t.catalogue.price() currency="USD" value=plan.price/>
//!         <Select name="plan[kind]" label=t.catalogue.kind() choices=kinds value=plan.kind/>
//!         <FormActions label=t.common.save() back="/office/plans"/>
//!     </Form>
//! }
//! ```
//! A field's name is `argument[field]`, and the error of `field` appears at it and in the summary above the form. What
//! was typed stays: with scripting since the page does, without it through [`crate::sent_back`]. Never give a field
//! that holds a secret a name without `password`, `secret` or `token` in it.

pub mod badge;
pub mod button;
pub mod card;
pub mod chart;
pub mod dialog;
pub mod empty;
pub mod form;
pub mod format;
pub mod icon;
pub mod layout;
pub mod list;
pub mod loaded;
pub mod menu;
pub mod notice;
pub mod page;
pub mod param;
pub mod timeline;
pub mod tone;
