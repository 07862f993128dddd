use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use thiserror::Error;
use tokio::sync::Semaphore;

/// Each hashing takes some 20 MB and a core: two at a time leave room for pages.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

#[derive(Debug, Error)]
pub enum PasswordError {
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
    #[error("hashing was interrupted")]
    Interrupted,
}

/// A PHC string of argon2id with the library's parameters of today.
pub async fn hash(password: String) -> Result<String, PasswordError> {
    run(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| PasswordError::Hash(error.to_string()))
    })
    .await?
}

/// Whether `password` is the one of `hash`. Without a hash it takes as long and
/// answers no, so that the time does not tell which accounts there are.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, PasswordError> {
    run(move || match hash {
        Some(hash) => PasswordHash::new(&hash)
            .map_err(|error| PasswordError::Hash(error.to_string()))
            .map(|hash| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &hash)
                    .is_ok()
            }),
        None => {
            let _ = Argon2::default().hash_password(password.as_bytes());
            Ok(false)
        }
    })
    .await?
}

async fn run<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PasswordError> {
    let _permit = AT_ONCE
        .acquire()
        .await
        .map_err(|_| PasswordError::Interrupted)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| PasswordError::Interrupted)
}
