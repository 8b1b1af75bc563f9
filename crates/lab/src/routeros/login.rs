//! Who may talk to the router, before and since 6.43.

use md5::{Digest, Md5};
use routeros::{Command, Reply, Row, Trap};

use super::answers::bad_login;
use super::fault::Fault;
use super::made::text;
use super::world::World;

#[derive(Debug)]
pub(crate) enum Login {
    Nobody,
    /// An old router waits for the answer to this.
    Challenged([u8; 16]),
    In,
}

impl Login {
    /// Answers one `/login`.
    pub(crate) fn step(&mut self, world: &World, command: &Command) -> Result<Reply, Trap> {
        if world.faults.has(&Fault::DenyLogin) {
            return Err(bad_login());
        }
        let user = command.argument("name").unwrap_or_default();
        let response = command.argument("response");
        match (&self, response) {
            (Self::Challenged(challenge), Some(response)) => {
                may_log_in(world, user, |password| answers(challenge, password, response))?;
            }
            _ if world.schema.version().logs_in_by_challenge() => return Ok(self.challenge()),
            _ => {
                let given = command.argument("password").unwrap_or_default();
                may_log_in(world, user, |password| password == given)?;
            }
        }
        *self = Self::In;
        Ok(Reply::default())
    }

    fn challenge(&mut self) -> Reply {
        let challenge: [u8; 16] = rand::random();
        *self = Self::Challenged(challenge);
        Reply { rows: Vec::new(), done: Row::from_iter([("ret", hex::encode(challenge))]) }
    }
}

/// `proves` is asked whether the user's password fits what was sent.
fn may_log_in(world: &World, user: &[u8], proves: impl FnOnce(&[u8]) -> bool) -> Result<(), Trap> {
    let row = world.row("/user", "name", user).filter(|row| text(row, "disabled") != "true");
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
