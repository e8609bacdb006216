//! Which language a text is written in, told from its letters and usual words.
//!
//! The script decides first, and where one language has it for itself that is the end. Languages that share a
//! script are told apart by how likely each would write the words: those that the table lists, and for all others
//! the sequences of letters that the listed words are made of. No word counts for more than a few others, so that
//! names and quotations do not decide.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// The language of a text (BCP 47, as short as it can be) and how sure that is, from 0 to 1; `None` where the text
/// holds no words to tell it by.
///
/// ```
/// use tidings::language::identify;
/// assert_eq!(identify("The ministers met in Cairo on Thursday.").unwrap().0, "en");
/// assert!(identify("16/11/2024 16:03").is_none());
/// ```
pub fn identify(text: &str) -> Option<(&'static str, f32)> {
    static EMBEDDED: OnceLock<Identifier> = OnceLock::new();
    EMBEDDED
        .get_or_init(|| Identifier::new(tidings_data::file("world/identify.tsv").unwrap_or_default()))
        .identify(text)
}

/// Whether a text holds letters of the script that a sample is written in.
pub(crate) fn holds_script_of(text: &str, sample: &str) -> bool {
    let script = sample.chars().find_map(Script::of);
    text.chars().any(|c| Script::of(c) == script)
}

/// The letters of a text that are looked at; more would not change the answer.
const ENOUGH: usize = 6000;
/// The least letters that tell a language, where several languages share them.
const LEAST: usize = 5;
/// How much less likely than in the best language a single word can make another, as a natural logarithm.
const WORD_AT_MOST: f32 = 6.0;

/// Tells languages apart by one table of their usual words.
#[derive(Debug)]
pub(crate) struct Identifier {
    scripts: FxHashMap<Script, Shared>,
}

/// The languages of one script.
#[derive(Debug)]
struct Shared {
    rows: Vec<(Box<str>, Box<str>)>,
    /// Built when the first text of this script comes.
    model: OnceLock<Model>,
}

impl Identifier {
    pub(crate) fn new(table: &str) -> Self {
        let mut scripts: FxHashMap<Script, Shared> = FxHashMap::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(language), Some(script), words) = (fields.next(), fields.next(), fields.next()) else { continue };
            if let Some(script) = Script::named(script) {
                let shared =
                    scripts.entry(script).or_insert_with(|| Shared { rows: Vec::new(), model: OnceLock::new() });
                shared.rows.push((language.into(), words.unwrap_or_default().into()));
            }
        }
        Self { scripts }
    }

    pub(crate) fn identify(&self, text: &str) -> Option<(&str, f32)> {
        let (script, letters, share) = main_script(text)?;
        let shared = self.scripts.get(&script)?;
        if let [(language, _)] = shared.rows.as_slice() {
            return (letters >= 2).then_some((language, share));
        }
        let han = script == Script::Hani;
        if letters < if han { 2 } else { LEAST } {
            return None;
        }
        let model =
            shared.model.get_or_init(|| if han { Model::characters(&shared.rows) } else { Model::new(&shared.rows) });
        let (at, sure) = model.most_likely(words(text, script));
        Some((&shared.rows[at].0, sure * share))
    }
}

/// The words of one script in a text, in lower case and composed form, without what other scripts stand between.
fn words(text: &str, script: Script) -> impl Iterator<Item = Vec<char>> {
    let han = script == Script::Hani;
    let letters: Vec<char> = text.chars().take(ENOUGH).flat_map(char::to_lowercase).nfc().collect();
    let mut at = 0;
    std::iter::from_fn(move || {
        // A mark belongs to the letter before it, whatever its own script.
        let is_letter = |c: char| Script::of(c) == Some(script);
        while at < letters.len() && !is_letter(letters[at]) {
            at += 1;
        }
        let start = at;
        while at < letters.len()
            && (is_letter(letters[at]) || at > start && is_mark(letters[at]))
            && !(han && at > start)
        {
            at += 1;
        }
        (at > start).then(|| letters[start..at].iter().copied().filter(|&c| !is_optional_mark(c)).collect())
    })
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || c == '\u{200c}' || c == '\u{200d}'
}

/// Vowel signs of Arabic and Hebrew, which most texts leave out.
fn is_optional_mark(c: char) -> bool {
    matches!(c, '\u{5b0}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}' | '\u{200c}' | '\u{200d}')
}

/// How likely each language of one script writes a word. All figures are natural logarithms of probabilities, one a
/// language, in the order of the rows.
#[derive(Debug, Default)]
struct Model {
    languages: usize,
    words: FxHashMap<Vec<char>, Vec<(usize, f32)>>,
    one: FxHashMap<char, Box<[f32]>>,
    two: FxHashMap<[char; 2], Box<[f32]>>,
    three: FxHashMap<[char; 3], Box<[f32]>>,
    /// What a language loses where it knows these letters, but not the one that follows.
    after_one: FxHashMap<char, Box<[f32]>>,
    after_two: FxHashMap<[char; 2], Box<[f32]>>,
}

const START: char = '^';
const END: char = '$';
/// How much trust goes to shorter sequences of letters, in units of counted words.
const SHORTER: f32 = 2.0;
/// A letter that no listed word has.
const UNSEEN: f32 = 1e-4;
/// The share of a text's words that the listed ones make up.
const LISTED: f32 = 0.5;

type Counts<K> = FxHashMap<K, Box<[f32]>>;

fn count<K: std::hash::Hash + Eq>(counts: &mut Counts<K>, key: K, languages: usize, language: usize, weight: f32) {
    counts.entry(key).or_insert_with(|| vec![0.0; languages].into())[language] += weight;
}

impl Model {
    fn new(rows: &[(Box<str>, Box<str>)]) -> Self {
        let languages = rows.len();
        let (mut one, mut two, mut three) = (Counts::default(), Counts::default(), Counts::default());
        let (mut after_one, mut after_two) = (Counts::default(), Counts::default());
        let mut all = vec![0.0; languages];
        let mut words: FxHashMap<Vec<char>, Vec<(usize, f32)>> = FxHashMap::default();
        for (language, (_, list)) in rows.iter().enumerate() {
            let list: Vec<Vec<char>> = list
                .split(' ')
                .map(|word| word.nfc().filter(|c| c.is_alphanumeric() || is_mark(*c)).collect())
                .collect();
            let rank_weight = |rank: usize| 1.0 / (rank as f32 + 8.0);
            let sum: f32 = (0..list.len()).map(rank_weight).sum();
            for (rank, word) in list.into_iter().enumerate().filter(|(_, word)| !word.is_empty()) {
                // Letters are learned from rare words too: each of them shows how the language spells.
                let weight = 1.0 / (rank as f32 + 4.0).sqrt() * 4.0;
                let mut before = [START, START];
                for &c in word.iter().chain([&END]) {
                    count(&mut one, c, languages, language, weight);
                    count(&mut two, [before[1], c], languages, language, weight);
                    count(&mut after_one, before[1], languages, language, weight);
                    count(&mut three, [before[0], before[1], c], languages, language, weight);
                    count(&mut after_two, before, languages, language, weight);
                    all[language] += weight;
                    before = [before[1], c];
                }
                let known = words.entry(word).or_default();
                if known.last().is_none_or(|(last, _)| *last != language) {
                    known.push((language, (rank_weight(rank) / sum * LISTED).ln()));
                }
            }
        }
        let mut model = Self { languages, words, one, two, three, after_one, after_two };
        model.take_logarithms(&all);
        model
    }

    /// For a script whose characters are words: each listed one speaks for its languages, and no other for any.
    fn characters(rows: &[(Box<str>, Box<str>)]) -> Self {
        let mut model = Self { languages: rows.len(), ..Self::default() };
        for (language, (_, list)) in rows.iter().enumerate() {
            for character in list.split(' ') {
                model.words.entry(character.chars().collect()).or_default().push((language, LISTED.ln()));
            }
        }
        model
    }

    /// Turns counts into probabilities: each count is mixed with what the shorter sequence says.
    #[allow(clippy::iter_over_hash_type)] // Each entry is changed by itself, so that no order shows.
    fn take_logarithms(&mut self, all: &[f32]) {
        for counts in self.one.values_mut() {
            counts.iter_mut().zip(all).for_each(|(n, all)| *n = ((*n / all) * (1.0 - 100.0 * UNSEEN) + UNSEEN).ln());
        }
        let mix =
            |n: &mut f32, context: f32, shorter: f32| *n = ((*n + SHORTER * shorter.exp()) / (context + SHORTER)).ln();
        for (key, counts) in &mut self.two {
            let (context, shorter) = (&self.after_one[&key[0]], &self.one[&key[1]]);
            counts
                .iter_mut()
                .zip(context.iter().zip(shorter))
                .for_each(|(n, (context, shorter))| mix(n, *context, *shorter));
        }
        for (key, counts) in &mut self.three {
            let (context, shorter) = (&self.after_two[&[key[0], key[1]]], &self.two[&[key[1], key[2]]]);
            counts
                .iter_mut()
                .zip(context.iter().zip(shorter))
                .for_each(|(n, (context, shorter))| mix(n, *context, *shorter));
        }
        let loss = |counts: &mut Box<[f32]>| counts.iter_mut().for_each(|n| *n = (SHORTER / (*n + SHORTER)).ln());
        self.after_one.values_mut().for_each(loss);
        self.after_two.values_mut().for_each(loss);
    }

    /// Adds to `scores` how likely each language follows `before` with `c`.
    fn add_letter(&self, scores: &mut [f32], before: [char; 2], c: char) {
        let add = |scores: &mut [f32], row: Option<&Box<[f32]>>| {
            if let Some(row) = row {
                scores.iter_mut().zip(row).for_each(|(score, log)| *score += log);
            }
            row.is_some()
        };
        if add(scores, self.three.get(&[before[0], before[1], c])) {
            return;
        }
        add(scores, self.after_two.get(&before));
        if add(scores, self.two.get(&[before[1], c])) {
            return;
        }
        add(scores, self.after_one.get(&before[1]));
        if !add(scores, self.one.get(&c)) {
            scores.iter_mut().for_each(|score| *score += UNSEEN.ln());
        }
    }

    /// The most likely language of some words, and how sure that is.
    fn most_likely(&self, words: impl Iterator<Item = Vec<char>>) -> (usize, f32) {
        let mut total = vec![0.0f32; self.languages];
        let mut scores = vec![0.0f32; self.languages];
        for word in words {
            scores.fill((1.0 - LISTED).ln());
            let mut before = [START, START];
            for &c in word.iter().chain([&END]) {
                self.add_letter(&mut scores, before, c);
                before = [before[1], c];
            }
            for (language, listed) in self.words.get(&word).into_iter().flatten() {
                let spelled = scores[*language];
                scores[*language] = listed.max(spelled) + (1.0 + (-(listed - spelled).abs()).exp()).ln();
            }
            let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            total.iter_mut().zip(&scores).for_each(|(total, score)| *total += (score - best).max(-WORD_AT_MOST));
        }
        let best = (0..self.languages).max_by(|a, b| total[*a].total_cmp(&total[*b]).then(b.cmp(a))).unwrap_or(0);
        // Words of one text are not independent; half the distance is nearer to how often the answer is right.
        let others: f32 = total.iter().map(|score| ((score - total[best]) / 2.0).exp()).sum();
        (best, 1.0 / others)
    }
}

/// The script that most letters of a text belong to, how many those are, and their share among all letters.
fn main_script(text: &str) -> Option<(Script, usize, f32)> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    let mut all = 0;
    for script in text.chars().take(ENOUGH).filter_map(Script::of) {
        all += 1;
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    let of = |script| counts.iter().find(|(known, _)| *known == script).map_or(0, |(_, count)| *count);
    let (kana, han) = (of(Script::Jpan), of(Script::Hani));
    // Japanese is written in both; a Chinese text holds a kana at most in a name.
    if kana * 20 > han && kana > 0 {
        counts.retain(|(script, _)| !matches!(script, Script::Jpan | Script::Hani));
        counts.push((Script::Jpan, kana + han));
    }
    // A character of Han says about as much as two letters.
    let weight = |(script, count): &(Script, usize)| {
        if matches!(script, Script::Hani | Script::Jpan | Script::Hang) { count * 2 } else { *count }
    };
    let (script, count) = counts.iter().max_by_key(|counted| (weight(counted), std::cmp::Reverse(counted.0)))?;
    Some((*script, *count, *count as f32 / all as f32))
}

macro_rules! scripts {
    ($($name:ident: $($from:literal ..= $to:literal),+;)*) => {
        /// Scripts by their ISO 15924 codes; `Jpan` stands for kana.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        enum Script { $($name),* }

        impl Script {
            fn named(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($name) => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// The script of a letter; none for digits, marks, punctuation and symbols.
            fn of(c: char) -> Option<Self> {
                if !c.is_alphabetic() {
                    return None;
                }
                match c {
                    $($('\u{0}'..='\u{10ffff}' if ($from..=$to).contains(&u32::from(c)) => Some(Self::$name),)+)*
                    _ => None,
                }
            }
        }
    };
}

// The blocks of Unicode 17 that hold letters of living languages.
scripts! {
    Latn: 0x41..=0x24f, 0x250..=0x2af, 0x1e00..=0x1eff, 0x2c60..=0x2c7f, 0xa720..=0xa7ff, 0xff21..=0xff5a;
    Cyrl: 0x400..=0x52f, 0x1c80..=0x1c8f, 0x2de0..=0x2dff, 0xa640..=0xa69f;
    Arab: 0x600..=0x6ff, 0x750..=0x77f, 0x870..=0x8ff, 0xfb50..=0xfdff, 0xfe70..=0xfeff;
    Hani: 0x4e00..=0x9fff, 0x3400..=0x4dbf, 0x3005..=0x3007, 0xf900..=0xfaff, 0x20000..=0x3ffff;
    Jpan: 0x3041..=0x30ff, 0x31f0..=0x31ff, 0xff66..=0xff9f;
    Hang: 0xac00..=0xd7af, 0x1100..=0x11ff, 0x3130..=0x318f, 0xa960..=0xa97f;
    Deva: 0x900..=0x97f, 0xa8e0..=0xa8ff;
    Beng: 0x980..=0x9ff;
    Grek: 0x370..=0x3ff, 0x1f00..=0x1fff;
    Hebr: 0x590..=0x5ff, 0xfb1d..=0xfb4f;
    Thai: 0xe00..=0xe7f;
    Taml: 0xb80..=0xbff;
    Telu: 0xc00..=0xc7f;
    Knda: 0xc80..=0xcff;
    Mlym: 0xd00..=0xd7f;
    Gujr: 0xa80..=0xaff;
    Guru: 0xa00..=0xa7f;
    Orya: 0xb00..=0xb7f;
    Sinh: 0xd80..=0xdff;
    Laoo: 0xe80..=0xeff;
    Khmr: 0x1780..=0x17ff;
    Mymr: 0x1000..=0x109f, 0xa9e0..=0xa9ff, 0xaa60..=0xaa7f;
    Armn: 0x530..=0x58f, 0xfb13..=0xfb17;
    Geor: 0x10a0..=0x10ff, 0x1c90..=0x1cbf, 0x2d00..=0x2d2f;
    Ethi: 0x1200..=0x139f, 0x2d80..=0x2ddf, 0xab00..=0xab2f;
    Tibt: 0xf00..=0xfff;
    Thaa: 0x780..=0x7bf;
    Cans: 0x1400..=0x167f;
    Cher: 0x13a0..=0x13ff, 0xab70..=0xabbf;
    Olck: 0x1c50..=0x1c7f;
    Tfng: 0x2d30..=0x2d7f;
    Yiii: 0xa000..=0xa4cf;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(text: &str) -> Option<&'static str> {
        identify(text).map(|(language, _)| language)
    }

    #[test]
    fn scripts_of_one_language_decide() {
        assert_eq!(language("Ο υπουργός μίλησε."), Some("el"));
        assert_eq!(language("დღეს"), Some("ka"));
        assert_eq!(language("외교부 장관은 회담을 열었다"), Some("ko"));
        assert_eq!(language("外務大臣は会談した"), Some("ja"));
    }

    #[test]
    fn relatives_are_told_apart() {
        for (text, expected) in [
            ("وزیر امور خارجه ایران گفت که این دیدار هفته آینده انجام می‌شود", "fa"),
            ("وزیر خارجہ نے کہا کہ یہ ملاقات اگلے ہفتے ہو گی", "ur"),
            ("قال وزير الخارجية إن اللقاء سيعقد الأسبوع المقبل", "ar"),
            ("Міністр повідомив, що зустріч відбудеться наступного тижня", "uk"),
            ("Министр сообщил, что встреча состоится на следующей неделе", "ru"),
            ("Министърът каза, че срещата ще се проведе следващата седмица", "bg"),
            ("Menteri itu mengatakan bahwa pertemuan akan dilakukan pada hari Senin", "id"),
            ("Menteri itu berkata bahawa mesyuarat akan diadakan pada hari Isnin", "ms"),
            ("Statsråden sier at møtet ikke blir avholdt denne uken", "nb"),
            ("Statsråden seier at møtet ikkje vert halde denne veka", "nn"),
            ("Ministeren siger, at mødet ikke bliver afholdt i denne uge", "da"),
            ("外长表示会议将于下周举行", "zh"),
            ("外長表示會議將於下週舉行", "zh-Hant"),
            ("Bộ trưởng cho biết cuộc họp sẽ diễn ra vào tuần tới", "vi"),
        ] {
            assert_eq!(language(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_has_no_words_has_no_language() {
        assert_eq!(identify(""), None);
        assert_eq!(identify("2024-11-16 16:03, 17 %"), None);
        assert_eq!(identify("\u{1f600} \u{1f4f7}"), None);
        assert_eq!(identify("OK"), None);
    }

    #[test]
    fn a_few_foreign_words_do_not_decide() {
        assert_eq!(
            language("Ngoại trưởng Recep Tayyip Erdogan và Abdel Fattah el-Sisi đã gặp nhau tại Cairo"),
            Some("vi")
        );
        assert_eq!(language("قال المتحدث باسم شركة Boeing إن الطائرة 737 MAX آمنة تماما"), Some("ar"));
    }
}
