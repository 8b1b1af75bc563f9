//! Codes that staff hand over or read out, for customers without a mailbox at hand. Coming in with one is in `auth`.

use chrono::{DateTime, Duration, Utc};
use domain::failure::{Blocker, Failure};
use domain::hotspot::Code;
use domain::ids::{CustomerId, PortalCodeId};
use domain::portal::{PortalAccess, PortalRight};
use domain::views::portal_people::CodeForm;
use serde::Serialize;
use store::portal_people::{self, NewCode};

use crate::permit::{EditPortalAccess, Permit};
use crate::record::{Subject, audit};
use crate::{Context, Result};

const LIFE: Duration = Duration::days(7);

/// As the audit tells it: the code itself is told to nobody but whoever made it.
#[derive(Serialize)]
struct Made {
    name: String,
    right: PortalRight,
    expires_at: DateTime<Utc>,
}

/// A new code, which is shown this once.
///
/// # Errors
/// `Fields`; `NotFound`; `Blocked` by `NothingOnRecord`: whoever comes in says an address or a number of the customer's.
pub async fn make_code(
    context: &Context,
    permit: &Permit<EditPortalAccess>,
    customer: CustomerId,
    form: &CodeForm,
) -> Result<Code> {
    let (name, right) = form.check()?;
    let mut transaction = context.begin().await?;
    store::customers::get(&mut transaction, customer).await?;
    let (emails, phones) = portal_people::on_record(&mut transaction, customer).await?;
    if emails.is_empty() && phones.is_empty() {
        return Err(Failure::Blocked { what: Blocker::NothingOnRecord }.into());
    }
    let code = Code::of(rand::random());
    let at = context.clock.now();
    let new = NewCode {
        mark: &context.vault.mark(code.as_str()),
        name: &name,
        access: PortalAccess { customer, right },
        at,
        by: permit.actor().user_id(),
        expires_at: at + LIFE,
    };
    portal_people::add_code(&mut transaction, new).await?;
    let made = Made { name, right, expires_at: at + LIFE };
    audit(context, &mut transaction, permit, subject(customer), None::<&()>, Some(&made)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(code)
}

/// Whose portal the code opened.
///
/// # Errors
/// `NotFound` for one that was used or withdrawn before.
pub async fn withdraw_code(
    context: &Context,
    permit: &Permit<EditPortalAccess>,
    code: PortalCodeId,
) -> Result<CustomerId> {
    let mut transaction = context.begin().await?;
    let at = context.clock.now();
    let customer = portal_people::withdraw_code(&mut transaction, code, at).await?;
    let after = serde_json::json!({ "code_withdrawn_at": at });
    audit(context, &mut transaction, permit, subject(customer), None::<&()>, Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(customer)
}

fn subject(customer: CustomerId) -> Subject {
    Subject { kind: "customer", id: customer.0 }
}
