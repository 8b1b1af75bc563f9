//! Sessions: a secret in the browser's cookie, its SHA-256 in the table.

use chrono::{DateTime, Duration, Utc};
use domain::contact::Language;
use domain::ids::UserId;
use domain::role::Role;
use domain::views::account::{Viewer, Wants};
use store::second_factors;
use store::sessions::{self, Digest};
use store::users::Account;

use super::{NewSession, Token, Visitor};
use crate::permit::{self, Actor};
use crate::{Context, Result};

/// However busy a session is, it ends.
const LONGEST: Duration = Duration::days(30);
/// How exactly we know when a session was last used.
const SEEN_EVERY: Duration = Duration::minutes(1);
/// How long a session waits for its code.
const CODE_LIFE: Duration = Duration::minutes(10);
const LONGEST_USER_AGENT: usize = 300;

/// Somebody who is signed in, with the session that shows it. Only [`who`] makes one.
#[derive(Clone, Debug)]
pub struct SignedIn {
    actor: Actor,
    user: UserId,
    viewer: Viewer,
    digest: Digest,
}

impl SignedIn {
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn user(&self) -> UserId {
        self.user
    }

    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    pub fn role(&self) -> Role {
        self.viewer.role
    }

    pub fn language(&self) -> Language {
        self.viewer.language
    }

    pub(super) fn digest(&self) -> &Digest {
        &self.digest
    }
}

/// Somebody whose password was right and who is not in: the session waits for a code, or for a second factor to be set up.
/// Only [`who`] makes one.
#[derive(Clone, Debug)]
pub struct Pending {
    actor: Actor,
    user: UserId,
    email: String,
    language: Language,
    wants: Wants,
    digest: Digest,
}

impl Pending {
    pub fn wants(&self) -> Wants {
        self.wants
    }

    pub fn language(&self) -> Language {
        self.language
    }

    pub fn user(&self) -> UserId {
        self.user
    }

    pub(super) fn email(&self) -> &str {
        &self.email
    }

    pub(super) fn digest(&self) -> &Digest {
        &self.digest
    }
}

/// Whose session it is.
#[derive(Clone, Debug)]
pub enum Who {
    SignedIn(SignedIn),
    Pending(Pending),
}

impl Who {
    /// Who is in.
    pub fn signed_in(self) -> Option<SignedIn> {
        match self {
            Self::SignedIn(who) => Some(who),
            Self::Pending(_) => None,
        }
    }

    pub(super) fn user(&self) -> UserId {
        match self {
            Self::SignedIn(who) => who.user,
            Self::Pending(pending) => pending.user,
        }
    }

    pub(super) fn actor(&self) -> &Actor {
        match self {
            Self::SignedIn(who) => &who.actor,
            Self::Pending(pending) => &pending.actor,
        }
    }

    pub(super) fn email(&self) -> &str {
        match self {
            Self::SignedIn(who) => &who.viewer.email,
            Self::Pending(pending) => &pending.email,
        }
    }

    pub(super) fn digest(&self) -> &Digest {
        match self {
            Self::SignedIn(who) => &who.digest,
            Self::Pending(pending) => &pending.digest,
        }
    }

    /// What is wanted before the session is open.
    pub(super) fn wants(&self) -> Option<Wants> {
        match self {
            Self::SignedIn(_) => None,
            Self::Pending(pending) => Some(pending.wants),
        }
    }
}

/// Whose session it is, if the cookie's text belongs to one that has not ended.
pub async fn who(context: &Context, cookie: &str) -> Result<Option<Who>> {
    let Some(token) = Token::parse(cookie) else { return Ok(None) };
    let digest = token.digest();
    let now = context.clock.now();
    let mut connection = context.steady_connection().await?;
    let Some(live) = sessions::find(&mut connection, &digest, now).await? else { return Ok(None) };
    // One that waits for a code does not wait longer because somebody looks at the page.
    if !live.waits_for_code && now - live.seen_at >= SEEN_EVERY {
        let expires_at = expires_at(live.account.role, live.began_at, now);
        sessions::touch(&mut connection, &digest, now, expires_at).await?;
    }
    let without = live.second_factor_required && !live.second_factor && live.account.role.is_staff();
    Ok(Some(match (live.waits_for_code, without) {
        (true, _) => pending(live.account, Wants::Code, digest),
        (false, true) => pending(live.account, Wants::SecondFactor, digest),
        (false, false) => Who::SignedIn(signed_in(live.account, digest)),
    }))
}

/// Begins the session of somebody whose password was right: it waits for a code when there is a second factor.
pub(super) async fn begin(
    context: &Context,
    transaction: &mut store::Transaction,
    account: &Account,
    visitor: &Visitor,
) -> Result<NewSession> {
    let waits_for_code = second_factors::is_on(transaction, account.id).await?;
    open(context, transaction, account, visitor, waits_for_code).await
}

/// Somebody of the staff as the reader of what is mailed to them: no session stands behind it. `None` when they cannot sign
/// in any more.
pub(crate) async fn for_mail(context: &Context, user: UserId) -> Result<Option<SignedIn>> {
    let account = store::users::find(&mut *context.connection().await?, user).await?;
    Ok(account.disabled.is_none().then(|| signed_in(account, Digest::default())))
}

/// Begins a session, and clears away the person's old ones.
pub(super) async fn open(
    context: &Context,
    transaction: &mut store::Transaction,
    account: &Account,
    visitor: &Visitor,
    waits_for_code: bool,
) -> Result<NewSession> {
    let token = Token::fresh();
    let now = context.clock.now();
    let user_agent: String = visitor.user_agent.chars().take(LONGEST_USER_AGENT).collect();
    sessions::forget_expired(transaction, account.id, now).await?;
    let session = sessions::NewSession {
        digest: &token.digest(),
        user: account.id,
        at: now,
        expires_at: if waits_for_code { now + CODE_LIFE } else { expires_at(account.role, now, now) },
        address: &visitor.address.to_canonical().to_string(),
        user_agent: &user_agent,
        waits_for_code,
    };
    sessions::add(transaction, session).await?;
    Ok(NewSession { token, role: account.role, language: account.language, waits_for_code })
}

/// What somebody does with their own account, they do under their own name.
pub(super) fn actor_of(account: &Account) -> Actor {
    Actor::User { id: account.id, name: account.name.clone(), role: account.role, customer: account.customer }
}

/// Staff sign in each day, since they can do harm; customers are asked once a month, or when they were away for a week.
fn expires_at(role: Role, began_at: DateTime<Utc>, seen_at: DateTime<Utc>) -> DateTime<Utc> {
    let idle = if role.is_staff() { Duration::hours(12) } else { Duration::days(7) };
    (seen_at + idle).min(began_at + LONGEST)
}

fn pending(account: Account, wants: Wants, digest: Digest) -> Who {
    let actor = actor_of(&account);
    let (email, language) = (account.email.into(), account.language);
    Who::Pending(Pending { actor, user: account.id, email, language, wants, digest })
}

fn signed_in(account: Account, digest: Digest) -> SignedIn {
    let actor = actor_of(&account);
    let viewer = Viewer {
        name: account.name,
        email: account.email.into(),
        role: account.role,
        language: account.language,
        may: permit::names_for(account.role, account.customer.map(|access| access.right)),
    };
    SignedIn { actor, user: account.id, viewer, digest }
}
