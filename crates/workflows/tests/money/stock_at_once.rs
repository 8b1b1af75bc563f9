//! Two who do something with one piece at the same moment.

use domain::views::stock::Located;
use domain::views::stock_forms::SellForm;
use workflows::permit::{SeeCustomers, SellEquipment};
use workflows::{customers, stock};

use crate::depot::depot;
use crate::provider::{refusal, text};

#[tokio::test]
async fn a_piece_that_is_sold_while_it_is_installed_elsewhere_is_invoiced_to_whoever_has_it() {
    let depot = depot("2026-04-01").await;
    let eva = depot.customer("Eva").await;
    let reference = customers::show(&depot.provider, &depot.may::<SeeCustomers>(), eva).await.unwrap().reference;
    let form = SellForm { customer: reference, price: text("50.00"), tax: depot.tax().await };
    let permit = depot.may::<SellEquipment>();
    for (user, serial) in [("ana.lopez", "HWTC00000001"), ("luis.paz", "HWTC00000002"), ("rita.mora", "HWTC00000003")] {
        let contract = depot.active(user).await;
        let item = depot.piece(depot.onu, serial).await;
        let (sold, installed) =
            tokio::join!(stock::sell(&depot.provider, &permit, item, &form), depot.install(item, contract));
        let has = match depot.piece_page(item).await.row.located {
            Located::Installed { customer, .. } | Located::WithCustomer { customer } => customer.id,
            elsewhere => panic!("{elsewhere:?}"),
        };
        if let Ok(invoice) = &sold {
            assert_eq!(depot.invoice(*invoice).await.row.customer, has);
        } else {
            refusal(sold);
            installed.unwrap();
        }
    }
}
