//! Sending changes, and keeping what was sent and answered.

use domain::network::{Action, Because};
use routeros::{Client, Command, Error, Reply};
use workflows::ports::Exchange;

use super::connections::{self, Connections};
use super::{answers, commands};

/// How a sequence of changes ended.
#[derive(Debug)]
pub enum End {
    Done,
    /// Whether the last command was carried out is not known: read before anything else.
    LookAgain(Because),
    Refused(Because),
}

/// Sends one customer's changes one after the other; the first that fails ends it. Connections are ended for many
/// customers together: see `connections`.
pub async fn send(client: &Client, actions: &[Action], said: &mut impl Extend<Exchange>) -> End {
    for action in actions {
        if let Err((command, error)) = send_one(client, action, said).await {
            return ended(&command, &error);
        }
    }
    End::Done
}

/// What a failed command means for what comes after it.
pub fn ended(command: &Command, error: &Error) -> End {
    let because = answers::because(Some(command), error);
    if answers::must_look_again(error) { End::LookAgain(because) } else { End::Refused(because) }
}

async fn send_one(client: &Client, action: &Action, said: &mut impl Extend<Exchange>) -> Result<(), (Command, Error)> {
    for command in commands::of(action) {
        run(client, command, said).await?;
    }
    if let Action::DropSessions { user } = action {
        for id in session_ids(client, user, said).await? {
            match run(client, commands::drop_session(&id), said).await {
                // It ended by itself meanwhile.
                Err((_, error)) if answers::is_gone(&error) => {}
                dropped => _ = dropped?,
            }
        }
    }
    Ok(())
}

async fn session_ids(
    client: &Client,
    user: &str,
    said: &mut impl Extend<Exchange>,
) -> Result<Vec<String>, (Command, Error)> {
    let reply = run(client, commands::sessions_of(user), said).await?;
    Ok(reply.rows.iter().filter_map(|row| row.id().map(String::from)).collect())
}

pub async fn run(
    client: &Client,
    command: Command,
    said: &mut impl Extend<Exchange>,
) -> Result<Reply, (Command, Error)> {
    let mut under_way = UnderWay { command: &command, answer: None, said };
    let outcome = client.run(command.clone()).await;
    under_way.answer = Some(match &outcome {
        Ok(reply) => words(reply),
        Err(error) => error.to_string(),
    });
    drop(under_way);
    outcome.map_err(|error| (command, error))
}

/// A command on its way. It is noted when it is over, and also when nobody waits for its answer any longer: whether it
/// got through is then not known.
struct UnderWay<'a, S: Extend<Exchange>> {
    command: &'a Command,
    answer: Option<String>,
    said: &'a mut S,
}

impl<S: Extend<Exchange>> Drop for UnderWay<'_, S> {
    fn drop(&mut self) {
        let exchange = Exchange { sent: true, command: self.command.to_string(), answer: self.answer.take() };
        self.said.extend([exchange]);
    }
}

/// In the words of the protocol.
pub fn words(reply: &Reply) -> String {
    match (reply.ret(), reply.rows.len()) {
        (Some(id), _) => format!("!done ret={id}"),
        (None, 0) => "!done".to_owned(),
        (None, rows) => format!("!re x{rows} !done"),
    }
}

/// What would be sent. Sessions are looked up, which changes nothing; connections were, for many customers together.
pub async fn rehearse(
    client: &Client,
    actions: &[Action],
    connections: &Connections,
    said: &mut impl Extend<Exchange>,
) -> End {
    for action in actions {
        let mut planned = commands::of(action);
        match found(client, action, connections, said).await {
            Ok(found) => planned.extend(found),
            Err((command, error)) => return End::LookAgain(answers::because(Some(&command), &error)),
        }
        let planned =
            planned.iter().map(|command| Exchange { sent: false, command: command.to_string(), answer: None });
        said.extend(planned);
    }
    End::Done
}

/// The commands of a change that depend on what is found on the router at that moment.
async fn found(
    client: &Client,
    action: &Action,
    connections: &Connections,
    said: &mut impl Extend<Exchange>,
) -> Result<Vec<Command>, (Command, Error)> {
    Ok(match action {
        Action::DropSessions { user } => {
            let ids = session_ids(client, user, said).await?;
            ids.iter().map(|id| commands::drop_session(id)).collect()
        }
        Action::DropConnections { address } => {
            connections.get(address).into_iter().flat_map(|ids| connections::removals(ids)).collect()
        }
        _ => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_whose_answer_nobody_waited_for_is_noted_without_one() {
        let (command, mut said) = (Command::new("/ppp/secret/add"), Vec::<Exchange>::new());
        drop(UnderWay { command: &command, answer: None, said: &mut said });
        assert_eq!(said, [Exchange { sent: true, command: "/ppp/secret/add".to_owned(), answer: None }]);
    }
}
