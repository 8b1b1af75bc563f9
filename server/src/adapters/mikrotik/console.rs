//! Speaking to a router command by command, before it is a record.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use domain::network::{Attributes, Because};
use domain::onboarding::Call;
use routeros::{Client, Command, Options, Tls};
use tokio::net::UdpSocket;
use workflows::ports::{Answer, Console, Consoles, Door, Exchange};

use super::{MikroTik, act, answers};

impl Consoles for MikroTik {
    fn open<'a>(&'a self, door: &'a Door) -> Answer<'a, Result<Box<dyn Console>, Because>> {
        Box::pin(async move {
            let options = Options {
                port: door.port,
                tls: door.certificate.map_or(Tls::Off, Tls::Pinned),
                connect_timeout: door.patience.min(self.connect_timeout),
                command_timeout: self.command_timeout,
                in_flight: 1,
                ..Options::plain(&door.host, &door.username, door.password.clone())
            };
            let client = Client::connect(&options).await.map_err(|error| answers::because(None, &error))?;
            Ok(Box::new(Talk { client }) as Box<dyn Console>)
        })
    }

    /// A socket that sends nothing is told by the system from which address it would.
    fn own_address<'a>(&'a self, host: &'a str, port: u16) -> Answer<'a, Option<IpAddr>> {
        Box::pin(async move {
            let socket = UdpSocket::bind(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0))).await.ok()?;
            socket.connect((host, port)).await.ok()?;
            socket.local_addr().ok().map(|address| address.ip())
        })
    }

    fn shown(&self, call: &Call) -> String {
        command(call).to_string()
    }
}

struct Talk {
    client: Client,
}

impl Console for Talk {
    fn run<'a>(&'a self, call: &'a Call) -> Answer<'a, (Exchange, Result<Vec<Attributes>, Because>)> {
        Box::pin(async move {
            let command = command(call);
            let outcome = self.client.run(command.clone()).await;
            let answer = match &outcome {
                Ok(reply) => act::words(reply),
                Err(error) => error.to_string(),
            };
            let exchange = Exchange { sent: true, command: command.to_string(), answer: Some(answer) };
            let rows = outcome.map_err(|error| answers::because(Some(&command), &error));
            (exchange, rows.map(|reply| reply.rows.into_iter().map(|row| row.into_texts().collect()).collect()))
        })
    }
}

/// Whoever holds the connection alone closes it: safe mode that is not released is undone.
impl Drop for Talk {
    fn drop(&mut self) {
        self.client.close();
    }
}

fn command(call: &Call) -> Command {
    let start = Command::new(&call.path);
    call.arguments.iter().fold(start, |command, (name, value)| command.with(name, value.as_str()))
}
