//! The columns that a list of orders can show.

use words::lang::Text;
use words::{knowledge, order};

/// The form that the boxes before rows belong to.
pub const CHOICE: &str = "chosen";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Light,
    Turn,
    Deadline,
    Title,
    Enterprise,
    Body,
    Stage,
    Number,
    Category,
    Urgency,
    Township,
    Project,
    PlacedAt,
    Rating,
}

impl Column {
    pub const ALL: [Self; 14] = [
        Self::Light,
        Self::Turn,
        Self::Deadline,
        Self::Title,
        Self::Enterprise,
        Self::Body,
        Self::Stage,
        Self::Number,
        Self::Category,
        Self::Urgency,
        Self::Township,
        Self::Project,
        Self::PlacedAt,
        Self::Rating,
    ];

    /// Those that a list shows before anybody chooses.
    pub fn usual() -> Vec<Self> {
        Self::ALL[..8].to_vec()
    }

    /// As an address names them, with commas between. What there is not is left out, and
    /// the title is always there: a list of no columns would open nothing.
    pub fn parse(text: &str) -> Vec<Self> {
        let named: Vec<&str> = text.split(',').map(str::trim).collect();
        let chosen = |column: &Self| named.contains(&column.code());
        if !Self::ALL.iter().any(chosen) {
            return Self::usual();
        }
        let shown = |column: &Self| chosen(column) || *column == Self::Title;
        Self::ALL.into_iter().filter(shown).collect()
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Turn => "turn",
            Self::Deadline => "deadline",
            Self::Title => "title",
            Self::Enterprise => "enterprise",
            Self::Body => "body",
            Self::Stage => "stage",
            Self::Number => "number",
            Self::Category => "category",
            Self::Urgency => "urgency",
            Self::Township => "township",
            Self::Project => "project",
            Self::PlacedAt => "placed",
            Self::Rating => "rating",
        }
    }

    pub fn heading(self) -> Text {
        match self {
            Self::Light => order::LIGHT,
            Self::Turn => order::TURN,
            Self::Deadline => order::DEADLINE,
            Self::Title => order::TITLE,
            Self::Enterprise => order::ENTERPRISE,
            Self::Body => order::BODY,
            Self::Stage => order::STAGE,
            Self::Number => order::NUMBER,
            Self::Category => order::CATEGORY,
            Self::Urgency => order::URGENCY,
            Self::Township => order::PLACE,
            Self::Project => knowledge::PROJECT,
            Self::PlacedAt => order::PLACED_AT,
            Self::Rating => order::RATING,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_what_was_chosen_in_its_own_order_and_always_a_title() {
        assert_eq!(Column::parse(""), Column::usual());
        assert_eq!(Column::parse("nonsense"), Column::usual());
        let chosen = Column::parse("rating, light,nonsense");
        assert_eq!(chosen, [Column::Light, Column::Title, Column::Rating]);
    }
}
