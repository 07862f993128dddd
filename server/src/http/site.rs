//! The built pages' files: wasm, script, style, icons.

use std::path::{Path, PathBuf};

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use leptos::prelude::LeptosOptions;
use tower_http::services::{ServeDir, ServeFile};

const NAME: &str = "zhitong";
/// Files that browsers ask for at the root.
const AT_ROOT: [&str; 3] = ["icon.svg", "manifest.webmanifest", "robots.txt"];

/// `target/site` for a program at `target/release/server`.
pub fn usual() -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.parent()?.join("site")))
        .unwrap_or_else(|| PathBuf::from("target/site"))
}

pub fn options(site: &Path) -> LeptosOptions {
    let hashes = std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("hash.txt")))
        .is_some_and(|file| file.exists());
    LeptosOptions::builder()
        .output_name(NAME)
        .site_root(site.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        // Without the list of hashes beside the program each page would fail.
        .hash_files(hashes)
        .build()
}

/// Names carry a hash of the content, so that browsers may keep them for good.
pub fn packages(site: &Path) -> Router {
    let files = ServeDir::new(site.join("pkg"))
        .precompressed_br()
        .precompressed_gzip();
    Router::new()
        .fallback_service(files)
        .layer(map_response(keep_for_good))
}

/// Only what is there: a file that is missing during an upgrade comes later.
async fn keep_for_good(mut response: Response) -> Response {
    if response.status().is_success() {
        response.headers_mut().insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
    }
    response
}

pub fn files<S: Clone + Send + Sync + 'static>(site: &Path) -> Router<S> {
    AT_ROOT.iter().fold(Router::new(), |router, name| {
        router.route_service(&format!("/{name}"), ServeFile::new(site.join(name)))
    })
}
