pub mod backup;
pub mod cut;
pub(crate) mod migrations;
pub mod seed;

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ops::Deref;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use domain::{Policy, Rulebook};
use futures::future::BoxFuture;
use sqlx::migrate::MigrateError;
use sqlx::{ConnectOptions, Connection};
use thiserror::Error;

use self::migrations::MIGRATIONS;
use crate::book::Shared;
use crate::dialect::{self, Conn, FILE, Options, Pool};
use crate::journal::{records, seal};
use crate::readers::Readers;
use crate::troubles::Troubles;
use crate::writer::Writer;
use crate::{book, feeds, meetings, orders, people, policy};

/// An open data directory; one for all who use it.
#[derive(Clone)]
pub struct Store(Arc<Opened>);

impl Deref for Store {
    type Target = Opened;

    fn deref(&self) -> &Opened {
        &self.0
    }
}

/// What a [`Store`] has.
pub struct Opened {
    pub(crate) read: Pool,
    /// Searches by words: a page never waits behind one.
    pub(crate) search: Pool,
    /// What goes through everything, a check or a preview, without a limit of time.
    pub(crate) long: Pool,
    pub(crate) write: Writer,
    pub(crate) book: Shared,
    pub(crate) policy: Arc<RwLock<Arc<Policy>>>,
    pub(crate) troubles: Troubles,
    file: Mark,
    /// Sessions whose use is being noted.
    pub(crate) noting: Arc<Mutex<HashSet<i64>>>,
    /// How many groups of alike orders there were, and in which minute they were counted.
    pub(crate) common: Arc<Mutex<Option<(i64, u64)>>>,
    pub(crate) feeds: feeds::Made,
}

/// Why a data directory cannot be used.
#[derive(Debug, Error)]
pub enum OpenError {
    #[error("the data directory {0} cannot be written")]
    NotWritable(PathBuf, #[source] std::io::Error),
    #[error(
        "the data in {0} was written by a newer version of this program (schema {1}); \
         start that version, or restore an older backup"
    )]
    Newer(PathBuf, i64),
    #[error("the schema of the data in {0} is not one of this program's")]
    Migration(PathBuf, #[source] MigrateError),
    #[error("the database engine is too old ({0}): 3.51.3 or later is needed")]
    OldEngine(i32),
    #[error("the data in {0} cannot be opened")]
    Database(PathBuf, #[source] sqlx::Error),
    #[error(
        "the database in {} is damaged ({}); bring back the last backup into a new directory \
         with `server restore`",
        .0.display(),
        .1
    )]
    Damaged(PathBuf, String),
    #[error(
        "the database of {} is missing or empty; bring back a backup into a new directory with \
         `server restore`. Where nothing was lost, begin in a directory that is empty",
        .0.display()
    )]
    Lost(PathBuf),
    #[error(
        "the database in {} is not one of this program; name another directory, or bring back \
         a backup into a new one with `server restore`",
        .0.display()
    )]
    Foreign(PathBuf),
    #[error("the rules in {0} are not complete")]
    Book(PathBuf, #[source] book::BookError),
    #[error("the lists in {0} cannot be brought up to this version")]
    Columns(PathBuf, #[source] crate::Error),
    #[error("the first data cannot be laid down")]
    Seed(#[source] seed::SeedError),
    #[error("{0} was served for real; a rehearsal needs a directory of its own")]
    ServedForReal(PathBuf),
    #[error("{0} belongs to a rehearsal; serving for real needs a directory of its own")]
    Rehearsed(PathBuf),
    #[error("{0} holds data that are not the demo's; --demo needs an empty directory")]
    NotADemo(PathBuf),
    #[error("filling the demo in {0} was interrupted; remove that directory and start again")]
    HalfADemo(PathBuf),
    #[error("{0} holds the demo; serve it with --demo, or name another directory")]
    Demo(PathBuf),
    #[error("the purpose of {0} cannot be read")]
    Purpose(PathBuf, #[source] crate::Error),
    #[error(
        "there is no data in {}; `server serve --data` makes a new directory, \
         `server restore` brings back a backup",
        .0.display()
    )]
    Nothing(PathBuf),
    #[error(
        "the data in {} were written by an earlier version of this program; \
         start `server serve` with it once, which brings them up to date",
        .0.display()
    )]
    Older(PathBuf),
}

impl OpenError {
    fn database(dir: &Path, error: sqlx::Error) -> Self {
        if dialect::is_corrupt(&error) {
            Self::Damaged(dir.to_owned(), "it cannot be read".to_owned())
        } else {
            Self::Database(dir.to_owned(), error)
        }
    }
}

impl Store {
    /// Opens `dir`, creating and migrating it where needed.
    pub async fn open(dir: &Path) -> Result<Self, OpenError> {
        // An order that was acknowledged survives a power cut.
        Self::open_with(dir, true).await
    }

    /// As [`Self::open`], where there are data already: a mistyped name makes no directory.
    pub async fn open_existing(dir: &Path) -> Result<Self, OpenError> {
        if !dir.join(FILE).is_file() {
            return Err(OpenError::Nothing(dir.to_owned()));
        }
        Self::open(dir).await
    }

    /// As [`Self::open`], for an invented life that no power cut befalls: what is committed
    /// is the same, and the disk is not waited for.
    pub async fn open_simulated(dir: &Path) -> Result<Self, OpenError> {
        Self::open_with(dir, false).await
    }

    async fn open_with(dir: &Path, durable: bool) -> Result<Self, OpenError> {
        if let Some(version) = dialect::too_old() {
            return Err(OpenError::OldEngine(version));
        }
        prove_writable(dir)?;
        if is_lost(dir) {
            return Err(OpenError::Lost(dir.to_owned()));
        }
        let file = dir.join(FILE);
        let database = |error| OpenError::database(dir, error);
        let options = dialect::options(&file);
        let writing = dialect::writer(options.clone(), durable).await;
        let mut writer = writing.map_err(database)?;
        if let Some(damage) = dialect::damage(&mut writer).await.map_err(database)? {
            return Err(OpenError::Damaged(dir.to_owned(), damage));
        }
        if dialect::is_foreign(&mut writer).await.map_err(database)? {
            return Err(OpenError::Foreign(dir.to_owned()));
        }
        let is_empty = dialect::schema(&mut writer)
            .await
            .map_err(database)?
            .is_empty();
        if is_empty && is_used(dir) {
            return Err(OpenError::Lost(dir.to_owned()));
        }
        let had_audit = dialect::has_table(&mut writer, "audit").await;
        let had_audit = had_audit.map_err(database)?;
        let had_journal = dialect::has_table(&mut writer, "changes").await;
        let had_journal = had_journal.map_err(database)?;
        if had_journal {
            seal::prepare(&mut writer).await.map_err(database)?;
        }
        MIGRATIONS
            .run(&mut writer)
            .await
            .map_err(|error| migration(dir, error))?;
        if !had_journal {
            seal::prepare(&mut writer).await.map_err(database)?;
        }
        records::watch(&mut writer).await.map_err(database)?;
        orders::prepare_words(&mut writer).await.map_err(database)?;
        seed::lay_down(&mut writer).await.map_err(OpenError::Seed)?;
        let troubles = Troubles::default();
        let book = book::load(&mut writer)
            .await
            .map_err(|error| OpenError::Book(dir.to_owned(), error))?;
        people::key_names(&mut writer)
            .await
            .map_err(|error| OpenError::Columns(dir.to_owned(), error))?;
        orders::rewrite_columns(&mut writer, &book, &troubles)
            .await
            .map_err(|error| OpenError::Columns(dir.to_owned(), error))?;
        meetings::recount(&mut writer, &book, &troubles)
            .await
            .map_err(|error| OpenError::Columns(dir.to_owned(), error))?;
        let sealed = match (had_audit, had_journal) {
            // Only then: an audit that was emptied is not begun anew.
            (false, _) => seal::seal_older(&mut writer).await,
            (true, true) => seal::seal_newer(&mut writer).await,
            (true, false) => Ok(()),
        };
        sealed.map_err(|error| OpenError::Columns(dir.to_owned(), error))?;
        let book = Shared::new(book);
        let mark = Mark::of(dir)?;
        let write = Writer::start(writer, book.clone(), mark.clone(), durable);
        Self::with_readers((dir, mark), options, write, book, troubles).await
    }

    /// Opens `dir` to read only: nothing in it is made, migrated or changed. It must be of
    /// this version.
    pub async fn open_to_read(dir: &Path) -> Result<Self, OpenError> {
        let file = dir.join(FILE);
        if !file.is_file() {
            return Err(OpenError::Nothing(dir.to_owned()));
        }
        let database = |error| OpenError::database(dir, error);
        let options = dialect::to_read(dir);
        if is_lost(dir) {
            return Err(OpenError::Lost(dir.to_owned()));
        }
        let mut connection = options
            .clone()
            .read_only(true)
            .connect()
            .await
            .map_err(database)?;
        let ours: i64 = MIGRATIONS.iter().map(|one| one.version).max().unwrap_or(0);
        if dialect::is_foreign(&mut connection)
            .await
            .map_err(database)?
        {
            return Err(OpenError::Foreign(dir.to_owned()));
        }
        let theirs: i64 = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
            .fetch_one(&mut connection)
            .await
            .map_err(database)?;
        match theirs.cmp(&ours) {
            Ordering::Less => return Err(OpenError::Older(dir.to_owned())),
            Ordering::Greater => return Err(OpenError::Newer(dir.to_owned(), theirs)),
            Ordering::Equal => {}
        }
        let book = match book::load(&mut connection).await {
            Ok(book) => book,
            // What is wrong with it is the check's to say, beside all else.
            Err(_) => book::first()
                .await
                .map_err(|error| OpenError::Book(dir.to_owned(), error))?,
        };
        connection.close().await.map_err(database)?;
        Self::with_readers(
            (dir, Mark::of(dir)?),
            options,
            Writer::none(),
            Shared::new(book),
            Troubles::default(),
        )
        .await
    }

    async fn with_readers(
        (dir, mark): (&Path, Mark),
        options: Options,
        write: Writer,
        book: Shared,
        troubles: Troubles,
    ) -> Result<Self, OpenError> {
        let database = |error| OpenError::database(dir, error);
        let options = options.read_only(true);
        let readers = Readers::new(options);
        let store = Self(Arc::new(Opened {
            read: readers.usual().await.map_err(database)?,
            search: readers.search(),
            long: readers.long(),
            write,
            book,
            policy: Arc::default(),
            troubles,
            file: mark,
            noting: Arc::default(),
            common: Arc::default(),
            feeds: feeds::Made::default(),
        }));
        policy::load(&store)
            .await
            .map_err(|error| OpenError::Columns(dir.to_owned(), error))?;
        Ok(store)
    }

    /// Whether the file that is served is still the one of its name, with its log beside it.
    pub fn has_its_file(&self) -> bool {
        self.file.is_there()
    }

    /// Records that could not be read or swept, until they can.
    pub fn troubles(&self) -> &Troubles {
        &self.troubles
    }

    /// Keeps training and demo apart from real work: a directory is for one of
    /// them, from its first serving on. Answers whether this is the first.
    pub async fn dedicate(&self, dir: &Path, purpose: Purpose) -> Result<bool, OpenError> {
        let (first, kept) = self
            .write(move |connection| Box::pin(claim(connection, purpose)))
            .await
            .map_err(|error| OpenError::Purpose(dir.to_owned(), error))?;
        match (purpose.rehearsal, kept.rehearsal) {
            (true, false) => return Err(OpenError::ServedForReal(dir.to_owned())),
            (false, true) => return Err(OpenError::Rehearsed(dir.to_owned())),
            (true, true) | (false, false) => {}
        }
        match (purpose.demo, kept.demo) {
            (true, false) => Err(OpenError::NotADemo(dir.to_owned())),
            (false, true) => Err(OpenError::Demo(dir.to_owned())),
            (false, false) => Ok(first),
            (true, true) => self.whole_demo(dir, first).await,
        }
    }

    /// What the directory is for; `None` before its first serving.
    pub async fn purpose(&self) -> Result<Option<Purpose>, crate::Error> {
        let purpose = sqlx::query_as("SELECT rehearsal, demo FROM purpose");
        Ok(purpose.fetch_optional(&self.read).await?)
    }

    /// A demo whose filling was interrupted is not served.
    async fn whole_demo(&self, dir: &Path, first: bool) -> Result<bool, OpenError> {
        let filled: bool = sqlx::query_scalar("SELECT filled FROM purpose")
            .fetch_one(&self.read)
            .await
            .map_err(|error| OpenError::database(dir, error))?;
        if first || filled {
            Ok(first)
        } else {
            Err(OpenError::HalfADemo(dir.to_owned()))
        }
    }

    /// The demo is all there.
    pub async fn demo_is_filled(&self) -> Result<(), crate::Error> {
        self.write(|connection| {
            Box::pin(async move {
                sqlx::query("UPDATE purpose SET filled = TRUE")
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// The rules, the calendar and the directory as they stand now.
    pub fn book(&self) -> Arc<Rulebook> {
        self.book.get()
    }

    /// What the security administrator has decided.
    pub fn policy(&self) -> Arc<Policy> {
        let policy = self.policy.read().unwrap_or_else(PoisonError::into_inner);
        policy.clone()
    }

    /// Takes in what another program has changed in the rules, calendars or policy; the
    /// writer has answered when it returns.
    pub async fn look_up(&self) -> Result<(), crate::Error> {
        policy::load(self).await?;
        self.write(|_| Box::pin(async { Ok(()) })).await
    }

    /// As [`Writer::run`].
    pub(crate) async fn write<T, F>(&self, command: F) -> Result<T, crate::Error>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, crate::Error>> + Send + 'static,
    {
        self.write.run(command).await
    }

    /// The one connection that writes.
    pub fn writer(&self) -> &Writer {
        &self.write
    }

    /// What the engine finds wrong with the file and its references, a line each.
    pub async fn integrity(&self) -> Result<Vec<String>, crate::Error> {
        let mut connection = self.long.acquire().await?;
        let mut wrong = dialect::broken_pages(&mut connection).await?;
        let ours = dialect::schema(&mut migrations::fresh().await?).await?;
        let there = dialect::schema(&mut connection).await?;
        let more = there.keys().filter(|name| !ours.contains_key(*name));
        wrong.extend(more.map(|name| format!("the {name} is not this program's")));
        for (name, sql) in ours {
            match there.get(&name) {
                None => wrong.push(format!("the {name} is missing")),
                Some(found) if *found != sql => {
                    wrong.push(format!("the {name} is not as the program made it"));
                }
                Some(_) => {}
            }
        }
        wrong.extend(dialect::broken_references(&mut connection).await?);
        Ok(wrong)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), crate::Error> {
        sqlx::query("SELECT 1").execute(&self.read).await?;
        Ok(())
    }

    /// Finishes the writes under way and closes the file: the writer last, so that nobody
    /// keeps it from folding the log in.
    pub async fn close(self) {
        for pool in [&self.read, &self.search, &self.long] {
            let _ = tokio::time::timeout(PATIENCE, pool.close()).await;
        }
        self.write.stop().await;
    }
}

/// Readers that do not let go are not waited for longer at the end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether there is no database where there was one: it is never begun anew beside its
/// attachments or its log, nor in the place of one that was emptied.
fn is_lost(dir: &Path) -> bool {
    let size = std::fs::metadata(dir.join(FILE))
        .map(|file| file.len())
        .ok();
    match size {
        None => is_used(dir) || dir.join(format!("{FILE}-wal")).exists(),
        Some(size) => size == 0,
    }
}

/// Whether there is what a city leaves beside its database.
fn is_used(dir: &Path) -> bool {
    let inside = std::fs::read_dir(dir.join("attachments"));
    let has_files = inside.is_ok_and(|mut inside| inside.next().is_some());
    has_files || dir.join("last-backup").exists()
}

/// Which file is served, whatever it is called meanwhile.
#[derive(Clone)]
pub(crate) struct Mark {
    path: Arc<Path>,
    /// Its device and number there.
    is: (u64, u64),
}

impl Mark {
    fn of(dir: &Path) -> Result<Self, OpenError> {
        let path: Arc<Path> = dir.join(FILE).into();
        let found = Self::found(&path);
        let is = found.map_err(|error| OpenError::NotWritable(dir.to_owned(), error))?;
        Ok(Self { path, is })
    }

    fn found(path: &Path) -> Result<(u64, u64), std::io::Error> {
        let file = std::fs::metadata(path)?;
        Ok((file.dev(), file.ino()))
    }

    /// Whether the file still has its name, with its log beside it: else what is written
    /// is gone with the program.
    pub(crate) fn is_there(&self) -> bool {
        let log = self.path.with_file_name(format!("{FILE}-wal"));
        log.exists() && Self::found(&self.path).is_ok_and(|found| found == self.is)
    }
}

/// What a data directory is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Purpose {
    pub rehearsal: bool,
    pub demo: bool,
}

async fn claim(connection: &mut Conn, purpose: Purpose) -> Result<(bool, Purpose), crate::Error> {
    let kept: Option<Purpose> = sqlx::query_as("SELECT rehearsal, demo FROM purpose")
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(kept) = kept {
        return Ok((false, kept));
    }
    let users: i64 = sqlx::query_scalar("SELECT count(*) FROM users")
        .fetch_one(&mut *connection)
        .await?;
    if purpose.demo && users > 0 {
        // Somebody's already: refused, and nothing is written.
        let rehearsal = purpose.rehearsal;
        let demo = false;
        return Ok((false, Purpose { rehearsal, demo }));
    }
    sqlx::query("INSERT INTO purpose VALUES (1, $1, $2, FALSE)")
        .bind(purpose.rehearsal)
        .bind(purpose.demo)
        .execute(connection)
        .await?;
    Ok((true, purpose))
}

/// Creates the directory and writes a file there, so that a refusal comes at the
/// start and names the directory.
fn prove_writable(dir: &Path) -> Result<(), OpenError> {
    let refuse = |error| OpenError::NotWritable(dir.to_owned(), error);
    std::fs::create_dir_all(dir).map_err(refuse)?;
    let probe = dir.join(".writable");
    std::fs::write(&probe, b"").map_err(refuse)?;
    std::fs::remove_file(&probe).map_err(refuse)
}

fn migration(dir: &Path, error: MigrateError) -> OpenError {
    match error {
        MigrateError::VersionMissing(version) => OpenError::Newer(dir.to_owned(), version),
        error => OpenError::Migration(dir.to_owned(), error),
    }
}
