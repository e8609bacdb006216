//! What lines are to one another: a title, a line that was there before, the beginning of another article.

use std::collections::{HashMap, HashSet};

use super::super::dates::Dated;
use super::super::lines::{Line, Verdict};
use super::FOREIGN_HEAD;
use crate::language::pack::{AsideScope, BylineKind};
use crate::language::{is_caseless, is_letter};
use crate::model::Why;

/// The least bytes of prose that make an article of what stands below another.
const ARTICLE: usize = 400;
/// So many bytes of letters are the beginning of a line.
const BEGINNING: usize = 16;

/// A line with all that is found out about it.
pub(super) struct Row {
    pub(super) line: Line,
    pub(super) verdict: Verdict,
    pub(super) dates: Vec<Dated>,
    /// Whether the language has rules for bylines: a word beside a date that they do not know then means nothing.
    pub(super) known: bool,
    /// Addresses that are written out in it.
    pub(super) addresses: Vec<String>,
    /// Why it is not the body; decided step by step.
    pub(super) aside: Option<Why>,
}

impl Row {
    pub(super) fn is_body(&self) -> bool {
        self.aside.is_none()
    }

    /// How many letters stand beside the dates of a line; `None` where it holds no full one.
    fn letters_beside_date(&self) -> Option<usize> {
        let day = self.dates.first().is_some_and(Dated::is_full);
        let outside = |at: usize| !self.dates.iter().any(|dated| (dated.start..dated.end).contains(&at));
        let letters = self.line.text.char_indices().filter(|(at, c)| c.is_alphabetic() && outside(*at));
        (day && self.dates.len() <= 2).then(|| letters.count())
    }
}

/// Where another article begins, if one is printed below the first.
///
/// A line that announces other articles is followed by their titles alone, or by the next article in full. It is
/// the next article where the first one has come to its end, and a title and enough prose follow.
pub(super) fn next_article(rows: &[Row]) -> Option<usize> {
    if let Some(next) = rows.iter().skip(1).position(|row| row.line.begins) {
        return Some(next + 1);
    }
    let at = rows.iter().position(|row| matches!(row.verdict.aside, Some((_, AsideScope::Article))))?;
    let ended = rows[..at].iter().rev().take(4).any(|row| {
        let tail = matches!(row.verdict.aside, Some((Why::Tags | Why::Credit | Why::Share | Why::Comments, _)));
        tail || row.verdict.bylines.iter().any(|b| b.whole && matches!(b.kind, BylineKind::Credit | BylineKind::Author))
    });
    let after = &rows[at + 1..];
    let prose: usize =
        after.iter().filter(|row| row.is_body() && !is_title_like(&row.line.text)).map(|row| row.line.text.len()).sum();
    (ended && prose >= ARTICLE && after.first().is_some_and(|row| is_title_like(&row.line.text))).then_some(at + 1)
}

/// Sets aside what the packs say is not the article.
pub(super) fn set_asides(rows: &mut [Row]) {
    let sizes: Vec<usize> = rows.iter().map(|row| if row.is_body() { row.line.text.len() } else { 0 }).collect();
    let all: usize = sizes.iter().sum();
    for at in 0..rows.len() {
        if rows[at].aside.is_some() {
            continue;
        }
        let Some((why, scope)) = rows[at].verdict.aside else { continue };
        rows[at].aside = Some(why);
        match scope {
            AsideScope::Line => {}
            AsideScope::Next => {
                if let Some(next) = rows.get_mut(at + 1) {
                    next.aside = next.aside.or(Some(why));
                }
            }
            AsideScope::Rest => {
                // A menu at the top may name what the end of the page holds.
                let below: usize = sizes[at + 1..].iter().sum();
                if below * 2 < all {
                    rows[at + 1..].iter_mut().for_each(|row| row.aside = row.aside.or(Some(why)));
                }
            }
            AsideScope::Article => {
                // No second article came of it: what follows are titles that lead elsewhere.
                for row in rows[at + 1..].iter_mut().take_while(|row| is_title_like(&row.line.text)) {
                    row.aside = row.aside.or(Some(why));
                }
            }
        }
    }
}

/// Whether a line reads as a title: one short line that no full stop ends.
pub(super) fn is_title_like(line: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '\'' | ')' | ']' | '\u{bb}' | '\u{201d}' | '\u{2019}' | '\u{300d}');
    let line = line.trim_end_matches(closing);
    let characters = line.chars().count();
    let last = line.chars().next_back().unwrap_or('.');
    let stops = matches!(
        last,
        '.' | ',' | ';' | ':' | '\u{3002}' | '\u{964}' | '\u{6d4}' | '\u{ff0e}' | '\u{589}' | '\u{1362}' | '\u{ff1a}'
    );
    // The stop of an abbreviation such as U.S. ends no sentence.
    let mut before = line.chars().rev().skip(1);
    let abbreviated = last == '.' && before.next().is_some_and(char::is_uppercase) && before.next() == Some('.');
    let opens = line.starts_with(|c: char| c.is_alphanumeric() || closing(c) || OPENING.contains(&c));
    // One or two short words are a section's name, where words have spaces between them.
    let says = characters >= 20 || line.split_whitespace().count() >= 3 || line.chars().any(|c| c >= '\u{2e80}');
    (6..=240).contains(&characters) && opens && says && (!stops || abbreviated) && !line.contains("://")
}

/// Marks that a quotation in a title begins with.
const OPENING: [char; 7] = ['\u{ab}', '\u{201c}', '\u{201e}', '\u{2018}', '\u{300c}', '\u{300e}', '\u{bf}'];

/// The title among the first lines, which is then no line of the body.
pub(super) fn take_title(rows: &mut [Row]) -> Option<String> {
    let outside = |row: &Row| {
        !row.is_body() || row.verdict.bylines.iter().any(|byline| byline.whole && byline.set_aside) || is_date_line(row)
    };
    let mut lines = (0..rows.len()).filter(|&at| !outside(&rows[at]));
    let first = lines.next().filter(|&at| at < FOREIGN_HEAD)?;
    let text = &rows[first].line.text;
    let after = lines.next()?;
    let next = &rows[after].line;
    let again = folded(&next.text) == folded(text);
    // Between a title and a gap may stand a date or a byline.
    let gap = rows[first + 1..rows.len().min(first + 4)].iter().any(|row| row.line.gap) && rows.len() > first + 2;
    let parted = next.gap || gap || next.text.len() * 5 > text.len() * 6;
    if !is_title_like(text) || !(again || parted) {
        return None;
    }
    let title = text.clone();
    rows[first].aside = Some(Why::Repeated);
    // It leaves the body without being put aside: the title is its own field.
    rows[first].line.text.clear();
    Some(title)
}

/// Sets aside lines that stood there before: the title, a caption, a paragraph printed twice.
pub(super) fn set_repeated(rows: &mut [Row], title: Option<&str>) {
    // Few lines begin alike, and only those are compared whole.
    let beginning = |text: &str| first_folded(text, BEGINNING);
    let mut begun: HashMap<String, usize> = title.map(|title| (beginning(title), 1)).into_iter().collect();
    let beginnings: Vec<String> = rows.iter().map(|row| beginning(&row.line.text)).collect();
    beginnings.iter().for_each(|beginning| *begun.entry(beginning.clone()).or_default() += 1);
    let mut seen: HashSet<String> = title.map(folded).into_iter().collect();
    for (row, beginning) in rows.iter_mut().zip(&beginnings) {
        if begun[beginning] < 2 {
            continue;
        }
        let words = folded(&row.line.text);
        if words.chars().count() >= 12 && !seen.insert(words) && (row.is_body() || row.line.outside) {
            row.aside = Some(Why::Repeated);
        }
    }
}

/// Whether a line is a date and little else.
///
/// Marks that part it into fields ("City | Day, Time") let it hold more beside the date than a phrase could.
pub(super) fn is_date_line(row: &Row) -> bool {
    let fields = || {
        let line = &row.line.text;
        [" | ", " - ", " \u{2013} ", " \u{2014} ", " \u{B7} ", " \u{2022} "].iter().any(|mark| line.contains(mark))
            && line.chars().count() < 70
            && !line.ends_with(['.', '!', '?', ':', '\u{3002}'])
    };
    let most = match (row.known, fields()) {
        (_, true) => 32,
        (true, false) => 6,
        (false, false) => 16,
    };
    row.letters_beside_date().is_some_and(|letters| letters <= most)
}

/// Letters and digits alone, in lower case: two lines that look alike to a reader are equal.
pub(super) fn folded(text: &str) -> String {
    first_folded(text, usize::MAX)
}

/// As [`folded`], for so many bytes at least of what comes out, if there are as many.
fn first_folded(text: &str, bytes: usize) -> String {
    let mut folded = String::with_capacity(text.len().min(bytes));
    for c in text.chars() {
        if folded.len() >= bytes {
            break;
        }
        if c.is_ascii_alphanumeric() {
            folded.push(c.to_ascii_lowercase());
        } else if is_caseless(c) && is_letter(c) {
            folded.push(c);
        } else if !c.is_ascii() && (is_letter(c) || c.is_numeric()) {
            folded.extend(c.to_lowercase());
        }
    }
    folded
}
