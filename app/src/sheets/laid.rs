use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

/// What the server has laid out as HTML: the rows of a list, a history. They are most of
/// a page, and the same with and without scripts.
///
/// Within a page it stands in its place already, and is not sent a second time for the
/// scripts; who asks for it alone is sent it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Laid {
    /// How many rows or lines it has.
    pub items: usize,
    html: String,
    #[serde(skip)]
    stands: bool,
}

impl Laid {
    /// `stands`: in a page that is being rendered.
    pub fn new(items: usize, html: String, stands: bool) -> Self {
        Self {
            items,
            html,
            stands,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.items == 0
    }

    pub fn html(self) -> String {
        self.html
    }
}

impl Serialize for Laid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let html = if self.stands { "" } else { self.html.as_str() };
        let mut laid = serializer.serialize_struct("Laid", 2)?;
        laid.serialize_field("items", &self.items)?;
        laid.serialize_field("html", html)?;
        laid.end()
    }
}
