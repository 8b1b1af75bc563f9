//! A new password for somebody who is signed in and knows the old one.

use domain::failure::{Failure, FormCheck, Problem};
use domain::views::account::ChangePassword;
use store::{password_resets, sessions, users};

use super::own_password::{OwnPassword, own_password};
use super::{SignedIn, Visitor, password, subject};
use crate::{Context, Result, mail, record};

/// Changes the password and ends the person's other sessions.
pub async fn change_password(
    context: &Context,
    visitor: &Visitor,
    who: &SignedIn,
    form: &ChangePassword,
) -> Result<()> {
    let email = &who.viewer().email;
    let mut check = FormCheck::default();
    check.take("password", form.password.check(email));
    let repeated_password = if form.repeated_password == form.password { Ok(()) } else { Err(Problem::DoesNotMatch) };
    check.take("repeated_password", repeated_password);
    check.finish()?;

    let OwnPassword { trying, hash: present } = own_password(context, visitor, who, &form.current_password).await?;
    let hash = password::hash(&form.password).await?;

    let mut transaction = context.begin().await?;
    let account = users::lock(&mut transaction, who.user()).await?;
    if account.password_hash != present {
        return Err(Failure::ChangedMeanwhile.into());
    }
    trying.forgive(&mut transaction).await?;
    users::set_password(&mut transaction, account.id, &hash).await?;
    password_resets::use_up_all(&mut transaction, account.id, context.clock.now()).await?;
    sessions::end_all(&mut transaction, account.id, Some(who.digest())).await?;
    let text = mail::texts::password_changed(account.language, &account.name, &context.public_url);
    mail::send(context, &mut transaction, &account.email, &text).await?;
    let subject = subject(account.id);
    record::audit_as(context, &mut transaction, who.actor(), "change_password", subject, None::<&()>, None::<&()>)
        .await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}
