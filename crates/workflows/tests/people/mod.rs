//! People of the stories: who they are, where they sit, and their mailbox.

use std::sync::Mutex;

use domain::failure::Failure;
use domain::ids::{MessageId, UserId};
use domain::password::Password;
use domain::role::Role;
use domain::views::account::{Credentials, ResetPassword};
use domain::views::users::NewUser;
use workflows::auth::{self, NewSession, SignedIn, Visitor, Who};
use workflows::messages::{self, Ways};
use workflows::permit::EditUsers;
use workflows::ports::{Answer, Mail, Mailer, NoLists, NoTexter, SendFailure};
use workflows::testing::Story;
use workflows::{Error, users};

pub const PASSWORD: &str = "una clave bien larga";

/// Somebody at a network address.
pub fn at(address: &str) -> Visitor {
    Visitor { address: address.parse().unwrap(), user_agent: "Story/1.0".to_owned() }
}

pub fn home() -> Visitor {
    at("192.0.2.10")
}

/// A mailbox that keeps everything.
#[derive(Default)]
pub struct Mailbox(Mutex<Vec<Mail>>);

impl Mailer for Mailbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> Answer<'a, Result<(), SendFailure>> {
        Box::pin(async {
            self.0.lock().unwrap().push(mail.clone());
            Ok(())
        })
    }
}

/// Every mail that was ever written down, in order. What was sent before is not sent again.
pub async fn mails(story: &Story) -> Vec<Mail> {
    let mailbox = Mailbox::default();
    for id in 1.. {
        match messages::deliver(story, Ways { mailer: &mailbox, texter: &NoTexter, lists: &NoLists }, MessageId(id))
            .await
        {
            Ok(sent) => sent.unwrap(),
            Err(Error::Refused(Failure::NotFound)) => break,
            Err(error) => panic!("{error}"),
        }
    }
    mailbox.0.into_inner().unwrap()
}

/// The secret in a mail's link.
pub fn token_in(mail: &Mail) -> String {
    let (_, rest) = mail.body.split_once("https://ramal.test/reset?token=").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

pub fn new_user(email: &str, role: Role) -> NewUser {
    NewUser {
        name: "Ana María".to_owned(),
        email: email.to_owned(),
        role: role.word().to_owned(),
        language: "es".to_owned(),
        customer: String::new(),
    }
}

/// Somebody who was invited and has chosen `PASSWORD`.
pub async fn user(story: &Story, email: &str, role: Role) -> UserId {
    set_up_company(story).await;
    let id = users::create(story, &story.may::<EditUsers>(), &new_user(email, role)).await.unwrap();
    let invitation = mails(story).await.pop().unwrap();
    auth::reset_password(story, &home(), &choose(&token_in(&invitation), PASSWORD)).await.unwrap();
    id
}

pub fn choose(token: &str, password: &str) -> ResetPassword {
    ResetPassword {
        token: token.to_owned(),
        password: Password::new(password),
        repeated_password: Password::new(password),
    }
}

pub fn credentials(email: &str, password: &str) -> Credentials {
    Credentials { email: email.to_owned(), password: Password::new(password) }
}

pub async fn sign_in(story: &Story, email: &str) -> NewSession {
    auth::sign_in(story, &home(), &credentials(email, PASSWORD)).await.unwrap()
}

/// Who is in by the session now.
pub async fn who(story: &Story, session: &NewSession) -> Option<SignedIn> {
    auth::who(story, &session.token.text()).await.unwrap().and_then(Who::signed_in)
}

/// Why it was refused.
pub fn refusal<T: std::fmt::Debug>(result: workflows::Result<T>) -> Failure {
    match result {
        Err(Error::Refused(failure)) => failure,
        other => panic!("expected a refusal: {other:?}"),
    }
}

pub async fn set_up_company(story: &Story) {
    let company = domain::settings::Company {
        name: "Fibra del Sur".to_owned(),
        country: "MX".to_owned(),
        currency: "MXN".parse().unwrap(),
        time_zone: "America/Mexico_City".to_owned(),
        language: domain::contact::Language::Spanish,
    };
    store::company::save(&mut story.db.acquire().await.unwrap(), &company).await.unwrap();
}
