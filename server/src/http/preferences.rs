use app::frame::Theme;
use axum::body::Bytes;
use axum::response::Redirect;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use words::lang::Lang;

use super::forms::typed;
use super::pages::local_page;
use super::visits::{LANG, TEXT, THEME};

/// How the pages look; kept in the browser, not with the account.
/// `appearance` is set where the form is the one of theme and text.
pub async fn set(mut jar: CookieJar, body: Bytes) -> (CookieJar, Redirect) {
    let wish = typed(&body);
    let wish = |name: &str| wish.get(name).map(String::as_str);
    if let Some(lang) = wish("lang").and_then(Lang::parse) {
        jar = jar.add(cookie(LANG, lang.code()));
    }
    if wish("appearance").is_some() {
        let theme = wish("theme").and_then(Theme::parse);
        jar = jar.add(cookie(THEME, theme.unwrap_or_default().code()));
        let large = wish("large_text").is_some();
        jar = jar.add(cookie(TEXT, if large { "large" } else { "normal" }));
    }
    let page = local_page(wish("page").unwrap_or("/"));
    (jar, Redirect::to(&page))
}

fn cookie(name: &'static str, value: &'static str) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .same_site(SameSite::Lax)
        .http_only(true)
        .permanent()
        .build()
}
