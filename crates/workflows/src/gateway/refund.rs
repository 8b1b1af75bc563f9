//! Money back onto the card that paid. It is booked at once, so that nobody spends it twice; a worker asks the gateway.

use domain::failure::{Blocker, Failure, FormCheck, Problem, required};
use domain::form;
use domain::gateway::CardRefundState;
use domain::ids::PaymentId;
use domain::invoice::PaymentMethod;
use domain::views::gateway::CardRefundForm;
use store::gateway::refunds::{self, NewCardRefund};
use store::gateway::tasks::Task;
use store::payments::CreditSource;
use store::payments_settled::{self, NewRefund};

use super::new_key;
use crate::permit::{Permit, RefundPayments};
use crate::record::{Subject, audit};
use crate::{Context, Result, jobs};

/// Gives back what is unused of a card payment, or less. The same form sent twice gives back once.
///
/// # Errors
/// `Fields`, among them more than is unused; `Blocked(NothingUnused)`; `NotFound`, also for what did not come by card.
pub async fn refund_to_card(
    context: &Context,
    permit: &Permit<RefundPayments>,
    payment: PaymentId,
    form: &CardRefundForm,
) -> Result<()> {
    let mut transaction = context.begin().await?;
    let customer = store::payments_list::show(&mut transaction, payment).await?.row.customer;
    store::payments::lock_customers(&mut transaction, &[customer]).await?;
    let row = store::payments_list::show(&mut transaction, payment).await?.row;
    let intent = refunds::intent_of(&mut transaction, payment).await?.ok_or(Failure::NotFound)?;
    if payments_settled::was_refunded(&mut transaction, &form.idempotency_key).await? {
        return Ok(());
    }
    if !row.unused.is_positive() {
        return Err(Failure::Blocked { what: Blocker::NothingUnused }.into());
    }
    let mut check = FormCheck::default();
    let amount = check.take("amount", form::amount(&form.amount, row.unused.currency()));
    let reason = check.take("reason", required(&form.reason, 500));
    let key = check.take("idempotency_key", required(&form.idempotency_key, 64));
    let (amount, reason, key) = check.answer((|| Some((amount?, reason?, key?)))())?;
    if amount.checked_cmp(row.unused).is_ok_and(std::cmp::Ordering::is_gt) {
        return Err(Failure::field("amount", Problem::MoreThan { most: row.unused }).into());
    }
    let refund = NewRefund {
        source: CreditSource::Payment(payment),
        amount,
        method: PaymentMethod::Card,
        reference: "",
        reason: &reason,
        on: context.clock.today(),
        at: context.clock.now(),
        by: permit.actor().user_id(),
        idempotency_key: &key,
    };
    let refund = payments_settled::add_refund(&mut transaction, &refund).await?;
    let new = NewCardRefund {
        intent,
        amount,
        reason: &reason,
        state: CardRefundState::Asked,
        remote_key: &new_key("refund"),
        remote: None,
        refund,
        at: context.clock.now(),
    };
    let id = refunds::add(&mut transaction, &new).await?;
    jobs::enqueue_gateway(context, &mut transaction, Task::Refund(id)).await?;
    let subject = Subject { kind: "payment", id: payment.0 };
    let given = (amount, &reason);
    audit(context, &mut transaction, permit, subject, Some(&row), Some(&given)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
