//! What the stages hand to one another, and nothing that any of them does.
//!
//! Positions are bytes here, half open, in an article's title or body; they become code points only where
//! [`crate::record`] writes them.

mod ancestry;
mod article;
mod cited;
mod code;
mod day;
mod event;
mod plover;
mod report;
mod story;
mod text;
mod when;

pub use ancestry::{Ancestry, CopyWhy};
pub use article::{Article, DateSource, Page, Published, SetAside, Why};
pub use cited::{Cited, Evidence};
pub use code::{Country, Sector};
pub use day::{Interval, Precision};
pub use event::{
    Answer, CopyKind, Difference, DifferenceKind, Digest, Event, Party, ReportRef, Role, SeeAlso, SeeAlsoWhy, Side,
    Source, Venue,
};
pub use plover::{EventType, Status};
pub use report::{Actor, Claim, Place, PlacePrecision, Quantity, Report, Time, TimeType};
pub use story::{Chapter, Story};
pub use text::{Quote, Span, Where};
pub use when::When;
