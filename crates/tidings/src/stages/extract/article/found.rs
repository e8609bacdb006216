//! What the lines around the body name: who wrote it, who printed it, from whom, when.

use super::super::address;
use super::super::lines::{Byline, is_name};
use super::rows::{Row, is_date_line, is_title_like};
use crate::language::pack::BylineKind;
use crate::model::Why;

/// Lines of the body that count as its end.
const TAIL: usize = 8;
/// Lines of the body above which a line still stands in the head.
const HEAD: usize = 2;

/// What the lines around the body name.
#[derive(Default)]
pub(super) struct Found {
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) publisher: Option<String>,
    /// The outlet of an address in a source line.
    pub(super) address: Option<String>,
    /// Agencies and outlets that the prose says it has its news from.
    pub(super) told_by: Vec<String>,
    /// Those that source lines name.
    pub(super) sources: Vec<String>,
    pub(super) dateline: Option<String>,
}

impl Found {
    pub(super) fn read(&mut self, rows: &mut [Row]) {
        let mut body: usize = 0;
        let mut left = rows.iter().filter(|row| row.is_body()).count();
        for row in rows.iter_mut() {
            // A caption names the source of its picture, and a comment form its own dates.
            let outside = row.line.outside && !matches!(row.verdict.aside, Some((why, _)) if why != Why::Credit);
            if !row.is_body() && row.aside != Some(Why::Credit) && !outside || row.line.text.is_empty() {
                continue;
            }
            let (head, tail) = (body < HEAD, left <= TAIL);
            left -= usize::from(row.is_body());
            for byline in Byline::settle(row.verdict.bylines.clone(), head, tail) {
                if byline.set_aside {
                    row.aside = Some(Why::Credit);
                }
                self.take(byline, &row.addresses);
            }
            if (row.is_body() || outside) && (head || tail) && is_date_line(row) {
                row.aside = Some(Why::Credit);
                self.published.get_or_insert_with(|| row.dates[0].value.clone());
            }
            body += usize::from(row.is_body());
        }
    }

    fn take(&mut self, byline: Byline, addresses: &[String]) {
        if !byline.authors.is_empty() {
            self.author.get_or_insert_with(|| byline.authors.join(", "));
        }
        match byline.kind {
            BylineKind::Published => self.published = self.published.take().or(byline.date),
            BylineKind::Updated => self.updated = self.updated.take().or(byline.date),
            BylineKind::Publisher => self.publisher = self.publisher.take().or(byline.credits.into_iter().next()),
            BylineKind::Dateline => self.dateline = self.dateline.take().or(byline.credits.into_iter().next()),
            BylineKind::Credit | BylineKind::Author if byline.whole => {
                self.sources.extend(byline.credits);
                if let Some(outlet) = addresses.last().and_then(|address| address::outlet(address)) {
                    self.address = Some(outlet);
                }
            }
            BylineKind::Credit | BylineKind::Author => self.told_by.extend(byline.credits),
        }
    }

    /// A name that stands alone below the article signs it.
    pub(super) fn lone_author(&mut self, rows: &mut [Row]) {
        if self.author.is_some() {
            return;
        }
        let last = rows.iter().rposition(Row::is_body);
        let Some(last) = last.filter(|&at| at > 0 && is_name(&rows[at].line.text, true)) else { return };
        // The prose before it has ended.
        let before = rows[..last].iter().rev().find(|row| row.is_body());
        if before.is_some_and(|row| !is_title_like(&row.line.text)) {
            self.author = Some(rows[last].line.text.clone());
            rows[last].aside = Some(Why::Credit);
        }
    }
}
