//! Another role for a member of staff.

use domain::failure::{Failure, Problem};
use domain::ids::UserId;
use domain::role::Role;
use serde::Serialize;
use store::{sessions, users};

use super::last_administrator::refuse_if_last;
use crate::permit::{EditUsers, Permit};
use crate::{Context, Result, auth, record};

/// Changes the role and ends the user's sessions, so that the new role holds from here on. Staff do not become
/// customers nor the other way round: a customer's user belongs to that customer.
pub async fn change_role(context: &Context, permit: &Permit<EditUsers>, user: UserId, role: Role) -> Result<()> {
    let mut transaction = context.begin().await?;
    // Before the user itself, and always: two changes at the same moment then wait for each other in one order.
    let before = users::find(&mut transaction, user).await?;
    if !(before.role.is_staff() && role.is_staff()) {
        return Err(Failure::field("role", Problem::UnknownChoice).into());
    }
    if role != Role::Admin {
        refuse_if_last(&mut transaction, &before).await?;
    }
    let before = users::lock(&mut transaction, user).await?.role;
    if before == role {
        return Ok(());
    }
    users::set_role(&mut transaction, user, role).await?;
    sessions::end_all(&mut transaction, user, None).await?;
    let (before, after) = (RoleOf { role: before }, RoleOf { role });
    record::audit(context, &mut transaction, permit, auth::subject(user), Some(&before), Some(&after)).await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

#[derive(Serialize)]
struct RoleOf {
    role: Role,
}
