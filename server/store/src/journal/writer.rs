use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{self, Wake, Waker};
use std::thread::Thread;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::Connection;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use crate::book::{self, Shared};
use crate::dialect::{self, Conn};
use crate::error::Lack;
use crate::journal::seal;
use crate::open::Mark;
use crate::{Error, orders};

/// Commands that are committed together at most.
const GROUP: usize = 64;
const QUEUE: usize = 1024;
/// How long a command waits for a place in the queue.
const PATIENCE: Duration = Duration::from_secs(10);
const READERS_PATIENCE: Duration = Duration::from_secs(2);
/// How often a lock that another program holds is waited for, five seconds each.
const TRIES: u32 = 6;

/// The one connection that writes. It takes commands from a queue and commits
/// them in groups; a caller hears of its command after the commit, and a caller
/// that goes away does not cancel it.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Message>,
}

enum Message {
    Run(Command),
    /// Commits alone; the rulebook is read anew before the next command.
    Alone(Command),
    Stop(oneshot::Sender<()>),
}

type Command = Box<dyn Work>;

/// A command, with its answer hidden inside.
trait Work: Send {
    fn run<'c>(self: Box<Self>, connection: &'c mut Conn) -> BoxFuture<'c, Done>;
    /// Tells the caller why it was not run.
    fn refuse(self: Box<Self>, error: Error);
}

struct Job<T, F> {
    command: F,
    answer: oneshot::Sender<Result<T, Error>>,
}

/// What a command left: whether to keep its writes, what it lacked, and how to tell its
/// caller once they are on disk (or that they are not).
struct Done {
    keep: bool,
    lack: Option<Lack>,
    tell: Tell,
}

type Tell = Box<dyn FnOnce(Result<(), Error>) + Send>;

impl<T, F> Work for Job<T, F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, Error>> + Send + 'static,
{
    fn run<'c>(self: Box<Self>, connection: &'c mut Conn) -> BoxFuture<'c, Done> {
        let Self { command, answer } = *self;
        Box::pin(async move {
            let result = AssertUnwindSafe(command(connection)).catch_unwind().await;
            let result = result.unwrap_or(Err(Error::Panicked));
            Done {
                keep: result.is_ok(),
                lack: result.as_ref().err().and_then(Error::lack),
                tell: Box::new(move |committed| {
                    // The caller may have gone away; its command stands all the same.
                    let _ = answer.send(committed.and(result));
                }),
            }
        })
    }

    fn refuse(self: Box<Self>, error: Error) {
        let _ = self.answer.send(Err(error));
    }
}

impl Writer {
    /// What is not `durable` goes with its runtime, in the middle of a write too.
    pub(crate) fn start(connection: Conn, book: Shared, file: Mark, durable: bool) -> Self {
        let (queue, commands) = mpsc::channel(QUEUE);
        let bench = Worker {
            connection,
            book,
            file,
            seen: None,
        };
        let work = bench.work(commands);
        if durable {
            // What a command asks of the runtime it asks of the program's.
            let runtime = Handle::current();
            let thread = std::thread::Builder::new().name("writer".to_owned());
            let begun = thread.spawn(move || {
                let _within = runtime.enter();
                alone(work);
            });
            if let Err(error) = begun {
                tracing::error!(%error, "the writer's thread cannot be started");
            }
        } else {
            tokio::spawn(work);
        }
        Self { queue }
    }

    /// Of a directory that is only read: every command is refused.
    pub(crate) fn none() -> Self {
        let (queue, _) = mpsc::channel(1);
        Self { queue }
    }

    /// Runs `command` in a transaction: its writes are kept if it answers `Ok`,
    /// and are on disk when this returns.
    pub async fn run<T, F>(&self, command: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, Error>> + Send + 'static,
    {
        self.send(command, Message::Run).await
    }

    /// As [`Self::run`], for what changes the rulebook itself: no other command is
    /// committed with it, and the next one already goes by the new book.
    pub async fn run_alone<T, F>(&self, command: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, Error>> + Send + 'static,
    {
        self.send(command, Message::Alone).await
    }

    async fn send<T, F>(&self, command: F, message: fn(Command) -> Message) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, Error>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Job { command, answer };
        let sent = self.queue.send_timeout(message(Box::new(job)), PATIENCE);
        sent.await.map_err(|error| match error {
            mpsc::error::SendTimeoutError::Timeout(_) => Error::Lacking(Lack::Turn),
            mpsc::error::SendTimeoutError::Closed(_) => Error::Stopped,
        })?;
        // Not given up after a time: what was called failed could be committed later.
        answered.await.map_err(|_| Error::Stopped)?
    }

    pub(crate) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.queue.send(Message::Stop(done)).await.is_ok() {
            let _ = stopped.await;
        }
    }
}

/// How often the writer's thread looks out for an answer of the engine before it sleeps,
/// some fifty millionths of a second: to be woken takes longer than most answers.
const LOOKS: u32 = 1_000;

/// Runs the writer's work on a thread that does nothing else: every order that is placed
/// waits for it.
fn alone(work: impl Future<Output = ()>) {
    struct Bell {
        sleeper: Thread,
        rung: AtomicBool,
    }
    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            self.rung.store(true, Ordering::Release);
            self.sleeper.unpark();
        }
    }
    let bell = Arc::new(Bell {
        sleeper: std::thread::current(),
        rung: AtomicBool::new(false),
    });
    let waker = Waker::from(bell.clone());
    let mut polled = task::Context::from_waker(&waker);
    let mut work = pin!(work);
    while work.as_mut().poll(&mut polled).is_pending() {
        let mut looks = 0;
        while !bell.rung.swap(false, Ordering::Acquire) {
            if looks < LOOKS {
                looks += 1;
                std::hint::spin_loop();
            } else {
                std::thread::park();
            }
        }
    }
}

/// For what a page writes that is only read: it waits two seconds for the writer and then
/// goes without; what was asked for is done all the same, later.
pub(crate) async fn within_patience<T>(
    write: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let done = tokio::time::timeout(READERS_PATIENCE, write).await;
    done.unwrap_or(Err(Error::Lacking(Lack::Turn)))
}

/// Where the commands are worked off.
struct Worker {
    connection: Conn,
    book: Shared,
    file: Mark,
    /// The engine's count of changes by others: another program has written when it moves.
    seen: Option<i64>,
}

impl Worker {
    async fn work(mut self, mut queue: mpsc::Receiver<Message>) {
        let mut messages = Vec::with_capacity(GROUP);
        let mut stopping = None;
        while stopping.is_none() && queue.recv_many(&mut messages, GROUP).await > 0 {
            let mut group = Vec::with_capacity(messages.len());
            for message in messages.drain(..) {
                match message {
                    Message::Run(command) => group.push(command),
                    Message::Alone(command) => {
                        self.commit(std::mem::take(&mut group)).await;
                        self.commit_alone(command).await;
                    }
                    Message::Stop(done) => stopping = Some(done),
                }
            }
            self.commit(group).await;
        }
        // The log is folded into the file, so that the file alone is the whole.
        match dialect::fold_log(&mut self.connection).await {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!("somebody reads still: the log is folded in at the next start")
            }
            Err(error) => tracing::warn!(%error, "the log cannot be folded in"),
        }
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "closing the database");
        }
        if let Some(done) = stopping {
            let _ = done.send(());
        }
    }

    async fn commit(&mut self, commands: Vec<Command>) {
        if !commands.is_empty() {
            for (tell, outcome) in self.transact(commands).await {
                tell(outcome);
            }
        }
    }

    async fn commit_alone(&mut self, command: Command) {
        let told = self.transact(vec![command]).await;
        self.read_book().await;
        for (tell, outcome) in told {
            tell(outcome);
        }
    }

    /// Reads the book anew where another program has changed the data.
    async fn look_up(&mut self) {
        let count = dialect::written_by_others(&mut self.connection).await;
        if count != self.seen {
            self.read_book().await;
            self.seen = count;
        }
    }

    /// A lock that another program holds is waited out: nothing has been done yet.
    async fn begin(&mut self) -> Result<(), sqlx::Error> {
        for _ in 1..TRIES {
            match execute(&mut self.connection, "BEGIN IMMEDIATE").await {
                Err(error) if dialect::lack(&error) == Some(Lack::Turn) => {
                    tracing::warn!("another program holds the database; waiting");
                }
                other => return other,
            }
        }
        execute(&mut self.connection, "BEGIN IMMEDIATE").await
    }

    async fn transact(&mut self, commands: Vec<Command>) -> Vec<Told> {
        if let Err(error) = self.begin().await {
            tracing::error!(%error, "a group of writes was not begun");
            let lacking = dialect::lack(&error);
            for command in commands {
                command.refuse(lacking.map_or(Error::Stopped, Error::Lacking));
            }
            return Vec::new();
        }
        // From here on nobody else writes: what others have written is all there.
        self.look_up().await;
        let connection = &mut self.connection;
        let mut finished = Vec::with_capacity(commands.len());
        let mut failed = begin(connection).await.err();
        for command in commands {
            if let Some(cause) = &failed {
                command.refuse(undone(cause));
                continue;
            }
            match run(connection, command).await {
                Ok(done) => finished.push(done),
                Err(cause) => failed = Some(cause),
            }
        }
        let ended = match failed {
            // What is written into a file that has lost its name is gone with the program.
            None if !self.file.is_there() => {
                let gone = std::io::Error::from(std::io::ErrorKind::NotFound);
                Err(sqlx::Error::Io(gone))
            }
            None => end(connection).await,
            Some(cause) => Err(cause),
        };
        if let Err(cause) = &ended {
            tracing::error!(?cause, "a group of writes was not committed");
            // A failed COMMIT leaves the transaction open; a ROLLBACK of none is harmless.
            let _ = execute(connection, "ROLLBACK").await;
        }
        // What one of them lacked is why all of them were undone.
        let lacked = finished.iter().find_map(|done| done.lack);
        finished
            .into_iter()
            .map(|done| {
                // A refusal stands whether or not the others were committed.
                let outcome = match &ended {
                    Ok(()) => Ok(()),
                    Err(_) if !done.keep => Ok(()),
                    Err(cause) => Err(lacked.map_or_else(|| undone(cause), Error::Lacking)),
                };
                (done.tell, outcome)
            })
            .collect()
    }

    async fn read_book(&mut self) {
        match book::load(&mut self.connection).await {
            Ok(book) => self.book.set(book),
            Err(error) => tracing::error!(%error, "the rules cannot be read; the old ones stay"),
        }
    }
}

type Told = (Tell, Result<(), Error>);

/// What the callers are told of whose writes went with another's.
fn undone(cause: &sqlx::Error) -> Error {
    dialect::lack(cause).map_or(Error::Stopped, Error::Lacking)
}

async fn begin(connection: &mut Conn) -> Result<(), sqlx::Error> {
    seal::begin(connection).await?;
    execute(connection, "SAVEPOINT command").await
}

/// The words of what was written go into their index at one go, in the same transaction.
async fn end(connection: &mut Conn) -> Result<(), sqlx::Error> {
    execute(connection, "RELEASE command").await?;
    orders::fold_words(connection).await?;
    execute(connection, "COMMIT").await
}

/// One command in a savepoint of its own, so that a refused one leaves nothing; the next
/// one's is there when it returns.
async fn run(connection: &mut Conn, command: Command) -> Result<Done, sqlx::Error> {
    let done = command.run(connection).await;
    debug_assert!(
        !done.keep || !seal::is_left_open(connection).await?,
        "what counts as a record was written without a line of the audit"
    );
    let next = if done.keep {
        "RELEASE command; SAVEPOINT command"
    } else {
        // Which stays, as it was.
        "ROLLBACK TO command"
    };
    execute(connection, next).await?;
    Ok(done)
}

/// What is done to one record of many, in a savepoint of its own: begun here, ended by
/// [`close_record`], so that one that fails takes nothing with it.
pub(crate) async fn open_record(connection: &mut Conn) -> Result<(), Error> {
    Ok(execute(connection, "SAVEPOINT record").await?)
}

/// Keeps what was done to the record, or undoes it. The outer error is the engine's own: it
/// has given up the whole transaction.
pub(crate) async fn close_record<T>(
    connection: &mut Conn,
    done: Result<T, Error>,
) -> Result<Result<T, Error>, Error> {
    if done.is_err() {
        execute(connection, "ROLLBACK TO record").await?;
    }
    execute(connection, "RELEASE record").await?;
    Ok(done)
}

async fn execute(connection: &mut Conn, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql).execute(connection).await.map(|_| ())
}
