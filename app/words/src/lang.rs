use serde::{Deserialize, Serialize};

/// The language that a person reads. Chinese unless they chose otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    #[default]
    Zh,
    En,
}

/// One text in both languages; a missing one does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    pub zh: &'static str,
    pub en: &'static str,
}

impl Text {
    pub const fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

impl Lang {
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// For the `lang` of the page.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    pub fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    pub fn name(self, named: &domain::Named) -> &str {
        match self {
            Self::Zh => &named.zh,
            Self::En => &named.en,
        }
    }
}

/// Declares texts, each in both languages.
macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        $(pub const $name: $crate::lang::Text = $crate::lang::Text { zh: $zh, en: $en };)*
    };
}
pub(crate) use texts;
