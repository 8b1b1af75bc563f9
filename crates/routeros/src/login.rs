//! Logging in, before and since 6.43.

use md5::{Digest, Md5};

use crate::command::Command;
use crate::reply::Row;

/// The login since 6.43. An older router ignores the arguments and answers with a challenge.
pub(crate) fn login(user: &str, password: &str) -> Command {
    Command::new("/login").with("name", user).with("password", password)
}

/// What to send after the first `!done`: nothing when it let us in, or the answer to an old router's challenge.
///
/// # Errors
/// A challenge that is not hexadecimal.
pub(crate) fn answer(user: &str, password: &str, done: &Row) -> Result<Option<Command>, BadChallenge> {
    let Some(challenge) = done.get("ret") else {
        return Ok(None);
    };
    let challenge = hex::decode(challenge).map_err(|_| BadChallenge)?;
    let digest = Md5::new().chain_update([0]).chain_update(password).chain_update(challenge).finalize();
    let response = format!("00{}", hex::encode(digest));
    Ok(Some(Command::new("/login").with("name", user).with("response", response)))
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadChallenge;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn done_without_a_challenge_is_logged_in() {
        assert_eq!(answer("admin", "secret", &Row::default()), Ok(None));
    }

    #[test]
    fn a_challenge_is_answered_with_the_digest_of_zero_password_and_challenge() {
        let done = Row::from_iter([("ret", "ebddd18303a54111e2dea05a92ab46b4")]);
        let command = answer("admin", "", &done).unwrap().unwrap();
        // md5 of a zero byte, the empty password and the challenge, computed by another tool
        assert_eq!(command.argument("response"), Some(&b"001ea726ed53ae38520c8334f82d44c9f2"[..]));
    }

    #[test]
    fn a_challenge_that_is_no_challenge_is_refused() {
        let done = Row::from_iter([("ret", "*1F")]);
        assert_eq!(answer("admin", "", &done), Err(BadChallenge));
    }
}
