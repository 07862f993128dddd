use app::frame::Theme;
use app::lang::Lang;
use axum::Form;
use axum::response::Redirect;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;

use super::pages::local_page;
use super::visits::{LANG, TEXT, THEME};

/// How the pages look; kept in the browser, not with the account.
#[derive(Deserialize)]
pub struct Preferences {
    page: Option<String>,
    lang: Option<String>,
    /// Set where the form is the one of theme and text.
    appearance: Option<String>,
    theme: Option<String>,
    large_text: Option<String>,
}

pub async fn set(mut jar: CookieJar, Form(wish): Form<Preferences>) -> (CookieJar, Redirect) {
    if let Some(lang) = wish.lang.as_deref().and_then(Lang::parse) {
        jar = jar.add(cookie(LANG, lang.code()));
    }
    if wish.appearance.is_some() {
        let theme = wish.theme.as_deref().and_then(Theme::parse);
        jar = jar.add(cookie(THEME, theme.unwrap_or_default().code()));
        let large = wish.large_text.is_some();
        jar = jar.add(cookie(TEXT, if large { "large" } else { "normal" }));
    }
    let page = local_page(wish.page.as_deref().unwrap_or("/"));
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
