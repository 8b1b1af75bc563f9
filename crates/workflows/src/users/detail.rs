//! One user.

use domain::ids::UserId;
use domain::views::users::UserDetail;

use crate::permit::{Permit, SeeUsers};
use crate::{Context, Result};

pub async fn detail(context: &Context, _: &Permit<SeeUsers>, user: UserId) -> Result<UserDetail> {
    Ok(store::users_list::detail(&mut *context.connection().await?, user, context.clock.now()).await?)
}
