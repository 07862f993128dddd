//! The built pages' files: wasm, script, style, icons.

use std::path::{Path, PathBuf};

use axum::Router;
use axum::http::{HeaderValue, header};
use leptos::prelude::LeptosOptions;
use tower::ServiceBuilder;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::{SetResponseHeader, SetResponseHeaderLayer};

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
pub fn packages(site: &Path) -> SetResponseHeader<ServeDir, HeaderValue> {
    let layer = SetResponseHeaderLayer::if_not_present(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    ServiceBuilder::new().layer(layer).service(
        ServeDir::new(site.join("pkg"))
            .precompressed_br()
            .precompressed_gzip(),
    )
}

pub fn files<S: Clone + Send + Sync + 'static>(site: &Path) -> Router<S> {
    AT_ROOT.iter().fold(Router::new(), |router, name| {
        router.route_service(&format!("/{name}"), ServeFile::new(site.join(name)))
    })
}
