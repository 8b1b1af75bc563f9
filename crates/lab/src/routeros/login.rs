//! Who may talk to the router, before and since 6.43.

use std::net::IpAddr;

use md5::{Digest, Md5};
use routeros::{Command, Reply, Row, Trap};

use super::answers::bad_login;
use super::fault::Fault;
use super::made::text;
use super::rights;
use super::world::World;

#[derive(Debug)]
pub(crate) enum Login {
    Nobody,
    /// An old router waits for the answer to this.
    Challenged([u8; 16]),
    /// Whoever logged in.
    In(Vec<u8>),
}

impl Login {
    /// Answers one `/login`.
    pub(crate) fn step(&mut self, world: &World, peer: IpAddr, command: &Command) -> Result<Reply, Trap> {
        if world.faults.has(&Fault::DenyLogin) {
            return Err(bad_login());
        }
        let user = command.argument("name").unwrap_or_default();
        let response = command.argument("response");
        match (&self, response) {
            (Self::Challenged(challenge), Some(response)) => {
                may_log_in(world, peer, user, |password| answers(challenge, password, response))?;
            }
            _ if world.schema.version().logs_in_by_challenge() => return Ok(self.challenge()),
            _ => {
                let given = command.argument("password").unwrap_or_default();
                may_log_in(world, peer, user, |password| password == given)?;
            }
        }
        *self = Self::In(user.to_vec());
        Ok(Reply::default())
    }

    /// Nobody has the empty name.
    pub(crate) fn user(&self) -> &[u8] {
        match self {
            Self::In(user) => user,
            Self::Nobody | Self::Challenged(_) => &[],
        }
    }

    fn challenge(&mut self) -> Reply {
        let challenge: [u8; 16] = rand::random();
        *self = Self::Challenged(challenge);
        Reply { rows: Vec::new(), done: Row::from_iter([("ret", hex::encode(challenge))]) }
    }
}

/// `proves` is asked whether the user's password fits what was sent.
fn may_log_in(world: &World, peer: IpAddr, user: &[u8], proves: impl FnOnce(&[u8]) -> bool) -> Result<(), Trap> {
    let row = world.row("/user", "name", user).filter(|row| text(row, "disabled") != "true");
    let row = row.filter(|row| rights::admits(&text(row, "address"), peer) && rights::has(world, user, "api"));
    let password = row.map(|row| row.get("password").cloned().unwrap_or_default());
    match password {
        Some(password) if proves(&password) => Ok(()),
        _ => Err(bad_login()),
    }
}

fn answers(challenge: &[u8], password: &[u8], response: &[u8]) -> bool {
    let digest = Md5::new().chain_update([0]).chain_update(password).chain_update(challenge).finalize();
    format!("00{}", hex::encode(digest)).as_bytes() == response
}
