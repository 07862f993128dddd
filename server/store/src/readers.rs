//! The connections that read, in three pools, each with the time that a statement of it
//! may take: nobody's question keeps others waiting without end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::SqliteConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};

/// The pulse by which time is counted, so that nobody asks a clock in the middle of a
/// statement.
const BEAT: Duration = Duration::from_millis(50);
/// Steps of SQLite's machine between two looks at the pulse: some ten microseconds.
const STEPS: i32 = 1000;
/// Beats that the statements of one borrowing may take together: five seconds.
const USUAL: u64 = 100;
/// A quarter of a second: what was found until then is shown, and said to be cut.
const SEARCH: u64 = 5;

pub struct Readers {
    options: SqliteConnectOptions,
    pulse: Arc<AtomicU64>,
}

impl Readers {
    pub fn new(options: SqliteConnectOptions) -> Self {
        let pulse = Arc::new(AtomicU64::new(0));
        let beating = Arc::downgrade(&pulse);
        tokio::spawn(async move {
            let mut beats = tokio::time::interval(BEAT);
            loop {
                beats.tick().await;
                // Ends with the last connection that looks at it.
                let Some(pulse) = beating.upgrade() else {
                    return;
                };
                pulse.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { options, pulse }
    }

    /// What pages and lists ask.
    pub async fn usual(&self) -> Result<SqlitePool, sqlx::Error> {
        let pool = self
            .limited(4, USUAL)
            .acquire_timeout(Duration::from_secs(5));
        pool.connect_with(self.options.clone()).await
    }

    /// Searches by words.
    pub fn search(&self) -> SqlitePool {
        let pool = self
            .limited(2, SEARCH)
            .acquire_timeout(Duration::from_secs(3));
        pool.connect_lazy_with(self.options.clone())
    }

    /// What goes through everything.
    pub fn long(&self) -> SqlitePool {
        let pool = SqlitePoolOptions::new().max_connections(2);
        pool.test_before_acquire(false)
            .connect_lazy_with(self.options.clone())
    }

    fn limited(&self, connections: u32, beats: u64) -> SqlitePoolOptions {
        let (first, again) = (self.pulse.clone(), self.pulse.clone());
        SqlitePoolOptions::new()
            .max_connections(connections)
            .test_before_acquire(false)
            .after_connect(move |connection, _| Box::pin(limit(connection, first.clone(), beats)))
            .after_release(move |connection, _| {
                let pulse = again.clone();
                Box::pin(async move { limit(connection, pulse, beats).await.map(|()| true) })
            })
    }
}

/// Whoever borrows the connection next has so many beats, from their first statement on.
async fn limit(
    connection: &mut SqliteConnection,
    pulse: Arc<AtomicU64>,
    beats: u64,
) -> Result<(), sqlx::Error> {
    let mut begun = None;
    let goes_on = move || {
        let now = pulse.load(Ordering::Relaxed);
        now - *begun.get_or_insert(now) <= beats
    };
    connection
        .lock_handle()
        .await?
        .set_progress_handler(STEPS, goes_on);
    Ok(())
}
