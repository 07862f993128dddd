use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use crate::Error;

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
    pub(crate) fn start(connection: SqliteConnection) -> Self {
        let (queue, commands) = mpsc::channel(QUEUE);
        tokio::spawn(work(connection, commands));
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
        let sent = self.queue.send(Message::Run(command)).await;
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

async fn work(mut connection: SqliteConnection, mut queue: mpsc::Receiver<Message>) {
    let mut group = Vec::with_capacity(GROUP);
    let mut stopping = None;
    while stopping.is_none() && queue.recv_many(&mut group, GROUP).await > 0 {
        let mut commands = Vec::with_capacity(group.len());
        for message in group.drain(..) {
            match message {
                Message::Run(command) => commands.push(command),
                Message::Stop(done) => stopping = Some(done),
            }
        }
        commit(&mut connection, commands).await;
    }
    // SQLite folds the log back into the file.
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "closing the database");
    }
    if let Some(done) = stopping {
        let _ = done.send(());
    }
}

async fn commit(connection: &mut SqliteConnection, commands: Vec<Command>) {
    let begun = execute(connection, "BEGIN IMMEDIATE").await;
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
    for done in finished {
        // A refusal stands whether or not the others were committed.
        let outcome = if committed || !done.keep {
            Ok(())
        } else {
            Err(Error::Stopped)
        };
        (done.tell)(outcome);
    }
}

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
