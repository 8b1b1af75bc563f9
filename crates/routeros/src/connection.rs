//! The task that owns a connection: it carries bytes between the socket and the session, and answers to whoever asked.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::{Instant, sleep_until};

use crate::command::Command;
use crate::error::{Error, Loss};
use crate::reply::Row;
use crate::session::{Event, Session, Tag};

/// How long a router may take to end a cancelled command before it is held to be gone.
const CANCEL_GRACE: Duration = Duration::from_secs(10);

/// Whatever carries bytes to a router.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

pub(crate) enum Request {
    Start(Start),
    /// Nobody waits for this command any more: have the router end it.
    Abandon(Tag),
    Close,
}

pub(crate) struct Start {
    pub tag: Tag,
    pub command: Command,
    pub answers: Answers,
    /// Held until the router has ended the command, not merely until somebody lost interest in it.
    pub permit: OwnedSemaphorePermit,
}

pub(crate) enum Delivery {
    Row(Row),
    Finished(Result<Row, Error>),
}

/// Where the answer to one command goes. Without a bound on the number of rows, so that a slow reader of one print
/// does not hold up the other commands; the bytes that wait there are counted instead.
pub(crate) struct Answers {
    pub deliveries: mpsc::UnboundedSender<Delivery>,
    pub queued: Arc<AtomicUsize>,
    pub limit: usize,
}

impl Answers {
    /// A send fails when nobody listens any more, which is then known from [`Request::Abandon`].
    fn send(&self, delivery: Delivery) {
        let _ = self.deliveries.send(delivery);
    }
}

pub(crate) struct Connection {
    stream: Box<dyn Stream>,
    session: Session,
    requests: mpsc::UnboundedReceiver<Request>,
    out: Vec<u8>,
    unflushed: bool,
    waiting: HashMap<Tag, (Answers, OwnedSemaphorePermit)>,
    abandoned: BTreeMap<Tag, Instant>,
}

impl Connection {
    pub(crate) fn new(stream: Box<dyn Stream>, session: Session, requests: mpsc::UnboundedReceiver<Request>) -> Self {
        Self {
            stream,
            session,
            requests,
            out: Vec::new(),
            unflushed: false,
            waiting: HashMap::new(),
            abandoned: BTreeMap::new(),
        }
    }

    /// Until the connection is lost or nobody needs it.
    pub(crate) async fn run(mut self) {
        let loss = self.carry().await;
        tracing::debug!(%loss, in_flight = self.waiting.len(), "connection ended");
        self.requests.close();
        for (_, (answers, _permit)) in self.waiting.drain() {
            answers.send(Delivery::Finished(Err(loss.clone().into())));
        }
        while let Ok(request) = self.requests.try_recv() {
            if let Request::Start(start) = request {
                start.answers.send(Delivery::Finished(Err(Error::Closed)));
            }
        }
        let _ = self.stream.shutdown().await;
    }

    async fn carry(&mut self) -> Loss {
        let mut buffer = vec![0; 64 << 10];
        loop {
            let step = self.step(&mut buffer).await;
            let next = match step {
                Step::Asked(None | Some(Request::Close)) => Err(Loss::ClosedHere),
                Step::Asked(Some(request)) => self.asked(request),
                Step::Read(Ok(0)) => Err(Loss::ClosedByRouter),
                Step::Read(Ok(count)) => self.received(buffer.get(..count).unwrap_or_default()),
                Step::Written(Ok(count)) => self.written(count),
                Step::Read(Err(error)) | Step::Written(Err(error)) => Err(Loss::Io(error.kind())),
                Step::CancelIgnored => Err(Loss::Silent),
            };
            if let Err(loss) = next {
                return loss;
            }
        }
    }

    async fn step(&mut self, buffer: &mut [u8]) -> Step {
        let deadline = self.abandoned.values().min().copied();
        let must_write = self.unflushed || !self.out.is_empty();
        let (mut reader, mut writer) = tokio::io::split(&mut self.stream);
        tokio::select! {
            request = self.requests.recv() => Step::Asked(request),
            read = reader.read(buffer) => Step::Read(read),
            written = write_some(&mut writer, &self.out), if must_write => Step::Written(written),
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => Step::CancelIgnored,
        }
    }

    fn asked(&mut self, request: Request) -> Result<(), Loss> {
        match request {
            Request::Start(start) => {
                self.session.start(start.tag, &start.command, &mut self.out);
                self.waiting.insert(start.tag, (start.answers, start.permit));
            }
            Request::Abandon(tag) => self.abandon(tag),
            Request::Close => return Err(Loss::ClosedHere),
        }
        Ok(())
    }

    fn abandon(&mut self, tag: Tag) {
        if self.waiting.contains_key(&tag) && !self.abandoned.contains_key(&tag) {
            self.session.cancel(tag, &mut self.out);
            self.abandoned.insert(tag, Instant::now() + CANCEL_GRACE);
        }
    }

    fn received(&mut self, bytes: &[u8]) -> Result<(), Loss> {
        for event in self.session.receive(bytes)? {
            match event {
                Event::Row(tag, row) => self.row(tag, row),
                Event::Finished(tag, outcome) => self.finished(tag, outcome.map_err(Error::Trap)),
                Event::Fatal(message) => return Err(Loss::Fatal(message)),
            }
        }
        Ok(())
    }

    fn row(&mut self, tag: Tag, row: Row) {
        let Some((answers, _)) = self.waiting.get(&tag) else {
            return;
        };
        if self.abandoned.contains_key(&tag) {
            return;
        }
        let size = row.size();
        let limit = answers.limit;
        if answers.queued.fetch_add(size, Ordering::Relaxed) + size <= limit {
            answers.send(Delivery::Row(row));
        } else {
            answers.send(Delivery::Finished(Err(Error::TooLarge { limit })));
            self.abandon(tag);
        }
    }

    fn finished(&mut self, tag: Tag, outcome: Result<Row, Error>) {
        self.abandoned.remove(&tag);
        if let Some((answers, _permit)) = self.waiting.remove(&tag) {
            answers.send(Delivery::Finished(outcome));
        }
    }

    /// TLS may keep what was written until it is flushed.
    fn written(&mut self, count: usize) -> Result<(), Loss> {
        self.unflushed = !self.out.is_empty();
        if self.unflushed && count == 0 {
            return Err(Loss::ClosedByRouter);
        }
        self.out.drain(..count);
        Ok(())
    }
}

enum Step {
    Asked(Option<Request>),
    Read(std::io::Result<usize>),
    Written(std::io::Result<usize>),
    CancelIgnored,
}

/// Writes or flushes a part. Either may be dropped half-way without losing or doubling bytes.
async fn write_some(writer: &mut (impl AsyncWrite + Unpin), out: &[u8]) -> std::io::Result<usize> {
    if out.is_empty() { writer.flush().await.map(|()| 0) } else { writer.write(out).await }
}
