//! Lines of a page, and what the packs say of one.

use super::dates::Dated;
use super::signed::{self, Signed};
use crate::language::pack::{AsideScope, BylineKind, Lines, Zone};
use crate::language::{Annotation, Class, Found, Pack, Reading, TokenKind, holds_script_of, keep_apart};
use crate::model::Why;
use crate::world::{Gazetteer, Named, OutletNamed, Outlets};

/// A paragraph, a heading, a caption: whatever the page sets apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// The words, without white space around them.
    pub(super) text: String,
    /// Whether more than a line break stands before it.
    pub(super) gap: bool,
    /// What the page's markup says that it is, where that is not the article.
    pub(super) hint: Option<Why>,
    /// Whether it stands above the article, where only its author and its day may still be named.
    pub(super) outside: bool,
    /// Whether another article begins with it.
    pub(super) begins: bool,
}

/// What the rules of one or more packs say of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    /// It is not the article, and how far that reaches.
    pub(super) aside: Option<(Why, AsideScope)>,
    /// What it names; where rules overlap, `Byline::settle` chooses.
    pub(super) bylines: Vec<Byline>,
}

/// What a rule of `bylines.toml` found in a line.
#[derive(Clone, Debug)]
pub(super) struct Byline {
    pub(super) kind: BylineKind,
    pub(super) zone: Zone,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it is the whole line.
    pub(super) whole: bool,
    /// Whether the rule knows no word of it, but takes any name that stands alone.
    pub(super) lone: bool,
    /// Whether the line leaves the body.
    pub(super) set_aside: bool,
    pub(super) authors: Vec<String>,
    pub(super) credits: Vec<String>,
    pub(super) date: Option<String>,
}

impl Byline {
    /// Those that hold in a zone and do not overlap: whole lines first, those of which the rule knows
    /// a word before those of which it knows none, then from the left the longest.
    pub(super) fn settle(mut all: Vec<Self>, head: bool, tail: bool) -> Vec<Self> {
        all.retain(|byline| match byline.zone {
            Zone::Head => head,
            Zone::Tail => tail,
            Zone::Any => true,
        });
        all.sort_by_key(|byline| (!byline.whole, byline.lone, byline.start, usize::MAX - byline.end));
        keep_apart(&mut all, |byline| (byline.start, byline.end));
        all
    }
}

/// A match in the middle of a longer line than this speaks of its own words and not of the line.
const SHORT: usize = 30;

/// What is known of a line whatever the language of the rules.
#[derive(Clone, Copy)]
pub(super) struct Marks<'l> {
    pub(super) dates: &'l [Dated],
    /// The agencies and outlets that it names.
    pub(super) printed: &'l [OutletNamed],
    pub(super) outlets: &'l Outlets,
}

/// What one language's rules say of a line. With `names` they may ask for states and places too.
pub(super) fn judge(line: &str, rules: &Lines, marks: Marks<'_>, names: Option<(&Gazetteer, &Pack)>) -> Verdict {
    let dates = marks.dates;
    let mut verdict = Verdict::default();
    // Names are looked up by the stems of all words.
    let mut reading = if names.is_some() { rules.reading(line) } else { rules.quick_reading(line) };
    let length = reading.tokens.len();
    if length == 0 {
        return verdict;
    }
    annotate(&mut reading, dates);
    marks.outlets.annotate(&mut reading, marks.printed);
    if let Some((gazetteer, pack)) = names {
        annotate_places(&mut reading, gazetteer, pack);
    }
    verdict.aside = aside_of(&reading, rules);
    for found in reading.matches(&rules.byline_rules, 0, length) {
        let rule = &rules.bylines[found.rule];
        let span = reading.tokens.span(found.start, found.end).range();
        let whole = found.start == 0 && found.end == length;
        let lone = whole && found.captures.iter().any(|c| c.class == Class::Author && c.end - c.start == length);
        let mut byline = Byline {
            kind: rule.kind,
            zone: rule.zone,
            start: span.start,
            end: span.end,
            whole,
            lone,
            set_aside: rule.set_aside.unwrap_or(whole),
            authors: Vec::new(),
            credits: Vec::new(),
            date: None,
        };
        for capture in &found.captures {
            let words = &line[reading.tokens.span(capture.start, capture.end).range()];
            match capture.class {
                Class::Author | Class::Authors => {
                    let Signed { people, outlets } = signed::parted(&reading, rules, capture.start, capture.end);
                    byline.authors.extend(people);
                    byline.credits.extend(outlets);
                }
                Class::Wire | Class::Outlet => {
                    let named = marks.printed.get(capture.payload as usize);
                    byline.credits.extend(named.map(|named| line[named.start..named.end].to_owned()));
                }
                Class::Credit => byline.credits.extend(parts(words, rule.chain)),
                Class::Rest | Class::Words if rule.kind == BylineKind::Author => byline.authors.extend(clean(words)),
                Class::Rest | Class::Words if rule.kind == BylineKind::Credit => {
                    byline.credits.extend(parts(words, rule.chain));
                }
                Class::Date => {
                    let dated = dates.get(capture.payload as usize).filter(|dated| dated.is_full());
                    byline.date = dated.map(|dated| dated.value.clone());
                }
                _ => {}
            }
        }
        if rule.kind == BylineKind::Dateline && byline.credits.is_empty() {
            byline.credits.extend(uncaptured(&reading, &found));
        }
        if byline.authors.iter().any(|author| !is_name(author, lone)) || lone && !is_name(line, true) {
            continue;
        }
        if matches!(rule.kind, BylineKind::Published | BylineKind::Updated) && byline.date.is_none() {
            let within = |dated: &&Dated| dated.is_full() && span.start <= dated.start && dated.end <= span.end;
            byline.date = dates.iter().find(within).map(|dated| dated.value.clone());
        }
        verdict.bylines.push(byline);
    }
    verdict
}

/// Why one language's rules set a line aside, if they do: of [`judge`] what languages share whose sites use each
/// other's templates.
pub(super) fn aside(line: &str, rules: &Lines, marks: Marks<'_>) -> Option<(Why, AsideScope)> {
    let mut reading = rules.quick_reading(line);
    annotate(&mut reading, marks.dates);
    marks.outlets.annotate(&mut reading, marks.printed);
    aside_of(&reading, rules)
}

fn aside_of(reading: &Reading<'_>, rules: &Lines) -> Option<(Why, AsideScope)> {
    let length = reading.tokens.len();
    let fits = |start: usize, end: usize| length <= SHORT || start == 0 || end == length;
    let found = reading.matches(&rules.aside_rules, 0, length).into_iter().filter(|m| fits(m.start, m.end));
    // The longest match knows most of the line; among equal ones the first rule.
    let best = found.min_by_key(|m| (usize::MAX - (m.end - m.start), m.rule))?;
    Some((rules.asides[best.rule].why, rules.asides[best.rule].scope))
}

/// Whether a language's rules can say anything of a line: it holds letters of the script that they are written in.
pub(super) fn speaks(line: &str, rules: &Lines) -> bool {
    let samples = rules.asides.iter().filter_map(|rule| rule.yes.first());
    let mut samples = samples.chain(rules.bylines.iter().filter_map(|rule| rule.yes.first().map(|(line, _)| line)));
    samples.next().is_none_or(|sample| holds_script_of(line, sample))
}

fn annotate(reading: &mut Reading<'_>, dates: &[Dated]) {
    for (number, dated) in dates.iter().enumerate() {
        let start = reading.tokens.at_byte(dated.start as u32);
        let end = reading.tokens.at_byte(dated.end as u32);
        if start < end {
            for class in [Class::Date, Class::Time] {
                reading.annotate(Annotation { class, start, end, payload: number as i64, tags: 0 });
            }
        }
    }
    for at in 0..reading.tokens.len() {
        if reading.tokens.list[at].kind != TokenKind::Number {
            continue;
        }
        reading.annotate(Annotation { class: Class::Num, start: at, end: at + 1, payload: 0, tags: 0 });
        let number = |at: usize| reading.tokens.list.get(at).is_some_and(|t| t.kind == TokenKind::Number);
        if number(at + 2) && reading.tokens.written(at + 1) == ":" {
            let end = if number(at + 4) && reading.tokens.written(at + 3) == ":" { at + 5 } else { at + 3 };
            reading.annotate(Annotation { class: Class::Clock, start: at, end, payload: 0, tags: 0 });
        }
    }
}

fn annotate_places(reading: &mut Reading<'_>, gazetteer: &Gazetteer, pack: &Pack) {
    for hit in gazetteer.find(reading, pack) {
        let classes: &[Class] = match hit.named {
            Named::Country(_) => &[Class::Country, Class::Place],
            Named::Nation(_) => &[Class::Nation],
            Named::City(_) | Named::Region(_) => &[Class::Place],
            Named::Organization(_) => &[Class::Org],
            Named::Government(_) | Named::Person(_) => &[],
        };
        for &class in classes {
            reading.annotate(Annotation { class, start: hit.start, end: hit.end, payload: 0, tags: hit.tags });
        }
    }
}

/// The agency of a dateline whose rule names it in so many words: the words that no class took.
fn uncaptured(reading: &Reading<'_>, found: &Found) -> Option<String> {
    let taken = |at: usize| found.captures.iter().any(|capture| (capture.start..capture.end).contains(&at));
    let free = |at: &usize| !taken(*at) && reading.tokens.list[*at].kind == TokenKind::Word;
    let first = (found.start..found.end).find(free)?;
    let last = (first..found.end).take_while(|at| !taken(*at)).filter(free).last()?;
    clean(&reading.tokens.text[reading.tokens.span(first, last + 1).range()])
}

/// The outlets that a source line names.
fn parts(words: &str, chain: bool) -> Vec<String> {
    if chain {
        words.split(['/', '|', '\u{2044}']).filter_map(clean).collect()
    } else {
        clean(words).into_iter().collect()
    }
}

/// A name without the punctuation around it; `None` where nothing is left. What follows a closing quotation mark
/// or a comma no longer belongs to the name.
pub(super) fn clean(words: &str) -> Option<String> {
    let around = |c: char| {
        c.is_whitespace()
            || matches!(c, ':' | ',' | ';' | '-' | '/' | '|' | '(' | '[' | ')' | ']' | '"' | '\'' | '*' | '\u{60c}')
            || ('\u{2010}'..='\u{201f}').contains(&c)
            || matches!(c, '\u{ab}' | '\u{bb}' | '\u{ff1a}' | '\u{ff08}' | '\u{ff09}' | '\u{3010}' | '\u{3011}')
    };
    let words = words.trim_start_matches(around);
    let ends =
        |c: char| matches!(c, '"' | '\u{bb}' | '\u{201d}' | ',' | ';' | '\u{60c}' | '\u{ff0c}' | ')' | '\u{ff09}');
    let words = &words[..words.find(ends).unwrap_or(words.len())];
    let words = words.trim_end_matches(|c: char| around(c) || c == '.');
    words.chars().any(char::is_alphabetic).then(|| words.to_owned())
}

/// Whether words can be a person's name: few, without digits, and capitalised where the script has capitals. With
/// `strictly` nothing else says that it is one.
pub(super) fn is_name(words: &str, strictly: bool) -> bool {
    let list: Vec<&str> = words.split_whitespace().collect();
    let cased = words.chars().any(char::is_lowercase) || words.chars().any(char::is_uppercase);
    let capital = |word: &&&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let capitals = list.iter().filter(capital).count();
    if list.is_empty()
        || list.len() > 8
        || words.chars().any(|c| c.is_numeric() || matches!(c, ':' | '?' | '!' | '@' | '_'))
    {
        return false;
    }
    if strictly {
        let plain =
            words.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '.' | '-' | '\'' | '\u{2019}'));
        // Words in nothing but capitals are a heading.
        let heading = !words.chars().any(char::is_lowercase);
        return cased && plain && !heading && (2..=5).contains(&list.len()) && capitals == list.len();
    }
    !cased || capitals * 2 > list.len() && capital(&&list[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_outlets_lose_what_is_around_them() {
        assert_eq!(clean(" (Reuters) ").as_deref(), Some("Reuters"));
        assert_eq!(clean("\u{201c}Al Ahram\u{201d}, he said").as_deref(), Some("Al Ahram"));
        assert_eq!(clean(": "), None);
        assert_eq!(parts("AFP / dpa", true), ["AFP", "dpa"]);
        assert_eq!(parts("AFP/dpa", false), ["AFP/dpa"]);
    }

    #[test]
    fn names_look_like_names() {
        assert!(is_name("Jane Doe", true) && is_name("Jean de La Tour", false) && is_name("أحمد علي", false));
        assert!(!is_name("then the talks had ended", false) && !is_name("Room 101", false) && !is_name("Talks", true));
    }
}
