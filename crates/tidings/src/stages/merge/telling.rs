//! One report's telling of one happening, and the groups that tellings form.

use crate::model::{Claim, Report, Role, Source, When};

/// A claim of a report as part of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Telling {
    /// The report: an index into the digest's reports.
    pub report: usize,
    /// The claim; none for an article without words.
    pub claim: Option<usize>,
    /// Whether it is the report's news.
    pub role: Role,
}

impl Telling {
    /// The claim that it is.
    pub fn of<'r>(&self, reports: &'r [Report]) -> Option<&'r Claim> {
        reports[self.report].claims.get(self.claim?)
    }

    /// When it says that it happened.
    pub fn when(&self, reports: &[Report]) -> Option<When> {
        When::new(reports[self.report].times.get(self.of(reports)?.time?)?)
    }

    /// The document that tells it.
    pub fn source(&self, reports: &[Report]) -> Source {
        source(&reports[self.report])
    }
}

/// The document and part of a report.
pub fn source(report: &Report) -> Source {
    Source { document: report.article.id.clone(), part: report.article.part }
}
