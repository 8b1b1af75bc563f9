//! Sessions: a secret in the browser's cookie, its SHA-256 in the table.

use chrono::{DateTime, Duration, Utc};
use domain::contact::Language;
use domain::ids::UserId;
use domain::role::Role;
use domain::views::account::Viewer;
use store::sessions::{self, Digest};
use store::users::Account;

use super::{NewSession, Token, Visitor};
use crate::permit::{self, Actor};
use crate::{Context, Result};

/// However busy a session is, it ends.
const LONGEST: Duration = Duration::days(30);
/// How exactly we know when a session was last used.
const SEEN_EVERY: Duration = Duration::minutes(1);
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

/// Whose session it is, if the cookie's text belongs to one that is open.
pub async fn who(context: &Context, cookie: &str) -> Result<Option<SignedIn>> {
    let Some(token) = Token::parse(cookie) else { return Ok(None) };
    let digest = token.digest();
    let now = context.clock.now();
    let mut connection = context.connection().await?;
    let Some(live) = sessions::find(&mut connection, &digest, now).await? else { return Ok(None) };
    if now - live.seen_at >= SEEN_EVERY {
        let expires_at = expires_at(live.account.role, live.began_at, now);
        sessions::touch(&mut connection, &digest, now, expires_at).await?;
    }
    Ok(Some(signed_in(live.account, digest)))
}

/// Begins a session, and clears away the person's old ones.
pub(super) async fn begin(
    context: &Context,
    transaction: &mut store::Transaction,
    account: &Account,
    visitor: &Visitor,
) -> Result<NewSession> {
    let token = Token::fresh();
    let now = context.clock.now();
    let user_agent: String = visitor.user_agent.chars().take(LONGEST_USER_AGENT).collect();
    sessions::forget_expired(transaction, account.id, now).await?;
    let session = sessions::NewSession {
        digest: &token.digest(),
        user: account.id,
        at: now,
        expires_at: expires_at(account.role, now, now),
        address: &visitor.address.to_canonical().to_string(),
        user_agent: &user_agent,
    };
    sessions::add(transaction, session).await?;
    Ok(NewSession { token, role: account.role, language: account.language })
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

fn signed_in(account: Account, digest: Digest) -> SignedIn {
    let actor = actor_of(&account);
    let viewer = Viewer {
        name: account.name,
        email: account.email.into(),
        role: account.role,
        language: account.language,
        may: permit::names_for(account.role),
    };
    SignedIn { actor, user: account.id, viewer, digest }
}
