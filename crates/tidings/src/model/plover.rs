//! PLOVER's event types, and the status of a happening.

use serde::{Deserialize, Serialize};

/// PLOVER's sixteen event types (manual, draft 2.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)] // data/plover/types.toml says what each means.
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl EventType {
    /// All types, in the manual's order.
    pub const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];

    /// Whether it takes two sides that do the same: those who agree, meet, support or work with one another.
    ///
    /// ```
    /// use tidings::model::EventType;
    /// assert!(EventType::Consult.is_mutual() && !EventType::Assault.is_mutual());
    /// ```
    pub fn is_mutual(self) -> bool {
        matches!(self, Self::Agree | Self::Consult | Self::Support | Self::Cooperate)
    }

    /// Whether nothing but words was used against or towards somebody.
    pub fn is_verbal(self) -> bool {
        matches!(self, Self::Request | Self::Accuse | Self::Reject | Self::Threaten | Self::Concede)
    }

    /// Whether somebody suffers or receives it, who is not the one that does it.
    pub fn is_directed(self) -> bool {
        !self.is_mutual() && !matches!(self, Self::Concede | Self::Retreat | Self::Protest | Self::Mobilize)
    }

    /// Whether it is a state of things that lasts, so that "since 2016" can date it.
    pub fn lasts(self) -> bool {
        matches!(self, Self::Sanction | Self::Coerce | Self::Mobilize)
    }

    /// The name as PLOVER writes it.
    ///
    /// ```
    /// use tidings::model::EventType;
    /// assert_eq!(EventType::Consult.name(), "CONSULT");
    /// assert_eq!(EventType::named("consult"), Some(EventType::Consult));
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
        }
    }

    /// The type of that name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name().eq_ignore_ascii_case(name))
    }

    /// The quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad(self) -> u8 {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => 1,
            Self::Cooperate | Self::Aid | Self::Retreat => 2,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => 3,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => 4,
        }
    }
}

/// How a happening stands to the world, as one article tells it: PLOVER's auxiliary modes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It is told as news that happened.
    #[default]
    Happened,
    /// It happened before the news, and the article recalls it.
    Recalled,
    /// It is announced or expected.
    Planned,
    /// It might happen, or would under a condition.
    Hypothetical,
    /// It is said not to have happened.
    Denied,
}
