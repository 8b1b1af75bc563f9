//! Taxes by date, price lists by sector, the common billing day, and what an activation is told to bill.

use domain::failure::Problem;
use domain::ids::{ContractId, CustomerId, SectorId, TaxId};
use domain::tax::TaxBasis;
use domain::views::activation::ActivationPreview;
use domain::views::contract_forms::{DateForm, DraftForm, LineForm};
use domain::views::customers::AddressForm;
use domain::views::dashboard::DashboardFilter;
use domain::views::invoices::{InvoiceDetail, InvoiceFilter};
use domain::views::plans::PriceForm;
use domain::views::sectors::SectorForm;
use domain::views::taxes::{BillingDayForm, RateForm, TaxForm};
use workflows::permit::{
    ActivateContracts, EditBilling, EditContracts, EditCustomers, EditPlans, EditSectors, RunBusinessDay, SeeContracts,
    SeeInvoices, SeePlans,
};
use workflows::testing::date;
use workflows::{addresses, contracts, dashboard, invoices, plans, runs, sectors, taxes};

use crate::provider::{Provider, SQUARE, problems, provider, street, text};

fn monthly(provider: &Provider) -> LineForm {
    provider.line(domain::calendar::BillingMode::Prepaid)
}

/// Signed, with one line.
async fn open(provider: &Provider, line: &LineForm) -> ContractId {
    let customer = provider.customer("Ana").await;
    let contract = provider.draft(customer, provider.address(customer, SQUARE).await).await;
    contracts::add_line(provider, &provider.may::<EditContracts>(), contract, line).await.unwrap();
    provider.set_service(contract, &provider.pppoe("ana.lopez")).await.unwrap();
    provider.sign(contract).await.unwrap();
    contract
}

async fn night(provider: &Provider, day: &str) {
    provider.it_is(day);
    runs::run_day(provider, &provider.may::<RunBusinessDay>(), date(day)).await.unwrap();
}

/// Oldest first.
async fn invoices_of(provider: &Provider, contract: ContractId) -> Vec<InvoiceDetail> {
    let filter = InvoiceFilter { contract: Some(contract), ..InvoiceFilter::default() };
    let permit = provider.may::<SeeInvoices>();
    let mut rows = invoices::list(provider, &permit, &filter).await.unwrap().page.rows;
    rows.sort_by_key(|row| row.id);
    let mut found = Vec::new();
    for row in rows {
        found.push(invoices::show(provider, &permit, row.id).await.unwrap());
    }
    found
}

fn sums(invoice: &InvoiceDetail) -> (String, String, String) {
    (invoice.untaxed.to_string(), invoice.tax.to_string(), invoice.row.total.to_string())
}

async fn tax(provider: &Provider, name: &str, basis: TaxBasis) -> TaxId {
    let form = TaxForm { name: text(name), basis: basis.to_string(), rate: text("16") };
    taxes::create(provider, &provider.may::<EditBilling>(), &form).await.unwrap()
}

async fn change_rate(provider: &Provider, tax: TaxId, from: &str, rate: &str) -> workflows::Result<()> {
    let form = RateForm { from: text(from), rate: text(rate) };
    taxes::change_rate(provider, &provider.may::<EditBilling>(), tax, &form).await
}

#[tokio::test]
async fn an_invoice_has_the_rate_of_its_date() {
    let provider = provider("2026-03-01").await;
    let vat = tax(&provider, "IVA 16", TaxBasis::Added).await;
    change_rate(&provider, vat, "2026-05-01", "18").await.unwrap();
    let contract = open(&provider, &LineForm { tax: vat.to_string(), ..monthly(&provider) }).await;
    provider.activate(contract).await.unwrap();
    night(&provider, "2026-04-01").await;
    night(&provider, "2026-05-01").await;
    let taxed: Vec<String> = invoices_of(&provider, contract).await.iter().map(|one| one.tax.to_string()).collect();
    assert_eq!(taxed, ["4.80", "4.80", "5.40"]);
}

#[tokio::test]
async fn an_included_tax_leaves_the_price_as_it_is() {
    let provider = provider("2026-03-01").await;
    let vat = tax(&provider, "IVA incluido", TaxBasis::Included).await;
    change_rate(&provider, vat, "2026-04-01", "8").await.unwrap();
    let contract = open(&provider, &LineForm { tax: vat.to_string(), ..monthly(&provider) }).await;
    provider.activate(contract).await.unwrap();
    night(&provider, "2026-04-01").await;
    let invoices = invoices_of(&provider, contract).await;
    assert_eq!(sums(&invoices[0]), (text("25.86"), text("4.14"), text("30.00")));
    assert_eq!(sums(&invoices[1]), (text("27.78"), text("2.22"), text("30.00")));
    assert_eq!(invoices[0].lines[0].tax_rate.basis, TaxBasis::Included);
}

#[tokio::test]
async fn a_contract_that_is_activated_while_its_tax_changes_is_counted_by_the_new_rate() {
    for _ in 0..3 {
        let provider = provider("2026-03-01").await;
        let vat = tax(&provider, "IVA incluido", TaxBasis::Included).await;
        let contract = open(&provider, &LineForm { tax: vat.to_string(), ..monthly(&provider) }).await;
        let (changed, activated) =
            tokio::join!(change_rate(&provider, vat, "2026-03-02", "20"), provider.activate(contract));
        changed.unwrap();
        activated.unwrap();
        provider.it_is("2026-03-02");
        let shown = dashboard::show(&provider, &provider.may(), &DashboardFilter::default()).await.unwrap();
        assert_eq!(shown.recurring.now[0].revenue.to_string(), "25.00", "30.00 with 20 % in it");
    }
}

#[tokio::test]
async fn a_rate_that_holds_is_not_taken_back() {
    let provider = provider("2026-03-10").await;
    let vat = tax(&provider, "IVA 10", TaxBasis::Added).await;
    assert_eq!(problems(change_rate(&provider, vat, "2026-03-09", "18").await), [(text("from"), Problem::InThePast)]);
    for from in ["2026-03-10", "2026-06-01"] {
        change_rate(&provider, vat, from, "18").await.unwrap();
    }
    let cancel = async |from| taxes::cancel_change(&provider, &provider.may::<EditBilling>(), vat, date(from)).await;
    assert_eq!(problems(cancel("2026-03-10").await), [(text("from"), Problem::InThePast)]);
    cancel("2026-06-01").await.unwrap();
    let shown = taxes::show(&provider, &provider.may::<SeePlans>(), vat).await.unwrap();
    assert_eq!(shown.tax.rates.changes.len(), 1);
}

#[tokio::test]
async fn two_taxes_do_not_have_the_same_name() {
    let provider = provider("2026-03-10").await;
    tax(&provider, "IVA 8", TaxBasis::Added).await;
    let again = TaxForm { name: text("IVA 8"), basis: text("included"), rate: text("8") };
    let answer = taxes::create(&provider, &provider.may::<EditBilling>(), &again).await;
    assert_eq!(problems(answer), [(text("name"), Problem::Taken { by: text("IVA 8") })]);
}

async fn sector(provider: &Provider, name: &str) -> SectorId {
    sectors::create(provider, &provider.may::<EditSectors>(), &SectorForm { name: text(name) }).await.unwrap()
}

/// What a line of the plan costs that is sold to somebody in the sector.
async fn sold_in(provider: &Provider, customer: CustomerId, sector: Option<SectorId>) -> String {
    let sector = sector.map(|sector| sector.to_string()).unwrap_or_default();
    let place = AddressForm { sector, ..street(SQUARE) };
    let address = addresses::add(provider, &provider.may::<EditCustomers>(), customer, &place).await.unwrap();
    let form = DraftForm {
        customer: customer.to_string(),
        address: address.to_string(),
        policy: provider.policy.to_string(),
        ..DraftForm::default()
    };
    let contract = contracts::draft(provider, &provider.may::<EditContracts>(), &form).await.unwrap();
    let offered = contracts::line_choices(provider, &provider.may::<SeeContracts>(), contract).await.unwrap();
    contracts::add_line(provider, &provider.may::<EditContracts>(), contract, &monthly(provider)).await.unwrap();
    let sold = provider.show(contract).await.lines[0].price.unit_price;
    assert_eq!(offered.plans[0].price, sold, "what is offered is what is sold");
    sold.to_string()
}

#[tokio::test]
async fn a_new_line_costs_what_the_plan_costs_in_its_sector_on_that_day() {
    let provider = provider("2026-03-12").await;
    let (north, south) = (sector(&provider, "Norte").await, sector(&provider, "Sur").await);
    let permit = provider.may::<EditPlans>();
    for (sector, from, price) in [
        (north.to_string(), "2026-03-01", "25"),
        (north.to_string(), "2026-06-01", "27"),
        (String::new(), "2026-06-01", "33"),
    ] {
        let form = PriceForm { sector, from: text(from), price: text(price) };
        plans::add_price(&provider, &permit, provider.plan, &form).await.unwrap();
    }
    let ana = provider.customer("Ana").await;
    assert_eq!(sold_in(&provider, ana, Some(north)).await, "25");
    assert_eq!(sold_in(&provider, ana, Some(south)).await, "30");
    provider.it_is("2026-06-01");
    assert_eq!(sold_in(&provider, ana, Some(north)).await, "27");
    assert_eq!(sold_in(&provider, ana, Some(south)).await, "33");
    assert_eq!(sold_in(&provider, ana, None).await, "33");
}

#[tokio::test]
async fn a_plan_has_one_price_for_a_sector_and_a_day() {
    let provider = provider("2026-03-12").await;
    let permit = provider.may::<EditPlans>();
    let everywhere = PriceForm { price: text("33"), ..PriceForm::default() };
    let price = plans::add_price(&provider, &permit, provider.plan, &everywhere).await.unwrap();
    let again = plans::add_price(&provider, &permit, provider.plan, &everywhere).await;
    assert_eq!(problems(again), [(text("from"), Problem::Taken { by: text("2026-03-12") })]);
    plans::remove_price(&provider, &permit, provider.plan, price).await.unwrap();
    let shown = plans::show(&provider, &provider.may::<SeePlans>(), provider.plan).await.unwrap();
    assert_eq!(shown.prices, []);
}

async fn preview(provider: &Provider, contract: ContractId, on: Option<&str>) -> ActivationPreview {
    let permit = provider.may::<ActivateContracts>();
    contracts::preview_activation(provider, &permit, contract, on.map(date)).await.unwrap()
}

#[tokio::test]
async fn the_common_billing_day_is_that_of_the_day_of_activation() {
    let provider = provider("2026-03-12").await;
    let contract = open(&provider, &LineForm { alignment: text("common"), ..monthly(&provider) }).await;
    let fifth = BillingDayForm { day: text("5") };
    taxes::set_billing_day(&provider, &provider.may::<EditBilling>(), &fifth).await.unwrap();
    provider.activate(contract).await.unwrap();
    let line = provider.show(contract).await.lines.remove(0);
    assert_eq!(line.terms.unwrap().anchor.get(), 5);
    assert_eq!(line.dates.next_invoice_on, Some(date("2026-04-05")));
}

#[tokio::test]
async fn aligned_to_the_activation_there_is_no_part_period_and_the_31st_does_not_drift() {
    let provider = provider("2026-01-31").await;
    let contract = open(&provider, &LineForm { alignment: text("activation"), ..monthly(&provider) }).await;
    provider.activate(contract).await.unwrap();
    for day in ["2026-02-28", "2026-03-31", "2026-04-30"] {
        night(&provider, day).await;
    }
    let invoices = invoices_of(&provider, contract).await;
    let starts: Vec<_> = invoices.iter().map(|one| one.lines[0].time.unwrap().0.start().to_string()).collect();
    assert_eq!(starts, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
    assert!(invoices.iter().all(|one| one.row.total.to_string() == "34.80"));
}

#[tokio::test]
async fn what_an_activation_is_told_to_bill_is_what_it_bills() {
    let provider = provider("2026-03-12").await;
    let contract = open(&provider, &monthly(&provider)).await;
    provider.it_is("2026-04-20");
    // Two days of service in one: the part month and April are late already, and May comes.
    let told = preview(&provider, contract, Some("2026-03-20")).await;
    assert_eq!(told.on, date("2026-03-20"));
    let planned: Vec<_> = told.plan.at_once.iter().map(|one| (one.total.to_string(), one.due_on)).collect();
    let form = DateForm { on: text("2026-03-20") };
    contracts::activate(&provider, &provider.may::<ActivateContracts>(), contract, &form).await.unwrap();
    let issued = invoices_of(&provider, contract).await;
    let issued: Vec<_> = issued.iter().map(|one| (one.row.total.to_string(), one.row.due_on.unwrap())).collect();
    assert_eq!(planned, issued);
    // 30.00 x 12 / 31 = 11.61, with 16 % tax 13.47.
    assert_eq!(planned.iter().map(|(total, _)| total.as_str()).collect::<Vec<_>>(), ["13.47", "34.80"]);
    let next = told.plan.next.unwrap();
    assert_eq!((next.issued_on, next.total.to_string()), (date("2026-05-01"), text("34.80")));
}

#[tokio::test]
async fn a_preview_is_for_a_day_between_the_signature_and_today() {
    let provider = provider("2026-03-12").await;
    let contract = open(&provider, &monthly(&provider)).await;
    provider.it_is("2026-03-20");
    for (asked, told) in [(None, "2026-03-20"), (Some("2026-04-01"), "2026-03-20"), (Some("2026-01-01"), "2026-03-12")]
    {
        assert_eq!(preview(&provider, contract, asked).await.on, date(told), "{asked:?}");
    }
}
