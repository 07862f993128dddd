//! Tasks behind the scenes: begun anew where one ends, and when each last did its work.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use futures::FutureExt;
use tokio::task::JoinHandle;

use crate::clock::Clock;

/// When something was last done whole, in seconds of the wall clock.
#[derive(Clone)]
pub struct Beat(Arc<AtomicI64>);

impl Beat {
    /// As if it were done now.
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(Clock::wall().timestamp())))
    }

    pub fn done(&self) {
        self.0.store(Clock::wall().timestamp(), Ordering::Relaxed);
    }

    /// Seconds since.
    pub fn age(&self) -> u64 {
        let age = Clock::wall().timestamp() - self.0.load(Ordering::Relaxed);
        u64::try_from(age).unwrap_or(0)
    }
}

/// Runs `work` for ever: one that panics, or ends, is begun anew after a second.
pub fn supervise<W>(name: &'static str, work: impl Fn() -> W + Send + 'static) -> JoinHandle<()>
where
    W: Future<Output = ()> + Send,
{
    tokio::spawn(async move {
        loop {
            let ended = AssertUnwindSafe(work()).catch_unwind().await;
            tracing::error!(
                name,
                panicked = ended.is_err(),
                "a task ended and is begun anew"
            );
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_task_that_is_killed_or_ends_is_begun_anew() {
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let begun = AtomicI64::new(0);
        let task = supervise("a test", move || {
            let time = begun.fetch_add(1, Ordering::Relaxed);
            let _ = tell.send(time);
            async move { assert!(time > 0, "killed") }
        });
        for time in 0..3 {
            assert_eq!(told.recv().await, Some(time));
        }
        task.abort();
    }
}
