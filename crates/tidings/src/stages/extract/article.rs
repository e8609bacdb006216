//! Lines to articles: which line is the title, which names the author, the source, the day, and which is none of it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::address;
use super::dates::{self, Dated};
use super::lines::{Byline, Line, Marks, Verdict, aside, is_name, judge, speaks};
use super::metadata::{Candidate, Evidence, is_later};
use super::signed;
use crate::Knowledge;
use crate::language::pack::{AsideScope, BylineKind, DateOrder, Lines};
use crate::language::{Pack, is_caseless, is_letter};
use crate::model::{Article, DateSource, Page, Published, SetAside, Why};
use crate::world::Gazetteer;

/// What is known of an article before its lines are read: from the input, the markup, the address.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) updated: Option<String>,
    /// What else names the day, where the input does not.
    pub(super) evidence: Evidence,
    pub(super) section: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) canonical: Option<String>,
    pub(super) image: Option<String>,
    pub(super) declared_language: Option<String>,
    pub(super) notes: Vec<String>,
}

impl Known {
    /// What the input and the address say.
    pub(super) fn of(page: &Page) -> Self {
        let mut notes = page.notes.clone();
        let mut published = None;
        if let Some(raw) = &page.published {
            published = dates::iso(raw).map(|value| Published { value, from: page.published_from });
            if published.is_none() {
                notes.push("`published` of the input is no date and was ignored".to_owned());
            }
        }
        let title = page.title.as_deref().map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        Self {
            title,
            author: page.author.clone(),
            publisher: page.url.as_deref().and_then(address::outlet).or_else(|| page.publisher.clone()),
            published,
            updated: page.updated.as_deref().and_then(dates::iso),
            evidence: Evidence { saved: saved(page), ..Evidence::default() },
            notes,
            ..Self::default()
        }
    }
}

/// The day after which nothing on the page was written: when it was fetched, or saved by an archive that says so in
/// the address.
fn saved(page: &Page) -> Option<Date> {
    let fetched = page.fetched.as_deref().and_then(dates::iso).and_then(|value| value.get(..10)?.parse().ok());
    fetched.or_else(|| page.url.as_deref().and_then(address::saved))
}

/// How many lines at the end of a page, and how many bytes long, are held against the rules of every language:
/// templates of a site are often written in another language than its articles.
const FOREIGN_TAIL: usize = 16;
const FOREIGN_HEAD: usize = 8;
const FOREIGN_LENGTH: usize = 240;
/// How long a line is at most that is held against the rules of languages that few templates are written in.
const TEMPLATE_LENGTH: usize = 120;
/// How many lines at the end of the body may be in another language than it.
const FOREIGN_LAST: usize = 3;
/// Lines of the body that count as its end.
const TAIL: usize = 8;
/// Lines of the body above which a line still stands in the head.
const HEAD: usize = 2;
/// The least bytes of prose that make an article of what stands below another.
const ARTICLE: usize = 400;

/// Makes articles of the lines of a page.
pub(super) fn assemble(page: &Page, known: Known, lines: Vec<Line>, knowledge: &Knowledge) -> Vec<Article> {
    let reader = Reader::new(page, &known, &lines, knowledge);
    let mut rows = reader.read(lines);
    let mut articles = Vec::new();
    let mut known = known;
    loop {
        let next = next_article(&rows).map(|at| rows.split_off(at));
        articles.push(reader.article(page, known, rows, articles.len() as u32 + 1));
        match next {
            Some(next) => rows = next,
            None => return articles,
        }
        // Of what is known of the page nothing but its address holds for a second article.
        known = Known { publisher: page.url.as_deref().and_then(address::outlet), ..Known::default() };
    }
}

/// A line with all that is found out about it.
struct Row {
    line: Line,
    verdict: Verdict,
    dates: Vec<Dated>,
    /// Whether the language has rules for bylines: a word beside a date that they do not know then means nothing.
    known: bool,
    /// Addresses that are written out in it.
    addresses: Vec<String>,
    /// Why it is not the body; decided step by step.
    aside: Option<Why>,
}

impl Row {
    fn is_body(&self) -> bool {
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

/// The rules that a page is read with.
struct Reader<'k> {
    language: Option<String>,
    pack: Option<Arc<Pack>>,
    /// States and places as the language names them, where its datelines ask for them.
    names: Option<Arc<Gazetteer>>,
    /// Why the language's pack cannot be read, or that it has none.
    fault: Option<String>,
    /// The pack of the language that most templates are written in.
    common: Option<Arc<Pack>>,
    /// What the language says of lines, or what holds in any.
    own: &'k Lines,
    /// Whether the language has rules for bylines.
    full: bool,
    all: &'k [Lines],
    knowledge: &'k Knowledge,
    /// Whether day or month comes first in numbers, where the page's country says otherwise than its language.
    order: Option<DateOrder>,
    /// The bytes of text that told the language.
    told_by: usize,
}

/// The language of templates: dates beside an article are often written in it, whatever the article's own.
const TEMPLATES: &str = "en";

impl<'k> Reader<'k> {
    fn new(page: &Page, known: &Known, lines: &[Line], knowledge: &'k Knowledge) -> Self {
        let mut told_by = 0;
        let language = page.language.as_deref().map(tag).or_else(|| {
            let mut text = known.title.clone().unwrap_or_default();
            for line in lines {
                text.push('\n');
                text.push_str(&line.text);
            }
            told_by = text.len();
            knowledge.identify(&text).map(|(language, _)| language.to_owned())
        });
        let main = language.as_deref().map(|language| language.split('-').next().unwrap_or(language));
        let all = knowledge.lines();
        let (pack, fault) = match language.as_deref().map(|language| knowledge.pack(language)) {
            Some(Ok(pack)) if pack.language.english.is_empty() => {
                let fault = format!("nothing is known of the language `{}`", pack.code);
                (Some(pack), Some(fault))
            }
            Some(Ok(pack)) => (Some(pack), None),
            Some(Err(fault)) => (None, Some(fault.to_string())),
            None => (None, None),
        };
        let full = all.iter().find(|rules| Some(rules.code.as_str()) == main);
        let datelines = full.is_some_and(|own| own.bylines.iter().any(|rule| rule.kind == BylineKind::Dateline));
        Self {
            names: pack.as_deref().filter(|_| datelines).map(|pack| knowledge.gazetteer(pack)),
            pack,
            fault,
            common: (main != Some(TEMPLATES)).then(|| knowledge.pack(TEMPLATES).ok()).flatten(),
            own: full.unwrap_or_else(|| knowledge.any_lines()),
            full: full.is_some_and(|own| !own.bylines.is_empty()),
            all,
            knowledge,
            order: order(page, main, knowledge),
            language,
            told_by,
        }
    }

    /// Holds every line against the rules that can say something of it.
    fn read(&self, lines: Vec<Line>) -> Vec<Row> {
        let count = lines.len();
        let forms = self.knowledge.date_forms();
        let outlets = self.knowledge.world().outlets();
        let row = |(at, line): (usize, Line)| {
            let near_edge = at < FOREIGN_HEAD || at + FOREIGN_TAIL >= count;
            let foreign = near_edge && line.text.len() <= FOREIGN_LENGTH;
            let (words, addresses) = address::cut_out(&line.text);
            let addresses = addresses.into_iter().map(str::to_owned).collect();
            // Prose tells times that are not the article's own.
            let mut dates = Vec::new();
            if line.text.len() <= FOREIGN_LENGTH {
                dates =
                    self.pack.as_deref().map(|pack| dates::find(&words, pack, forms, self.order)).unwrap_or_default();
                if foreign && !dates.iter().any(Dated::is_full) {
                    let common = self
                        .common
                        .as_deref()
                        .map(|pack| dates::find(&words, pack, forms, self.order))
                        .unwrap_or_default();
                    if common.iter().any(Dated::is_full) {
                        dates = common;
                    }
                }
            }
            // A dateline begins the first lines alone.
            let names = (at < FOREIGN_HEAD).then_some(self.names.as_deref().zip(self.pack.as_deref())).flatten();
            // What holds in any language is said at the edges of an article, or in a line of its own.
            let judged = self.full || near_edge || line.text.len() <= FOREIGN_LENGTH;
            let printed = if judged { outlets.find(&words) } else { Vec::new() };
            let marks = Marks { dates: &dates, printed: &printed, outlets };
            let mut verdict = if judged { judge(&words, self.own, marks, names) } else { Verdict::default() };
            if foreign {
                for rules in self.all.iter().filter(|rules| rules.code != self.own.code && speaks(&words, rules)) {
                    // How an author signs is every language's own; only templates are shared.
                    if rules.code == TEMPLATES {
                        let said = judge(&words, rules, marks, None);
                        verdict.aside = verdict.aside.or(said.aside);
                        verdict.bylines.extend(said.bylines.into_iter().filter(|byline| !byline.lone));
                    } else if verdict.aside.is_none() && line.text.len() <= TEMPLATE_LENGTH {
                        verdict.aside = aside(&words, rules, marks);
                    }
                }
            }
            let aside = line
                .hint
                .or_else(|| (!has_letters(&line.text) && !dates.iter().any(Dated::is_full)).then_some(Why::Navigation));
            Row { line, verdict, dates, known: self.full, addresses, aside }
        };
        lines.into_iter().enumerate().map(row).collect()
    }

    fn article(&self, page: &Page, known: Known, mut rows: Vec<Row>, part: u32) -> Article {
        let mut article = Article {
            id: page.id.clone(),
            part,
            url: page.url.clone(),
            author: known.author,
            published: known.published,
            updated: known.updated,
            section: known.section,
            tags: known.tags,
            canonical: known.canonical,
            image: known.image,
            declared_language: known.declared_language,
            notes: known.notes,
            ..Article::default()
        };
        article.notes.extend(self.fault.clone());
        set_asides(&mut rows);
        self.set_foreign(&mut rows);
        article.title = known.title.or_else(|| take_title(&mut rows));
        set_repeated(&mut rows, article.title.as_deref());
        let mut found = Found::default();
        found.read(&mut rows);
        found.lone_author(&mut rows);
        let outlets = self.knowledge.world().outlets();
        let (author, mut signed) = signed::apart(article.author.take(), self.own, outlets);
        let (below, more) = signed::apart(found.author.take(), self.own, outlets);
        article.author = author.or(below);
        signed.extend(more);
        self.date(page, &mut article, known.evidence, &found);
        // What names no printer itself was printed by whom its source line, or else its dateline, names last.
        let printed = found.publisher.or(found.address).or(found.sources.last().cloned()).or(found.dateline.clone());
        article.publisher = known.publisher.or(printed);
        article.credits = found.told_by;
        article.credits.extend(found.sources);
        if let Some(agency) = found.dateline {
            let at = if article.publisher.as_ref() == Some(&agency) { article.credits.len() } else { 0 };
            article.credits.insert(at, agency);
        }
        // What signed in a person's place wrote it, unless it is the printer.
        let printer = article.publisher.as_deref().and_then(|name| outlets.named(name)).map(|outlet| &outlet.id);
        let wrote = signed.into_iter().filter(|name| outlets.named(name).map(|outlet| &outlet.id) != printer);
        article.credits.splice(..0, wrote);
        let mut seen = HashSet::new();
        // An agency in two languages is one source; a site of its own is where it was printed.
        let same = |credit: &String| {
            let outlet = outlets.named(credit).filter(|_| !credit.contains('.'));
            outlet.map_or_else(|| folded(credit), |outlet| outlet.id.clone())
        };
        article.credits.retain(|credit| seen.insert(same(credit)));
        let body: Vec<&str> = rows.iter().filter(|row| row.is_body()).map(|row| row.line.text.as_str()).collect();
        article.text = body.join("\n");
        article.language = self.language_of(page, &article);
        if article.language.is_none() {
            article.notes.push("the language is not known".to_owned());
        }
        if !has_letters(&article.text) && article.title.is_none() {
            article.notes.push("no words".to_owned());
        }
        let asides = rows.into_iter().filter(|row| !row.line.text.is_empty());
        article.set_aside = asides.filter_map(|row| Some(SetAside { why: row.aside?, text: row.line.text })).collect();
        article
    }

    /// Sets aside short lines at the end of the body that are written in another language than it is: what a template
    /// says below every article.
    fn set_foreign(&self, rows: &mut [Row]) {
        let Some(main) = self.language.as_deref() else { return };
        if rows.iter().filter(|row| row.is_body()).count() <= FOREIGN_LAST {
            return;
        }
        let below = rows.iter_mut().rev().filter(|row| row.is_body() && has_letters(&row.line.text));
        for row in below.take(FOREIGN_LAST).take_while(|row| row.line.text.len() <= FOREIGN_LENGTH) {
            if reads_as_prose(&row.line.text) && self.knowledge.foreign(&row.line.text, main).is_some() {
                row.aside = Some(Why::Navigation);
            }
        }
    }

    /// Chooses the days of publication and of the last change.
    fn date(&self, page: &Page, article: &mut Article, mut evidence: Evidence, found: &Found) {
        let labels = self.knowledge.labels();
        let mut add = |value: Option<String>, from: DateSource, weight: i32, updated: bool| {
            evidence.candidates.extend(value.and_then(|value| Candidate::new(value, from, weight, updated)));
        };
        if let Some((day, weight)) =
            page.url.as_deref().filter(|_| article.part == 1).and_then(|url| labels.address(url))
        {
            add(Some(day.to_string()), DateSource::Url, weight, false);
        }
        add(found.published.clone(), DateSource::Text, labels.line(page.html), false);
        add(found.updated.clone(), DateSource::Text, labels.line(page.html), true);
        let answer = evidence.settle(&|text| self.dates_in(text), labels);
        if article.published.is_none() {
            article.published = answer.published;
            if answer.unsure {
                article.notes.push("nothing says when it was published; a day in its text is taken".to_owned());
            }
            if answer.only_updated {
                article.notes.push("the day of a change stands for that of publication, which is not told".to_owned());
            }
        }
        article.updated = article.updated.take().or(answer.updated);
        let published = article.published.as_ref();
        if published.is_some_and(|p| article.updated.as_ref().is_some_and(|at| !is_later(at, &p.value))) {
            article.updated = None;
        }
    }

    /// The dates in a text, in the page's language or in that of templates.
    fn dates_in(&self, text: &str) -> Vec<Dated> {
        let forms = self.knowledge.date_forms();
        let own = self.pack.as_deref().map(|pack| dates::find(text, pack, forms, self.order)).unwrap_or_default();
        if own.iter().any(Dated::is_full) {
            return own;
        }
        let common = self.common.as_deref().map(|pack| dates::find(text, pack, forms, self.order)).unwrap_or_default();
        if common.iter().any(Dated::is_full) { common } else { own }
    }

    fn language_of(&self, page: &Page, article: &Article) -> Option<String> {
        if page.language.is_some() {
            return self.language.clone();
        }
        let text = format!("{}\n{}", article.title.as_deref().unwrap_or_default(), article.text);
        if !has_letters(&text) {
            // What was set aside is written in a language too.
            return self.language.clone();
        }
        // Where little was set aside, another look would say the same.
        if self.language.is_some() && text.len() * 4 >= self.told_by * 3 {
            return self.language.clone();
        }
        self.knowledge.identify(&text).map(|(language, _)| language.to_owned())
    }
}

/// English is written in many countries, and puts the month first in few of them.
fn order(page: &Page, language: Option<&str>, knowledge: &Knowledge) -> Option<DateOrder> {
    let country = page.url.as_deref().and_then(address::top_level)?;
    let forms = knowledge.date_forms();
    let first = forms.month_first(&country);
    (first || language == Some(TEMPLATES) && country.len() == 2).then_some(if first {
        DateOrder::Mdy
    } else {
        DateOrder::Dmy
    })
}

/// A language tag as BCP 47 writes it.
fn tag(given: &str) -> String {
    let given = given.trim().replace('_', "-");
    match given.split_once('-') {
        Some((language, rest)) => format!("{}-{rest}", language.to_ascii_lowercase()),
        None => given.to_ascii_lowercase(),
    }
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Whether a line is long enough to be more than a motto, and holds little beside words: commands and addresses are in
/// no language.
fn reads_as_prose(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let other = line.chars().filter(|c| !c.is_alphabetic() && !c.is_whitespace()).count();
    letters >= 40 && other * 10 <= letters && !line.contains(['=', '_', '\\', '/', '{', '<'])
}

/// Letters and digits alone, in lower case: two lines that look alike to a reader are equal.
fn folded(text: &str) -> String {
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

/// Where another article begins, if one is printed below the first.
///
/// A line that announces other articles is followed by their titles alone, or by the next article in full. It is
/// the next article where the first one has come to its end, and a title and enough prose follow.
fn next_article(rows: &[Row]) -> Option<usize> {
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
fn set_asides(rows: &mut [Row]) {
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
fn is_title_like(line: &str) -> bool {
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
fn take_title(rows: &mut [Row]) -> Option<String> {
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
fn set_repeated(rows: &mut [Row], title: Option<&str>) {
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
fn is_date_line(row: &Row) -> bool {
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

/// What the lines around the body name.
#[derive(Default)]
struct Found {
    author: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    publisher: Option<String>,
    /// The outlet of an address in a source line.
    address: Option<String>,
    /// Agencies and outlets that the prose says it has its news from.
    told_by: Vec<String>,
    /// Those that source lines name.
    sources: Vec<String>,
    dateline: Option<String>,
}

impl Found {
    fn read(&mut self, rows: &mut [Row]) {
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
    fn lone_author(&mut self, rows: &mut [Row]) {
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

/// So many bytes of letters are the beginning of a line.
const BEGINNING: usize = 16;
