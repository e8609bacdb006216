//! Lines to articles: which line is the title, which names the author, the source, the day, and which is none of it.

mod found;
mod known;
mod rows;

pub(super) use known::Known;

use std::collections::HashSet;
use std::sync::Arc;

use super::address;
use super::dates::{self, Dated};
use super::lines::{Line, Marks, Verdict, aside, judge, speaks};
use super::metadata::{Candidate, Evidence, is_later};
use super::signed;
use crate::Knowledge;
use crate::language::Pack;
use crate::language::pack::{BylineKind, DateOrder, Lines};
use crate::model::{Article, DateSource, Page, SetAside, Why};
use crate::world::Gazetteer;
use found::Found;
use rows::{Row, folded, next_article, set_asides, set_repeated, take_title};

/// How many lines at the end of a page, and how many bytes long, are held against the rules of every language:
/// templates of a site are often written in another language than its articles.
const FOREIGN_TAIL: usize = 16;
const FOREIGN_HEAD: usize = 8;
const FOREIGN_LENGTH: usize = 240;
/// How long a line is at most that is held against the rules of languages that few templates are written in.
const TEMPLATE_LENGTH: usize = 120;
/// How many lines at the end of the body may be in another language than it.
const FOREIGN_LAST: usize = 3;
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
