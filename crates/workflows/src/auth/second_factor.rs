//! A code from one's phone beside the password, for staff.

use chrono::Duration;
use domain::failure::{Blocker, Failure, FormCheck, Problem, required};
use domain::ids::UserId;
use domain::password::Password;
use domain::role::Role;
use domain::views::account::{Proposal, SecondFactor, TurnOff, Wants};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use store::attempts::What;
use store::second_factors::{self, State, Stored};
use store::{sessions, users};

use super::own_password::{OwnPassword, own_password};
use super::totp::{Secret, plain, recovery_codes, recovery_digest};
use super::{NewSession, Pending, SignedIn, Visitor, Who, limit, session, subject};
use crate::permit::Actor;
use crate::{Context, Error, Result, mail, record};

/// How long a secret waits for its first code. What is left half-way shows it to whoever finds the browser open.
const PROPOSAL_LIFE: Duration = Duration::minutes(15);

/// Where somebody is with theirs.
pub async fn second_factor(context: &Context, who: &Who) -> Result<SecondFactor> {
    if who.wants() == Some(Wants::Code) {
        return Ok(SecondFactor::CodeWanted);
    }
    only_staff(who)?;
    let mut transaction = context.begin().await?;
    Ok(match lock(context, &mut transaction, who.user()).await? {
        None => SecondFactor::Off { required: second_factors::is_required(&mut transaction).await? },
        Some(Stored { state: State::Confirmed { .. }, .. }) => {
            let recovery_codes_left = second_factors::recovery_codes_left(&mut transaction, who.user()).await?;
            SecondFactor::On { recovery_codes_left }
        }
        Some(Stored { secret_encrypted, state: State::Proposed { recovery_encrypted, .. } }) => {
            let issuer = store::company::get(&mut transaction).await?.name;
            let secret = open_secret(context, &secret_encrypted)?;
            let recovery_codes = open_codes(context, &recovery_encrypted)?;
            let proposal = proposal(&secret, &issuer, who.email(), recovery_codes)?;
            SecondFactor::Proposed { proposal }
        }
    })
}

/// Somebody's second factor; a secret that waited too long for its first code is none.
async fn lock(context: &Context, transaction: &mut store::Transaction, user: UserId) -> Result<Option<Stored>> {
    let now = context.clock.now();
    let is_good = |stored: &Stored| match stored.state {
        State::Proposed { proposed_at, .. } => now < proposed_at + PROPOSAL_LIFE,
        State::Confirmed { .. } => true,
    };
    Ok(second_factors::lock(transaction, user).await?.filter(is_good))
}

fn proposal(secret: &Secret, issuer: &str, email: &str, recovery_codes: Vec<String>) -> Result<Proposal> {
    let uri = secret.uri(issuer, email);
    let squares = documents::qr::squares(&uri).ok_or_else(|| Error::internal(NotAQrCode))?;
    Ok(Proposal { secret: secret.text(), uri, qr_size: squares.size, qr_path: squares.path, recovery_codes })
}

/// A company's name of thousands of letters.
#[derive(Debug, thiserror::Error)]
#[error("the secret does not fit into a QR code")]
struct NotAQrCode;

/// Makes a secret and recovery codes, to be confirmed by a first code. Until then nothing is asked for at signing in.
/// Whoever is in already types the password again: a browser that was left open must not be a way to lock its owner out.
/// Whoever is on the way in has just typed it.
pub async fn propose_second_factor(
    context: &Context,
    visitor: &Visitor,
    who: &Who,
    current_password: &Password,
) -> Result<()> {
    only_staff(who)?;
    let trying = match who {
        Who::SignedIn(who) => {
            let mut check = FormCheck::default();
            check.take("current_password", typed(current_password));
            check.finish()?;
            Some(own_password(context, visitor, who, current_password).await?.trying)
        }
        Who::Pending(_) => None,
    };
    let codes = SecretString::from(recovery_codes().join("\n"));
    let secret = context.vault.seal(&SecretString::from(Secret::fresh().text()))?;
    let codes = context.vault.seal(&codes)?;
    let mut transaction = context.begin().await?;
    let now = context.clock.now();
    if !second_factors::propose(&mut transaction, who.user(), &secret, &codes, now).await? {
        return Err(Failure::Blocked { what: Blocker::HasSecondFactor }.into());
    }
    if let Some(trying) = trying {
        trying.forgive(&mut transaction).await?;
    }
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Turns it on: the first code shows that the phone has the secret. Nobody can read the recovery codes after this, and the
/// person's other sessions, which were begun without a code, end.
pub async fn confirm_second_factor(context: &Context, who: &Who, code: &str) -> Result<()> {
    only_staff(who)?;
    let code = needed(code)?;
    let mut transaction = context.begin().await?;
    let account = users::lock(&mut transaction, who.user()).await?;
    let stored = lock(context, &mut transaction, account.id).await?;
    let (secret, recovery) = match stored {
        Some(Stored { secret_encrypted, state: State::Proposed { recovery_encrypted, .. } }) => {
            (open_secret(context, &secret_encrypted)?, open_codes(context, &recovery_encrypted)?)
        }
        Some(_) => return Err(Failure::Blocked { what: Blocker::HasSecondFactor }.into()),
        None => return Err(Failure::Blocked { what: Blocker::NoSecondFactor }.into()),
    };
    let step = secret.step_of(&code, context.clock.outside(), None).ok_or_else(wrong_code)?;
    let digests: Vec<_> = recovery.iter().map(|code| recovery_digest(code)).collect();
    second_factors::confirm(&mut transaction, account.id, step, &digests, context.clock.now()).await?;
    sessions::end_all(&mut transaction, account.id, Some(who.digest())).await?;
    let text = mail::texts::second_factor_on(account.language, &account.name, &context.public_url);
    mail::send(context, &mut transaction, &account.email, &text).await?;
    note(context, &mut transaction, who.actor(), account.id, "set_up_second_factor").await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

/// Opens the session of somebody whose password was right: with a code of their phone, or a recovery code. The cookie is
/// another from then on.
pub async fn enter_code(context: &Context, visitor: &Visitor, pending: &Pending, code: &str) -> Result<NewSession> {
    if pending.wants() != Wants::Code {
        return Err(Failure::NotFound.into());
    }
    let code = needed(code)?;
    let trying = limit::begin(context, What::Code, pending.email(), visitor).await?;
    let mut transaction = context.begin().await?;
    let account = users::lock(&mut transaction, pending.user()).await?;
    let Some(with) = take(context, &mut transaction, account.id, &code).await? else { return Err(wrong_code()) };
    // Somebody else may have ended it, or used it up, since it was read.
    if !sessions::end(&mut transaction, account.id, pending.digest()).await? {
        return Err(Failure::NotSignedIn.into());
    }
    trying.forgive(&mut transaction).await?;
    let session = session::open(context, &mut transaction, &account, visitor, false).await?;
    let actor = session::actor_of(&account);
    let after = SignedInWith { with };
    record::audit_as(context, &mut transaction, &actor, "sign_in", subject(account.id), None::<&()>, Some(&after))
        .await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(session)
}

/// Turns it off, for who knows the password and has a code. Guessing either is limited as signing in is.
pub async fn turn_off_second_factor(
    context: &Context,
    visitor: &Visitor,
    who: &SignedIn,
    form: &TurnOff,
) -> Result<()> {
    only_staff(&Who::SignedIn(who.clone()))?;
    let mut check = FormCheck::default();
    check.take("current_password", typed(&form.current_password));
    let code = check.take("code", required(&form.code, 100));
    let code = plain(&check.answer(code)?);

    let OwnPassword { trying, .. } = own_password(context, visitor, who, &form.current_password).await?;
    let mut transaction = context.begin().await?;
    let account = users::lock(&mut transaction, who.user()).await?;
    if take(context, &mut transaction, account.id, &code).await?.is_none() {
        return Err(wrong_code());
    }
    trying.forgive(&mut transaction).await?;
    second_factors::remove(&mut transaction, account.id).await?;
    let text = mail::texts::second_factor_off(account.language, &account.name, &context.public_url);
    mail::send(context, &mut transaction, &account.email, &text).await?;
    note(context, &mut transaction, who.actor(), account.id, "turn_off_second_factor").await?;
    transaction.commit().await.map_err(store::Error::from)?;
    Ok(())
}

fn typed(password: &Password) -> std::result::Result<(), Problem> {
    if password.expose().is_empty() { Err(Problem::Required) } else { Ok(()) }
}

/// What somebody got in with.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum With {
    Code,
    RecoveryCode,
}

#[derive(Serialize)]
struct SignedInWith {
    with: With,
}

/// Takes a code, which is then good for nothing more; `None` when it is not good now.
async fn take(
    context: &Context,
    transaction: &mut store::Transaction,
    user: UserId,
    code: &str,
) -> Result<Option<With>> {
    let Some(stored) = second_factors::lock(transaction, user).await? else { return Ok(None) };
    let State::Confirmed { last_step } = stored.state else { return Ok(None) };
    let secret = open_secret(context, &stored.secret_encrypted)?;
    if let Some(step) = secret.step_of(code, context.clock.outside(), Some(last_step)) {
        second_factors::take_step(transaction, user, step).await?;
        return Ok(Some(With::Code));
    }
    let digest = recovery_digest(code);
    let taken = second_factors::take_recovery_code(transaction, user, &digest, context.clock.now()).await?;
    Ok(taken.then_some(With::RecoveryCode))
}

/// Customers have none: they have nothing to do that would be worth the trouble.
fn only_staff(who: &Who) -> Result<()> {
    match who.actor() {
        Actor::User { role: Role::Customer, .. } => {
            Err(Failure::Forbidden { verb: "use_second_factor".to_owned() }.into())
        }
        _ => Ok(()),
    }
}

/// What was typed, without what makes it legible.
fn needed(code: &str) -> Result<String> {
    let mut check = FormCheck::default();
    let code = check.take("code", required(code, 100));
    Ok(plain(&check.answer(code)?))
}

fn wrong_code() -> Error {
    Failure::field("code", Problem::WrongCode).into()
}

fn open_secret(context: &Context, sealed: &[u8]) -> Result<Secret> {
    let text = context.vault.open(sealed).map_err(Error::internal)?;
    Secret::parse(text.expose_secret()).ok_or_else(|| Error::internal(NotASecret))
}

/// The key opened something else.
#[derive(Debug, thiserror::Error)]
#[error("the stored secret of a second factor is none")]
struct NotASecret;

fn open_codes(context: &Context, sealed: &[u8]) -> Result<Vec<String>> {
    let text = context.vault.open(sealed).map_err(Error::internal)?;
    Ok(text.expose_secret().lines().map(str::to_owned).collect())
}

async fn note(
    context: &Context,
    transaction: &mut store::Transaction,
    actor: &Actor,
    user: UserId,
    verb: &str,
) -> Result<()> {
    record::audit_as(context, transaction, actor, verb, subject(user), None::<&()>, None::<&()>).await
}
