//! The company's common billing day.

use domain::calendar::AnchorDay;
use domain::views::taxes::BillingDayForm;
use serde::Serialize;

use crate::permit::{EditBilling, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

/// There is one company.
const COMPANY: Subject = Subject { kind: "company", id: 1 };

/// As the audit shows it.
#[derive(Serialize)]
struct Day {
    billing_day: AnchorDay,
}

/// For contracts that are activated from now on; those that are active keep their day.
///
/// # Errors
/// `Fields`.
pub async fn set_billing_day(context: &Context, permit: &Permit<EditBilling>, form: &BillingDayForm) -> Result<()> {
    let after = Day { billing_day: form.check()? };
    let mut transaction = context.begin().await?;
    let before = Day { billing_day: store::company::billing_day(&mut transaction).await? };
    store::company::set_billing_day(&mut transaction, after.billing_day).await?;
    audit(context, &mut transaction, permit, COMPANY, Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
