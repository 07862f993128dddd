use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::time::local;
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
    List(List),
    Revoke(Revoke),
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

/// Print the tokens there are, a line each: id, account, when it was made.
#[derive(Args)]
struct List {
    /// Only those of this account.
    #[arg(long)]
    user: Option<String>,
    /// The data directory. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
}

/// End the tokens of an account, or one of them.
#[derive(Args)]
struct Revoke {
    /// The account's name.
    #[arg(long)]
    user: String,
    /// The token, as `list` names it. Without it, all of the account's.
    #[arg(long)]
    id: Option<String>,
    /// The data directory. [default: data]
    #[arg(long, env = "ZHITONG_DATA")]
    data: Option<PathBuf>,
}

impl Token {
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Create(create) => create.run().await,
            Command::List(list) => list.run().await,
            Command::Revoke(revoke) => revoke.run().await,
        }
    }
}

impl List {
    async fn run(self) -> Result<(), Failure> {
        let store = Store::open_to_read(&settings::data(self.data)?).await?;
        for token in sessions::tokens(&store, self.user.as_deref()).await? {
            let made = local(token.created_at()?).format("%Y-%m-%d %H:%M");
            print(format!("{}  {}  {made}", token.id, token.account));
        }
        store.close().await;
        Ok(())
    }
}

impl Revoke {
    async fn run(self) -> Result<(), Failure> {
        let store = Store::open_existing(&settings::data(self.data)?).await?;
        let revoked = sessions::revoke_tokens(&store, self.user, self.id, Clock::wall()).await?;
        store.close().await;
        if revoked == 0 {
            return Err(Failure::say(
                "there is no such token; `server token list` names those there are".to_owned(),
            ));
        }
        print(format!("{revoked} revoked"));
        Ok(())
    }
}

impl Create {
    async fn run(self) -> Result<(), Failure> {
        let create = self;
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
