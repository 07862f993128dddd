//! The connections that read, in three pools, each with the time that a statement of it
//! may take: nobody's question keeps others waiting without end.

pub mod ask;
pub mod counts;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::pool::PoolOptions;

use crate::dialect::{self, Conn, Db, Options, Pool};

/// The pulse by which time is counted, so that nobody asks a clock in the middle of a
/// statement.
const BEAT: Duration = Duration::from_millis(50);
/// Steps of the engine between two looks at the pulse: some hundred microseconds.
/// Most statements end before the first.
const STEPS: i32 = 10_000;
/// Beats that the statements of one borrowing may take together: five seconds.
const USUAL: u64 = 100;
/// A quarter of a second: what was found until then is shown, and said to be cut.
const SEARCH: u64 = 5;

pub struct Readers {
    options: Options,
    pulse: Arc<AtomicU64>,
}

impl Readers {
    pub fn new(options: Options) -> Self {
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
    pub async fn usual(&self) -> Result<Pool, sqlx::Error> {
        let pool = self
            .limited(4, USUAL)
            .acquire_timeout(Duration::from_secs(5));
        pool.connect_with(self.options.clone()).await
    }

    /// Searches by words.
    pub fn search(&self) -> Pool {
        let pool = self
            .limited(2, SEARCH)
            .acquire_timeout(Duration::from_secs(3));
        pool.connect_lazy_with(self.options.clone())
    }

    /// What goes through everything.
    pub fn long(&self) -> Pool {
        let pool = PoolOptions::<Db>::new().max_connections(2);
        pool.test_before_acquire(false)
            .connect_lazy_with(self.options.clone())
    }

    fn limited(&self, connections: u32, beats: u64) -> PoolOptions<Db> {
        let first = Limit {
            pulse: self.pulse.clone(),
            beats,
            running: Arc::default(),
        };
        let again = first.clone();
        PoolOptions::<Db>::new()
            .max_connections(connections)
            .test_before_acquire(false)
            .after_connect(move |connection, _| Box::pin(first.clone().set(connection)))
            .after_release(move |connection, _| {
                let limit = again.clone();
                Box::pin(async move {
                    // Nearly always nobody has begun to count, and the connection need not
                    // be asked.
                    if limit.running.load(Ordering::Relaxed) > 0 {
                        limit.set(connection).await?;
                    }
                    Ok(true)
                })
            })
    }
}

/// How long a borrower of a pool's connection may take.
#[derive(Clone)]
struct Limit {
    pulse: Arc<AtomicU64>,
    beats: u64,
    /// On how many connections of the pool beats are being counted.
    running: Arc<AtomicU64>,
}

impl Limit {
    /// Whoever borrows the connection next has so many beats, from their first statement
    /// on that is not over at once.
    async fn set(self, connection: &mut Conn) -> Result<(), sqlx::Error> {
        let mut count = Count {
            begun: None,
            running: self.running,
        };
        let goes_on = move || {
            let now = self.pulse.load(Ordering::Relaxed);
            now - count.begun(now) <= self.beats
        };
        dialect::limit(connection, STEPS, goes_on).await
    }
}

/// The beats of one borrowing; ends with the handler that counts them.
struct Count {
    begun: Option<u64>,
    running: Arc<AtomicU64>,
}

impl Count {
    fn begun(&mut self, now: u64) -> u64 {
        *self.begun.get_or_insert_with(|| {
            self.running.fetch_add(1, Ordering::Relaxed);
            now
        })
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        if self.begun.is_some() {
            self.running.fetch_sub(1, Ordering::Relaxed);
        }
    }
}
