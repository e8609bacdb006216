//! Reads the unpacked packages: what each language writes how often.

use std::{
    error::Error,
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use rustc_hash::FxHashMap as HashMap;
use serde_json::Value;

use crate::{
    counts::Counts,
    format::{END, START},
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A line of languages.tsv.
#[derive(Clone, Debug)]
pub struct Language {
    pub code: String,
    pub script: String,
    /// Languages that are near relatives of one another have the same.
    pub group: String,
    lingua: String,
    words: String,
    cldr: Vec<String>,
    udhr: Vec<String>,
    matrix: Vec<String>,
}

pub struct Sources {
    folder: PathBuf,
    languages: Vec<Language>,
    /// The usual words of data/world/identify.tsv by language and script.
    listed: HashMap<(String, String), Vec<String>>,
}

impl Sources {
    pub fn new(root: &Path, folder: &Path) -> Result<Self> {
        let table = fs::read_to_string(root.join("tools/identify/languages.tsv"))?;
        let list = |field: &str| field.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let languages = table.lines().filter(|line| !line.starts_with('#')).map(|line| {
            let fields: Vec<&str> = line.split('\t').chain([""; 8]).collect();
            Language {
                code: fields[0].to_owned(),
                script: fields[1].to_owned(),
                group: fields[2].to_owned(),
                lingua: fields[3].to_owned(),
                words: fields[4].to_owned(),
                cldr: list(fields[5]),
                udhr: list(fields[6]),
                matrix: list(fields[7]),
            }
        });
        let mut listed = HashMap::default();
        for line in fs::read_to_string(root.join("data/world/identify.tsv"))?.lines().filter(|l| !l.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            if let [code, script, words] = fields[..] {
                listed.insert((code.to_owned(), script.to_owned()), words.split(' ').map(str::to_owned).collect());
            }
        }
        Ok(Self { folder: folder.to_owned(), languages: languages.collect(), listed })
    }

    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Counts all that is to be had of a language; says what that was.
    pub fn count(&self, language: &Language, counts: &mut Counts) -> Result<String> {
        let mut told = Vec::new();
        let mut letters = 0.0;
        let to_latin = language.code == "sr-Latn";
        if !language.lingua.is_empty() {
            letters = self.lingua(&language.lingua, to_latin, counts)?;
            told.push(format!("lingua {letters:.0}"));
        }
        if !language.words.is_empty() {
            let file = self.folder.join(format!("langidentify_full_model/data/topwords-{}.txt.gz", language.words));
            let words = top_words(&file, to_latin)?;
            let mean: f64 = words.iter().map(|(word, share)| word.chars().count() as f64 * share).sum();
            let count = if letters > 0.0 { letters / mean.max(1.0) } else { 4e6 };
            for (word, share) in &words {
                counts.word(word, share * count);
            }
            told.push(format!("words {}", words.len()));
        }
        let mut texts = Vec::new();
        for code in &language.cldr {
            texts.extend(self.cldr(code)?);
        }
        for code in &language.matrix {
            texts.extend(self.matrix(code)?);
        }
        // The others are measured on it.
        if language.lingua.is_empty() && language.words.is_empty() {
            for code in &language.udhr {
                texts.extend(udhr(&self.folder.join(format!("udhr/declaration/{code}.html")))?);
            }
        }
        let key = (language.code.clone(), language.script.clone());
        let listed = self.listed.get(&key).map(Vec::as_slice).unwrap_or_default();
        told.push(format!("texts {}", texts.iter().map(String::len).sum::<usize>()));
        counts.small(&texts, listed, letters);
        Ok(told.join(", "))
    }

    /// The fractions of a model: each the share of a sequence's last letter after those before it.
    fn lingua(&self, name: &str, to_latin: bool, counts: &mut Counts) -> Result<f64> {
        let folder = self.folder.join(format!("lingua-{name}-language-model/models"));
        let mut orders: Vec<HashMap<String, f64>> = Vec::new();
        for order in ["unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"] {
            let mut archive = zip::ZipArchive::new(fs::File::open(folder.join(format!("{order}.json.zip")))?)?;
            let mut text = String::new();
            archive.by_index(0)?.read_to_string(&mut text)?;
            let json: Value = serde_json::from_str(&text)?;
            let mut found = HashMap::default();
            for (fraction, sequences) in json["ngrams"].as_object().ok_or("no ngrams")? {
                let (share, of) = fraction.split_once('/').ok_or("no fraction")?;
                let (share, of): (f64, f64) = (share.parse()?, of.parse()?);
                for sequence in sequences.as_str().unwrap_or_default().split(' ') {
                    let before = without_last(sequence);
                    let total = orders.last().and_then(|shorter| shorter.get(before)).copied().unwrap_or(of);
                    found.insert(sequence.to_owned(), share / of * total);
                }
            }
            orders.push(found);
        }
        let mut add = |sequence: &str, count: f64| {
            for sequence in if to_latin { latin_forms(sequence) } else { vec![sequence.to_owned()] } {
                counts.sequence(&sequence, count);
            }
        };
        for (sequence, count) in orders.iter().flatten() {
            add(sequence, *count);
        }
        edges(&orders, &mut add);
        Ok(orders[0].values().sum())
    }

    /// What a program says to its users.
    fn matrix(&self, code: &str) -> Result<Vec<String>> {
        let text = fs::read_to_string(self.folder.join(format!("matrix-react-sdk/src/i18n/strings/{code}.json")))?;
        let mut texts = Vec::new();
        let Value::Object(messages) = serde_json::from_str(&text)? else { return Ok(texts) };
        // What is not translated stands under itself.
        messages.iter().filter(|(key, value)| value.as_str() != Some(key)).for_each(|(_, v)| strings(v, &mut texts));
        // Names of what the program fills in are no words.
        texts.retain(|text| !text.contains(['%', '<', '{']));
        Ok(texts)
    }

    /// Names and words of pictures and characters.
    fn cldr(&self, code: &str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for file in ["annotations/annotations", "annotations-derived/annotationsDerived"] {
            let path = self.folder.join(format!("cldr-{file}/{code}/annotations.json"));
            let Ok(text) = fs::read_to_string(path) else { continue };
            strings(&serde_json::from_str(&text)?, &mut texts);
        }
        Ok(texts)
    }
}

fn without_last(sequence: &str) -> &str {
    sequence.char_indices().next_back().map_or("", |(at, _)| &sequence[..at])
}

/// Counts the sequences that begin and end words: those that no letter stands before, or after.
fn edges(orders: &[HashMap<String, f64>], add: &mut impl FnMut(&str, f64)) {
    let mut ends = 0.0;
    let mut first: Vec<HashMap<&str, f64>> = Vec::new();
    for (order, longer) in orders.iter().zip(&orders[1..]) {
        let (mut after, mut before): (HashMap<&str, f64>, HashMap<&str, f64>) = Default::default();
        for (sequence, count) in longer {
            *after.entry(without_last(sequence)).or_default() += count;
            let second = sequence.chars().next().map_or(0, char::len_utf8);
            *before.entry(&sequence[second..]).or_default() += count;
        }
        let mut begin = HashMap::default();
        for (sequence, count) in order {
            let last = count - after.get(sequence.as_str()).copied().unwrap_or_default();
            if last >= 1.0 {
                add(&format!("{sequence}{END}"), last);
                ends += if sequence.chars().count() == 1 { last } else { 0.0 };
            }
            let leads = count - before.get(sequence.as_str()).copied().unwrap_or_default();
            if leads >= 1.0 {
                add(&format!("{START}{sequence}"), leads);
                begin.insert(sequence.as_str(), leads);
            }
        }
        first.push(begin);
    }
    add(&END.to_string(), ends);
    // Short words begin and end at once.
    for (order, longer) in first.iter().zip(&first[1..]) {
        let mut after: HashMap<&str, f64> = HashMap::default();
        longer.iter().for_each(|(sequence, count)| *after.entry(without_last(sequence)).or_default() += count);
        for (sequence, count) in order {
            let whole = count - after.get(sequence).copied().unwrap_or_default();
            if whole >= 1.0 {
                add(&format!("{START}{sequence}{END}"), whole);
            }
        }
    }
}

fn strings(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, into)),
        Value::Object(fields) => fields.values().for_each(|value| strings(value, into)),
        _ => {}
    }
}

/// Words with the share that each has of a text.
fn top_words(file: &Path, to_latin: bool) -> Result<Vec<(String, f64)>> {
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(fs::File::open(file)?).read_to_string(&mut text)?;
    let words = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (word, log) = line.split_once(' ')?;
        let word = if to_latin { latin(word) } else { word.to_owned() };
        Some((word, log.parse::<f64>().ok()?.exp()))
    });
    Ok(words.collect())
}

/// Serbian in Latin letters.
fn latin(word: &str) -> String {
    const CYRILLIC: &str = "абвгдђежзијклљмнњопрстћуфхцчџш";
    const LATIN: [&str; 30] = [
        "a", "b", "v", "g", "d", "đ", "e", "ž", "z", "i", "j", "k", "l", "lj", "m", "n", "nj", "o", "p", "r", "s", "t",
        "ć", "u", "f", "h", "c", "č", "dž", "š",
    ];
    let one = |c: char| {
        CYRILLIC.chars().position(|known| known == c).map_or_else(|| c.to_string(), |at| LATIN[at].to_owned())
    };
    word.chars().map(one).collect()
}

/// A sequence of Serbian letters in Latin ones, also without half of a letter that becomes two at its edges.
fn latin_forms(sequence: &str) -> Vec<String> {
    let whole = latin(sequence);
    let pair = |c: Option<char>| c.is_some_and(|c| matches!(c, 'љ' | 'њ' | 'џ'));
    let mut forms = vec![whole.clone()];
    if pair(sequence.chars().next_back()) {
        forms.push(without_last(&whole).to_owned());
    }
    if pair(sequence.chars().next()) {
        forms.extend(forms.clone().iter().map(|form| form.chars().skip(1).collect()));
    }
    forms.retain(|form| !form.is_empty());
    forms
}

/// The paragraphs of a translation.
fn udhr(file: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(file)?;
    let mut texts = Vec::new();
    for part in text.split("<p>").skip(1) {
        texts.push(part.split("</p>").next().unwrap_or_default().to_owned());
    }
    Ok(texts)
}
