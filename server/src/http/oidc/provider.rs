use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use domain::Instant;
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreRequestTokenError,
};
use openidconnect::{
    AccessTokenHash, AsyncHttpClient, AuthorizationCode, ClaimsVerificationError, ClientId,
    ClientSecret, ConfigurationError, CsrfToken, DiscoveryError, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, SignatureVerificationError, SigningError,
    TokenResponse, http, url,
};
use serde::Deserialize;
use thiserror::Error;
use tokio::sync::RwLock;

/// In order: authorization, device, introspection, revocation, token, user info.
type Known = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider's answer is never nearly as long.
const LONGEST_ANSWER: usize = 1 << 20;
const PATIENCE: Duration = Duration::from_secs(10);
/// A sign-in that was begun has so long.
const PENDING: chrono::Duration = chrono::Duration::minutes(10);
const MOST_PENDING: usize = 10_000;
/// Of one network.
const MOST_OF_ONE: usize = 200;

/// The provider, as the settings name it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Exactly as the provider spells it: a slash at the end makes another one.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Option<String>,
    /// This program's address followed by `/oidc/callback`.
    pub redirect_uri: String,
    /// What the button says; the usual words where it is left out.
    pub name_zh: Option<String>,
    pub name_en: Option<String>,
}

/// Never logged with their details: some hold the provider's whole answer.
#[derive(Debug, Error)]
pub enum ProviderError {
    #[error("an address in [oidc] is not a URL")]
    Url(#[from] url::ParseError),
    #[error(
        "issuer, redirect_uri and every address of the provider must be https, or on this machine"
    )]
    Insecure,
    #[error("this machine has no certificates to trust")]
    Certificates(#[source] std::io::Error),
    #[error("the provider does not describe itself")]
    Discovery(#[source] Box<DiscoveryError<HttpError>>),
    #[error("the provider has no such endpoint")]
    Configuration(#[from] ConfigurationError),
    #[error("this sign-in was not begun here, or too long ago")]
    NotBegun,
    #[error("the answer names another issuer")]
    Issuer,
    #[error("the code was not exchanged")]
    Exchange(#[source] Box<CoreRequestTokenError<HttpError>>),
    #[error("the provider sent no identity")]
    NoIdToken,
    #[error("the identity is not right")]
    Claims(#[from] ClaimsVerificationError),
    #[error("the identity's signature is not right")]
    Signature(#[from] SignatureVerificationError),
    #[error("the access token's hash cannot be made")]
    Hash(#[from] SigningError),
    #[error("the identity was made for another")]
    ForAnother,
}

#[derive(Debug, Error)]
pub enum HttpError {
    #[error("the provider was not reached")]
    Request(#[from] hyper_util::client::legacy::Error),
    #[error("the provider's answer makes no sense")]
    Answer(#[from] http::Error),
    #[error("the provider's answer ended early, or is too long")]
    Body(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the provider took too long")]
    TooLate,
    #[error("the provider's address is neither https nor on this machine")]
    Insecure,
}

/// HTTP to the provider: follows no redirects, which could lead anywhere.
struct Http(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Http {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let address = url::Url::parse(&parts.uri.to_string());
        if !address.is_ok_and(|address| is_secure(&address).is_ok()) {
            return Err(HttpError::Insecure);
        }
        let request = http::Request::from_parts(parts, Full::new(Bytes::from(body)));
        let (parts, body) = self.0.request(request).await?.into_parts();
        let body = Limited::new(body, LONGEST_ANSWER).collect().await;
        let body = body.map_err(HttpError::Body)?.to_bytes().to_vec();
        Ok(http::Response::from_parts(parts, body))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let answered = tokio::time::timeout(PATIENCE, self.send(request));
            answered.await.map_err(|_| HttpError::TooLate)?
        })
    }
}

pub struct Provider {
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: Option<ClientSecret>,
    redirect: RedirectUrl,
    http: Http,
    /// Found at the first sign-in, so that this program starts without the provider.
    known: RwLock<Option<Arc<Known>>>,
    pending: Mutex<HashMap<String, Pending>>,
    /// Identities that wait for somebody to sign in with their password.
    unlinked: Mutex<HashMap<String, (String, Instant)>>,
}

struct Pending {
    verifier: PkceCodeVerifier,
    nonce: Nonce,
    until: Instant,
    /// The network that began it.
    from: String,
}

/// Makes room for one more of `from`: of a network that has begun too many its own oldest
/// goes, of all that are too many the oldest of whoever has most.
fn make_room(pending: &mut HashMap<String, Pending>, from: &str) {
    let oldest_of = |pending: &HashMap<String, Pending>, network: &str| {
        let own = pending.iter().filter(|(_, one)| one.from == network);
        let oldest = own.min_by_key(|(_, one)| one.until);
        oldest.map(|(state, _)| state.clone())
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for one in pending.values() {
        *counts.entry(&one.from).or_default() += 1;
    }
    let goes = if counts.get(from).is_some_and(|count| *count >= MOST_OF_ONE) {
        oldest_of(pending, from)
    } else if pending.len() >= MOST_PENDING {
        let most = counts.iter().max_by_key(|(_, count)| **count);
        most.and_then(|(network, _)| oldest_of(pending, network))
    } else {
        None
    };
    if let Some(state) = goes {
        pending.remove(&state);
    }
}

/// Where the browser goes, and the state that it keeps meanwhile.
pub struct Start {
    pub to: String,
    pub state: String,
}

impl Provider {
    pub fn new(settings: Settings) -> Result<Self, ProviderError> {
        let issuer = IssuerUrl::new(settings.issuer)?;
        let redirect = RedirectUrl::new(settings.redirect_uri)?;
        for address in [issuer.url(), redirect.url()] {
            is_secure(address)?;
        }
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(ProviderError::Certificates)?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self {
            issuer,
            client_id: ClientId::new(settings.client_id),
            client_secret: settings.client_secret.map(ClientSecret::new),
            redirect,
            http: Http(Client::builder(TokioExecutor::new()).build(connector)),
            known: RwLock::new(None),
            pending: Mutex::default(),
            unlinked: Mutex::default(),
        })
    }

    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    async fn known(&self) -> Result<Arc<Known>, ProviderError> {
        let known = self.known.read().await.clone();
        match known {
            Some(known) => Ok(known),
            None => self.discover().await,
        }
    }

    async fn discover(&self) -> Result<Arc<Known>, ProviderError> {
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http)
            .await
            .map_err(|error| ProviderError::Discovery(Box::new(error)))?;
        is_secure(metadata.authorization_endpoint().url())?;
        let known: Known = CoreClient::from_provider_metadata(
            metadata,
            self.client_id.clone(),
            self.client_secret.clone(),
        )
        .set_redirect_uri(self.redirect.clone());
        let known = Arc::new(known);
        *self.known.write().await = Some(Arc::clone(&known));
        Ok(known)
    }

    /// `from`: the network of whoever begins it.
    pub async fn start(&self, now: Instant, from: String) -> Result<Start, ProviderError> {
        let known = self.known().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (to, state, nonce) = known
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .set_pkce_challenge(challenge)
            .url();
        let state = state.into_secret();
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.retain(|_, one| one.until > now);
        make_room(&mut pending, &from);
        let one = Pending {
            verifier,
            nonce,
            until: now + PENDING,
            from,
        };
        pending.insert(state.clone(), one);
        Ok(Start {
            to: to.into(),
            state,
        })
    }

    /// The provider's name of whoever signed in. `cookie` is the state that this
    /// browser was given; the others come with the address.
    pub async fn finish(
        &self,
        cookie: &str,
        state: &str,
        iss: Option<&str>,
        code: String,
        now: Instant,
    ) -> Result<String, ProviderError> {
        // The browser that comes back is the one that left: nobody is signed in to
        // another's account.
        if cookie.is_empty() || cookie != state {
            return Err(ProviderError::NotBegun);
        }
        let pending = {
            let mut all = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
            all.remove(state)
        };
        let pending = pending
            .filter(|one| one.until > now)
            .ok_or(ProviderError::NotBegun)?;
        if iss.is_some_and(|iss| iss != self.issuer.as_str()) {
            return Err(ProviderError::Issuer);
        }
        let mut known = self.known().await?;
        let token = known
            .exchange_code(AuthorizationCode::new(code))?
            .set_pkce_verifier(pending.verifier)
            .request_async(&self.http)
            .await
            .map_err(|error| ProviderError::Exchange(Box::new(error)))?;
        let identity = token.id_token().ok_or(ProviderError::NoIdToken)?;
        // Signature, issuer, audience, expiry, nonce.
        let first = identity.claims(&known.id_token_verifier(), &pending.nonce);
        let claims = match first {
            // The provider has new keys: they are fetched once.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                known = self.discover().await?;
                identity.claims(&known.id_token_verifier(), &pending.nonce)?
            }
            other => other?,
        };
        let party = claims.authorized_party();
        if party.is_some_and(|party| party != known.client_id()) {
            return Err(ProviderError::ForAnother);
        }
        let algorithm = identity.signing_alg()?;
        if let Some(expected) = claims.access_token_hash() {
            let verifier = known.id_token_verifier();
            let key = identity.signing_key(&verifier)?;
            let actual = AccessTokenHash::from_token(token.access_token(), algorithm, key)?;
            if actual != *expected {
                return Err(ProviderError::ForAnother);
            }
        }
        Ok(claims.subject().as_str().to_owned())
    }

    /// Keeps an identity until somebody signs in with their password; what comes back
    /// goes along with that form.
    pub fn remember(&self, subject: &str, now: Instant) -> Result<String, store::Error> {
        let key = store::secret::once()?;
        let mut unlinked = self.unlinked.lock().unwrap_or_else(PoisonError::into_inner);
        unlinked.retain(|_, (_, until)| *until > now);
        if unlinked.len() >= MOST_PENDING {
            let oldest = unlinked.iter().min_by_key(|(_, (_, until))| *until);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                unlinked.remove(&key);
            }
        }
        unlinked.insert(key.clone(), (subject.to_owned(), now + PENDING));
        Ok(key)
    }

    /// The identity that was kept, once.
    pub fn recall(&self, key: &str, now: Instant) -> Option<String> {
        let mut unlinked = self.unlinked.lock().unwrap_or_else(PoisonError::into_inner);
        let (subject, until) = unlinked.remove(key)?;
        (until > now).then_some(subject)
    }
}

/// Nothing of a sign-in crosses a network in the clear.
fn is_secure(url: &url::Url) -> Result<(), ProviderError> {
    if url.scheme() == "https" || is_loopback(url) {
        Ok(())
    } else {
        Err(ProviderError::Insecure)
    }
}

fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
