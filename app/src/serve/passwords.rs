//! Passwords: hashed, checked, and refused where they are guessed soon.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use thiserror::Error;
use tokio::sync::Semaphore;

/// Each hashing takes some 20 MB and a core: two at a time leave room for pages. Whoever
/// signs in does not queue behind those who choose a password.
static SIGNING_IN: Semaphore = Semaphore::const_new(2);
static CHOOSING: Semaphore = Semaphore::const_new(1);

#[derive(Debug, Error)]
pub enum PasswordError {
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
    #[error("hashing was interrupted")]
    Interrupted,
}

/// A PHC string of argon2id with the library's parameters of today.
pub async fn hash(password: String) -> Result<String, PasswordError> {
    run(&CHOOSING, move || {
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
    run(&SIGNING_IN, move || match hash {
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

/// Whether `hash` was made with other parameters than those of today.
pub fn is_dated(hash: &str) -> bool {
    let today = Argon2::default();
    let same = PasswordHash::new(hash).ok().and_then(|hash| {
        let params = argon2::Params::try_from(&hash).ok()?;
        let id = hash.algorithm == argon2::Algorithm::Argon2id.ident();
        Some(
            id && params.m_cost() == today.params().m_cost()
                && params.t_cost() == today.params().t_cost()
                && params.p_cost() == today.params().p_cost(),
        )
    });
    same != Some(true)
}

/// Looking for patterns takes a time that grows steeply with the length, and so many
/// characters say enough.
const LOOKED_AT: usize = 32;

/// Whether it is guessed soon: among the common ones, or made of such, of the names
/// given, of dates or of walks over the keyboard.
pub async fn is_common(password: &str, names: &[&str]) -> Result<bool, PasswordError> {
    let password: String = password.chars().take(LOOKED_AT).collect();
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    run(&CHOOSING, move || {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        zxcvbn::zxcvbn(&password, &names).score() < zxcvbn::Score::Three
    })
    .await
}

async fn run<T: Send + 'static>(
    turns: &'static Semaphore,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PasswordError> {
    let _permit = turns
        .acquire()
        .await
        .map_err(|_| PasswordError::Interrupted)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| PasswordError::Interrupted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_guessed_first_is_refused() {
        for common in [
            "1234567890",
            "qwertyuiop",
            "password123",
            "1qaz2wsx3edc",
            "aaaaaaaaaaaa",
            "abcdefghijkl",
            "Password2026",
            "iloveyou1314",
            "123456789012",
            "zhitong2026!",
        ] {
            let refused = is_common(common, &["zhitong"]).await;
            assert!(matches!(refused, Ok(true)), "{common}");
        }
        for good in [
            "correct horse battery",
            "Xk3#vdQ8pLm",
            "雨后的山路很安静没有人",
        ] {
            let refused = is_common(good, &["zhitong"]).await;
            assert!(matches!(refused, Ok(false)), "{good}");
        }
    }

    #[tokio::test]
    async fn a_hash_of_weaker_parameters_is_dated() {
        let hash = hash("a password of tests".to_owned())
            .await
            .unwrap_or_default();
        assert!(!is_dated(&hash));
        assert!(is_dated(&hash.replace("m=19456", "m=4096")));
        assert!(is_dated("nonsense"));
    }
}
