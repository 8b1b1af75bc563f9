//! What customers see of their money.

use std::cmp::Reverse;

use domain::views::list::PageNumber;
use workflows::portal;

use crate::provider::provider;

#[tokio::test]
async fn customers_see_their_own_invoices_newest_first_and_as_staff_see_them() {
    let provider = provider("2026-04-01").await;
    let contract = provider.active("ana.lopez").await;
    provider.active("eva.paz").await;
    provider.nights_up_to("2026-06-02").await;
    provider.pay(contract, "34.80", "a").await;
    let scope = provider.scope(contract).await;

    let mut seen = portal::invoices(&provider, &scope, PageNumber::default()).await.unwrap();
    assert!(seen.rows.is_sorted_by_key(|row| Reverse((row.issued_on, row.id.0))), "{seen:?}");
    let mut of_staff = provider.invoices(contract).await;
    assert!(of_staff.len() > 1, "{of_staff:?}");
    seen.rows.sort_by_key(|row| row.id.0);
    of_staff.sort_by_key(|row| row.id.0);
    assert_eq!(seen.rows, of_staff);
    assert_eq!(seen.total, i64::try_from(of_staff.len()).unwrap());

    let behind_the_last = portal::invoices(&provider, &scope, PageNumber::page(2)).await.unwrap();
    assert_eq!((behind_the_last.rows, behind_the_last.total), (Vec::new(), seen.total));
}
