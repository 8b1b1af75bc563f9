//! Sending changes, and keeping what was sent and answered.

use domain::network::{Action, Because};
use routeros::{Client, Command, Error, Reply};
use workflows::ports::Exchange;

use super::answers;
use super::commands;

/// How a sequence of changes ended.
#[derive(Debug)]
pub enum End {
    Done,
    /// Whether the last command was carried out is not known: read before anything else.
    LookAgain(Because),
    Refused(Because),
}

/// Sends one customer's changes one after the other; the first that fails ends it.
pub async fn send(client: &Client, actions: &[Action], exchanges: &mut Vec<Exchange>) -> End {
    for action in actions {
        if let Err((command, error)) = send_one(client, action, exchanges).await {
            let because = answers::because(Some(&command), &error);
            return if answers::must_look_again(&error) { End::LookAgain(because) } else { End::Refused(because) };
        }
    }
    End::Done
}

async fn send_one(client: &Client, action: &Action, exchanges: &mut Vec<Exchange>) -> Result<(), (Command, Error)> {
    for command in commands::of(action) {
        run(client, command, exchanges).await?;
    }
    if let Action::DropSessions { user } = action {
        for id in session_ids(client, user, exchanges).await? {
            match run(client, commands::drop_session(&id), exchanges).await {
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
    exchanges: &mut Vec<Exchange>,
) -> Result<Vec<String>, (Command, Error)> {
    let reply = run(client, commands::sessions_of(user), exchanges).await?;
    Ok(reply.rows.iter().filter_map(|row| row.id().map(String::from)).collect())
}

pub async fn run(client: &Client, command: Command, exchanges: &mut Vec<Exchange>) -> Result<Reply, (Command, Error)> {
    let outcome = client.run(command.clone()).await;
    let answer = match &outcome {
        Ok(reply) => words(reply),
        Err(error) => error.to_string(),
    };
    exchanges.push(Exchange { sent: true, command: command.to_string(), answer: Some(answer) });
    outcome.map_err(|error| (command, error))
}

/// In the words of the protocol.
fn words(reply: &Reply) -> String {
    match (reply.ret(), reply.rows.len()) {
        (Some(id), _) => format!("!done ret={id}"),
        (None, 0) => "!done".to_owned(),
        (None, rows) => format!("!re x{rows} !done"),
    }
}

/// What would be sent. Sessions are looked up, which changes nothing.
pub async fn rehearse(client: &Client, actions: &[Action], exchanges: &mut Vec<Exchange>) -> End {
    for action in actions {
        let mut planned = commands::of(action);
        if let Action::DropSessions { user } = action {
            match session_ids(client, user, exchanges).await {
                Ok(ids) => planned.extend(ids.iter().map(|id| commands::drop_session(id))),
                Err((command, error)) => return End::LookAgain(answers::because(Some(&command), &error)),
            }
        }
        let planned =
            planned.iter().map(|command| Exchange { sent: false, command: command.to_string(), answer: None });
        exchanges.extend(planned);
    }
    End::Done
}
