//! The list of users.

use domain::views::list::Page;
use domain::views::users::{UserFilter, UserRow};

use crate::permit::{Permit, SeeUsers};
use crate::{Context, Result};

pub async fn list(context: &Context, _: &Permit<SeeUsers>, filter: &UserFilter) -> Result<Page<UserRow>> {
    Ok(store::users_list::list(&mut *context.connection().await?, filter).await?)
}
