//! Whether it is the person who sits there.

use domain::failure::{Failure, Problem};
use domain::password::Password;
use store::attempts::What;

use super::limit::Trying;
use super::{SignedIn, Visitor, limit, password};
use crate::{Context, Result};

/// The right password was typed.
pub(super) struct OwnPassword {
    pub trying: Trying,
    /// What it was compared with: it may have changed since.
    pub hash: Option<String>,
}

/// Guessing it is limited as signing in is: a browser that was left open must not be a way to learn it.
///
/// # Errors
/// `Fields`; `TooManyAttempts`.
pub(super) async fn own_password(
    context: &Context,
    visitor: &Visitor,
    who: &SignedIn,
    typed: &Password,
) -> Result<OwnPassword> {
    let trying = limit::begin(context, What::SignIn, &who.viewer().email, visitor).await?;
    let hash = store::users::find(&mut *context.connection().await?, who.user()).await?.password_hash;
    if !password::is_right(typed, hash.clone()).await? {
        return Err(Failure::field("current_password", Problem::WrongPassword).into());
    }
    Ok(OwnPassword { trying, hash })
}
