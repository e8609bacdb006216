//! Puts together what tells languages apart.

use std::ops::Range;
use std::sync::OnceLock;

use super::characters::Characters;
use super::listed::{Listed, Row};
use super::sample::{Written, main_script, sample};
use super::script::Script;
use super::spelling::{self, Costs, Known};
use super::table::{Table, UNIT};
use super::words::Words;

/// Tells languages apart: those of one list, by the table that was built for it.
#[derive(Debug)]
pub(crate) struct Identifier {
    rows: Vec<Row>,
    table: Table<'static>,
    /// What the list says beyond the table.
    listed: Option<Listed>,
    characters: OnceLock<Characters>,
}

/// The least letters that tell a language, where several languages share them.
const LEAST: usize = 5;
/// Letters of no language cost more than this on average, in natural logarithms.
const STRANGE: f32 = 6.3;
/// The least share of sure answers below which none is given.
const UNSURE: f32 = 0.25;
/// The same where all words may be names.
const UNSURE_OF_NAMES: f32 = 0.9;
/// So many words at most; a longer title may begin all of its words with capitals.
const NAMES_AT_MOST: usize = 5;
/// By how much a line must be likelier in another language than its page's: in all, and for each letter.
const FOREIGN: (f32, f32) = (6.0, 0.25);
/// The least letters and words of a line that tell it from the rest of its page.
const LINE: (usize, usize) = (8, 2);
/// How sure its language must be.
const LINE_SURE: f32 = 0.5;

impl Identifier {
    /// The file that lists the languages.
    pub(crate) const LIST: &str = "world/identify.tsv";

    /// Reads a list; where it is a user's own, its words count beside the table.
    pub(crate) fn new(list: &str, own: bool) -> Self {
        let table = Table::new(tidings_data::bytes("world/identify.bin").unwrap_or_default()).unwrap_or_default();
        let mut rows = Row::all(list);
        let listed = Listed::new(&mut rows, &table, own);
        Self { rows, table, listed, characters: OnceLock::new() }
    }

    /// As [`super::identify`].
    pub(crate) fn identify(&self, text: &str) -> Option<(&str, f32)> {
        let text = sample(text);
        let written = main_script(&text)?;
        let candidates = self.candidates(written.script);
        let (row, sure) = match candidates.as_slice() {
            [] => return None,
            _ if written.script == Script::Hani => {
                let found = self.characters().most_likely(&text).filter(|_| written.letters >= 2)?;
                (candidates[found.0], found.1)
            }
            [only] => ((written.letters >= 2).then_some(*only)?, 1.0),
            _ => self.spelt(&text, written, &candidates)?,
        };
        Some((&self.rows[row].code, sure * written.share.sqrt()))
    }

    /// As [`super::foreign`].
    pub(crate) fn foreign(&self, line: &str, main: &str) -> Option<(&str, f32)> {
        let line = sample(line);
        let written = main_script(&line)?;
        let candidates = self.candidates(written.script);
        let same = |row: usize| tongue(&self.rows[row].code) == tongue(main);
        let (code, sure) = self.identify(&line)?;
        if tongue(code) == tongue(main) || written.letters < LINE.0 || sure < LINE_SURE {
            return None;
        }
        let Some(own) = candidates.iter().copied().find(|&row| same(row)) else {
            // Another script: Latin alone is found in all pages as names.
            let words = Words::cut(&line, written.script);
            let plain = words.in_turns().filter(|(_, name)| !name).count();
            return (written.script != Script::Latn || plain > LINE.1).then_some((code, sure));
        };
        if candidates.len() == 1 || written.script == Script::Hani {
            return Some((code, sure));
        }
        let words = Words::cut(&line, written.script);
        let costs = self.costs(&words, written.script);
        let ahead = (self.of(&costs, own)
            - candidates.iter().map(|&row| self.of(&costs, row)).fold(f32::MAX, f32::min))
            / f32::from(UNIT);
        let plain = words.in_turns().filter(|(_, name)| !name).count();
        (plain >= LINE.1 && ahead > FOREIGN.0.max(FOREIGN.1 * written.letters.min(60) as f32)).then_some((code, sure))
    }

    /// The rows of a script.
    fn candidates(&self, script: Script) -> Vec<usize> {
        (0..self.rows.len()).filter(|&row| self.rows[row].script == script).collect()
    }

    fn characters(&self) -> &Characters {
        let lists = || self.rows.iter().filter(|row| row.script == Script::Hani).map(|row| &*row.words);
        self.characters.get_or_init(|| Characters::new(lists()))
    }

    fn known(&self) -> Known<'_> {
        Known { table: &self.table, listed: self.listed.as_ref() }
    }

    fn costs(&self, words: &Words, script: Script) -> Costs {
        let of_table = |row: &super::table::Row| row.script == script;
        let start = self.table.rows.iter().position(of_table).unwrap_or_default();
        let built: Range<usize> =
            start..start + self.table.rows[start..].iter().take_while(|row| of_table(row)).count();
        let own = self.listed.as_ref().map_or(0..0, |listed| listed.places.clone());
        spelling::costs(words, self.known(), &[built, own])
    }

    fn of(&self, costs: &Costs, row: usize) -> f32 {
        self.rows[row].place.map_or(f32::INFINITY, |place| costs.of(place))
    }

    fn spelt(&self, text: &str, written: Written, candidates: &[usize]) -> Option<(usize, f32)> {
        if written.letters < LEAST {
            return None;
        }
        let words = Words::cut(text, written.script);
        let costs = self.costs(&words, written.script);
        let best = *candidates.iter().min_by(|a, b| self.of(&costs, **a).total_cmp(&self.of(&costs, **b)))?;
        let place = self.rows[best].place?;
        // Words of one text are not independent; a part of the distance is nearer to how often the answer is right.
        let odds = |row: &usize| ((costs.of(place) - self.of(&costs, *row)) / (DOUBT * f32::from(UNIT))).exp();
        let sure = 1.0 / candidates.iter().map(odds).sum::<f32>();
        let names = words.in_turns().skip(1).all(|(_, name)| name)
            && (2..=NAMES_AT_MOST).contains(&words.in_turns().take(NAMES_AT_MOST + 1).count());
        if sure < if names { UNSURE_OF_NAMES } else { UNSURE }
            || spelling::strangeness(&words, self.known(), place) > STRANGE
        {
            return None;
        }
        Some((best, sure))
    }
}

/// By how much costs are divided so that what follows is how often answers are right; measured.
const DOUBT: f32 = 2.0;

/// A language without its region and script, and by the shorter of two codes that are in use.
fn tongue(code: &str) -> &str {
    match code.split(['-', '_']).next().unwrap_or(code) {
        "no" => "nb",
        "fil" => "tl",
        "iw" => "he",
        "in" => "id",
        language => language,
    }
}
