//! Lists of bodies and categories, as a city or a reform needs them.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::directory::import::Change;
use domain::{Actor, Role};
use store::directory::{self, ImportError};
use store::{Context, Store};

use super::{Failure, open, print};
use crate::settings;

/// Departments, townships and offices.
#[derive(Args)]
pub struct Bodies {
    #[command(subcommand)]
    command: Command,
}

/// What orders are about.
#[derive(Args)]
pub struct Categories {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Import(Import),
    Export(Export),
}

/// Import a list as `export` prints one; what is not in it stays as it is. A date in
/// "until" ends a row, which nothing open may hang on; "successor" names the body that
/// takes over. Prints every change.
#[derive(Args)]
struct Import {
    file: PathBuf,
    /// Only list what would change; change nothing.
    #[arg(long)]
    dry_run: bool,
    /// The data directory. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
    /// The time of a rehearsal, as `serve --clock`.
    #[arg(long)]
    clock: Option<PathBuf>,
}

/// Print the list there is as CSV, to be edited and imported.
#[derive(Args)]
struct Export {
    /// The data directory. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
}

impl Bodies {
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Export(export) => {
                let store = Store::open_to_read(&settings::data(export.data)?).await?;
                print(directory::export_bodies(&store.book().directory));
                store.close().await;
                Ok(())
            }
            Command::Import(import) => {
                let (ctx, text) = import.begin("server bodies import").await?;
                let changes = if import.dry_run {
                    directory::preview_bodies(&ctx, &text).await
                } else {
                    directory::import_bodies(&ctx, &text).await
                };
                ctx.store.close().await;
                let changes = changes.map_err(wrong)?;
                import.list(&changes, |body| body.code.as_str(), directory::body_names);
                Ok(())
            }
        }
    }
}

impl Categories {
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Export(export) => {
                let store = Store::open_to_read(&settings::data(export.data)?).await?;
                print(directory::export_categories(&store.book().directory));
                store.close().await;
                Ok(())
            }
            Command::Import(import) => {
                let (ctx, text) = import.begin("server categories import").await?;
                let changes = if import.dry_run {
                    directory::preview_categories(&ctx, &text)
                } else {
                    directory::import_categories(&ctx, &text).await
                };
                ctx.store.close().await;
                let changes = changes.map_err(wrong)?;
                import.list(&changes, |one| one.code.as_str(), directory::category_names);
                Ok(())
            }
        }
    }
}

impl Import {
    async fn begin(&self, name: &str) -> Result<(Context, String), Failure> {
        let say = |error: &dyn std::fmt::Display| {
            Failure::say(format!("{}: {error}", self.file.display()))
        };
        let text = std::fs::read(&self.file).map_err(|error| say(&error))?;
        let text =
            String::from_utf8(text).map_err(|_| say(&"it is not UTF-8; save it as “CSV UTF-8”"))?;
        let (store, clock) = open(self.data.clone(), self.clock.clone()).await?;
        let actor = Actor {
            user: None,
            name: name.to_owned(),
            role: Role::SystemAdmin,
        };
        Ok((Context::new(store, actor, clock.now()), text))
    }

    fn list<'c, T>(
        &self,
        changes: &'c [Change<T>],
        code: impl Fn(&'c T) -> &'c str,
        names: fn(&T) -> Vec<String>,
    ) {
        for change in changes {
            let said = directory::said(change, names);
            print(format!("{}\t{said}", code(change.subject())));
        }
        let count = changes.len();
        if self.dry_run {
            print(format!("{count} would change; nothing was changed"));
        } else {
            print(format!("{count} changed"));
        }
    }
}

fn wrong(error: ImportError) -> Failure {
    match error {
        ImportError::Rows(faults) => {
            let rows = faults.iter().map(|fault| format!("  {fault}"));
            let rows: Vec<String> = rows.collect();
            Failure::say(format!("nothing was imported:\n{}", rows.join("\n")))
        }
        ImportError::Store(error) => error.into(),
    }
}
