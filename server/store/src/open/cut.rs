//! Cuts the program off in the middle of a write, for the simulation: at the n-th row
//! that the writer changes, wherever that falls, so that the same number cuts at the same
//! place on every machine.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use sqlx::Connection;
use tokio::sync::oneshot;

use crate::{Error, Store, dialect};

/// Changes an hour of business behind the program's back, in minutes since midnight: for
/// an engine that has to be found out.
pub async fn change_hours(folder: &Path, name: &str, minutes: u16) -> Result<(), Error> {
    let mut connection = dialect::beside(folder).await?;
    sqlx::query("UPDATE rules SET amount = $1 WHERE name = $2")
        .bind(minutes)
        .bind(name)
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

/// Where the writer is to stand still.
pub struct Cut {
    reached: oneshot::Receiver<()>,
    gate: Arc<Gate>,
}

#[derive(Default)]
struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Store {
    /// From now on the writer stands still at the `row`-th row that it changes, counted
    /// from 1, with its transaction open, until the cut is let go.
    pub async fn cut_at_row(&self, row: u32) -> Result<Cut, Error> {
        let gate = Arc::new(Gate::default());
        let (reach, reached) = oneshot::channel();
        let held = gate.clone();
        self.write
            .run(move |connection| {
                Box::pin(async move {
                    let mut reach = Some(reach);
                    let mut left = row;
                    let changed = move || {
                        left = left.saturating_sub(1);
                        if left == 0
                            && let Some(reach) = reach.take()
                        {
                            let _ = reach.send(());
                            held.wait();
                        }
                    };
                    Ok(dialect::at_each_row(connection, changed).await?)
                })
            })
            .await?;
        Ok(Cut { reached, gate })
    }
}

impl Cut {
    /// Runs `work` until it is done or the writer has come to the row: what was under way
    /// then is given up.
    pub async fn interrupt(&mut self, work: impl Future) {
        tokio::select! {
            biased;
            _ = work => {}
            // Without a sender the store is gone already.
            _ = &mut self.reached => {}
        }
    }

    /// Lets the writer's thread go, once nobody is there to tell it to commit.
    pub fn let_go(self) {
        let mut open = self
            .gate
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *open = true;
        self.gate.opened.notify_all();
    }
}

impl Gate {
    fn wait(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        while !*open {
            open = self
                .opened
                .wait(open)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}
