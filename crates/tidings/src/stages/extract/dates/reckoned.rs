//! Dates of other calendars and eras, and dates in numbers with signs or spaces between them.

use jiff::civil::Date;

use super::forms::Forms;
use crate::language::pack::Calendar;
use crate::language::{TokenKind, Tokens, gregorian};

/// Such dates in a line: first token, the token after, the day.
pub(super) fn find(tokens: &Tokens<'_>, forms: &Forms) -> Vec<(usize, usize, Date)> {
    let line = Line { tokens, forms };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let date = match tokens.list[at].kind {
            TokenKind::Number => line.signed(at).or_else(|| line.spaced(at)).or_else(|| line.numeric(at)),
            TokenKind::Word => line.with_month(at).or_else(|| line.era(at)),
            TokenKind::Mark => None,
        };
        match date {
            Some((start, end, day)) => {
                found.push((start, end, day));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

type Found = Option<(usize, usize, Date)>;

struct Line<'l, 't> {
    tokens: &'l Tokens<'t>,
    forms: &'l Forms,
}

impl Line<'_, '_> {
    fn number(&self, at: usize, digits: usize) -> Option<i64> {
        let token = self.tokens.list.get(at)?;
        let folded = self.tokens.folded(at);
        (token.kind == TokenKind::Number && folded.len() <= digits).then(|| folded.parse().ok()).flatten()
    }

    fn mark(&self, at: usize) -> Option<&str> {
        let token = self.tokens.list.get(at)?;
        (token.kind == TokenKind::Mark).then(|| self.tokens.written(at))
    }

    /// Whether a word begins with one of the signs that stand behind numbers.
    fn is_sign(&self, at: usize, signs: &[String]) -> bool {
        self.tokens.list.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.joined)
            && signs.iter().any(|sign| self.tokens.written(at).starts_with(sign.as_str()))
    }

    fn day(&self, calendar: Option<Calendar>, year: i64, month: i64, day: i64) -> Option<Date> {
        let date = match calendar {
            Some(calendar) => gregorian(calendar, year, month, day)?,
            None => Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?,
        };
        (self.forms.years.first..=self.forms.years.last).contains(&date.year()).then_some(date)
    }

    /// A year, month and day with a sign behind each.
    fn signed(&self, at: usize) -> Found {
        let year = self.number(at, 4)?;
        if !self.is_sign(at + 1, &self.forms.signs.year) {
            return None;
        }
        let (end, month, day) = self.month_and_day(at + 2)?;
        let (from, year) = match self.era_before(at) {
            Some(before) => (at - 1, before + year),
            // A page of Taiwan may leave the era out.
            None if (80..=150).contains(&year) => (at, year + 1911),
            None => (at, year),
        };
        Some((from, end, self.day(None, year, month, day)?))
    }

    fn month_and_day(&self, at: usize) -> Option<(usize, i64, i64)> {
        let month = self.number(at, 2)?;
        let day = self.number(at + 2, 2)?;
        let signs = &self.forms.signs;
        let signed = self.is_sign(at + 1, &signs.month) && self.is_sign(at + 3, &signs.day);
        signed.then_some((at + 4, month, day))
    }

    /// The Gregorian year before the first of the era that the word before a number names.
    fn era_before(&self, at: usize) -> Option<i64> {
        let word = self.tokens.written(at.checked_sub(1)?);
        self.forms.eras.iter().find(|(era, _)| word.ends_with(era.as_str())).map(|(_, before)| *before)
    }

    /// The first year of an era, in words: only month and day are numbers.
    fn era(&self, at: usize) -> Found {
        // Few words stand before a day in numbers, so that is looked for first.
        let (end, month, day) = self.month_and_day(at + 1)?;
        let word = self.tokens.written(at);
        let (_, before) = self.forms.eras.iter().find(|(era, _)| {
            self.forms
                .first
                .iter()
                .any(|first| word.find(era.as_str()).is_some_and(|at| word[at..].contains(first.as_str())))
        })?;
        Some((at, end, self.day(None, before + 1, month, day)?))
    }

    /// `2024. 11. 5.` and `5. 11. 2024`.
    fn spaced(&self, at: usize) -> Found {
        if self.mark(at + 1)? != "." || self.mark(at + 3)? != "." || self.tokens.list.get(at + 2)?.joined {
            return None;
        }
        let (first, second) = (self.number(at, 4)?, self.number(at + 2, 2)?);
        let third = self.number(at + 4, 4)?;
        let long = |at: usize| self.tokens.folded(at).len() == 4;
        if long(at) && third <= 31 {
            return Some((at, at + 5, self.day(None, first, second, third)?));
        }
        (long(at + 4) && first <= 31).then(|| Some((at, at + 5, self.day(None, third, second, first)?))).flatten()
    }

    /// Numbers with the same mark between, the year of which is of another calendar.
    fn numeric(&self, at: usize) -> Found {
        let mark = self.mark(at + 1).filter(|mark| matches!(*mark, "/" | "-" | "." | "\u{60c}"))?;
        if self.mark(at + 3)? != mark {
            return None;
        }
        let (first, second, third) = (self.number(at, 4)?, self.number(at + 2, 2)?, self.number(at + 4, 4)?);
        let long = |at: usize| self.tokens.folded(at).len() == 4;
        let (year, day) = match (long(at), long(at + 4)) {
            (true, false) => (first, third),
            (false, true) => (third, first),
            _ => return None,
        };
        if !(1300..=1500).contains(&year) {
            return None;
        }
        // The calendar is the one in which the year lies in the time of the web.
        let date = [Calendar::Persian, Calendar::Islamic]
            .into_iter()
            .find_map(|calendar| self.day(Some(calendar), year, second, day))?;
        Some((at, at + 5, date))
    }

    /// The name of a month of another calendar, with its day and year around it.
    fn with_month(&self, at: usize) -> Found {
        let names = self.forms.months.get(self.tokens.folded(at))?;
        names.iter().find_map(|(words, calendar, month)| {
            let same = |(n, word): (usize, &String)| {
                self.tokens.list.get(at + n).is_some() && self.tokens.folded(at + n) == word
            };
            if !words.iter().enumerate().all(same) {
                return None;
            }
            let end = at + words.len();
            let is_year = |at: usize| self.number(at, 4).filter(|year| (1300..=1500).contains(year));
            let is_day = |at: usize| self.number(at, 2).filter(|day| (1..=31).contains(day));
            // Between the parts stands at most one word or mark.
            let before = || (at.saturating_sub(2)..at).rev().find_map(|at| Some((at, is_day(at)?)));
            let after = || (end..(end + 3).min(self.tokens.len())).find_map(|at| Some((at, is_year(at)?)));
            if let (Some((from, day)), Some((to, year))) = (before(), after()) {
                return Some((from, to + 1, self.day(Some(*calendar), year, *month, day)?));
            }
            let (from, year) = (at.saturating_sub(2)..at).rev().find_map(|at| Some((at, is_year(at)?)))?;
            let (to, day) = (end..(end + 2).min(self.tokens.len())).find_map(|at| Some((at, is_day(at)?)))?;
            Some((from, to + 1, self.day(Some(*calendar), year, *month, day)?))
        })
    }
}
