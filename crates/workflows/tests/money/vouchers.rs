//! Vouchers are money: what is sold is in the books, once, and what is used is used once.

use std::collections::BTreeMap;

use domain::failure::Problem;
use domain::ids::{HotspotId, VoucherBatchId};
use domain::tax::TaxBasis;
use domain::views::accounts::BookPeriod;
use domain::views::hotspots::{HotspotForm, ProfileForm};
use domain::views::vouchers::{BatchDetail, BatchForm, SaleForm, VoucherFilter};
use rust_decimal::Decimal;
use store::vouchers::Redeemed;
use workflows::testing::date;
use workflows::{accounts, customers, hotspots, vouchers};

use crate::provider::{Provider, person, problems, provider, text};

struct Shop {
    provider: Provider,
    batch: VoucherBatchId,
    place: HotspotId,
    customer: String,
}

async fn shop(quantity: &str) -> Shop {
    let two_hours = BatchForm { valid_for: text("2"), valid_unit: text("h"), ..BatchForm::default() };
    shop_with(quantity, two_hours).await
}

/// With a batch of vouchers that last as the form says.
async fn shop_with(quantity: &str, lasts: BatchForm) -> Shop {
    let provider = provider("2026-03-02").await;
    let hotspot = HotspotForm {
        name: text("Plaza"),
        router: provider.router.to_string(),
        dns_name: text("wifi.example.com"),
        look_seconds: text("60"),
        ..HotspotForm::default()
    };
    let place = hotspots::create(&provider, &provider.may(), &hotspot).await.unwrap();
    let profile = ProfileForm {
        name: text("Turista"),
        down_kbps: text("5120"),
        up_kbps: text("1024"),
        shared_users: text("1"),
        ..ProfileForm::default()
    };
    let profile = hotspots::create_profile(&provider, &provider.may(), &profile).await.unwrap();
    let mut connection = provider.connection().await.unwrap();
    let tax = store::taxes::add(&mut connection, "IVA incluido", TaxBasis::Included, "16".parse().unwrap()).await;
    drop(connection);
    let batch = BatchForm {
        series: text("wifi"),
        quantity: text(quantity),
        profile: profile.to_string(),
        price: text("2.50"),
        tax: tax.unwrap().to_string(),
        ..lasts
    };
    let batch = vouchers::create(&provider, &provider.may(), &batch).await.unwrap();
    let id = customers::create(&provider, &provider.may(), &person("Consumidor final")).await.unwrap();
    let mut connection = provider.connection().await.unwrap();
    let customer = store::customers::get(&mut connection, id).await.unwrap().reference;
    drop(connection);
    Shop { provider, batch, place, customer }
}

impl Shop {
    async fn sell(&self, quantity: &str, method: &str, key: &str) -> workflows::Result<()> {
        let form = SaleForm {
            quantity: text(quantity),
            customer: self.customer.to_lowercase(),
            method: text(method),
            reference: String::new(),
            idempotency_key: text(key),
        };
        vouchers::sell(&self.provider, &self.provider.may(), self.batch, &form).await
    }

    async fn shown(&self) -> BatchDetail {
        vouchers::show_batch(&self.provider, &self.provider.may(), self.batch).await.unwrap()
    }

    async fn books(&self) -> BTreeMap<String, Decimal> {
        let period = BookPeriod { from: date("2020-01-01"), to: date("2099-12-31") };
        let mut sums = BTreeMap::new();
        for line in accounts::all_lines(&self.provider, &self.provider.may(), period).await.unwrap() {
            *sums.entry(line.account).or_insert(Decimal::ZERO) += line.amount.amount();
        }
        sums.retain(|_, sum| !sum.is_zero());
        sums
    }
}

fn sums(expected: &[(&str, &str)]) -> BTreeMap<String, Decimal> {
    expected.iter().map(|(account, sum)| (text(account), sum.parse().unwrap())).collect()
}

#[tokio::test]
async fn vouchers_that_are_paid_at_the_counter_are_cash_income_and_tax() {
    let shop = shop("10").await;
    shop.sell("4", "cash", "a").await.unwrap();
    let expected = sums(&[("assets:cash", "10.00"), ("income:other", "-8.62"), ("liabilities:tax", "-1.38")]);
    assert_eq!(shop.books().await, expected);
    let shown = shop.shown().await;
    assert_eq!((shown.row.counts.sold, shown.row.counts.for_sale), (4, 6));
    assert_eq!(shown.sales[0].total.to_string(), "10.00");
    assert_eq!(shown.last_customer, Some(shop.customer.clone()));
}

#[tokio::test]
async fn a_shop_that_pays_later_owes_them() {
    let shop = shop("10").await;
    shop.sell("10", "", "a").await.unwrap();
    let expected = sums(&[("assets:receivable", "25.00"), ("income:other", "-21.55"), ("liabilities:tax", "-3.45")]);
    assert_eq!(shop.books().await, expected);
}

#[tokio::test]
async fn the_same_form_sent_twice_sells_once_and_more_than_there_are_cannot_be_sold() {
    let shop = shop("5").await;
    shop.sell("2", "cash", "a").await.unwrap();
    shop.sell("2", "cash", "a").await.unwrap();
    assert_eq!(shop.shown().await.row.counts.sold, 2);
    assert_eq!(problems(shop.sell("4", "cash", "b").await), [(text("quantity"), Problem::OutOfRange)]);
    shop.sell("3", "cash", "c").await.unwrap();
    assert_eq!(shop.books().await["assets:cash"], "12.50".parse().unwrap());
}

#[tokio::test]
async fn what_was_used_without_a_sale_is_told_and_the_next_sale_explains_it_first() {
    let shop = shop("5").await;
    let list = vouchers::list(&shop.provider, &shop.provider.may(), &VoucherFilter::default()).await.unwrap();
    let last = list.rows.last().unwrap().id;
    hotspots::redeem(&shop.provider, last, shop.place, None).await.unwrap();
    assert_eq!(shop.shown().await.row.counts.used_unsold, 1);
    shop.sell("1", "cash", "a").await.unwrap();
    assert_eq!(shop.shown().await.row.counts.used_unsold, 0);
}

#[tokio::test]
async fn vouchers_whose_last_day_is_over_are_not_sold() {
    let until_today = BatchForm { valid_until: text("2026-03-02"), ..BatchForm::default() };
    let shop = shop_with("10", until_today).await;
    shop.sell("1", "cash", "a").await.unwrap();
    assert_eq!(shop.shown().await.row.counts.for_sale, 9);
    shop.provider.it_is("2026-03-03");
    assert_eq!(problems(shop.sell("1", "cash", "b").await), [(text("quantity"), Problem::OutOfRange)]);
    let counts = shop.shown().await.row.counts;
    assert_eq!((counts.sold, counts.for_sale), (1, 0), "also before a look at a hotspot ends them");
    assert_eq!(shop.books().await["assets:cash"], "2.50".parse().unwrap());
}

#[tokio::test]
async fn what_was_used_without_a_sale_can_be_sold_also_when_it_is_over() {
    let until_today = BatchForm { valid_until: text("2026-03-02"), ..BatchForm::default() };
    let shop = shop_with("5", until_today).await;
    let list = vouchers::list(&shop.provider, &shop.provider.may(), &VoucherFilter::default()).await.unwrap();
    hotspots::redeem(&shop.provider, list.rows[4].id, shop.place, None).await.unwrap();
    shop.provider.it_is("2026-03-03");
    let mut connection = shop.provider.connection().await.unwrap();
    store::vouchers::end_due(&mut connection, shop.provider.clock.now()).await.unwrap();
    drop(connection);
    let counts = shop.shown().await.row.counts;
    assert_eq!((counts.ended, counts.used_unsold, counts.for_sale), (5, 1, 1));
    shop.sell("1", "cash", "a").await.unwrap();
    let counts = shop.shown().await.row.counts;
    assert_eq!((counts.used_unsold, counts.for_sale), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_voucher_is_redeemed_once_of_a_thousand_tries_at_the_same_time() {
    let shop = std::sync::Arc::new(shop("1").await);
    let list = vouchers::list(&shop.provider, &shop.provider.may(), &VoucherFilter::default()).await.unwrap();
    let voucher = list.rows[0].id;
    let tries = (0..1000_u32).map(|nth| {
        let shop = shop.clone();
        tokio::spawn(async move {
            let mac = format!("02:00:00:00:{:02X}:{:02X}", nth / 256, nth % 256).parse().ok();
            // A pool that is waited for too long refuses: whoever tries then tries again.
            loop {
                match hotspots::redeem(&shop.provider, voucher, shop.place, mac.as_ref()).await {
                    Ok(redeemed) => return redeemed,
                    Err(workflows::Error::Internal(_)) => tokio::task::yield_now().await,
                    Err(error) => panic!("{error}"),
                }
            }
        })
    });
    let mut first = 0;
    for tried in tries.collect::<Vec<_>>() {
        first += usize::from(tried.await.unwrap() == Redeemed::First);
    }
    assert_eq!(first, 1);
    let after = vouchers::list(&shop.provider, &shop.provider.may(), &VoucherFilter::default()).await.unwrap();
    assert!(after.rows[0].first_used_at.is_some() && after.rows[0].mac.is_some());
}

#[tokio::test]
async fn a_voucher_is_found_by_its_code_however_it_is_typed_and_by_its_number() {
    let shop = shop("3").await;
    let all = vouchers::list(&shop.provider, &shop.provider.may(), &VoucherFilter::default()).await.unwrap().rows;
    let typed = all[1].code.grouped().to_lowercase();
    for search in [typed, text("wifi-0002"), text("WIFI-2")] {
        let filter = VoucherFilter { search: Some(search), ..VoucherFilter::default() };
        let found = vouchers::list(&shop.provider, &shop.provider.may(), &filter).await.unwrap();
        assert_eq!(found.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2]);
    }
}

#[tokio::test]
async fn the_sheet_has_every_code_that_nobody_used_and_who_printed_it_is_written_down() {
    let shop = shop("30").await;
    let all = vouchers::list(&shop.provider, &shop.provider.may(), &VoucherFilter::default()).await.unwrap().rows;
    hotspots::redeem(&shop.provider, all[0].id, shop.place, None).await.unwrap();
    let pdf = vouchers::sheet(&shop.provider, &shop.provider.may(), shop.batch, 1).await.unwrap();
    assert_eq!(pdf.name, "WIFI-1.pdf");
    let text = pdf_extract::extract_text_from_mem(&pdf.bytes).unwrap().replace(char::is_whitespace, "");
    assert!(!text.contains(all[0].code.as_str()), "a used one is not printed again");
    for voucher in &all[1..] {
        assert!(text.contains(voucher.code.as_str()), "{}", voucher.name());
    }
    assert!(text.contains("2horasdesdeelprimeruso") && text.contains("2.50USD"), "{text}");
}
