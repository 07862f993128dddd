use std::path::PathBuf;

use clap::{Args, Subcommand};
use store::{Store, people, sessions};

use super::{Failure, print};
use crate::clock::Clock;
use crate::settings;

/// Bearer tokens for programs.
#[derive(Args)]
pub struct Token {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Create(Create),
}

/// Print a new token, and nothing else. It acts as its user; it is shown once.
#[derive(Args)]
struct Create {
    /// The account's name.
    #[arg(long)]
    user: String,
    /// The data directory. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
}

impl Token {
    pub async fn run(self) -> Result<(), Failure> {
        let Command::Create(create) = self.command;
        let store = Store::open_existing(&settings::data(create.data)?).await?;
        let person = people::by_name(&store, &create.user).await?;
        let person =
            person.ok_or_else(|| Failure::say(format!("there is no account {:?}", create.user)))?;
        let token = sessions::create_token(&store, &person, Clock::wall()).await?;
        store.close().await;
        print(token.reveal());
        Ok(())
    }
}
