//! What texts have in common below their slots: names by their consonants, words of one language, numbers.

use rustc_hash::FxHashMap;

use super::{key::hash, skeleton::skeleton};
use crate::{
    language::plain,
    model::{Report, Where},
};

/// Tokens of a body that are looked at; what stands further down is background.
const BODY: usize = 400;
/// Tokens of a lead at most, for texts without sentences.
const LEAD: usize = 60;
/// Consonants that a word must have to be compared across languages.
const CONSONANTS: usize = 3;

/// Features of a text, each a hash with its weight, sorted by hash.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// Names by their consonants, and numbers: title and lead.
    pub names: Vec<(u64, f32)>,
    /// The same of the whole text.
    pub all_names: Vec<(u64, f32)>,
    /// Words of the text's own language: title and lead.
    pub words: Vec<(u64, f32)>,
    /// The same of the whole text.
    pub all_words: Vec<(u64, f32)>,
    /// Numbers of title and lead that letters are joined to, as in ordinals.
    pub ordinals: Vec<u64>,
    /// Plain numbers of title and lead that are neither times nor counts.
    pub plain_numbers: Vec<u64>,
}

/// One run of letters or digits.
struct Word<'t> {
    text: &'t str,
    start: usize,
    number: bool,
    capital: bool,
    /// Whether a sentence begins with it.
    first: bool,
    /// Whether letters and digits stand together without a space.
    joined: bool,
}

/// The features of a report; its lead ends at byte `lead_end` of the body.
pub fn features(report: &Report, language: &str, lead_end: u32) -> Features {
    let mut bags = Bags::default();
    let mut out = Features::default();
    let body = &report.article.text;
    for (place, text) in [(Where::Title, report.article.title.as_deref().unwrap_or_default()), (Where::Body, body)] {
        let cased = text.chars().any(char::is_lowercase);
        for (n, word) in words(text).into_iter().take(BODY).enumerate() {
            let lead = place == Where::Title || if lead_end > 0 { (word.start as u32) < lead_end } else { n < LEAD };
            if word.number {
                take_number(report, place, &word, lead, &mut bags, &mut out);
                continue;
            }
            let folded = plain(word.text);
            let letters = folded.chars().count();
            if letters > 1 || !folded.is_ascii() {
                bags.add(true, lead, hash(&(language, folded.as_str())), 1.0);
            }
            let bones = skeleton(word.text);
            if bones.len() >= CONSONANTS {
                let weight = match (cased, word.capital, word.first) {
                    (false, ..) => 0.7,
                    (true, true, false) => 1.0,
                    (true, true, true) => 0.7,
                    (true, false, _) => 0.3,
                };
                bags.add(false, lead, hash(&bones), weight);
                if bones.len() > CONSONANTS + 1 {
                    // A name with a short ending is found by its beginning.
                    bags.add(false, lead, hash(&("short", &bones[..bones.len() - 1])), weight * 0.6);
                }
                if bones.len() > CONSONANTS {
                    bags.add(false, lead, hash(&("short", bones.as_str())), weight * 0.6);
                }
            }
        }
    }
    out.names = sorted(bags.names);
    out.all_names = sorted(bags.all_names);
    out.words = sorted(bags.words);
    out.all_words = sorted(bags.all_words);
    for list in [&mut out.ordinals, &mut out.plain_numbers] {
        list.sort_unstable();
        list.dedup();
    }
    out
}

#[derive(Default)]
struct Bags {
    names: FxHashMap<u64, f32>,
    all_names: FxHashMap<u64, f32>,
    words: FxHashMap<u64, f32>,
    all_words: FxHashMap<u64, f32>,
}

impl Bags {
    fn add(&mut self, word: bool, lead: bool, feature: u64, weight: f32) {
        let (all, some) =
            if word { (&mut self.all_words, &mut self.words) } else { (&mut self.all_names, &mut self.names) };
        let entry = all.entry(feature).or_insert(0.0);
        *entry = entry.max(weight);
        if lead {
            let entry = some.entry(feature).or_insert(0.0);
            *entry = entry.max(weight);
        }
    }
}

fn take_number(report: &Report, place: Where, word: &Word<'_>, lead: bool, bags: &mut Bags, out: &mut Features) {
    let digits: String = word.text.chars().filter_map(crate::language::digit).map(|d| char::from(b'0' + d)).collect();
    let value = digits.trim_start_matches('0');
    let at = |quote: crate::model::Quote| {
        quote.text == place
            && (quote.span.start as usize) < word.start + word.text.len()
            && (quote.span.end as usize) > word.start
    };
    let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let in_time = report.times.iter().any(|t| at(t.quote));
    if value.is_empty() || year || in_time {
        return;
    }
    let feature = hash(&("number", value));
    bags.add(false, lead, feature, if value.len() > 1 { 0.8 } else { 0.4 });
    if lead && value.len() <= 3 {
        let counted = report.quantities.iter().any(|q| at(q.quote));
        if word.joined {
            out.ordinals.push(feature);
        } else if !counted {
            out.plain_numbers.push(feature);
        }
    }
}

fn sorted(bag: FxHashMap<u64, f32>) -> Vec<(u64, f32)> {
    #[allow(clippy::iter_over_hash_type)] // sorted below
    let mut list: Vec<(u64, f32)> = bag.into_iter().collect();
    list.sort_unstable_by_key(|f| f.0);
    list
}

/// Cuts a text into words and numbers; a letter of a script without spaces makes a word with the next.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut first = true;
    while let Some((start, c)) = chars.next() {
        let number = crate::language::digit(c).is_some();
        if !number && !c.is_alphanumeric() {
            first |= matches!(c, '.' | '!' | '?' | '\n' | '\u{3002}' | '\u{61F}');
            continue;
        }
        let mut end = start + c.len_utf8();
        if !number && crate::language::unspaced(c) {
            // Two letters of such a script are about a word.
            if let Some(&(at, n)) = chars.peek()
                && crate::language::unspaced(n)
            {
                end = at + n.len_utf8();
            }
            words.push(Word { text: &text[start..end], start, number, capital: false, first, joined: false });
            first = false;
            continue;
        }
        while let Some(&(at, n)) = chars.peek() {
            let digit = crate::language::digit(n).is_some();
            let letter = n.is_alphanumeric() || unicode_normalization::char::is_combining_mark(n);
            let group = number && matches!(n, '.' | ',' | '\u{2019}' | '\'') && groups(&text[at + n.len_utf8()..]);
            if !(if number { digit || group } else { letter && !digit && !crate::language::unspaced(n) }) {
                break;
            }
            end = at + n.len_utf8();
            chars.next();
        }
        let capital = c.is_uppercase();
        let joined = mark_join(&mut words, start) || number && text[end..].starts_with(['-', '\u{2011}']);
        words.push(Word { text: &text[start..end], start, number, capital, first, joined });
        first = false;
    }
    words
}

/// Notes that letters and digits stand side by side; whether the word before touches this one.
fn mark_join(words: &mut [Word<'_>], start: usize) -> bool {
    match words.last_mut() {
        Some(last) if last.start + last.text.len() == start && !last.text.starts_with(crate::language::unspaced) => {
            last.joined = true;
            true
        }
        _ => false,
    }
}

/// Whether exactly three digits follow, as behind a mark that groups them.
fn groups(rest: &str) -> bool {
    let digits = rest.chars().take_while(|c| crate::language::digit(*c).is_some()).count();
    digits == 3
}
