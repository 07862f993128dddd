//! The program: configuration, sign-in, HTTP, the sweep, the command line.

mod backup;
mod beats;
mod cli;
mod clock;
mod demo;
mod files;
mod http;
mod lock;
mod report;
mod settings;
mod simulate;
mod sweep;

use std::process::ExitCode;

use clap::Parser;

/// A page is made of many small texts.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 2 for wrong use (clap's own), 1 for failure.
#[tokio::main]
async fn main() -> ExitCode {
    // What the program writes is its owner's alone.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let cli = cli::Cli::parse();
    match cli.run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
