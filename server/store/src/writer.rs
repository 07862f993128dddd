use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use crate::Error;
use crate::book::{self, Shared};

/// Commands that are committed together at most.
const GROUP: usize = 64;
const QUEUE: usize = 1024;

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

/// A command, with its answer hidden inside.
type Command = Box<dyn for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Done> + Send>;

/// What a command left: whether to keep its writes, and how to tell its caller
/// once they are on disk (or that they are not).
struct Done {
    keep: bool,
    tell: Box<dyn FnOnce(Result<(), Error>) + Send>,
}

impl Writer {
    pub(crate) fn start(connection: SqliteConnection, book: Shared) -> Self {
        let (queue, commands) = mpsc::channel(QUEUE);
        let bench = Bench {
            connection,
            book,
            seen: None,
        };
        tokio::spawn(bench.work(commands));
        Self { queue }
    }

    /// Runs `command` in a transaction: its writes are kept if it answers `Ok`,
    /// and are on disk when this returns.
    pub async fn run<T, F>(&self, command: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, Error>>
            + Send
            + 'static,
    {
        self.send(command, Message::Run).await
    }

    /// As [`Self::run`], for what changes the rulebook itself: no other command is
    /// committed with it, and the next one already goes by the new book.
    pub async fn run_alone<T, F>(&self, command: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, Error>>
            + Send
            + 'static,
    {
        self.send(command, Message::Alone).await
    }

    async fn send<T, F>(&self, command: F, message: fn(Command) -> Message) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, Error>>
            + Send
            + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let command: Command = Box::new(move |connection| {
            Box::pin(async move {
                let result = AssertUnwindSafe(command(connection)).catch_unwind().await;
                let result = result.unwrap_or(Err(Error::Panicked));
                Done {
                    keep: result.is_ok(),
                    tell: Box::new(move |committed| {
                        // The caller may have gone away; its command stands all the same.
                        let _ = answer.send(committed.and(result));
                    }),
                }
            })
        });
        let sent = self.queue.send(message(command)).await;
        sent.map_err(|_| Error::Stopped)?;
        answered.await.map_err(|_| Error::Stopped)?
    }

    pub(crate) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.queue.send(Message::Stop(done)).await.is_ok() {
            let _ = stopped.await;
        }
    }
}

/// Where the commands are worked off.
struct Bench {
    connection: SqliteConnection,
    book: Shared,
    /// SQLite's count of changes by others: another program has written when it moves.
    seen: Option<i64>,
}

impl Bench {
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
        // SQLite folds the log back into the file.
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
        let count = sqlx::query_scalar("PRAGMA data_version")
            .fetch_one(&mut self.connection)
            .await
            .ok();
        if count != self.seen {
            self.read_book().await;
            self.seen = count;
        }
    }

    async fn transact(&mut self, commands: Vec<Command>) -> Vec<Told> {
        let begun = execute(&mut self.connection, "BEGIN IMMEDIATE").await;
        // From here on nobody else writes: what others have written is all there.
        self.look_up().await;
        let connection = &mut self.connection;
        let mut finished = Vec::with_capacity(commands.len());
        let mut failed = begun.is_err();
        for command in commands {
            if failed {
                // Dropping the command tells its caller that the writer has stopped.
                continue;
            }
            match run(connection, command).await {
                Ok(done) => finished.push(done),
                Err(error) => {
                    tracing::error!(%error, "a savepoint failed; the group is undone");
                    failed = true;
                }
            }
        }
        let end = if failed { "ROLLBACK" } else { "COMMIT" };
        let ended = execute(connection, end).await;
        let committed = !failed && ended.is_ok();
        if !committed {
            tracing::error!(?begun, ?ended, "a group of writes was not committed");
            // A failed COMMIT leaves the transaction open; a ROLLBACK of none is harmless.
            let _ = execute(connection, "ROLLBACK").await;
        }
        finished
            .into_iter()
            .map(|done| {
                // A refusal stands whether or not the others were committed.
                let outcome = if committed || !done.keep {
                    Ok(())
                } else {
                    Err(Error::Stopped)
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

type Told = (Box<dyn FnOnce(Result<(), Error>) + Send>, Result<(), Error>);

/// One command in a savepoint of its own, so that a refused one leaves nothing.
async fn run(connection: &mut SqliteConnection, command: Command) -> Result<Done, sqlx::Error> {
    execute(connection, "SAVEPOINT command").await?;
    let done = command(connection).await;
    if !done.keep {
        execute(connection, "ROLLBACK TO command").await?;
    }
    execute(connection, "RELEASE command").await?;
    Ok(done)
}

async fn execute(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql).execute(connection).await.map(|_| ())
}
