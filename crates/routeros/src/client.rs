//! One connection to one router, shared by as many tasks as like to.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use secrecy::ExposeSecret;
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, timeout, timeout_at};

use crate::command::Command;
use crate::connection::{Answers, Connection, Delivery, Request, Start, Stream};
use crate::error::{Error, Loss, Stage};
use crate::login;
use crate::options::Options;
use crate::pace::Pace;
use crate::reply::{Reply, Row};
use crate::session::{Session, Tag};
use crate::tls;

/// A logged-in connection. Clones share it; it closes when the last clone and the last [`Rows`] are gone.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    address: String,
    requests: mpsc::UnboundedSender<Request>,
    in_flight: Arc<Semaphore>,
    pace: Pace,
    next_tag: AtomicU64,
    command_timeout: Duration,
    answer_limit: usize,
}

impl Client {
    /// Connects and logs in, the new way or the old, as the router wants it.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::TimedOut`], [`Error::LoginRefused`], [`Error::Protocol`], [`Error::Fatal`].
    pub async fn connect(options: &Options) -> Result<Self, Error> {
        let opening = timeout(options.connect_timeout, open(options));
        let stream = opening.await.map_err(|_| Error::TimedOut(Stage::Connecting))?;
        let stream = stream.map_err(|source| Error::Connect { address: options.address(), source })?;
        let client = Self::over(stream, options);
        let logging_in = timeout(options.connect_timeout, client.log_in(options));
        logging_in.await.map_err(|_| Error::TimedOut(Stage::LoggingIn))??;
        Ok(client)
    }

    fn over(stream: Box<dyn Stream>, options: &Options) -> Self {
        let (requests, receiver) = mpsc::unbounded_channel();
        let session = Session::new(options.wire_limits);
        tokio::spawn(Connection::new(stream, session, receiver).run());
        let shared = Shared {
            address: options.address(),
            requests,
            in_flight: Arc::new(Semaphore::new(options.in_flight.max(1))),
            pace: Pace::new(options.per_second),
            next_tag: AtomicU64::new(1),
            command_timeout: options.command_timeout,
            answer_limit: options.answer_limit,
        };
        Self { shared: Arc::new(shared) }
    }

    async fn log_in(&self, options: &Options) -> Result<(), Error> {
        let (user, password) = (&options.user, options.password.expose_secret());
        let run = async |command| self.run(command).await.map_err(|error| self.login_error(error));
        let first = run(login::login(user, password)).await?;
        let answer = login::answer(user, password, &first.done)
            .map_err(|_| Error::LoginRefused { message: "the router's challenge is not hexadecimal".into() })?;
        let Some(command) = answer else {
            return Ok(());
        };
        let second = run(command).await?;
        if second.ret().is_some() {
            let message = "the router asked for the challenge again".into();
            return Err(Error::LoginRefused { message });
        }
        Ok(())
    }

    /// Before the login is through there is nothing whose outcome could be unknown.
    fn login_error(&self, error: Error) -> Error {
        let connect =
            |kind: io::ErrorKind| Error::Connect { address: self.shared.address.clone(), source: kind.into() };
        match error {
            Error::Trap(trap) => Error::LoginRefused { message: trap.message },
            Error::Lost(Loss::Protocol(error)) => Error::Protocol(error),
            Error::Lost(Loss::Io(kind)) => connect(kind),
            Error::Lost(_) | Error::Closed => connect(io::ErrorKind::UnexpectedEof),
            Error::TimedOut(_) => Error::TimedOut(Stage::LoggingIn),
            other => other,
        }
    }

    /// Sends a command and waits for its end; for a print, with all its rows.
    ///
    /// # Errors
    /// [`Error::Trap`] when the router refuses. Of the others, those of which [`Error::outcome_unknown`] is true ask
    /// to read before repeating.
    pub async fn run(&self, command: Command) -> Result<Reply, Error> {
        let (rows, done) = self.collect(command, |row| row).await?;
        Ok(Reply { rows, done })
    }

    /// Sends a print and waits for its end, as [`run`](Self::run) does. Each row is made into something else as it arrives,
    /// so that a large answer is never there twice.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub async fn run_each<T>(&self, command: Command, each: impl FnMut(Row) -> T) -> Result<Vec<T>, Error> {
        Ok(self.collect(command, each).await?.0)
    }

    async fn collect<T>(&self, command: Command, each: impl FnMut(Row) -> T) -> Result<(Vec<T>, Row), Error> {
        let mut rows = self.start(command, None).await?;
        let deadline = Instant::now() + self.shared.command_timeout;
        let collected = timeout_at(deadline, rows.collect(self.shared.answer_limit, each)).await;
        collected.map_err(|_| Error::TimedOut(Stage::Answering))?
    }

    /// Sends a print and hands out its rows as they arrive. Each may take as long as the command timeout.
    ///
    /// # Errors
    /// When it could not be sent. What the router answers, comes out of [`Rows::next`].
    pub async fn stream(&self, command: Command) -> Result<Rows, Error> {
        self.start(command, Some(self.shared.command_timeout)).await
    }

    /// Sends a command that goes on until it is dropped, such as `/ppp/active/listen`, which reports a removed row
    /// as `.dead=yes`. It takes the place of one command in flight for as long.
    ///
    /// # Errors
    /// As [`stream`](Self::stream).
    pub async fn listen(&self, command: Command) -> Result<Rows, Error> {
        self.start(command, None).await
    }

    async fn start(&self, command: Command, patience: Option<Duration>) -> Result<Rows, Error> {
        let shared = &self.shared;
        let permit = timeout(shared.command_timeout, shared.in_flight.clone().acquire_owned()).await;
        let permit = permit.map_err(|_| Error::TimedOut(Stage::Queueing))?;
        let permit = permit.map_err(|_| Error::Closed)?;
        shared.pace.wait().await;
        let tag = Tag(shared.next_tag.fetch_add(1, Ordering::Relaxed));
        let (deliveries, receiver) = mpsc::unbounded_channel();
        let queued = Arc::new(AtomicUsize::new(0));
        let answers = Answers { deliveries, queued: queued.clone(), limit: shared.answer_limit };
        tracing::trace!(address = shared.address, %command, "sending");
        let start = Start { tag, command, answers, permit };
        shared.requests.send(Request::Start(start)).map_err(|_| Error::Closed)?;
        Ok(Rows { shared: shared.clone(), tag, deliveries: receiver, queued, patience, done: None })
    }

    /// Whether every further command would fail with [`Error::Closed`].
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.shared.requests.is_closed()
    }

    /// Closes the connection for all clones. Commands in flight fail with [`Error::Lost`].
    pub fn close(&self) {
        // Fails only when it is closed already.
        let _ = self.shared.requests.send(Request::Close);
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Client({})", self.shared.address)
    }
}

async fn open(options: &Options) -> io::Result<Box<dyn Stream>> {
    let stream = TcpStream::connect((options.host.as_str(), options.port)).await?;
    // Commands are small and many: waiting to fill a packet would cost 40 ms each.
    stream.set_nodelay(true)?;
    tls::wrap(&options.tls, &options.host, stream).await
}

/// The rows of one command as they arrive. Dropping it early cancels the command on the router.
pub struct Rows {
    shared: Arc<Shared>,
    tag: Tag,
    deliveries: mpsc::UnboundedReceiver<Delivery>,
    queued: Arc<AtomicUsize>,
    patience: Option<Duration>,
    /// `None` while the command is running.
    done: Option<Row>,
}

impl Rows {
    /// The next row, or `None` after the last. After an error there is nothing more.
    pub async fn next(&mut self) -> Option<Result<Row, Error>> {
        if self.done.is_some() {
            return None;
        }
        let delivery = match self.patience {
            None => self.deliveries.recv().await,
            Some(patience) => match timeout(patience, self.deliveries.recv()).await {
                Ok(delivery) => delivery,
                Err(_) => return self.give_up(),
            },
        };
        match delivery {
            Some(Delivery::Row(row)) => {
                self.queued.fetch_sub(row.size(), Ordering::Relaxed);
                Some(Ok(row))
            }
            Some(Delivery::Finished(outcome)) => self.finish(outcome),
            // The connection's task died without a word, as on a runtime that is shutting down.
            None => self.finish(Err(Loss::ClosedHere.into())),
        }
    }

    fn give_up(&mut self) -> Option<Result<Row, Error>> {
        self.abandon();
        self.finish(Err(Error::TimedOut(Stage::Answering)))
    }

    fn finish(&mut self, outcome: Result<Row, Error>) -> Option<Result<Row, Error>> {
        let (done, error) = match outcome {
            Ok(done) => (done, None),
            Err(error) => (Row::default(), Some(Err(error))),
        };
        self.done = Some(done);
        error
    }

    /// What is made of each row, and what came with the end.
    async fn collect<T>(&mut self, limit: usize, mut each: impl FnMut(Row) -> T) -> Result<(Vec<T>, Row), Error> {
        let mut rows = Vec::new();
        let mut size = 0;
        while let Some(row) = self.next().await {
            let row = row?;
            size += row.size();
            if size > limit {
                return Err(Error::TooLarge { limit });
            }
            rows.push(each(row));
        }
        Ok((rows, self.done.clone().unwrap_or_default()))
    }

    fn abandon(&self) {
        // Fails only when the connection is gone, and the command with it.
        let _ = self.shared.requests.send(Request::Abandon(self.tag));
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        if self.done.is_none() {
            self.abandon();
        }
    }
}
